package dev.hognose.app.judge;

import dev.hognose.leak.MemoryReading;

/**
 * One row of a trace.
 *
 * @param version that the process runs, empty when the trace does not tell
 */
record TraceRow(ProcessKey key, MemoryReading reading, String version) {}
