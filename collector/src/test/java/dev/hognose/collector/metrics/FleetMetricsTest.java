package dev.hognose.collector.metrics;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.stopped;
import static dev.hognose.collector.Examples.trend;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.Examples;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.leak.Trend.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which series there are of a fleet, and when they end. */
class FleetMetricsTest {

  private static final String LABELS = "host=\"web-1\",pid=\"4242\",service=\"orders\"";
  private static final String OF_PROCESS = "{" + LABELS;

  private final ScrapedFleet scraped = new ScrapedFleet(10_000);

  @Test
  void figuresOfASampleAreShownUnderTheNamesOfTheField() {
    scraped.fill();

    assertThat(scraped.text())
        .contains(
            "process_resident_memory_bytes" + OF_PROCESS + "} 2.23346688E8\n",
            "process_cpu_seconds_total" + OF_PROCESS + "} 15.0\n",
            "process_open_fds" + OF_PROCESS + "} 40.0\n",
            "process_max_fds" + OF_PROCESS + "} 1048576.0\n",
            "process_threads" + OF_PROCESS + "} 12.0\n",
            "process_start_time_seconds" + OF_PROCESS + "} 1.7723484E9\n",
            "process_cgroup_memory_limit_bytes" + OF_PROCESS + "} 5.36870912E8\n",
            "python_allocated_blocks" + OF_PROCESS + "} 1234567.0\n",
            "python_gc_collections_total{generation=\"1\",host=\"web-1\",pid=\"4242\",",
            "python_gc_pause_seconds_bucket{generation=\"0\"," + LABELS + ",le=\"0.001\"} 100\n",
            "python_gc_pause_seconds_count{generation=\"1\"," + LABELS + "} 9\n",
            "python_gc_pause_seconds_sum{generation=\"2\"," + LABELS + "} 0.0625\n",
            "python_gil_wait_seconds_total" + OF_PROCESS + "} 0.75\n",
            "python_gil_wait_duration_seconds_count" + OF_PROCESS + "} 1010\n",
            "python_loop_lag_seconds_bucket{host=\"web-1\",loop=\"MainThread\",",
            "python_loop_blocked_seconds_total{host=\"web-1\",loop=\"MainThread\",",
            "python_asyncio_tasks{host=\"web-1\",loop=\"MainThread\",",
            "python_info" + OF_PROCESS + ",version=\"3.11.7\"} 1\n",
            "hognose_process_info" + OF_PROCESS + ",version=\"1.4.2\",worker_kind=\"uvicorn\"} 1\n",
            "hognose_process_last_sample_timestamp_seconds" + OF_PROCESS + "} 1.772352E9\n",
            "hognose_agent_dropped_samples_total{host=\"web-1\",pid=\"4242\","
                + "reason=\"outbox_full\",service=\"orders\"} 5.0\n",
            "hognose_processes{service=\"orders\"} 1.0\n");
  }

  @Test
  void whatHasNamesOfItsOwnIsShownByThem() {
    scraped.fill();

    assertThat(scraped.text())
        .contains(
            "python_thread_cpu_seconds_total" + OF_PROCESS + ",thread=\"worker\"} 4.0\n",
            "python_thread_runqueue_seconds_total" + OF_PROCESS + ",thread=\"worker\"} 0.5\n",
            "process_native_pool_threads{host=\"web-1\",library=\"openblas\",",
            "python_warnings_total{category=\"ResourceWarning\",host=\"web-1\",pid=\"4242\","
                + "service=\"orders\",site=\"views.py:41 in checkout\"} 3.0\n",
            "python_exceptions_total"
                + OF_PROCESS
                + ",site=\"views.py:50 in basket\","
                + "type=\"KeyError\"} 7.0\n",
            "python_asyncio_mishaps_total{host=\"web-1\",mishap=\"never_awaited\",",
            "hognose_series_over_budget{service=\"orders\"} 0.0\n");
  }

