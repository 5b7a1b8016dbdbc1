package dev.hognose.wire;

import com.google.protobuf.UnsafeByteOperations;
import dev.hognose.diagnosis.Group;
import dev.hognose.diagnosis.Named;
import dev.hognose.diagnosis.ProcessState;
import dev.hognose.diagnosis.Reading;
import dev.hognose.state.v1.DiagnosisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The message {@code DiagnosisProcess} of diagnosis.proto. */
public final class ProcessStateCodec implements Codec<ProcessState> {

  private static final Group[] GROUPS = Group.values();

  @Override
  public ProcessState decode(byte[] bytes) {
    return Parsing.parse(DiagnosisProcess.parser(), bytes, ProcessStateCodec::read);
  }

  @Override
  public byte[] encode(ProcessState state) {
    NameLists lists = new NameLists();
    DiagnosisProcess.Builder m =
        DiagnosisProcess.newBuilder()
            .setProcess(ProcessCodec.write(state.process()))
            .setVersion(state.version())
            .setIntervalMs(Math.toIntExact(state.interval().toMillis()));
    List<Integer> readingLists = new ArrayList<>(state.readings().size() * GROUPS.length);
    for (Reading reading : state.readings()) {
      m.addReadings(UnsafeByteOperations.unsafeWrap(reading.pack()));
      for (Group group : GROUPS) {
        readingLists.add(lists.place(reading.group(group).names()));
      }
    }
    m.addAllReadingLists(readingLists).setUsualList(lists.place(state.usual().names()));
    for (double rate : state.usual().values()) {
      m.addUsualRates(rate);
    }
    state.silentSince().ifPresent(since -> m.setSilentSinceMs(since.toEpochMilli()));
    state.stoppedAt().ifPresent(at -> m.setStoppedMs(at.toEpochMilli()));
    lists.write(m);
    return m.build().toByteArray();
  }

  private static ProcessState read(DiagnosisProcess m) {
    List<List<String>> lists = NameLists.read(m);
    List<Reading> readings = new ArrayList<>(m.getReadingsCount());
    for (int i = 0; i < m.getReadingsCount(); i++) {
      List<List<String>> names = new ArrayList<>(GROUPS.length);
      for (int group = 0; group < GROUPS.length; group++) {
        names.add(lists.get(m.getReadingLists(i * GROUPS.length + group)));
      }
      readings.add(Reading.unpack(m.getReadings(i).toByteArray(), names));
    }
    double[] rates = m.getUsualRatesList().stream().mapToDouble(rate -> rate).toArray();
    return new ProcessState(
        ProcessCodec.read(m.getProcess()),
        m.getVersion(),
        Duration.ofMillis(m.getIntervalMs()),
        readings,
        new Named(lists.get(m.getUsualList()), rates),
        Times.read(m.hasSilentSinceMs(), m.getSilentSinceMs()),
        Times.read(m.hasStoppedMs(), m.getStoppedMs()));
  }
}
