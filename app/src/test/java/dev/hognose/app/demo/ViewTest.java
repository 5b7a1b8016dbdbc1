package dev.hognose.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.app.Telemetry;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.Terminal;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Topics;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What people see of a demonstration. */
class ViewTest {

  private static final Instant T0 = Alerts.T0;
  private static final Frame PAY =
      new Frame("/venv/lib/python3.11/site-packages/shop/pay.py", 12, "pay");

  private final Scene scene = new Scene(new Check(List.of()));
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Telemetry orders = new Telemetry(new ProcessId("orders", "web-1", 4242, T0));

  @Test
  void onlyTheFirstSampleOfAProcessIsNews() {
    assertThat(scene.apply(sample(0), T0)).contains("orders: first sample of process 4242");
    assertThat(scene.apply(sample(1), T0)).isEmpty();
  }

  @Test
  void alertIsNewsWhenItsLineChanges() {
    Alert alert = Alerts.block("orders", "sync_sleep", PAY);

    assertThat(scene.apply(record(alert), T0))
        .contains("firing  loop_block sync_sleep  orders  at shop/pay.py:12 in pay");
    assertThat(scene.apply(record(alert), T0)).isEmpty();
    assertThat(scene.apply(record(alert.resolved(T0)), T0))
        .contains("resolved  loop_block sync_sleep  orders  at shop/pay.py:12 in pay");
  }

  @Test
  void nameFromTheWireCannotSteerTheTerminal() {
    Alert alert = Alerts.block("orders", "sync_sleep", new Frame("/srv/\u001b[2J.py", 1, "pay"));

    assertThat(AlertLine.of(alert)).contains("/srv/\\u001b[2J.py:1 in pay");
  }

  @Test
  void wayToTheModuleIsLeftOut() {
    assertThat(AlertLine.place(PAY)).isEqualTo("shop/pay.py:12 in pay");
    assertThat(AlertLine.place(new Frame("/home/me/demo/src/shop/pay.py", 12, "pay")))
        .isEqualTo("shop/pay.py:12 in pay");
    assertThat(AlertLine.place(new Frame("/srv/pay.py", 12, "pay")))
        .isEqualTo("/srv/pay.py:12 in pay");
  }

  @Test
  void tableIsDrawnAgainWhereItStands() {
    LiveTable table = new LiveTable(new Output(shown), new Terminal(24, 60));
    scene.apply(sample(0), T0);
    scene.apply(record(Alerts.block("orders", "sync_sleep", PAY)), T0);
    table.show(scene);
    List<String> first = shown.toString(UTF_8).lines().toList();
    shown.reset();

    table.tell("news");

    assertThat(first).allSatisfy(line -> assertThat(line.length()).isLessThan(64));
    assertThat(first.get(2)).contains("orders", "4242", "50.0 MiB");
    assertThat(first.get(4)).startsWith(" firing  loop_block sync_sleep  orders  at shop/pay.py");
    assertThat(shown.toString(UTF_8)).isEqualTo("\u001b[" + first.size() + "A\u001b[Jnews\n");
  }

  @Test
  void tableIsNoHigherThanTheTerminal() {
    LiveTable table = new LiveTable(new Output(shown), new Terminal(5, 80));
    scene.apply(sample(0), T0);
    scene.apply(record(Alerts.block("orders", "sync_sleep", PAY)), T0);

    table.show(scene);

    assertThat(shown.toString(UTF_8).lines()).hasSize(3);
  }

  @Test
  void ratesAreOfTheLastSeconds() {
    scene.apply(sample(0), T0);
    scene.apply(sample(2), T0);

    ProcessView view = scene.processes().get(0);
    assertThat(view.cpu()).isEqualTo("0 %");
    assertThat(view.lag()).isEqualTo("≤ 0 ms");
  }

  private ConsumerRecord<byte[], byte[]> sample(int second) {
    ProducerRecord<byte[], byte[]> sent =
        orders.sample(T0.plusSeconds(second), Bytes.ofMebi(50), 100_000);
    return new ConsumerRecord<>(sent.topic(), 0, second, sent.key(), sent.value());
  }

  private static ConsumerRecord<byte[], byte[]> record(Alert alert) {
    return new ConsumerRecord<>(
        Topics.ALERTS.name(), 0, 0, alert.id().getBytes(UTF_8), new AlertCodec().encode(alert));
  }
}
