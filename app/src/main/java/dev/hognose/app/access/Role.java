package dev.hognose.app.access;

import java.util.Locale;

/** Who comes to the cluster, each with rights of its own. */
enum Role {
  /** In every Python process that is watched. */
  AGENT,
  /** {@code hognose streams}. */
  STREAMS,
  /** {@code hognose collector}. */
  COLLECTOR,
  /** {@code replay}, {@code capture}, {@code tail} and the check of {@code topics}. */
  TOOLS,
  /** {@code topics --create}. */
  SETUP;

  /** As people write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
