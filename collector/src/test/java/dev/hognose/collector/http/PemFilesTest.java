package dev.hognose.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.settings.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void keyAndCertificateAreRead(String algorithm) throws Exception {
    OwnCertificate own = OwnCertificate.in(folder, algorithm);

    var store = PemFiles.keyStore(own.certificate(), own.key());

    assertThat(store.getKey("server", PemFiles.PASSWORD.toCharArray()).getAlgorithm())
        .isEqualTo(algorithm.equals("Ed25519") ? "EdDSA" : algorithm);
  }

  @ParameterizedTest
  @CsvSource({"EC, EC", "RSA, RSA", "Ed25519, Ed25519", "EC, RSA", "RSA, Ed25519"})
  void keyOfAnotherCertificateIsRefused(String ours, String theirs, @TempDir Path elsewhere)
      throws Exception {
    Path certificate = OwnCertificate.in(folder, ours).certificate();
    Path key = OwnCertificate.in(elsewhere, theirs).key();

    assertRefused(
        certificate, key, "KEY=" + key + ": expected the key of HOGNOSE_HTTP_CERTIFICATE");
  }

  @Test
  void whatIsNoneIsNamedWithWhatWasExpected() throws Exception {
    OwnCertificate own = OwnCertificate.in(folder, "EC");
    Path text = Files.writeString(folder.resolve("text"), "no PEM");
    Path missing = folder.resolve("missing");

    assertRefused(text, own.key(), "CERTIFICATE=" + text + ": expected certificates as PEM");
    assertRefused(
        missing, own.key(), "CERTIFICATE=" + missing + ": expected a file that can be read");
    String expected =
        ": expected a key as PEM that begins with BEGIN PRIVATE KEY, without a password";
    assertRefused(own.certificate(), text, "KEY=" + text + expected);
    Path garbage =
        Files.writeString(
            folder.resolve("garbage"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertRefused(own.certificate(), garbage, "KEY=" + garbage + expected);
  }

  private static void assertRefused(Path certificate, Path key, String sentence) {
    assertThatThrownBy(() -> PemFiles.keyStore(certificate, key))
        .isInstanceOf(SettingException.class)
        .hasMessage("HOGNOSE_HTTP_" + sentence);
  }
}
