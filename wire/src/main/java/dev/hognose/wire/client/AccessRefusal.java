package dev.hognose.wire.client;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** What to tell an operator whom Kafka does not let in, or not do something. */
public final class AccessRefusal {

  private AccessRefusal() {}

  /** One sentence, when a refusal is the reason of the failure or of one of its causes. */
  public static Optional<String> sentence(Throwable failure) {
    Throwable reason = failure;
    while (reason != null) {
      if (reason instanceof AuthorizationException) {
        return Optional.of(
            "Kafka does not allow it: "
                + lowerCase(reason)
                + ": expected the rights of hognose acls");
      }
      if (reason instanceof AuthenticationException) {
        return Optional.of(
            "Kafka does not let us in: "
                + lowerCase(reason)
                + root(reason)
                + ": expected certificates or credentials in HOGNOSE_KAFKA_*");
      }
      reason = reason.getCause();
    }
    return Optional.empty();
  }

  private static String lowerCase(Throwable refusal) {
    String message = String.valueOf(refusal.getMessage()).strip();
    String sentence = message.replaceFirst("\\.$", "");
    boolean isAcronym = sentence.matches("[A-Z]{2}.*");
    return sentence.isEmpty() || isAcronym
        ? sentence
        : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  /** A failed handshake says why only in its innermost cause. */
  private static String root(Throwable refusal) {
    Throwable root = refusal;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == refusal ? "" : " (" + root.getMessage() + ")";
  }
}
