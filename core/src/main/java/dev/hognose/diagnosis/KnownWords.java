package dev.hognose.diagnosis;

import dev.hognose.packed.PackedWords;
import java.util.List;

/**
 * What most signs say, between their numbers and names. A sign that says something else is only
 * packed in more bytes.
 */
final class KnownWords {

  /** Their places here are their codes: only ever append. */
  static final PackedWords.Known OF_SIGNS =
      new PackedWords.Known(
          List.of(
              "",
              ".",
              ", ",
              " in ",
              ", in ",
              " s",
              " min",
              " h",
              " s, in ",
              " min, in ",
              " h, in ",
              " s, above all: ",
              " min, above all: ",
              " h, above all: ",
              " more within ",
              " threads, ",
              " open descriptors, ",
              " child processes, ",
              " unfinished tasks of ",
              " tasks were destroyed while pending within ",
              " exceptions of tasks were never read within ",
              " coroutines were never awaited within ",
              " resources were not closed within ",
              " times TypeError within ",
              " times AttributeError within ",
              " times NameError within ",
              " times UnboundLocalError within ",
              " times DeprecationWarning was raised within ",
              " times PendingDeprecationWarning was raised within ",
              " times FutureWarning was raised within ",
              "tasks of ",
              " take ",
              " s and more",
              "the agent dropped ",
              " records: ",
              "the default argument ",
              "the container ",
              "the closure of ",
              "the unbounded cache ",
              " keeps ",
              " entries and gains ",
              " an hour",
              "CPU work in the thread pool ",
              ": ",
              "threads wait for the GIL, ",
              " uses ",
              " % of a core, mostly in ",
              " % of a core, each wait for the GIL takes ",
              ", each wait for the GIL takes ",
              " ms",
              "native pools of ",
              " threads on a quota of ",
              " cores",
              "held back ",
              " % of the time",
              " % of the time by its quota of ",
              "garbage collection takes ",
              "a full collection frees ",
              " objects that refer to each other",
              " more objects that the collector cannot free",
              "a tracing window was thrown away, to read it would have paused the process for ",
              "processes end soon after their start, the last one after ",
              " s with an exception",
              " s with exit code ",
              "a process says nothing for more than ",
              " s and has not said that it ends",
              " min and has not said that it ends",
              "its clock was set back by "));

  private KnownWords() {}

  /** For what is blamed on one culprit: a container is often called the same. */
  static PackedWords and(String culprit) {
    PackedWords words = new PackedWords(OF_SIGNS);
    words.know(culprit);
    return words;
  }
}
