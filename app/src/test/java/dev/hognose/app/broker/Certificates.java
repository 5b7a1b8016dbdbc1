package dev.hognose.app.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority of a test's own and what it has signed, as the JDK's keytool makes them. */
public final class Certificates {

  /** Of every store here. */
  public static final String PASSWORD = "changeit";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** An authority, and a trust store that trusts it. */
  public static Certificates in(Path folder) throws Exception {
    Certificates made = new Certificates(Files.createDirectories(folder));
    made.key("authority", "CN=authority", "-ext", "bc:c");
    made.keytool("authority", "-exportcert", "-rfc", "-file", made.path("authority.pem"));
    made.trust("trust", "authority");
    return made;
  }

  /** A key of that name, signed by the authority; good for 127.0.0.1 and localhost. */
  public Path signed(String name) throws Exception {
    key(name, "CN=" + name, "-ext", "san=ip:127.0.0.1,dns:localhost");
    keytool(name, "-certreq", "-file", path(name + ".csr"));
    keytool(
        "authority",
        "-gencert",
        "-infile",
        path(name + ".csr"),
        "-outfile",
        path(name + ".pem"),
        "-rfc",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    Files.writeString(
        folder.resolve(name + ".chain"),
        Files.readString(folder.resolve(name + ".pem"))
            + Files.readString(folder.resolve("authority.pem")));
    trust(name, "authority");
    keytool(name, "-importcert", "-noprompt", "-file", path(name + ".chain"));
    return folder.resolve(name + ".p12");
  }

  /** The authority's certificate. */
  public Path authority() {
    return folder.resolve("authority.pem");
  }

  /** Trusts the authority. */
  public Path trust() {
    return folder.resolve("trust.p12");
  }

  private void key(String name, String subject, String... more) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-genkeypair", "-keyalg", "EC", "-dname", subject, "-validity", "2"));
    arguments.addAll(List.of(more));
    keytool(name, arguments.toArray(String[]::new));
  }

  private void trust(String store, String authority) throws Exception {
    List<String> command = new ArrayList<>(List.of("-importcert", "-noprompt", "-alias", "ca"));
    command.addAll(List.of("-keystore", path(store + ".p12"), "-storepass", PASSWORD));
    command.addAll(List.of("-file", path(authority + ".pem")));
    run(command);
  }

  private void keytool(String name, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(
        List.of("-alias", name, "-keystore", path(name + ".p12"), "-storepass", PASSWORD));
    run(command);
  }

  private void run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    // Each is a JVM of its own for a moment.
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(arguments);
    Path log = folder.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).as("keytool ended").isTrue();
    assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
