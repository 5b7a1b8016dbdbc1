package dev.hognose.diagnosis;

/**
 * How often something must have happened.
 *
 * @param least within the last windows together
 * @param windows how many
 */
public record CountPolicy(double least, int windows) {

  public CountPolicy {
    if (!(least > 0)) {
      throw new IllegalArgumentException("least=" + least + ": expected above 0");
    }
    if (windows < 1) {
      throw new IllegalArgumentException("windows=" + windows + ": expected 1 or more");
    }
  }
}
