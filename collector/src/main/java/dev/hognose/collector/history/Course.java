package dev.hognose.collector.history;

import dev.hognose.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one process fares, kept while its samples pass in at most {@value #MOST} points: when there
 * are so many, two neighbours become one and a point stands for twice as many samples.
 */
public final class Course {

  static final int MOST = 400;

  private final List<Point> points = new ArrayList<>();
  private Optional<Sample> before = Optional.empty();
  private int samplesPerPoint = 1;
  private int samplesInLast;

  /** Adds the next sample; one that is no newer than the last changes nothing. */
  public void add(Sample sample) {
    if (before.filter(known -> known.sequence() >= sample.sequence()).isPresent()) {
      return;
    }
    List<Sample> step = before.map(known -> List.of(known, sample)).orElse(List.of(sample));
    List<Point> measured = History.of(step, step.size()).points();
    add(measured.get(measured.size() - 1));
    before = Optional.of(sample);
  }

  private void add(Point point) {
    if (!points.isEmpty() && samplesInLast < samplesPerPoint) {
      int last = points.size() - 1;
      points.set(last, new Pair(points.get(last), samplesInLast, point, 1).merged());
      samplesInLast++;
      return;
    }
    if (points.size() == MOST) {
      halve();
    }
    points.add(point);
    samplesInLast = 1;
  }

  private void halve() {
    List<Point> halved = new ArrayList<>();
    for (int each = 0; each < points.size(); each += 2) {
      halved.add(new Pair(points.get(each), 1, points.get(each + 1), 1).merged());
    }
    points.clear();
    points.addAll(halved);
    samplesPerPoint *= 2;
  }

  public History history() {
    return new History(points, true);
  }

  /** Two neighbours, and how many samples each stands for. */
  private record Pair(Point one, int ones, Point other, int others) {

    /** Of memory the lowest and of lag the worst stay: the floor and what was felt. */
    Point merged() {
      return new Point(
          other.at(),
          one.rss().compareTo(other.rss()) < 0 ? one.rss() : other.rss(),
          other.memoryLimit(),
          other.allocatedBlocks(),
          mean(one.cpuCores(), other.cpuCores()),
          worst(one.lagSeconds(), other.lagSeconds()),
          mean(one.blockedRatio(), other.blockedRatio()),
          mean(one.gilWaitRatio(), other.gilWaitRatio()),
          mean(one.gcRatio(), other.gcRatio()),
          other.threads(),
          other.openFds(),
          other.tasks());
    }

    private OptionalDouble mean(OptionalDouble first, OptionalDouble second) {
      if (first.isEmpty() || second.isEmpty()) {
        return first.isPresent() ? first : second;
      }
      double sum = first.getAsDouble() * ones + second.getAsDouble() * others;
      return OptionalDouble.of(sum / (ones + others));
    }

    private static OptionalDouble worst(OptionalDouble first, OptionalDouble second) {
      if (first.isEmpty() || second.isEmpty()) {
        return first.isPresent() ? first : second;
      }
      return OptionalDouble.of(Math.max(first.getAsDouble(), second.getAsDouble()));
    }
  }
}
