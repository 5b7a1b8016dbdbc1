package dev.hognose.diagnosis;

/**
 * How much of something is too much.
 *
 * @param limit that each of the last windows must reach
 * @param windows how many
 */
public record SharePolicy(double limit, int windows) {

  public SharePolicy {
    if (!(limit > 0)) {
      throw new IllegalArgumentException("limit=" + limit + ": expected above 0");
    }
    if (windows < 1) {
      throw new IllegalArgumentException("windows=" + windows + ": expected 1 or more");
    }
  }
}