  @Test
  void figuresAroundTheProcessAreShown() {
    scraped.fill();

    assertThat(scraped.text())
        .contains(
            "process_swap_bytes" + OF_PROCESS + "} 1048576.0\n",
            "process_children" + OF_PROCESS + "} 3.0\n",
            "process_children_resident_memory_bytes" + OF_PROCESS + "} 6.291456E7\n",
            "process_children_cpu_seconds_total" + OF_PROCESS + "} 8.0\n",
            "process_cgroup_pressure_seconds_total{host=\"web-1\",pid=\"4242\","
                + "resource=\"memory\",service=\"orders\"} 0.25\n",
            "python_gc_enabled" + OF_PROCESS + "} 1.0\n",
            "python_exceptions_handled_total"
                + OF_PROCESS
                + ",site=\"views.py:52 in basket\",type=\"ValueError\"} 11.0\n",
            "hognose_agent_skipped_readings_total{host=\"web-1\",pid=\"4242\","
                + "reason=\"too_many_tasks\",service=\"orders\"} 6.0\n",
            "hognose_agent_last_delivery_timestamp_seconds" + OF_PROCESS + "} 1.772351996E9\n",
            "hognose_leak_peers_sharing" + OF_PROCESS + "} 4.0\n");
  }

  @Test
  void tasksAreShownByCoroutine() {
    scraped.fill();

    assertThat(scraped.text())
        .contains(
            "python_asyncio_coroutine_tasks{coroutine=\"orders.worker.poll\",host=\"web-1\","
                + "loop=\"MainThread\",pid=\"4242\",service=\"orders\"} 12.0\n",
            "python_asyncio_coroutine_oldest_task_seconds{coroutine=\"orders.worker.poll\","
                + "host=\"web-1\",loop=\"MainThread\",pid=\"4242\",service=\"orders\"} 90.0\n");
  }

  @Test
  void tasksBeyondTheBudgetAreAddedUpAndOfTheirAgesTheHighestIsShown() throws Exception {
    ScrapedFleet small = new ScrapedFleet(0);
    small.fill();

    assertThat(small.text())
        .contains(
            "python_asyncio_coroutine_tasks{coroutine=\"__other__\",host=\"web-1\","
                + "loop=\"__other__\",pid=\"4242\",service=\"orders\"} 17.0\n",
            "python_asyncio_coroutine_oldest_task_seconds{coroutine=\"__other__\","
                + "host=\"web-1\",loop=\"__other__\",pid=\"4242\",service=\"orders\"} 90.0\n");
  }

  @Test
  void latestMinuteOfAServiceIsShown() {
    scraped.fleet.apply(0, Examples.summary("orders", T0));
    scraped.fleet.publish();

    assertThat(scraped.text())
        .contains(
            "hognose_service_loop_lag_seconds_bucket{service=\"orders\",le=\"0.1\"} 1090\n",
            "hognose_service_loop_lag_seconds_bucket{service=\"orders\",le=\"+Inf\"} 1100\n",
            "hognose_service_loop_blocked_ratio{service=\"orders\"} 0.1\n",
            "hognose_service_loop_excess_lag_ratio{service=\"orders\"} 0.025\n",
            "hognose_service_gil_wait_ratio{service=\"orders\"} 0.05\n",
            "hognose_service_cpu_ratio{service=\"orders\"} 0.75\n",
            "hognose_service_exceptions{service=\"orders\"} 4.0\n");
    assertThat(scraped.text(ScrapedFleet.OPEN_METRICS))
        .contains("# TYPE hognose_service_loop_lag_seconds gaugehistogram\n");
  }

  @Test
  void minuteOfAServiceThatFellSilentIsNotShown() {
    scraped.fleet.apply(0, Examples.summary("orders", T0));
    scraped.fleet.publish();
    scraped.clock.pass(Duration.ofSeconds(301));
    scraped.fleet.publish();

    assertThat(scraped.text()).doesNotContain("hognose_service_");
  }

  @Test
  void blockedTimeNamesTheAlertOfItsBlocks() {
    scraped.fleet.apply(0, sample(PROCESS, 2, T0), T0);
    scraped.fleet.apply(0, Examples.blocks("b1"));
    scraped.fleet.apply(0, Examples.blocks("b0").resolved(T0));
    scraped.fleet.publish();

    assertThat(scraped.text(ScrapedFleet.OPEN_METRICS))
        .containsPattern(
            "python_loop_blocked_seconds_total\\{[^}]*} 3.25 # \\{alert=\"b1\"} 2.5 1772352000.000\n")
        .containsPattern("hognose_loop_blocks_total\\{[^}]*} 7.0 # \\{alert=\"b1\"} 2.5");
    assertThat(scraped.text())
        .contains(
            "hognose_loop_block_lost_seconds{alert=\"b1\",cause=\"sync_sleep\","
                + "culprit=\"/srv/orders/views.py:41 in checkout\",service=\"orders\"} 6.25\n",
            "hognose_loop_block_worst_seconds{alert=\"b1\",")
        .doesNotContain("b0");
  }

