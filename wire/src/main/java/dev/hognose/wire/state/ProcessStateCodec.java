package dev.hognose.wire.state;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.hognose.diagnosis.Group;
import dev.hognose.diagnosis.HotThreads;
import dev.hognose.diagnosis.Named;
import dev.hognose.diagnosis.Names;
import dev.hognose.diagnosis.ProcessState;
import dev.hognose.diagnosis.Reading;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.state.v1.DiagnosisProcess;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.StackCodec;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** The message {@code DiagnosisProcess} of diagnosis.proto. */
public final class ProcessStateCodec implements KeyedCodec<ProcessState> {

  private static final Group[] GROUPS = Group.values();

  /** Of a reading whose groups have the names of the one before. */
  private static final byte[] AS_BEFORE = {-1};

  @Override
  public ProcessState decode(String key, byte[] bytes) {
    return Parsing.parse(DiagnosisProcess.parser(), bytes, m -> read(ProcessId.parse(key), m));
  }

  @Override
  public byte[] encode(ProcessState state) {
    DiagnosisProcess.Builder m =
        DiagnosisProcess.newBuilder()
            .setVersion(state.version())
            .setIntervalMs(Math.toIntExact(state.interval().toMillis()));
    List<Names> lists = new ArrayList<>();
    ByteArrayOutputStream places = new ByteArrayOutputStream();
    byte[] those = new byte[0];
    Reading before = Reading.NONE;
    for (Reading reading : state.readings()) {
      m.addReadings(UnsafeByteOperations.unsafeWrap(reading.packAfter(before)));
      boolean isAsBefore = those.length > 0 && reading.sharesNamesOf(before);
      byte[] these = isAsBefore ? those : places(reading, lists);
      places.writeBytes(Arrays.equals(these, those) ? AS_BEFORE : these);
      those = these;
      before = reading;
    }
    places.write(place(state.usual().names(), lists));
    lists.forEach(names -> m.addNames(UnsafeByteOperations.unsafeWrap(names.pack())));
    m.setLists(ByteString.copyFrom(places.toByteArray()));
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

  private static byte[] places(Reading reading, List<Names> lists) {
    byte[] places = new byte[GROUPS.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(reading.group(GROUPS[i]).names(), lists);
    }
    return places;
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

  private static ProcessState read(ProcessId process, DiagnosisProcess m) {
    List<Names> lists =
        m.getNamesList().stream().map(names -> Names.unpack(names.toByteArray())).toList();
    List<Reading> readings = new ArrayList<>(m.getReadingsCount());
    ByteString.ByteIterator places = m.getLists().iterator();
    List<Names> names = List.of();
    Reading before = Reading.NONE;
    for (ByteString packed : m.getReadingsList()) {
      names = names(places, lists, names);
      before = Reading.unpackAfter(before, packed.toByteArray(), names);
      readings.add(before);
    }
    Names usual = lists.get(places.nextByte());
    double[] rates = m.getUsualRatesList().stream().mapToDouble(rate -> rate).toArray();
    return new ProcessState(
        process,
        m.getVersion(),
        Duration.ofMillis(m.getIntervalMs()),
        readings,
        new Named(usual, rates),
        readHot(m),
        Times.read(m.hasSilentSinceMs(), m.getSilentSinceMs()),
        Times.read(m.hasStoppedMs(), m.getStoppedMs()));
  }

  private static List<Names> names(
      ByteString.ByteIterator places, List<Names> lists, List<Names> before) {
    byte first = places.nextByte();
    if (first == AS_BEFORE[0]) {
      return before;
    }
    List<Names> names = new ArrayList<>(GROUPS.length);
    names.add(lists.get(first));
    while (names.size() < GROUPS.length) {
      names.add(lists.get(places.nextByte()));
    }
    return names;
  }

  private static HotThreads readHot(DiagnosisProcess m) {
    TreeMap<String, Frame> places = new TreeMap<>();
    m.getHotList()
        .forEach(each -> places.put(each.getName(), StackCodec.readFrame(each.getPlace())));
    return new HotThreads(
        Instant.ofEpochMilli(m.getProfiledMs()), Duration.ofMillis(m.getProfileWindowMs()), places);
  }
}
