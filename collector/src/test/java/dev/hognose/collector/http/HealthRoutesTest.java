package dev.hognose.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.ServedFleet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether it lives and is ready, and what it says when not. */
class HealthRoutesTest {

  private final ServedFleet web = new ServedFleet();

  @AfterEach
  void end() {
    web.close();
  }

  @Test
  void healthSaysWhatIsWrong() throws Exception {
    assertThat(web.get("/healthz").statusCode()).isEqualTo(200);

    web.illness(Optional.of("the intake has ended"));

    assertThat(web.get("/healthz").statusCode()).isEqualTo(503);
    assertThat(web.get("/healthz").body()).isEqualTo("the intake has ended\n");
    assertThat(web.get("/readyz").statusCode()).isEqualTo(503);
  }

  @Test
  void readinessSaysWhatItWaitsFor() throws Exception {
    assertThat(web.get("/readyz").statusCode()).isEqualTo(200);

    web.waitingFor(Optional.of("no broker answers at broker:9092"));

    assertThat(web.get("/readyz").statusCode()).isEqualTo(503);
    assertThat(web.get("/readyz").body()).isEqualTo("no broker answers at broker:9092\n");
    assertThat(web.send("HEAD", "/readyz").statusCode()).isEqualTo(503);
    assertThat(web.get("/healthz").statusCode()).isEqualTo(200);
  }
}
