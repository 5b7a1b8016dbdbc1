package dev.hognose.collector.http;

import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Through which connections come: with TLS or without, so many at once, and not for ever. */
final class Door {

  /** Prometheus, Grafana and some people; each connection beyond waits outside. */
  static final int MOST_CONNECTIONS = 256;

  /** A connection that says nothing, or takes nothing of what it asked for. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /** From the first byte of a request to its last. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

  /** While bytes of the answer wait to be taken: a scrape of any size is long over. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

  /** Of a request, its address included, in bytes. */
  static final int LARGEST_HEADERS = 8 * 1024;

  private final HttpSettings settings;
  private final SlowClients slow;
  private final Optional<KeyStore> keys;

  /**
   * One that nobody has come through yet.
   *
   * @throws dev.hognose.settings.SettingException when key or certificate cannot be used
   */
  Door(HttpSettings settings) {
    this(settings, new SlowClients(LONGEST_REQUEST, LONGEST_ANSWER));
  }

  /** With a patience of its own. */
  Door(HttpSettings settings, SlowClients slow) {
    this.settings = settings;
    this.slow = slow;
    this.keys =
        settings.certificate().map(chain -> PemFiles.keyStore(chain, settings.key().orElse(chain)));
  }

  Connector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(LARGEST_HEADERS);
    // Of buffers that nobody keeps, those of the heap go with the next collection.
    http.setUseInputDirectByteBuffers(false);
    http.setUseOutputDirectByteBuffers(false);
    ServerConnector connector =
        keys.map(store -> withTls(server, http, store))
            .orElseGet(() -> open(server, new HttpConnectionFactory(http)));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(LONGEST_SILENCE.toMillis());
    connector.addBean(slow);
    return connector;
  }

  /**
   * Buffers are used once: with those of Jetty's pool (12.1.12) an answer to a request that could
   * not be read began now and then with somebody else's. Threads are as Jetty chooses.
   */
  private static ServerConnector open(Server server, ConnectionFactory... factories) {
    return new ServerConnector(
        server, null, null, new ByteBufferPool.NonPooling(), -1, -1, factories);
  }

  void limit(Server server) {
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
  }

  private ServerConnector withTls(Server server, HttpConfiguration http, KeyStore store) {
    // Whoever names another host is served, too: the certificate is for its reader to judge.
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(store);
    tls.setKeyStorePassword(PemFiles.PASSWORD);
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    ServerConnector connector =
        open(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
    settings
        .certificate()
        .map(chain -> new RenewedCertificate(chain, settings.key().orElse(chain), tls))
        .ifPresent(connector::addBean);
    return connector;
  }
}
