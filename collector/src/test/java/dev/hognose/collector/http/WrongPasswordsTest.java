package dev.hognose.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongPasswordsTest {

  private static final String HERE = "192.0.2.1";

  /** A JVM's clock may be anywhere, below zero too. */
  private final AtomicLong now = new AtomicLong(-5_000_000_000L);

  private final WrongPasswords wrong = new WrongPasswords(now::get);

  @Test
  void tenAtOnceAreNoReasonToWait() {
    for (int i = 0; i < WrongPasswords.AT_ONCE; i++) {
      assertThat(wrong.wait(HERE)).isZero();
      wrong.add(HERE);
    }

    assertThat(wrong.wait(HERE)).isEqualTo(WrongPasswords.ONE_MORE_EVERY);
  }

  @Test
  void anHourHasSixHundredAndTenAtMost() {
    int tried = 0;
    for (int second = 0; second < 3_600; second++) {
      while (wrong.wait(HERE).isZero()) {
        wrong.add(HERE);
        tried++;
      }
      now.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    assertThat(tried).isLessThanOrEqualTo(610).isGreaterThan(600);
  }

  @Test
  void aMinuteWithoutAnyForgivesAll() {
    addMany(HERE);
    now.addAndGet(Duration.ofMinutes(1).toNanos());

    addMany(HERE);
    assertThat(wrong.wait(HERE)).isEqualTo(WrongPasswords.ONE_MORE_EVERY);
  }

  @Test
  void othersNeedNotWait() {
    addMany(HERE);
    addMany("2001:db8:0:1::1");

    assertThat(wrong.wait("192.0.2.2")).isZero();
    assertThat(wrong.wait("2001:db8:0:2::1")).isZero();
    assertThat(wrong.wait("2001:db8:0:1:ffff::9")).isPositive();
  }

  @Test
  void moreAddressesThanAreKeptTakeNoMoreMemory() {
    for (int i = 0; i < 3 * WrongPasswords.MOST_ADDRESSES; i++) {
      wrong.add("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
    }

    assertThat(wrong.size()).isEqualTo(WrongPasswords.MOST_ADDRESSES);
  }

  private void addMany(String address) {
    for (int i = 0; i < WrongPasswords.AT_ONCE; i++) {
      wrong.add(address);
    }
  }
}
