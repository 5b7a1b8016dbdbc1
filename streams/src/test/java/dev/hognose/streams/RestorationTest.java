package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestorationTest {

  private static final TopicPartition PROCESSES = new TopicPartition("processes-changelog", 0);
  private static final TopicPartition RINGS = new TopicPartition("leak-rings-changelog", 1);

  private final Restoration restoration = new Restoration();

  @Test
  void tellsWhatIsToGoUntilAllIsRead() {
    assertThat(restoration.toGo()).isEmpty();

    restoration.onRestoreStart(PROCESSES, "processes", 100, 1_100);
    restoration.onRestoreStart(RINGS, "leak-rings", 0, 50);
    assertThat(restoration.toGo())
        .contains("state is being restored: 1050 records of 2 changelogs to go");

    restoration.onBatchRestored(PROCESSES, "processes", 599, 500);
    assertThat(restoration.toGo())
        .contains("state is being restored: 550 records of 2 changelogs to go");

    restoration.onRestoreEnd(RINGS, "leak-rings", 50);
    assertThat(restoration.toGo())
        .contains("state is being restored: 500 records of 1 changelogs to go");

    restoration.onRestoreEnd(PROCESSES, "processes", 1_000);
    assertThat(restoration.toGo()).isEmpty();
  }

  @Test
  void whatAnotherInstanceReadsIsNotToGo() {
    restoration.onRestoreStart(PROCESSES, "processes", 0, 10);
    restoration.onRestoreSuspended(PROCESSES, "processes", 3);
    restoration.onBatchRestored(PROCESSES, "processes", 5, 2);

    assertThat(restoration.toGo()).isEmpty();
  }
}
