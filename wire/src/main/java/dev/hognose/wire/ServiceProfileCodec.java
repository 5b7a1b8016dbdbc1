package dev.hognose.wire;

import dev.hognose.profile.ServiceProfile;
import dev.hognose.profile.StackCounts;
import dev.hognose.wire.part.Seconds;
import dev.hognose.wire.part.StackCodec;
import java.time.Instant;

/** The message {@code ServiceProfile} of alerts.proto. */
public final class ServiceProfileCodec implements Codec<ServiceProfile> {

  @Override
  public ServiceProfile decode(byte[] bytes) {
    return Parsing.parse(dev.hognose.v1.ServiceProfile.parser(), bytes, ServiceProfileCodec::read);
  }

  @Override
  public byte[] encode(ServiceProfile profile) {
    return dev.hognose.v1.ServiceProfile.newBuilder()
        .setService(profile.service())
        .setVersion(profile.version())
        .setMinuteMs(profile.minute().toEpochMilli())
        .setProfiles(profile.profiles())
        .setSamples(profile.samples())
        .setWindowSeconds(Seconds.of(profile.window()))
        .addAllStacks(profile.stacks().stacks().stream().map(StackCodec::write).toList())
        .setRest(profile.stacks().rest())
        .setCut(profile.stacks().cut())
        .build()
        .toByteArray();
  }

  private static ServiceProfile read(dev.hognose.v1.ServiceProfile m) {
    return new ServiceProfile(
        m.getService(),
        m.getVersion(),
        Instant.ofEpochMilli(m.getMinuteMs()),
        m.getProfiles(),
        m.getSamples(),
        Seconds.toDuration("window_seconds", m.getWindowSeconds()),
        new StackCounts(
            m.getStacksList().stream().map(StackCodec::readStack).toList(),
            m.getRest(),
            m.getCut()));
  }
}
