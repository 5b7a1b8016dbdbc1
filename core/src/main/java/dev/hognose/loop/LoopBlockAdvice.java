package dev.hognose.loop;

import dev.hognose.sample.LoopBlock;

/** What to do about a block, by what its culprit waited for. */
final class LoopBlockAdvice {

  private LoopBlockAdvice() {}

  static String on(LoopBlock.Cause cause) {
    return switch (cause) {
      case SYNC_SLEEP ->
          "Replace time.sleep() by await asyncio.sleep(): the loop runs other tasks meanwhile.";
      case SYNC_IO ->
          "Use an asynchronous client for this call, or run it as await asyncio.to_thread(...).";
      case SUBPROCESS ->
          "Start it with asyncio.create_subprocess_exec() and await its communicate().";
      case LOCK ->
          "Use an asyncio.Lock between tasks; a lock shared with threads belongs into"
              + " asyncio.to_thread(...).";
      case CPU ->
          "Move the work into a process pool with loop.run_in_executor(), or divide it and"
              + " await asyncio.sleep(0) between the pieces.";
      case GIL ->
          "Another thread kept the GIL: look for CPU work in threads and move it into processes.";
      case GC ->
          "Garbage collection took the time: call gc.freeze() after start-up, raise"
              + " gc.set_threshold(), and look for reference cycles made by this code.";
      case STARVED ->
          "The process got no CPU, this code is only where it happened: raise the CPU quota or run"
              + " fewer workers and native threads a core.";
      case UNKNOWN -> "Look at the stacks: what they have in common kept the loop from running.";
    };
  }
}
