package dev.hognose.loop;

import java.util.List;

/**
 * What an event, or the want of one, changed about a service's loop blocks.
 *
 * @param outcome of the event
 * @param steps what is kept and told, in order
 * @param absorbed not known apart any more: what they cost is part of a sum without names
 * @param forgotten nothing of them is kept
 */
public record BlocksChange(
    LoopBlockStep.Outcome outcome,
    List<LoopBlockStep> steps,
    List<Episodes> absorbed,
    List<Episodes> forgotten) {

  public BlocksChange {
    steps = List.copyOf(steps);
    absorbed = List.copyOf(absorbed);
    forgotten = List.copyOf(forgotten);
  }

  static BlocksChange nothing(LoopBlockStep.Outcome outcome) {
    return new BlocksChange(outcome, List.of(), List.of(), List.of());
  }

  static BlocksChange absorbed(List<Episodes> absorbed) {
    return new BlocksChange(LoopBlockStep.Outcome.STALE, List.of(), absorbed, List.of());
  }

  static BlocksChange forgotten(List<Episodes> forgotten) {
    return new BlocksChange(LoopBlockStep.Outcome.STALE, List.of(), List.of(), forgotten);
  }
}
