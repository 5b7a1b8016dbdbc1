package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Evidence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is more and more of, and against which limit. */
class MostGainedTest {

  /** Descriptors without a limit, and with one. */
  @ParameterizedTest
  @CsvSource({"0, false", "1024, true"})
  void limitOfDescriptorsIsToldWhereThereIsOne(double limit, boolean isTold) {
    Diagnosis leak = new DescriptorLeak(new RisePolicy(8, 12, RisePolicy.Shape.DEFAULT));
    History history =
        new Readings().total(Figure.OPEN_FDS, 4).level(Figure.FD_LIMIT, limit).history(10);

    assertThat(
            leak.signs(history).get(0).evidence().contains(new Evidence("limit", limit, "count")))
        .isEqualTo(isTold);
  }

  /** What is gained between two readings, by kind, and which of them is named. */
  @ParameterizedTest
  @CsvSource({"5, 4, file", "4, 5, socket", "5, 5, file", "0, 1, socket", "0, 0, ''", "-1, 0, ''"})
  void whatGainedMostIsNamedAndOfEqualsTheFirst(double files, double sockets, String kind) {
    History history =
        new Readings()
            .total(Group.DESCRIPTORS_GAINED, "file\n/srv/receipts", files)
            .total(Group.DESCRIPTORS_GAINED, "socket\n", sockets)
            .history(2);

    assertThat(MostGained.of(history, Group.DESCRIPTORS_GAINED).kind()).isEqualTo(kind);
  }
}
