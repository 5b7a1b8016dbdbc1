package dev.hognose.loop;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.util.Optional;

/**
 * What blocks have in common that are told as one: service, culprit, cause. The line is left out,
 * so that an edit above it makes no new culprit.
 *
 * @param file of the culprit, empty when it is not known
 * @param function of the culprit, empty when it is not known
 */
public record Fingerprint(
    String service, String file, String function, LoopBlock.Cause cause, Kind kind) {

  private static final int LONGEST_FILE = 500;
  private static final int LONGEST_FUNCTION = 300;

  /** One culprit, or all that there is no room to tell apart. */
  public enum Kind {
    ONE,
    REST
  }

  static Fingerprint of(String service, LoopBlock block) {
    Optional<Frame> culprit = block.culprit().map(Fingerprint::legible);
    return new Fingerprint(
        service,
        culprit.map(Frame::file).orElse(""),
        culprit.map(Frame::function).orElse(""),
        block.cause(),
        Kind.ONE);
  }

  static Fingerprint rest(String service) {
    return new Fingerprint(service, "", "", LoopBlock.Cause.UNKNOWN, Kind.REST);
  }

  static Frame legible(Frame frame) {
    return new Frame(
        Wording.legible(frame.file(), LONGEST_FILE),
        frame.line(),
        Wording.legible(frame.function(), LONGEST_FUNCTION));
  }

  /** The same for the same fingerprint, and for no other: names hold no line ends. */
  public String key() {
    return String.join("\n", service, file, function, cause.name(), kind.name());
  }
}
