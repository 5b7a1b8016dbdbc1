package dev.hognose.collector.history;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.growing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {

  @Test
  void fewSamplesAreTheHistoryThatTheyAlwaysWere() {
    List<Sample> samples = samples(Course.MOST);

    assertThat(course(samples)).isEqualTo(History.of(samples, Course.MOST));
  }

  @Test
  void manySamplesAreThinnedToTheFloorAndTheWorst() {
    List<Point> points = course(samples(10 * Course.MOST)).points();

    assertThat(points).hasSizeBetween(Course.MOST / 2, Course.MOST);
    assertThat(points.get(0).rss()).isEqualTo(Bytes.ofMebi(213));
    assertThat(points.get(0).at()).isEqualTo(T0.plusSeconds(15));
    assertThat(points.get(1).rss()).isEqualTo(Bytes.ofMebi(213 + 16));
    assertThat(points.get(1).lagSeconds()).isPresent();
    assertThat(points.get(1).cpuCores().orElseThrow())
        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void sampleThatComesTwiceCountsOnce() {
    List<Sample> samples = samples(10);
    List<Sample> doubled = new ArrayList<>(samples);
    doubled.addAll(samples);

    assertThat(course(doubled)).isEqualTo(course(samples));
  }

  private static List<Sample> samples(int count) {
    List<Sample> samples = new ArrayList<>();
    for (int step = 0; step < count; step++) {
      samples.add(growing(PROCESS, step + 1, T0.plusSeconds(step), step));
    }
    return samples;
  }

  private static History course(List<Sample> samples) {
    Course course = new Course();
    samples.forEach(course::add);
    return course.history();
  }
}
