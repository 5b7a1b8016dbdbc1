package dev.hognose.streams;

/** What became of a minute of a process. Exhaustive: the counts add up to the minutes. */
enum MinuteOutcome {
  /** It is in its service's summary. */
  ADDED,
  /** The summary is of a later minute: it was read long after other processes. */
  LATE
}
