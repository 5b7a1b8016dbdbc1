import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one run has cost: samples a second of wall time, microseconds of CPU a sample. */
record Figures(double perSecond, double readerMicros, double clientMicros) {

  double cpuMicros() {
    return readerMicros + clientMicros;
  }

  static Figures median(List<Figures> runs) {
    return new Figures(
        median(runs, Figures::perSecond),
        median(runs, Figures::readerMicros),
        median(runs, Figures::clientMicros));
  }

  private static double median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
    double[] values = runs.stream().mapToDouble(figure).sorted().toArray();
    return values[values.length / 2];
  }
}
