package dev.hognose.collector.history;

import dev.hognose.profile.ServiceProfile;
import java.util.List;
import java.util.Optional;

/**
 * The stacks of a service in a window, merged.
 *
 * @param profile absent when there is none
 * @param versions of the service that were seen in the window, by name, whichever were asked for
 * @param minutes that were merged
 * @param whole whether every minute of the window was read
 */
public record PastProfile(
    Optional<ServiceProfile> profile, List<String> versions, int minutes, boolean whole) {

  public PastProfile {
    versions = List.copyOf(versions);
  }
}
