package dev.hognose.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.hognose.diagnosis.Group;
import dev.hognose.diagnosis.HotThreads;
import dev.hognose.diagnosis.Named;
import dev.hognose.diagnosis.Names;
import dev.hognose.diagnosis.ProcessState;
import dev.hognose.diagnosis.Reading;
import dev.hognose.sample.Frame;
import dev.hognose.state.v1.DiagnosisProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The message {@code DiagnosisProcess} of diagnosis.proto. */
public final class ProcessStateCodec implements Codec<ProcessState> {

  private static final Group[] GROUPS = Group.values();

  @Override
  public ProcessState decode(byte[] bytes) {
    return Parsing.parse(DiagnosisProcess.parser(), bytes, ProcessStateCodec::read);
  }

  @Override
  public byte[] encode(ProcessState state) {
    DiagnosisProcess.Builder m =
        DiagnosisProcess.newBuilder()
            .setProcess(ProcessCodec.write(state.process()))
            .setVersion(state.version())
            .setIntervalMs(Math.toIntExact(state.interval().toMillis()));
    List<Names> lists = new ArrayList<>();
    byte[] places = new byte[state.readings().size() * GROUPS.length + 1];
    int at = 0;
    for (Reading reading : state.readings()) {
      m.addReadings(UnsafeByteOperations.unsafeWrap(reading.pack()));
      for (Group group : GROUPS) {
        places[at++] = place(reading.group(group).names(), lists);
      }
    }
    places[at] = place(state.usual().names(), lists);
    lists.forEach(names -> m.addNames(UnsafeByteOperations.unsafeWrap(names.pack())));
    m.setLists(UnsafeByteOperations.unsafeWrap(places));
    for (double rate : state.usual().values()) {
      m.addUsualRates(rate);
    }
    m.setProfiledMs(state.hot().at().toEpochMilli());
    m.setProfileWindowMs(state.hot().window().toMillis());
    state
        .hot()
        .places()
        .forEach(
            (name, place) -> m.addHotBuilder().setName(name).setPlace(StackCodec.write(place)));
    state.silentSince().ifPresent(since -> m.setSilentSinceMs(since.toEpochMilli()));
    state.stoppedAt().ifPresent(stopped -> m.setStoppedMs(stopped.toEpochMilli()));
    return m.build().toByteArray();
  }

  /**
   * There are eight lists, or a few more: the latest is the one that is looked for most. Readings
   * of a process share theirs, so that hardly any name is compared.
   */
  private static byte place(Names names, List<Names> lists) {
    int same = lists.size() - 1;
    while (same >= 0 && !lists.get(same).areSharedWith(names)) {
      same--;
    }
    return same >= 0 ? (byte) same : placeOfEqual(names, lists);
  }

  private static byte placeOfEqual(Names names, List<Names> lists) {
    int place = lists.size() - 1;
    while (place >= 0 && !lists.get(place).equals(names)) {
      place--;
    }
    if (place < 0) {
      place = lists.size();
      lists.add(names);
    }
    return (byte) place;
  }

  private static ProcessState read(DiagnosisProcess m) {
    List<Names> lists =
        m.getNamesList().stream().map(names -> Names.unpack(names.toByteArray())).toList();
    List<Reading> readings = new ArrayList<>(m.getReadingsCount());
    int at = 0;
    for (ByteString packed : m.getReadingsList()) {
      List<Names> names = new ArrayList<>(GROUPS.length);
      for (int group = 0; group < GROUPS.length; group++) {
        names.add(lists.get(m.getLists().byteAt(at++)));
      }
      readings.add(Reading.unpack(packed.toByteArray(), names));
    }
    double[] rates = m.getUsualRatesList().stream().mapToDouble(rate -> rate).toArray();
    return new ProcessState(
        ProcessCodec.read(m.getProcess()),
        m.getVersion(),
        Duration.ofMillis(m.getIntervalMs()),
        readings,
        new Named(lists.get(m.getLists().byteAt(at)), rates),
        readHot(m),
        Times.read(m.hasSilentSinceMs(), m.getSilentSinceMs()),
        Times.read(m.hasStoppedMs(), m.getStoppedMs()));
  }

  private static HotThreads readHot(DiagnosisProcess m) {
    TreeMap<String, Frame> places = new TreeMap<>();
    m.getHotList()
        .forEach(each -> places.put(each.getName(), StackCodec.readFrame(each.getPlace())));
    return new HotThreads(
        Instant.ofEpochMilli(m.getProfiledMs()), Duration.ofMillis(m.getProfileWindowMs()), places);
  }
}
