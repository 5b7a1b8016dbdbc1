package dev.hognose.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which versions of a service are told apart in a minute: those that were seen most, whichever was
 * seen first. A deploy has two of them; only what takes a new version for each process has many.
 */
public final class ProfileVersions {

  /** What the rest is told as. */
  public static final String OTHERS = "other versions";

  private static final Comparator<ServiceProfile> MOST_FIRST =
      Comparator.comparingLong((ServiceProfile profile) -> profile.stacks().seen())
          .reversed()
          .thenComparing(ServiceProfile::version);

  private final ProfilePolicy policy;

  public ProfileVersions(ProfilePolicy policy) {
    this.policy = policy;
  }

  /**
   * What is told of a minute.
   *
   * @param known of one service and minute
   */
  public List<ServiceProfile> told(Collection<ServiceProfile> known) {
    List<ServiceProfile> inOrder = inOrder(known);
    int apart = Math.min(policy.mostVersions(), inOrder.size());
    List<ServiceProfile> told = new ArrayList<>(inOrder.subList(0, apart));
    others(known, inOrder.subList(apart, inOrder.size())).ifPresent(told::add);
    return told;
  }

  /** The one that was seen least, when more are known apart than there is room for. */
  public Optional<ServiceProfile> surplus(Collection<ServiceProfile> known) {
    List<ServiceProfile> inOrder = inOrder(known);
    return inOrder.size() > policy.knownVersions()
        ? Optional.of(inOrder.get(inOrder.size() - 1))
        : Optional.empty();
  }

  private static List<ServiceProfile> inOrder(Collection<ServiceProfile> known) {
    return known.stream().filter(each -> !isOthers(each)).sorted(MOST_FIRST).toList();
  }

  private static Optional<ServiceProfile> others(
      Collection<ServiceProfile> known, List<ServiceProfile> rest) {
    return Stream.concat(
            known.stream().filter(ProfileVersions::isOthers),
            rest.stream().map(ServiceProfile::asOther))
        .reduce(ServiceProfile::and);
  }

  private static boolean isOthers(ServiceProfile profile) {
    return profile.version().equals(OTHERS);
  }
}
