package dev.hognose.settings;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What Kubernetes tells each pod of the Services in its namespace: one that is called {@code
 * hognose-collector} sets {@code HOGNOSE_COLLECTOR_SERVICE_HOST} and its like, which nobody meant
 * as settings.
 *
 * <p>A Service has a host and a port in any case: without both a name is none, and may be misspelt.
 */
final class ServiceLinks {

  private static final String HOST = "_SERVICE_HOST";
  private static final String PORT = "_SERVICE_PORT";

  /** What follows a Service's name, with the value. */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile(
          "_SERVICE_HOST=.*"
              + "|_SERVICE_PORT(_\\w+)?=.*"
              + "|_PORT(_\\d+_(TCP|UDP|SCTP))?=(tcp|udp|sctp)://.*"
              + "|_PORT_\\d+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)=.*",
          Pattern.DOTALL);

  private ServiceLinks() {}

  /** The variables that are none, in a map of the caller's own. */
  static Map<String, String> without(Map<String, String> variables) {
    Collection<String> services = services(variables.keySet());
    Map<String, String> others = new TreeMap<>(variables);
    others.entrySet().removeIf(each -> isOfOne(services, each.getKey() + "=" + each.getValue()));
    return others;
  }

  private static Collection<String> services(Collection<String> names) {
    Collection<String> services = new TreeSet<>();
    for (String name : names) {
      String service = name.substring(0, Math.max(0, name.length() - HOST.length()));
      if (name.endsWith(HOST) && names.contains(service + PORT)) {
        services.add(service);
      }
    }
    return services;
  }

  private static boolean isOfOne(Collection<String> services, String variable) {
    return services.stream()
        .anyMatch(
            service ->
                variable.startsWith(service)
                    && OF_A_SERVICE.matcher(variable.substring(service.length())).matches());
  }
}
