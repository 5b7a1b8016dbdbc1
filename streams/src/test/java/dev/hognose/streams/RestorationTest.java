package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestorationTest {

  private static final TopicPartition LIVES = new TopicPartition("leak-lives-changelog", 0);
  private static final TopicPartition RINGS = new TopicPartition("leak-rings-changelog", 1);

  private final Restoration restoration = new Restoration();

  @Test
  void tellsWhatIsToGoUntilAllIsRead() {
    assertThat(restoration.toGo()).isEmpty();

    restoration.onRestoreStart(LIVES, "leak-lives", 100, 1_100);
    restoration.onRestoreStart(RINGS, "leak-rings", 0, 50);
    assertThat(restoration.toGo())
        .contains("state is being restored: 1050 records of 2 changelogs to go");

    restoration.onBatchRestored(LIVES, "leak-lives", 599, 500);
    assertThat(restoration.toGo())
        .contains("state is being restored: 550 records of 2 changelogs to go");

    restoration.onRestoreEnd(RINGS, "leak-rings", 50);
    assertThat(restoration.toGo())
        .contains("state is being restored: 500 records of 1 changelogs to go");

    restoration.onRestoreEnd(LIVES, "leak-lives", 1_000);
    assertThat(restoration.toGo()).isEmpty();
  }

  @Test
  void whatAnotherInstanceReadsIsNotToGo() {
    restoration.onRestoreStart(LIVES, "leak-lives", 0, 10);
    restoration.onRestoreSuspended(LIVES, "leak-lives", 3);
    restoration.onBatchRestored(LIVES, "leak-lives", 5, 2);

    assertThat(restoration.toGo()).isEmpty();
  }
}
