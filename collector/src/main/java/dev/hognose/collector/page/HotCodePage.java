package dev.hognose.collector.page;

import java.util.List;
import java.util.Optional;

/**
 * Hot code of a service in a window, and against another. What is in it is read by a script: a
 * reading takes seconds, and the page is asked for again every two.
 *
 * @param version of the service; empty means all of them
 * @param against the other window and version
 * @param comparing whether there is another
 * @param known versions that live
 */
record HotCodePage(
    String service,
    String version,
    Window window,
    Against against,
    boolean comparing,
    List<String> known) {

  /**
   * What it is compared with, as it stands in the address; empty is as in the first window.
   *
   * @param version of the service
   */
  record Against(String from, String to, String version) {

    boolean isGiven() {
      return !(from.isEmpty() && to.isEmpty() && version.isEmpty());
    }
  }

  static HotCodePage of(String service, String version, Window window, Against against) {
    return new HotCodePage(service, version, window, against, against.isGiven(), List.of());
  }

  HotCodePage knowing(List<String> versions) {
    return new HotCodePage(service, version, window, against, comparing, versions);
  }

  /** Where the profile of the window is. */
  String profile() {
    return Address.profile(service, version, window);
  }

  /** Where the difference is, when there is one. */
  Optional<String> difference() {
    return comparing
        ? Optional.of(Address.difference(service, version, window, against))
        : Optional.empty();
  }

  String serviceAddress() {
    return Address.service(service);
  }
}
