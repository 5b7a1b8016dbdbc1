package dev.hognose.leak;

import java.util.Arrays;
import java.util.List;

/**
 * What the climbs of a service's lives that came to rest have shown of one channel.
 *
 * @param lives that came to rest
 * @param comparable those of them that lived about as long as the one in question
 * @param highestKib height of the highest, 0 without one
 * @param fellKib most that any of them, at rest or not, has given back
 * @param usualMs time that half of them took to come to rest, 0 without one
 */
record Shown(int lives, int comparable, int highestKib, long usualMs, int fellKib) {

  /**
   * Sums up.
   *
   * @param ageMs of the life in question, which is not among the lives
   */
  static Shown by(List<PastLife> lives, Life.Channel channel, long ageMs, ServicePolicy policy) {
    long[] after = new long[lives.size()];
    int ended = 0;
    int comparable = 0;
    int highest = 0;
    int fell = 0;
    for (PastLife life : lives) {
      PastLife.Rest rest = life.rest(channel);
      fell = Math.max(fell, rest.fellKib());
      if (rest.ended()) {
        after[ended++] = rest.afterMs();
        highest = Math.max(highest, rest.heightKib());
        comparable += life.livedMs() >= policy.comparableAge() * ageMs ? 1 : 0;
      }
    }
    Arrays.sort(after, 0, ended);
    return new Shown(ended, comparable, highest, ended == 0 ? 0 : after[ended / 2], fell);
  }

  /** Whether lives have shown growth like this one to end, or to be given back. */
  boolean covers(int heightKib, double hours, ServicePolicy policy) {
    if (heightKib <= policy.coveredHeight() * fellKib) {
      return true;
    }
    if (lives == 0 || heightKib > policy.coveredHeight() * highestKib) {
      return false;
    }
    double usual = Math.max(policy.shortestClimbHours(), policy.hours(usualMs));
    return lives < policy.usualLives() || hours <= policy.coveredTime() * usual;
  }

  /** How many times as high as the highest; 0 where too few lives can be compared. */
  double times(int heightKib, ServicePolicy policy) {
    return comparable < policy.farLives() ? 0 : (double) heightKib / Math.max(highestKib, 1);
  }
}
