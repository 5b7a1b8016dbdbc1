package dev.hognose.loop;

import dev.hognose.alert.ModuleName;
import dev.hognose.alert.Wording;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.util.Optional;

/**
 * What blocks have in common that are told as one: service, culprit, cause. The line is left out,
 * so that an edit above it makes no new culprit, and of the path only the module is kept, so that
 * another release, environment or machine makes none, either.
 *
 * @param module of the culprit, empty when it is not known or no line is to blame
 * @param function of the culprit, empty likewise
 */
public record Fingerprint(
    String service, String module, String function, LoopBlock.Cause cause, Kind kind) {

  /** One culprit, or many as one. */
  public enum Kind {
    ONE,
    /** All that there is no room to tell apart. */
    REST,
    /** Those among them that there is no room to know apart, either: a sum without names. */
    BEYOND
  }

  static Fingerprint of(String service, LoopBlock block) {
    Optional<Frame> culprit = block.culprit().filter(known -> blames(block.cause()));
    return new Fingerprint(
        service,
        culprit.map(Frame::file).map(ModuleName::of).orElse(""),
        culprit.map(Wording::legible).map(Frame::function).orElse(""),
        block.cause(),
        Kind.ONE);
  }

  /** A loop that waits for a processor stands in whatever line comes next: none is to blame. */
  private static boolean blames(LoopBlock.Cause cause) {
    return cause != LoopBlock.Cause.STARVED;
  }

  /** Whether there is a line to mend. */
  boolean hasCulprit() {
    return !module.isEmpty();
  }

  public static Fingerprint rest(String service) {
    return new Fingerprint(service, "", "", LoopBlock.Cause.UNKNOWN, Kind.REST);
  }

  public static Fingerprint beyond(String service) {
    return new Fingerprint(service, "", "", LoopBlock.Cause.UNKNOWN, Kind.BEYOND);
  }

  /** The same for the same fingerprint, and for no other: names hold no line ends. */
  public String key() {
    return String.join("\n", service, module, function, cause.name(), kind.name());
  }
}
