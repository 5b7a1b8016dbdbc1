package dev.hognose.leak;

/**
 * Where the growth of a process stands against what the lives of its service have shown.
 *
 * @param times as high as the highest climb of a life that came to rest; 0 where too few can be
 *     compared
 * @param lives of the service that came to rest
 */
public record Stand(Kind kind, double times, int lives) {

  static final Stand NONE = new Stand(Kind.NONE, 0, 0);

  /** What it means for a verdict. */
  public enum Kind {
    /** Nothing rises. */
    NONE("nothing rises"),
    /** The verdict needs more patience than that of a process alone. */
    UNKNOWN("no life of this service has shown yet where such growth ends"),
    /** The verdict is held back. */
    COVERED("lives of this service grew as far and came to rest"),
    /** The verdict comes as soon as alone, or sooner the farther it is beyond. */
    BEYOND("it grows on where other lives of this service came to rest");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As people read it. */
    public String words() {
      return words;
    }
  }

  /** Of both channels together: covered in one is covered; what both are beyond counts. */
  Stand and(Stand other) {
    Stand stronger = kind == Kind.COVERED || other.kind == Kind.UNKNOWN ? this : other;
    return new Stand(stronger.kind, Math.min(times, other.times), Math.min(lives, other.lives));
  }
}
