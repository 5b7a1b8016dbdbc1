package dev.hognose.wire.sample;

import dev.hognose.sample.AgentFigures;
import dev.hognose.wire.part.Seconds;

/** What the agent costs and could not do; the other way is {@link AgentReading}. */
final class AgentWriting {

  private AgentWriting() {}

  static dev.hognose.v2.AgentFigures write(AgentFigures agent) {
    dev.hognose.v2.AgentFigures.Builder m =
        dev.hognose.v2.AgentFigures.newBuilder()
            .setCpuUsTotal(Seconds.micros(agent.cpu()))
            .setTickMaxUs(Seconds.micros(agent.longestTick()))
            .setGilHoldMaxUs(Seconds.micros(agent.longestGilHold()))
            .setOutbox(agent.outbox())
            .addAllDisabledProbes(agent.disabledProbes());
    agent
        .dropped()
        .forEach((reason, total) -> m.addDroppedBuilder().setReason(reason).setTotal(total));
    agent
        .skipped()
        .forEach((reason, total) -> m.addSkippedBuilder().setReason(reason).setTotal(total));
    agent.lastDelivery().ifPresent(at -> m.setLastDeliveryMs(at.toEpochMilli()));
    return m.build();
  }
}
