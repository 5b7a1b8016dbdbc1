package dev.hognose.streams;

/** What became of a stack profile of a process. Exhaustive: the counts add up to the profiles. */
enum ProfileOutcome {
  MERGED,
  /** The same, and stacks or frames of it were left out. */
  CUT,
  /** There is no stack in it. */
  EMPTY
}