  @Test
  void figuresAndSitesOfALeakAreShown() {
    scraped.fill();

    assertThat(scraped.text())
        .contains(
            "hognose_alert_evidence{alert=\"a1\",figure=\"slope\",kind=\"memory_leak\","
                + "service=\"orders\",unit=\"bytes_per_hour\"} 1048576.0\n",
            "hognose_leak_site_bytes{alert=\"a1\",service=\"orders\","
                + "site=\"/srv/orders/views.py:41 in checkout\"} 3145728.0\n");
  }

  @Test
  void whatIsBeyondTheBudgetIsAddedUp() throws Exception {
    ScrapedFleet small = new ScrapedFleet(1);
    small.fill();

    assertThat(small.text())
        .contains(
            "python_thread_cpu_seconds_total" + OF_PROCESS + ",thread=\"worker\"} 4.0\n",
            "python_exceptions_total"
                + OF_PROCESS
                + ",site=\"__other__\","
                + "type=\"__other__\"} 7.0\n",
            "hognose_series_over_budget{service=\"orders\"} 11.0\n");
  }

  @Test
  void verdictsAndAlertsAreShown() {
    scraped.fill();

    assertThat(scraped.text())
        .contains(
            "hognose_leak_verdict" + OF_PROCESS + ",verdict=\"leaking\",where=\"python\"} 1.0\n",
            "hognose_leak_slope_bytes_per_second" + OF_PROCESS + "} 1024.0\n",
            "hognose_leak_time_to_limit_seconds" + OF_PROCESS + "} 12600.0\n",
            "hognose_alerts_firing{kind=\"memory_leak\",service=\"orders\",severity=\"critical\"} 1.0\n",
            "culprit=\"/srv/orders/views.py:41 in checkout\"");
  }

  @Test
  void unknownVerdictClaimsNoSlope() {
    scraped.fleet.apply(0, sample(PROCESS, 2, T0), T0);
    scraped.fleet.apply(0, trend(PROCESS, T0, Verdict.UNKNOWN));
    scraped.fleet.publish();

    assertThat(scraped.text())
        .contains("hognose_leak_verdict" + OF_PROCESS + ",verdict=\"unknown\",where=\"\"} 1.0\n")
        .doesNotContain("hognose_leak_slope_bytes_per_second{");
  }

  @Test
  void resolvedAlertFiresZeroTimes() {
    scraped.fleet.apply(0, alert("a1", "orders leaks").resolved(T0));
    scraped.fleet.publish();

    assertThat(scraped.text())
        .contains(
            "hognose_alerts_firing{kind=\"memory_leak\",service=\"orders\",severity=\"critical\"} 0.0\n")
        .doesNotContain("hognose_alert_info{");
  }

  @Test
  void whatCouldNotBeReadHasNoSeries() {
    scraped.fleet.apply(0, SampleBuilder.of(PROCESS, 1, T0).build(), T0);
    scraped.fleet.publish();

    assertThat(scraped.text())
        .contains("process_resident_memory_bytes{")
        .doesNotContain("process_unique_memory_bytes{", "python_info{", "python_loop_lag", "NaN");
  }

  @Test
  void seriesOfAProcessEndWithIt() {
    scraped.fill();
    assertThat(scraped.text()).contains("pid=\"4242\"");

    scraped.fleet.apply(0, stopped(PROCESS, 9, T0), T0);
    scraped.fleet.publish();

    assertThat(scraped.text())
        .doesNotContain("process_resident_memory_bytes{", "hognose_leak_verdict{");
  }

  @Test
  void seriesOfASilentProcessEnd() {
    scraped.fill();
    scraped.clock.pass(Duration.ofSeconds(31));
    scraped.fleet.publish();

    assertThat(scraped.text())
        .doesNotContain("process_resident_memory_bytes{", "hognose_leak_verdict{");
  }
}
