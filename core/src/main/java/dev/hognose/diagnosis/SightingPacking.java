package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.packed.PackedText;
import dev.hognose.packed.PackedTime;
import dev.hognose.packed.PackedWords;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/** The packed form of a sighting, all of it: who reads one does not have its key. */
final class SightingPacking {

  private static final byte SEEN = 0;
  private static final byte WITHDRAWN = 1;

  private SightingPacking() {}

  private static SignPacking signs(String culprit) {
    return new SignPacking(culprit, new PackedWords("", culprit));
  }

  static void put(Packer out, Sighting sighting) {
    ProcessId process = sighting.process();
    out.put(sighting.state() == Sighting.State.WITHDRAWN ? WITHDRAWN : SEEN);
    PackedText.put(out, sighting.kind().name());
    PackedText.put(out, process.service());
    PackedText.put(out, process.host());
    Varint.put(out, process.pid());
    PackedTime.put(out, process.startedAt());
    PackedText.put(out, sighting.version());
    PackedTime.putAfter(out, sighting.from(), process.startedAt());
    PackedTime.putAfter(out, sighting.until(), sighting.from());
    Varint.putSigned(out, sighting.beat().toMillis());
    String culprit = sighting.sign().culprit();
    PackedText.put(out, culprit);
    signs(culprit).put(out, sighting.sign());
  }

  static Sighting get(ByteBuffer in) {
    boolean isWithdrawn = in.get() == WITHDRAWN;
    Alert.Kind kind = Alert.Kind.valueOf(PackedText.get(in));
    ProcessId process =
        new ProcessId(PackedText.get(in), PackedText.get(in), Varint.get(in), PackedTime.get(in));
    String version = PackedText.get(in);
    Instant from = PackedTime.getAfter(in, process.startedAt());
    Instant until = PackedTime.getAfter(in, from);
    Duration beat = Duration.ofMillis(Varint.getSigned(in));
    String culprit = PackedText.get(in);
    return new Sighting(
        process,
        version,
        kind,
        signs(culprit).get(in),
        from,
        until,
        beat,
        isWithdrawn ? Sighting.State.WITHDRAWN : Sighting.State.SEEN);
  }
}
