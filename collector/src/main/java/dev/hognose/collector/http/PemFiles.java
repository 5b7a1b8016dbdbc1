package dev.hognose.collector.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hognose.settings.SettingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's key and certificates as files of text, the way that most tools write them. */
final class PemFiles {

  /** Of the store in memory; Java wants one. */
  static final String PASSWORD = "in memory only";

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

  /** How a key signs, by the name that it has for its own algorithm. */
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

  private PemFiles() {}

  /**
   * Both in one store.
   *
   * @throws SettingException when a file cannot be read, or holds something else, or the key is
   *     that of another certificate
   */
  static KeyStore keyStore(Path certificate, Path key) {
    Certificate[] chain = chain(certificate);
    PrivateKey privateKey = key(key);
    try {
      // The store takes any key, and only a handshake would fail.
      if (!isOf(chain[0].getPublicKey(), privateKey)) {
        throw new SignatureException("of another certificate");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", privateKey, PASSWORD.toCharArray(), chain);
      return store;
    } catch (GeneralSecurityException | IOException refused) {
      throw new SettingException(
          "HOGNOSE_HTTP_KEY=" + key + ": expected the key of HOGNOSE_HTTP_CERTIFICATE");
    }
  }

  /** Whether what the one signs is verified by the other. */
  private static boolean isOf(PublicKey shown, PrivateKey key) throws GeneralSecurityException {
    byte[] anything = PASSWORD.getBytes(US_ASCII);
    Signature signature =
        Signature.getInstance(SIGNATURES.getOrDefault(key.getAlgorithm(), key.getAlgorithm()));
    signature.initSign(key);
    signature.update(anything);
    byte[] signed = signature.sign();
    signature.initVerify(shown);
    signature.update(anything);
    return signature.verify(signed);
  }

  private static Certificate[] chain(Path file) {
    String setting = "HOGNOSE_HTTP_CERTIFICATE=" + file;
    byte[] pem = read(setting, file);
    try {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .toArray(Certificate[]::new);
      if (chain.length > 0) {
        return chain;
      }
    } catch (GeneralSecurityException unreadable) {
      throw new SettingException(setting + ": expected certificates as PEM");
    }
    throw new SettingException(setting + ": expected certificates as PEM");
  }

  private static PrivateKey key(Path file) {
    String setting = "HOGNOSE_HTTP_KEY=" + file;
    Matcher key = KEY.matcher(new String(read(setting, file), US_ASCII));
    if (key.find()) {
      byte[] der = Base64.getMimeDecoder().decode(key.group(1));
      for (String algorithm : ALGORITHMS) {
        Optional<PrivateKey> found = key(algorithm, der);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new SettingException(
        setting + ": expected a key as PEM that begins with BEGIN PRIVATE KEY, without a password");
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (InvalidKeySpecException another) {
      return Optional.empty();
    } catch (GeneralSecurityException unknown) {
      throw new IllegalStateException("every Java knows " + algorithm, unknown);
    }
  }

  private static byte[] read(String setting, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new SettingException(setting + ": expected a file that can be read");
    }
  }
}
