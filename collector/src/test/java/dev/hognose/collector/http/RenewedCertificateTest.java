package dev.hognose.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewedCertificateTest {

  @TempDir private Path folder;

  @Test
  void aNewCertificateIsShownWithoutARestart() throws Exception {
    OwnCertificate first = OwnCertificate.in(folder, "EC");
    Path certificate = first.certificate();
    Path key = first.key();
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(PemFiles.keyStore(certificate, key));
    tls.setKeyStorePassword(PemFiles.PASSWORD);
    tls.start();
    RenewedCertificate renewed = new RenewedCertificate(certificate, key, tls);
    X509Certificate before = shown(tls);

    Files.writeString(key, "half a key");
    renewed.look();
    assertThat(shown(tls)).isEqualTo(before);

    OwnCertificate second = OwnCertificate.in(folder, "RSA");
    second.certificate();
    first.key();
    renewed.look();
    assertThat(shown(tls)).as("a certificate whose key is still to come").isEqualTo(before);

    second.key();
    renewed.look();
    assertThat(shown(tls)).isNotEqualTo(before);
    tls.stop();
  }

  private static X509Certificate shown(SslContextFactory.Server tls) throws Exception {
    return (X509Certificate) tls.getKeyStore().getCertificate("server");
  }
}
