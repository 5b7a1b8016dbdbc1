package dev.hognose.collector.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * The proxies in front of this server, whose word on where a request comes from is believed.
 *
 * <p>Each proxy adds to {@code X-Forwarded-For} whom it heard; what stands further left was said by
 * others and may be invented. So the list is read from its end for as long as proxies of ours
 * speak, and the first that is none of them is who asks.
 */
final class Proxies {

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final Pattern LENGTH = Pattern.compile("/\\d{1,3}$");

  /** Some proxies tell the port, too: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
  private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)](:\\d+)?|([^:]*):\\d+");

  private final InetAddressSet known = new InetAddressSet();

  /**
   * Those of addresses and networks.
   *
   * @param written as {@code 192.0.2.1}, {@code 10.0.0.0/8} or {@code fd00::/8}
   * @throws IllegalArgumentException when one is no such thing; names are never looked up
   */
  Proxies(Collection<String> written) {
    for (String each : written) {
      if (address(LENGTH.matcher(each).replaceFirst("")).isEmpty()) {
        throw expected(each);
      }
      try {
        known.add(each);
      } catch (IllegalArgumentException refused) {
        throw expected(each);
      }
    }
  }

  private static IllegalArgumentException expected(String written) {
    return new IllegalArgumentException(
        "\""
            + written
            + "\": expected addresses or networks as in 192.0.2.1 or 10.0.0.0/8, several with"
            + " commas");
  }

  /**
   * Whose request it is.
   *
   * @param neighbour the address at the other end of the connection
   * @param forwarded the values of all headers {@code X-Forwarded-For}, in their order
   */
  String asker(String neighbour, List<String> forwarded) {
    String asker = neighbour;
    List<String> said = entries(forwarded);
    while (isKnown(asker) && !said.isEmpty()) {
      Optional<InetAddress> before = address(withoutPort(said.remove(said.size() - 1)));
      if (before.isEmpty()) {
        return asker;
      }
      asker = before.get().getHostAddress();
    }
    return asker;
  }

  /** Empty ones say nothing, as in every list of HTTP. */
  private static List<String> entries(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Stream.of(header.split(",")))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private boolean isKnown(String asker) {
    return address(withoutPort(asker)).filter(known).isPresent();
  }

  private static String withoutPort(String text) {
    var found = WITH_PORT.matcher(text);
    if (!found.matches()) {
      return text;
    }
    return found.group(1) == null ? found.group(3) : found.group(1);
  }

  /** What is no address is not looked up: a name would be asked of somebody else's server. */
  private static Optional<InetAddress> address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }
}
