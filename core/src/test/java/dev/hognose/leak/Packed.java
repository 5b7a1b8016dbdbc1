package dev.hognose.leak;

import java.util.HexFormat;

/** A state as a store keeps it: two parts, compared by their bytes, which are hexadecimal here. */
record Packed(String open, String rings) {

  static Packed of(LeakState state) {
    HexFormat hex = HexFormat.of();
    return new Packed(hex.formatHex(state.packOpen()), hex.formatHex(state.packRings()));
  }

  LeakState state() {
    HexFormat hex = HexFormat.of();
    return LeakState.unpackOpen(hex.parseHex(open)).withRings(hex.parseHex(rings));
  }

  int bytes() {
    return (open.length() + rings.length()) / 2;
  }
}
