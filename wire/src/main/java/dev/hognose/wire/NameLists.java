package dev.hognose.wire;

import dev.hognose.state.v1.DiagnosisProcess;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lists of names that the readings of a process share: each list once, and each name once. */
final class NameLists {

  private final IdentityHashMap<List<String>, Integer> places = new IdentityHashMap<>();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final List<DiagnosisProcess.Names> lists = new ArrayList<>();

  /** Of a list, the same whenever it is the very same one. */
  int place(List<String> list) {
    Integer known = places.get(list);
    if (known != null) {
      return known;
    }
    List<Integer> written = new ArrayList<>(list.size());
    for (String name : list) {
      Integer place = names.putIfAbsent(name, names.size());
      written.add(place == null ? names.size() - 1 : place);
    }
    places.put(list, lists.size());
    lists.add(DiagnosisProcess.Names.newBuilder().addAllNames(written).build());
    return lists.size() - 1;
  }

  void write(DiagnosisProcess.Builder m) {
    m.addAllNames(names.keySet()).addAllLists(lists);
  }

  static List<List<String>> read(DiagnosisProcess m) {
    return m.getListsList().stream()
        .map(list -> list.getNamesList().stream().map(m::getNames).toList())
        .map(List::copyOf)
        .toList();
  }
}
