package dev.hognose.profile;

/**
 * How much of hot code is kept.
 *
 * @param mostVersions of a service that are told apart in a minute, those that were seen most; the
 *     rest is told as one
 * @param knownVersions of a service that are known apart in a minute, as each may yet be one of
 *     those
 */
public record ProfilePolicy(int mostVersions, int knownVersions) {

  public static final ProfilePolicy DEFAULT = new ProfilePolicy(8, 32);

  public ProfilePolicy {
    if (mostVersions < 1) {
      throw new IllegalArgumentException("mostVersions=" + mostVersions + ": expected 1 or more");
    }
    if (knownVersions < mostVersions) {
      throw new IllegalArgumentException(
          "knownVersions=" + knownVersions + ": expected " + mostVersions + " or more");
    }
  }
}
