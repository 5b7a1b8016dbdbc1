package dev.hognose.app.judge;

import dev.hognose.app.fuzz.Fuzzing;
import dev.hognose.app.fuzz.Mutations;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a trace holds, it is read or refused by its line. */
@Tag("fuzz")
class TraceFuzzTest {

  private static final String TRACE =
      "ts_ms,rss,uss,blocks,traced,limit,start_ms,service,process\n"
          + "1760000000000,100000000,90000000,1000,,268435456,1759999999000,orders,web-1\n"
          + "1760000010000,100000001,90000001,1001,17,268435456,1759999999000,orders,\"w \"\"1\"\n";

  @Test
  void traceIsReadOrRefused() {
    Mutations mutations =
        new Mutations(
            List.of(
                TRACE.getBytes(StandardCharsets.UTF_8),
                "ts_ms,rss\n1760000000000,1\n".getBytes(StandardCharsets.UTF_8)));
    Fuzzing.of("CSV", BadTraceException.class)
        .run(
            mutations,
            0.05,
            input ->
                TraceReader.read(
                    new TraceFile("fuzz", "fuzz", () -> new ByteArrayInputStream(input)),
                    row -> {}));
  }
}
