package dev.hognose.collector.http;

import dev.hognose.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether key or certificate was replaced, and shows the new one to whoever
 * connects from then on. What cannot be used is told once, and the old one stays.
 */
final class RenewedCertificate extends AbstractLifeCycle {

  private static final Logger LOG = LoggerFactory.getLogger(RenewedCertificate.class);

  /** Files are renewed days before the old certificate ends. */
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final Path certificate;
  private final Path key;
  private final SslContextFactory.Server tls;
  private final ScheduledExecutorScheduler timer =
      new ScheduledExecutorScheduler("hognose-http-certificate", true);
  private byte[] seen;

  /** Of files that were read already. */
  RenewedCertificate(Path certificate, Path key, SslContextFactory.Server tls) {
    this.certificate = certificate;
    this.key = key;
    this.tls = tls;
    this.seen = content();
  }

  @Override
  protected void doStart() throws Exception {
    timer.start();
    lookAgain();
  }

  @Override
  protected void doStop() throws Exception {
    timer.stop();
  }

  private void lookAgain() {
    timer.schedule(this::lookAndAgain, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lookAndAgain() {
    try {
      look();
    } finally {
      if (isRunning()) {
        lookAgain();
      }
    }
  }

  /** Once. */
  synchronized void look() {
    byte[] now = content();
    if (Arrays.equals(now, seen)) {
      return;
    }
    seen = now;
    try {
      KeyStore store = PemFiles.keyStore(certificate, key);
      tls.reload(same -> same.setKeyStore(store));
      LOG.info("{}: the new certificate is shown from now on", certificate);
    } catch (SettingException unusable) {
      LOG.warn("{}; the certificate from before stays", unusable.getMessage());
    } catch (Exception refused) {
      LOG.warn("{}: the certificate from before stays", certificate, refused);
    }
  }

  /** Of both, which may be one file; empty where there is nothing to read at this moment. */
  private byte[] content() {
    try {
      byte[] first = Files.readAllBytes(certificate);
      byte[] second = Files.readAllBytes(key);
      byte[] both = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      return both;
    } catch (IOException beingReplaced) {
      return new byte[0];
    }
  }
}
