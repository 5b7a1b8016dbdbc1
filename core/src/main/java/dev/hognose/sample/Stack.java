package dev.hognose.sample;

import java.util.List;

/**
 * A call stack and how often it was seen.
 *
 * @param frames innermost last, as in a traceback
 * @param thread whose it is, empty where only one thread is meant
 */
public record Stack(List<Frame> frames, int count, String thread) {

  public Stack {
    frames = List.copyOf(frames);
  }
}
