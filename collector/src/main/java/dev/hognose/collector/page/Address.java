package dev.hognose.collector.page;

import dev.hognose.sample.ProcessId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where things are shown. Names are parameters, for a service may have slashes in its name. */
final class Address {

  private Address() {}

  static String alert(String id) {
    return "/alerts/" + encoded(id);
  }

  static String stacks(String alertId) {
    return "/api/v1/alerts/" + encoded(alertId) + "/stacks";
  }

  static String service(String name) {
    return "/service?name=" + encoded(name);
  }

  static String process(ProcessId id) {
    return "/process?key=" + encoded(id.key());
  }

  static String history(ProcessId id, Window window) {
    return "/api/v1/history?process=" + encoded(id.key()) + "&" + window.query();
  }

  static String hotCode(String service) {
    return "/hot-code?service=" + encoded(service);
  }

  static String profile(String service, String version, Window window) {
    return "/api/v1/profiles?" + wanted(service, version, window);
  }

  static String difference(
      String service, String version, Window window, HotCodePage.Against against) {
    return "/api/v1/profiles/difference?"
        + wanted(service, version, window)
        + given("against_from", against.from())
        + given("against_to", against.to())
        + given("against_version", against.version());
  }

  private static String wanted(String service, String version, Window window) {
    return "service=" + encoded(service) + given("version", version) + "&" + window.query();
  }

  private static String given(String name, String value) {
    return value.isEmpty() ? "" : "&" + name + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
