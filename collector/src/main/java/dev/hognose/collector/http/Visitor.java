package dev.hognose.collector.http;

import io.javalin.http.Context;

/** Who asks. */
public final class Visitor {

  static final String KNOWN = "hognose.known";

  private Visitor() {}

  /** Whether he was let in, and may be told why something is as it is. */
  public static boolean isKnown(Context context) {
    return Boolean.TRUE.equals(context.attribute(KNOWN));
  }
}
