package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.SettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where people reach the Grafana that has our dashboards.
 *
 * @param address without a slash at its end; absent where there is none
 */
public record Grafana(Optional<String> address) {

  public static final Grafana NONE = new Grafana(Optional.empty());

  private static final int LARGEST_PORT = 65_535;
  private static final Duration BEFORE = Duration.ofMinutes(30);
  private static final Set<Alert.Kind> OF_MEMORY =
      Set.of(Alert.Kind.MEMORY_LEAK, Alert.Kind.OUT_OF_MEMORY_SOON, Alert.Kind.OOM_KILLED);
  private static final Set<Alert.Kind> OF_LOOPS =
      Set.of(Alert.Kind.LOOP_BLOCK, Alert.Kind.LOOP_LAG);

  /**
   * As an operator writes it; empty for none. Nobody is asked whether a Grafana is there: the page
   * only leads to it.
   *
   * @throws SettingException when it is no address of a web page, or would show a password to all
   */
  public static Grafana at(String key, String setting) {
    if (setting.isEmpty()) {
      return NONE;
    }
    if (!isOfWeb(setting)) {
      throw new SettingException(
          key
              + "="
              + withoutPassword(setting)
              + ": expected an address such as https://grafana.example.org");
    }
    return new Grafana(Optional.of(setting.replaceAll("/+$", "")));
  }

  private static String withoutPassword(String setting) {
    return setting.replaceAll("//[^/]*@", "//…@");
  }

  private static boolean isOfWeb(String setting) {
    try {
      URI uri = new URI(setting);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getPort() <= LARGEST_PORT
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (URISyntaxException unreadable) {
      return false;
    }
  }

  /**
   * The dashboard that an alert's figures are on, at its time; empty where there is no Grafana.
   *
   * <p>Its tables show what is so at the end of that time: of an alert that is over this is its
   * last moment, as the figures that it rests on are told no longer.
   */
  String dashboard(Alert alert) {
    return address.map(there -> there + path(alert)).orElse("");
  }

  private static String path(Alert alert) {
    String time =
        "&from=%d&to=%s"
            .formatted(
                alert.firedAt().minus(BEFORE).toEpochMilli(),
                alert.resolvedAt().map(at -> Long.toString(at.toEpochMilli())).orElse("now"));
    return "/d/hognose-"
        + story(alert)
        + "?var-service="
        + encoded(alert.service())
        + of(alert)
        + time;
  }

  private static String story(Alert alert) {
    if (OF_MEMORY.contains(alert.kind())) {
      return "leaks";
    }
    if (OF_LOOPS.contains(alert.kind())) {
      return "loop-blocks";
    }
    return alert.process().isPresent() ? "process" : "service";
  }

  private static String of(Alert alert) {
    return alert.process().map(Grafana::of).orElse("");
  }

  private static String of(ProcessId process) {
    return "&var-host=" + encoded(process.host()) + "&var-process=" + process.pid();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
