package dev.hognose.app.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker that knows its users and lets nobody do what was not granted.
 *
 * <p>Its plain listener is the administrator's; the others take certificates (mutual TLS), and
 * names with passwords over TLS (PLAIN, SCRAM).
 */
public final class SecuredBroker implements AutoCloseable {

  private static final String SCRAM_MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";
  private static final String PLAIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  private final EmbeddedBroker broker;
  private final Certificates certificates;
  private final int[] ports;

  private SecuredBroker(EmbeddedBroker broker, Certificates certificates, int[] ports) {
    this.broker = broker;
    this.certificates = certificates;
    this.ports = ports.clone();
  }

  /** Users of PLAIN are fixed at the start, each with the password {@code NAME-secret}. */
  public static SecuredBroker start(Path folder, List<String> plainUsers) throws Exception {
    Certificates certificates = Certificates.in(folder.resolve("certificates"));
    Path key = certificates.signed("broker");
    int[] ports = FreePorts.beside("");
    Map<String, String> more = new HashMap<>(tls(certificates, key));
    more.put(
        "listeners", "SSL://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d".formatted(ports[0], ports[1]));
    more.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL");
    more.put("listener.name.ssl.ssl.client.auth", "required");
    more.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
    more.put("listener.name.sasl_ssl.plain.sasl.jaas.config", plain(plainUsers));
    for (String mechanism : List.of("scram-sha-256", "scram-sha-512")) {
      more.put("listener.name.sasl_ssl." + mechanism + ".sasl.jaas.config", SCRAM_MODULE + ";");
    }
    more.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    more.put("super.users", "User:ANONYMOUS");
    return new SecuredBroker(
        EmbeddedBroker.start(folder.resolve("broker"), more), certificates, ports);
  }

  /** Where the administrator comes in. */
  public String administration() {
    return broker.bootstrapServers();
  }

  public Admin admin() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", administration());
    return Admin.create(properties);
  }

  /** The settings of somebody with a certificate of the name. */
  public Map<String, String> mutualTls(String name) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("HOGNOSE_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports[0]);
    settings.put("HOGNOSE_KAFKA_SECURITY_PROTOCOL", "SSL");
    tls(certificates, certificates.signed(name))
        .forEach((property, value) -> settings.put(variable(property), value));
    return settings;
  }

  /** The settings of a user of PLAIN. */
  public Map<String, String> plain(String name) {
    return sasl("PLAIN", PLAIN_MODULE, name, name + "-secret");
  }

  /** The settings of a user of SCRAM who is made known for it, with that password. */
  public Map<String, String> scram(ScramMechanism mechanism, String name, String password)
      throws Exception {
    try (Admin admin = admin()) {
      ScramCredentialInfo info = new ScramCredentialInfo(mechanism, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(name, info, password)))
          .all()
          .get();
    }
    return sasl(mechanism.mechanismName(), SCRAM_MODULE, name, password);
  }

  private Map<String, String> sasl(String mechanism, String module, String name, String password) {
    Map<String, String> settings = new HashMap<>();
    settings.put("HOGNOSE_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports[1]);
    settings.put("HOGNOSE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
    settings.put("HOGNOSE_KAFKA_SASL_MECHANISM", mechanism);
    settings.put(
        "HOGNOSE_KAFKA_SASL_JAAS_CONFIG",
        "%s username=\"%s\" password=\"%s\";".formatted(module, name, password));
    settings.put("HOGNOSE_KAFKA_SSL_TRUSTSTORE_TYPE", "PEM");
    settings.put("HOGNOSE_KAFKA_SSL_TRUSTSTORE_LOCATION", certificates.authority().toString());
    return settings;
  }

  @Override
  public void close() {
    broker.close();
  }

  private static Map<String, String> tls(Certificates certificates, Path key) {
    return Map.of(
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        key.toString(),
        "ssl.keystore.password",
        Certificates.PASSWORD,
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        certificates.trust().toString(),
        "ssl.truststore.password",
        Certificates.PASSWORD);
  }

  private static String plain(List<String> users) {
    StringBuilder module = new StringBuilder(PLAIN_MODULE);
    users.forEach(user -> module.append(" user_%s=\"%s-secret\"".formatted(user, user)));
    return module.append(';').toString();
  }

  private static String variable(String property) {
    return "HOGNOSE_KAFKA_" + property.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
