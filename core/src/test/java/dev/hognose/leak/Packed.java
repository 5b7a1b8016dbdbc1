package dev.hognose.leak;

import dev.hognose.packed.Packer;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A state as a store keeps it: two parts, compared by their bytes, which are hexadecimal here. */
record Packed(String open, String rings) {

  static Packed of(LeakState state) {
    HexFormat hex = HexFormat.of();
    Packer open = new Packer();
    StatePacking.putOpen(open, state);
    return new Packed(hex.formatHex(open.bytes()), hex.formatHex(state.packRings()));
  }

  LeakState state() {
    HexFormat hex = HexFormat.of();
    return StatePacking.getOpen(ByteBuffer.wrap(hex.parseHex(open))).withRings(hex.parseHex(rings));
  }

  int bytes() {
    return (open.length() + rings.length()) / 2;
  }
}
