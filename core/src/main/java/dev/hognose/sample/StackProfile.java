package dev.hognose.sample;

import java.time.Duration;
import java.util.List;

/** Stacks of all threads, sampled at a low rate over a window. */
public record StackProfile(Duration window, int samples, List<Stack> stacks, boolean cut)
    implements Event.What {

  public StackProfile {
    stacks = List.copyOf(stacks);
  }
}
