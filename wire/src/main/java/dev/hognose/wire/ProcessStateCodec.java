package dev.hognose.wire;

import dev.hognose.diagnosis.Figure;
import dev.hognose.diagnosis.Group;
import dev.hognose.diagnosis.Name;
import dev.hognose.diagnosis.ProcessState;
import dev.hognose.diagnosis.Reading;
import dev.hognose.state.v1.DiagnosisProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The message {@code DiagnosisProcess} of diagnosis.proto. */
public final class ProcessStateCodec implements Codec<ProcessState> {

  private static final int GROUP_BITS = 3;
  private static final Figure[] FIGURES = Figure.values();
  private static final Group[] GROUPS = Group.values();

  @Override
  public ProcessState decode(byte[] bytes) {
    return Parsing.parse(DiagnosisProcess.parser(), bytes, ProcessStateCodec::read);
  }

  @Override
  public byte[] encode(ProcessState state) {
    Map<String, Integer> places = new LinkedHashMap<>();
    DiagnosisProcess.Builder m =
        DiagnosisProcess.newBuilder()
            .setProcess(ProcessCodec.write(state.process()))
            .setVersion(state.version())
            .setIntervalMs(Math.toIntExact(state.interval().toMillis()));
    state.readings().forEach(reading -> m.addReadings(write(reading, places)));
    state.usual().forEach((name, rate) -> m.addUsualNames(place(name, places)).addUsualRates(rate));
    state.silentSince().ifPresent(since -> m.setSilentSinceMs(since.toEpochMilli()));
    state.stoppedAt().ifPresent(at -> m.setStoppedMs(at.toEpochMilli()));
    return m.addAllNames(places.keySet()).build().toByteArray();
  }

  private static DiagnosisProcess.Reading write(Reading reading, Map<String, Integer> places) {
    DiagnosisProcess.Reading.Builder m =
        DiagnosisProcess.Reading.newBuilder()
            .setAtMs(reading.at().toEpochMilli())
            .setSequence(reading.sequence());
    // As lists: what is added one by one is copied again and again while it grows.
    List<Double> figures = new ArrayList<>(FIGURES.length);
    for (Figure figure : FIGURES) {
      figures.add(reading.figures().getOrDefault(figure, Double.NaN));
    }
    List<Integer> named = new ArrayList<>(reading.named().size());
    reading.named().keySet().forEach(name -> named.add(place(name, places)));
    return m.addAllFigures(figures)
        .addAllNamed(named)
        .addAllValues(reading.named().values())
        .build();
  }

  private static int place(Name name, Map<String, Integer> places) {
    Integer known = places.get(name.text());
    int place = known == null ? places.size() : known;
    if (known == null) {
      places.put(name.text(), place);
    }
    return place << GROUP_BITS | name.group().code();
  }

  private static ProcessState read(DiagnosisProcess m) {
    List<Reading> readings = new ArrayList<>();
    m.getReadingsList().forEach(each -> readings.add(read(each, m)));
    TreeMap<Name, Double> usual = new TreeMap<>();
    for (int i = 0; i < m.getUsualNamesCount(); i++) {
      usual.put(name(m.getUsualNames(i), m), m.getUsualRates(i));
    }
    return new ProcessState(
        ProcessCodec.read(m.getProcess()),
        m.getVersion(),
        Duration.ofMillis(m.getIntervalMs()),
        readings,
        usual,
        m.hasSilentSinceMs()
            ? Optional.of(Instant.ofEpochMilli(m.getSilentSinceMs()))
            : Optional.empty(),
        m.hasStoppedMs() ? Optional.of(Instant.ofEpochMilli(m.getStoppedMs())) : Optional.empty());
  }

  private static Reading read(DiagnosisProcess.Reading m, DiagnosisProcess of) {
    EnumMap<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (int i = 0; i < Math.min(FIGURES.length, m.getFiguresCount()); i++) {
      if (!Double.isNaN(m.getFigures(i))) {
        figures.put(FIGURES[i], m.getFigures(i));
      }
    }
    TreeMap<Name, Double> named = new TreeMap<>();
    for (int i = 0; i < m.getNamedCount(); i++) {
      named.put(name(m.getNamed(i), of), m.getValues(i));
    }
    return new Reading(Instant.ofEpochMilli(m.getAtMs()), m.getSequence(), figures, named);
  }

  private static Name name(int place, DiagnosisProcess of) {
    int group = place & (1 << GROUP_BITS) - 1;
    return new Name(group(group), of.getNames(place >>> GROUP_BITS));
  }

  private static Group group(int code) {
    return Arrays.stream(GROUPS)
        .filter(group -> group.code() == code)
        .findFirst()
        .orElseThrow(() -> new MalformedRecordException("group=" + code + ": expected 0 to 4"));
  }
}
