package dev.hognose.wire.state;

import dev.hognose.sample.ProcessId;
import dev.hognose.service.ProcessFigures;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.Parsing;

/** Figures of a process as they pack themselves: they are written for every sample. */
public final class ProcessFiguresCodec implements KeyedCodec<ProcessFigures> {

  @Override
  public ProcessFigures decode(String key, byte[] bytes) {
    try {
      return ProcessFigures.unpack(ProcessId.parse(key), bytes);
    } catch (IllegalArgumentException impossible) {
      throw Parsing.impossible(impossible);
    }
  }

  @Override
  public byte[] encode(ProcessFigures figures) {
    return figures.pack();
  }
}
