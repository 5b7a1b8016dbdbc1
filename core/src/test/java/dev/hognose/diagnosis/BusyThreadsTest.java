package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is in the others' way, on both sides of each number. */
class BusyThreadsTest {

  private static final int WINDOWS = 3;
  private static final GilPolicy POLICY = new GilPolicy(0.004, 0.5, 0.5, 0.25, 0.5, WINDOWS);

  /** Of each window of ten seconds: CPU of all, of the thread, in line, looks and their waits. */
  @ParameterizedTest
  @CsvSource({
    "as long as is too long,               10,  5,   0,   100, 0.4,   true",
    "not so long,                          10,  5,   0,   100, 0.396, false",
    "by the time in which it computes,     5,   5,   0,   100, 0.2,   true",
    "and not so long,                      5,   5,   0,   100, 0.198, false",
    "more cores than one are one,          20,  5,   0,   100, 0.4,   true",
    "a process that rests,                 4.9, 4.9, 0,   100, 4,     false",
    "a thread that does enough,            10,  2.5, 0,   100, 0.4,   true",
    "one that does not,                    10,  2.4, 0,   100, 0.4,   false",
    "in line for half as long as it has,   10,  5,   5,   100, 0.4,   true",
    "short of processors,                  10,  5,   5.1, 100, 0.4,   false",
    "nobody looked,                        10,  5,   0,   0,   0.4,   false"
  })
  void areToldWhereTheGilIsWaitedFor(
      String what,
      double cpu,
      double thread,
      double inLine,
      double looks,
      double waited,
      boolean isTold) {
    History history =
        computing(cpu, looks, waited)
            .total(Figure.RUN_QUEUE_SECONDS, inLine)
            .thread("worker", thread)
            .history(WINDOWS + 1);

    assertThat(BusyThreads.of(history, POLICY).isPresent()).as(what).isEqualTo(isTold);
  }

  @Test
  void busiestIsToldAndNeverTheAgent() {
    History history =
        computing(10, 125, 1)
            .thread("hognose-agent", 9)
            .thread("rdk:main", 8)
            .thread("ThreadPoolExecutor-#_#", 4)
            .thread("worker", 3)
            .history(WINDOWS + 1);

    assertThat(BusyThreads.of(history, POLICY))
        .contains(new BusyThreads("ThreadPoolExecutor-#_#", 0.4, 0.008, 2));
  }

  @Test
  void withoutThreadsNobodyIsTold() {
    assertThat(BusyThreads.of(computing(10, 100, 0.4).history(WINDOWS + 1), POLICY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ThreadPoolExecutor-#_#, true,  false",
    "asyncio_#,              true,  false",
    "AnyIO worker thread,    true,  false",
    "MainThread,             false, true",
    "worker-#,               false, false"
  })
  void namesSayWhatTheyAre(String name, boolean isPool, boolean isMain) {
    BusyThreads threads = new BusyThreads(name, 1, 0.01, 2);

    assertThat(threads.isPool()).isEqualTo(isPool);
    assertThat(threads.isMain()).isEqualTo(isMain);
  }

  @Test
  void signSaysWhatTheyDoToTheOthers() {
    Sign sign =
        new BusyThreads("worker", 0.75, 0.008, 2).sign("thread worker uses", Optional.empty());

    assertThat(sign.phrase())
        .isEqualTo("thread worker uses 75 % of a core, each wait for the GIL takes 8 ms");
    assertThat(sign.culprit()).isEqualTo("worker");
    assertThat(sign.weight()).isEqualTo(2);
  }

  private static Readings computing(double cpu, double looks, double waited) {
    return new Readings()
        .total(Figure.CPU_SECONDS, cpu)
        .total(Figure.GIL_WAITS, looks)
        .total(Figure.GIL_WAIT_SECONDS, waited);
  }
}
