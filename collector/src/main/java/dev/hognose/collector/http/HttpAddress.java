package dev.hognose.collector.http;

import dev.hognose.settings.SettingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Where to listen, as the operator set it. */
record HttpAddress(String host, int port) {

  /**
   * Tries it before the web server does, which would tell its failure at length.
   *
   * @throws SettingException when nobody can listen there now
   */
  void check() {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw notOfThisMachine();
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(address);
    } catch (IOException refused) {
      throw refusal(String.valueOf(refused.getMessage()));
    }
  }

  private SettingException refusal(String reason) {
    String setting = "HOGNOSE_HTTP_PORT=" + port;
    if (reason.contains("in use")) {
      return new SettingException(setting + ": expected a free port, it is in use");
    }
    if (reason.contains("denied")) {
      return new SettingException(setting + ": expected a port that this user may listen on");
    }
    return notOfThisMachine();
  }

  private SettingException notOfThisMachine() {
    return new SettingException(
        "HOGNOSE_HTTP_HOST=" + host + ": expected an address of this machine");
  }
}
