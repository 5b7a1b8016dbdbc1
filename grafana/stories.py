"""The six dashboards, one story each, with links downwards."""

from __future__ import annotations

from panels import (
    ALERT_LINK,
    OF_PROCESS,
    OF_SERVICE,
    PROCESS_LINK,
    SERVICE_LINK,
    TIME,
    Json,
    firing,
    heat,
    lines,
    rate,
    rate_of_containers,
    stat,
    table,
    with_exemplars,
)


def fleet() -> list[Json]:
    return [
        stat("Processes", "Live Python processes.", "short", f"sum(hognose_processes{OF_SERVICE}) or vector(0)"),
        stat("Alerts firing", "What Hognose has judged, of every kind.", "short", f"sum(hognose_alerts_firing{OF_SERVICE}) or vector(0)"),
        stat("Processes that leak", "By the trend of their memory.", "short", 'count(hognose_leak_verdict{service=~"$service",verdict="leaking"}) or vector(0)'),
        stat("Resident memory", "Of all processes together.", "bytes", f"sum(process_resident_memory_bytes{OF_SERVICE})"),
        table(
            "Services, the ill ones first",
            "Alerts that fire, and what the latest minute says; a row leads to the service.",
            "short",
            [
                ("alerts", f"sum by (service) (hognose_alerts_firing{OF_SERVICE}) or 0 * sum by (service) (hognose_processes{OF_SERVICE})", "short"),
                ("processes", f"sum by (service) (hognose_processes{OF_SERVICE})", "short"),
                ("memory", f"sum by (service) (process_resident_memory_bytes{OF_SERVICE})", "bytes"),
                ("blocked", f"max by (service) (hognose_service_loop_blocked_ratio{OF_SERVICE})", "percentunit"),
                ("GIL wait", f"max by (service) (hognose_service_gil_wait_ratio{OF_SERVICE})", "percentunit"),
                ("exceptions a minute", f"max by (service) (hognose_service_exceptions{OF_SERVICE})", "short"),
            ],
            links=[SERVICE_LINK],
        ),
        table("Alerts that fire", "Each with its culprit; a row leads to its stacks, sites and advice.", "short", firing(".*"), links=[ALERT_LINK, SERVICE_LINK]),
        lines("Resident memory by service", "All processes of a service together.", "bytes", (f"sum by (service) (process_resident_memory_bytes{OF_SERVICE})", "{{service}}")),
        lines("Time blocked by service", "Seconds in loop blocks a second, all loops together.", "s", (rate("python_loop_blocked_seconds_total"), "{{service}}")),
        lines("CPU by service", "Cores in use.", "short", (rate("process_cpu_seconds_total"), "{{service}}")),
        lines("Exceptions by service", "A second, that nothing handled.", "cps", (rate("python_exceptions_total"), "{{service}}")),
    ]  # fmt: skip


def service() -> list[Json]:
    lag = "sum by (le) (rate(python_loop_lag_seconds_bucket" + OF_SERVICE + "[$__rate_interval]))"
    return [
        table("Alerts that fire", "Each with its culprit; a row leads to its stacks, sites and advice.", "short", firing(".*"), links=[ALERT_LINK], size=(24, 6)),
        lines("Memory by process", "Resident memory of each process, and the lowest limit.", "bytes",
              (f"process_resident_memory_bytes{OF_SERVICE}", "{{host}} {{pid}}"), (f"min(process_cgroup_memory_limit_bytes{OF_SERVICE})", "limit"),
              links=[("Leaks", "/d/hognose-leaks?var-service=${__field.labels.service}&" + TIME)]),
        heat("Loop lag", "How late event loops run what is due; brighter is more often.", lag,
             links=[("Loop blocks", "/d/hognose-loop-blocks?${service:queryparam}&" + TIME)]),
        lines("Loop lag, 50, 99 and 99.9 %", "Over all loops of the service.", "s",
              *((f"histogram_quantile({q}, {lag})", f"{q}") for q in (0.5, 0.99, 0.999))),
        lines("Time blocked", "Share of the loops' time in loop blocks, and in lag that no block explains, in the latest minute.", "percentunit",
              (f"max by (service) (hognose_service_loop_blocked_ratio{OF_SERVICE})", "{{service}} blocked"),
              (f"max by (service) (hognose_service_loop_excess_lag_ratio{OF_SERVICE})", "{{service}} unexplained lag")),
        lines("CPU by process", "Cores in use.", "short", (rate("process_cpu_seconds_total", by="host, pid"), "{{host}} {{pid}}")),
        lines("GIL wait", "Share of time for which a thread that wants to run waits for the interpreter lock.", "percentunit",
              (rate("python_gil_wait_seconds_total", by="host, pid"), "{{host}} {{pid}}")),
        lines("Garbage collections", "Share of time that they take, in the latest minute.", "percentunit",
              (f"max by (service) (hognose_service_gc_pause_ratio{OF_SERVICE})", "{{service}}")),
        lines("Throttled", "Seconds a second for which a container's processors are held back at its CPU limit, added up: more than one where several are.", "short",
              (rate_of_containers("process_cgroup_throttled_seconds_total", "host"), "{{host}}")),
        lines("Tasks", "Of event loops, not done; those of one coroutine together.", "short",
              (f"sum by (coroutine) (python_asyncio_coroutine_tasks{OF_SERVICE})", "{{coroutine}}")),
        lines("Exceptions by place", "A second, that nothing handled.", "cps", (rate("python_exceptions_total", by="type, site"), "{{type}} {{site}}")),
        lines("Versions", "How many processes run which version.", "short",
              (f"count by (service, version) (hognose_process_info{OF_SERVICE})", "{{service}} {{version}}")),
        table("Processes", "A row leads to the process.", "short", [
            ("memory", f"max by (service, host, pid) (process_resident_memory_bytes{OF_SERVICE})", "bytes"),
            ("CPU", rate("process_cpu_seconds_total", by="service, host, pid"), "short"),
            ("slope", f"max by (service, host, pid) (hognose_leak_slope_bytes_per_second{OF_SERVICE})", "Bps"),
        ], links=[PROCESS_LINK]),
    ]  # fmt: skip


def leaks() -> list[Json]:
    keep = "max by (service, host, pid)"
    growing = (
        ' and on (service, host, pid) hognose_leak_verdict{verdict=~"growing|suspect|leaking"}'
    )
    return [
        table("Processes whose memory grows", "By their verdicts: the slope of the floor, hours to the limit, and how many processes share it; a row leads to the process.", "short", [
            ("slope", f"{keep} (hognose_leak_slope_bytes_per_second{OF_SERVICE}){growing}", "Bps"),
            ("time to limit", f"{keep} (hognose_leak_time_to_limit_seconds{OF_SERVICE}){growing}", "s"),
            ("confidence", f"{keep} (hognose_leak_confidence_ratio{OF_SERVICE}){growing}", "percentunit"),
            ("sharing", f"{keep} (hognose_leak_peers_sharing{OF_SERVICE}){growing}", "short"),
        ], links=[PROCESS_LINK]),
        table("Leaks that fire", "Each with its culprit; a row leads to sites, retention and what to do.", "short",
              firing("memory_leak|out_of_memory_soon|oom_killed|unbounded_cache|growing_.*|closure_keeps|reference_cycles"), links=[ALERT_LINK], size=(24, 6)),
        lines("Memory of processes that leak", "Resident memory where the verdict is leaking.", "bytes",
              ('process_resident_memory_bytes{service=~"$service"} and on (service, host, pid) hognose_leak_verdict{verdict="leaking"}', "{{service}} {{host}} {{pid}}")),
        lines("Slope", "How fast the floor of the memory grows.", "Bps", (f"hognose_leak_slope_bytes_per_second{OF_SERVICE}", "{{service}} {{host}} {{pid}}")),
        lines("Time to the limit", "At this slope.", "s", (f"hognose_leak_time_to_limit_seconds{OF_SERVICE}", "{{service}} {{host}} {{pid}}")),
        lines("Verdicts", "How many processes have which verdict.", "short", (f"count by (verdict) (hognose_leak_verdict{OF_SERVICE})", "{{verdict}}")),
        table("Allocation sites", "Memory that survived, by where it was allocated, of leaks that fire; a row leads to the alert.", "bytes",
              [("bytes", f"max by (service, site, alert) (hognose_leak_site_bytes{OF_SERVICE})", "bytes")], links=[ALERT_LINK]),
        table("What keeps it alive", "Figures of alerts about containers that grow: entries, and how fast they grow.", "short",
              [("value", 'max by (service, kind, figure, unit, alert) (hognose_alert_evidence{service=~"$service",kind=~"memory_leak|unbounded_cache|growing_.*|closure_keeps"})', "short")], links=[ALERT_LINK]),
        lines("Allocated blocks", "Of the interpreter; growing with the memory, the leak is in Python.", "short", (f"python_allocated_blocks{OF_SERVICE}", "{{service}} {{host}} {{pid}}")),
        lines("Heap free and in use", "Of glibc: free memory that stays is fragmentation.", "bytes",
              (f"sum by (service) (process_malloc_used_bytes{OF_SERVICE})", "{{service}} in use"), (f"sum by (service) (process_malloc_free_bytes{OF_SERVICE})", "{{service}} free")),
    ]  # fmt: skip


def loop_blocks() -> list[Json]:
    place = "service, culprit, cause, alert"
    lag = "sum by (le) (rate(python_loop_lag_seconds_bucket" + OF_SERVICE + "[$__rate_interval]))"
    return [
        stat("Time blocked", "Seconds in loop blocks a second, all loops together.", "s", f"sum(rate(python_loop_blocked_seconds_total{OF_SERVICE}[$__rate_interval]))"),
        stat("Longest block", "Of the alerts that fire.", "s", f"max(hognose_loop_block_worst_seconds{OF_SERVICE})"),
        stat("Late by more than 0.1 s", "Share of what was due, in the chosen range.", "percentunit",
             '1 - sum(increase(python_loop_lag_seconds_bucket{service=~"$service",le="0.1"}[$__range])) / sum(increase(python_loop_lag_seconds_count{service=~"$service"}[$__range]))'),
        stat("Culprits", "Places in the code that block a loop now.", "short", 'count(count by (culprit) (hognose_loop_blocks_total{service=~"$service",culprit!=""}))'),
        table("Lost time by culprit", "Who blocked the loops, what it waited for, how long and how often; a row leads to the flame graph.", "s", [
            ("lost", f"max by ({place}) (hognose_loop_block_lost_seconds{OF_SERVICE})", "s"),
            ("worst", f"max by ({place}) (hognose_loop_block_worst_seconds{OF_SERVICE})", "s"),
            ("blocks", f"sum by ({place}) (hognose_loop_blocks_total{OF_SERVICE})", "short"),
        ], links=[("Flame graph", "${page}/alerts/${__data.fields.alert}"), ("Hot code of the service", "${page}/hot-code?service=${__data.fields.service}"), SERVICE_LINK]),
        lines("Lost time by cause", "Of the alerts that fire, since each began.", "s", (f"sum by (cause) (hognose_loop_block_lost_seconds{OF_SERVICE})", "{{cause}}")),
        with_exemplars(lines("Time blocked by loop", "Seconds a second; with exemplars, each the longest block of an alert, and leads to it.", "s", (rate("python_loop_blocked_seconds_total", by="service, loop"), "{{service}} {{loop}}"))),
        heat("Loop lag", "How late event loops run what is due; brighter is more often.", lag),
        lines("What may delay a loop without a block", "Share of time, in the latest minute.", "percentunit",
              *(("max by (service) (hognose_service_" + name + f"_ratio{OF_SERVICE})", "{{service}} " + name) for name in ("gil_wait", "gc_pause", "runqueue", "throttled"))),
        lines("Oldest task by coroutine", "Not done; one that never ends is meant to, or waits for nobody.", "s",
              (f"max by (coroutine) (python_asyncio_coroutine_oldest_task_seconds{OF_SERVICE})", "{{coroutine}}")),
        lines("Lag objective", "Share of what was due that ran more than 0.1 s late; 0.1 % are allowed.", "percentunit",
              (f"service:python_loop_late:ratio_rate1h{OF_SERVICE}", "{{service}} 1 h"), (f"service:python_loop_late:ratio_rate3d{OF_SERVICE}", "{{service}} 3 days")),
    ]  # fmt: skip


def process() -> list[Json]:
    def gauge(title: str, description: str, unit: str, *metrics: tuple[str, str]) -> Json:
        return lines(
            title,
            description,
            unit,
            *((m + OF_PROCESS, "{{host}} {{pid}} " + legend) for m, legend in metrics),
            size=(8, 7),
        )

    def counted(title: str, description: str, unit: str, *metrics: tuple[str, str, str]) -> Json:
        return lines(
            title,
            description,
            unit,
            *((rate(m, OF_PROCESS, by), legend) for m, by, legend in metrics),
            size=(8, 7),
        )

    return [
        gauge("Memory", "As the kernel sees it.", "bytes", ("process_resident_memory_bytes", "resident"), ("process_unique_memory_bytes", "unique"),
              ("process_proportional_memory_bytes", "proportional"), ("process_swap_bytes", "swap"), ("process_cgroup_memory_limit_bytes", "limit")),
        gauge("Heap", "Of glibc, and what tracemalloc has seen.", "bytes", ("process_malloc_used_bytes", "in use"), ("process_malloc_free_bytes", "free"),
              ("python_tracemalloc_traced_bytes", "traced")),
        gauge("Allocated blocks", "Of the interpreter.", "short", ("python_allocated_blocks", "blocks")),
        counted("CPU", "Cores in use.", "short", ("process_cpu_user_seconds_total", "host, pid", "{{host}} {{pid}} user"), ("process_cpu_system_seconds_total", "host, pid", "{{host}} {{pid}} system"),
                ("process_children_cpu_seconds_total", "host, pid", "{{host}} {{pid}} children")),
        counted("CPU by thread", "The busiest threads.", "short", ("python_thread_cpu_seconds_total", "thread", "{{thread}}")),
        counted("Waiting", "Share of time: for the GIL, in collections, for a processor, at the CPU limit.", "percentunit",
                ("python_gil_wait_seconds_total", "host, pid", "{{host}} {{pid}} GIL"), ("python_gc_pause_seconds_sum", "host, pid", "{{host}} {{pid}} GC"),
                ("python_thread_runqueue_seconds_total", "thread", "{{thread}} run queue"), ("process_cgroup_throttled_seconds_total", "host, pid", "{{host}} {{pid}} throttled")),
        lines("Loop lag, 99 %", "By loop.", "s", (f"histogram_quantile(0.99, {rate('python_loop_lag_seconds_bucket', OF_PROCESS, 'le, loop')})", "{{loop}}"), size=(8, 7)),
        counted("Time blocked", "Seconds a second, by loop.", "s", ("python_loop_blocked_seconds_total", "loop", "{{loop}}")),
        gauge("Tasks", "Not done, by coroutine.", "short", ("python_asyncio_coroutine_tasks", "{{coroutine}}")),
        counted("Garbage collections", "A second, by generation.", "cps", ("python_gc_collections_total", "generation", "generation {{generation}}")),
        lines("Pressure", "Share of time for which a task of the container waits.", "percentunit",
              (rate_of_containers("process_cgroup_pressure_seconds_total", "host, resource", OF_PROCESS), "{{host}} {{resource}}"), size=(8, 7)),
        counted("Disk", "Bytes a second.", "Bps", ("process_io_read_bytes_total", "host, pid", "{{host}} {{pid}} read"), ("process_io_written_bytes_total", "host, pid", "{{host}} {{pid}} written")),
        gauge("Threads, descriptors, children", "How many.", "short", ("process_threads", "threads"), ("process_open_fds", "descriptors"), ("process_children", "children")),
        counted("Exceptions", "A second, by type.", "cps", ("python_exceptions_total", "type", "{{type}}"), ("python_exceptions_handled_total", "type", "{{type}} handled")),
        counted("Agent", "What watching costs: cores.", "short", ("hognose_agent_cpu_seconds_total", "host, pid", "{{host}} {{pid}} agent")),
        counted("Context switches and faults", "A second.", "cps", ("process_context_switches_involuntary_total", "host, pid", "{{host}} {{pid}} involuntary"),
                ("process_context_switches_voluntary_total", "host, pid", "{{host}} {{pid}} voluntary"), ("process_page_faults_major_total", "host, pid", "{{host}} {{pid}} major faults")),
    ]  # fmt: skip


def pipeline() -> list[Json]:
    def plain(title: str, description: str, unit: str, *queries: tuple[str, str]) -> Json:
        return lines(title, description, unit, *queries)

    return [
        stat("Collectors that are whole", "Show all that their partitions tell.", "short", "sum(hognose_collector_whole)"),
        stat("Samples a second", "That collectors read.", "cps", 'sum(rate(hognose_collector_records_total{topic="hognose.samples"}[$__rate_interval]))'),
        stat("Malformed", "Records that could not be read, in the chosen range.", "short", 'sum(increase(hognose_collector_records_total{outcome="malformed"}[$__range]))'),
        stat("Dropped by agents", "Records, in the chosen range.", "short", "sum(increase(hognose_agent_dropped_samples_total[$__range])) or vector(0)"),
        plain("Records read by collectors", "A second, by topic and what became of them.", "cps",
              ("sum by (topic, outcome) (rate(hognose_collector_records_total[$__rate_interval]))", "{{topic}} {{outcome}}")),
        plain("Records read by streams", "A second, by topic and what became of them; malformed ones are dead letters.", "cps",
              ("sum by (topic, outcome) (rate(hognose_streams_records_total[$__rate_interval]))", "{{topic}} {{outcome}}")),
        plain("Consumer lag", "Records behind, in the partition that is worst.", "short",
              ("max by (job, client_id) (kafka_consumer_fetch_manager_records_lag_max)", "{{job}} {{client_id}}")),
        plain("Age of the latest sample", "By service, of the process heard last; the clock is the process's.", "s",
              ("time() - max by (service) (hognose_process_last_sample_timestamp_seconds)", "{{service}}")),
        plain("Dropped by agents and why", "Records a second.", "cps",
              ("sum by (service, reason) (rate(hognose_agent_dropped_samples_total[$__rate_interval]))", "{{service}} {{reason}}")),
        plain("Readings that agents skipped", "A second, for what they would have cost.", "cps",
              ("sum by (service, reason) (rate(hognose_agent_skipped_readings_total[$__rate_interval]))", "{{service}} {{reason}}")),
        plain("Cost of agents", "Cores of a process, in the mean.", "short",
              ("avg by (service) (rate(hognose_agent_cpu_seconds_total[$__rate_interval]))", "{{service}}")),
        plain("Records that wait in agents", "For Kafka.", "short", ("sum by (service) (hognose_agent_outbox_records)", "{{service}}")),
        plain("Series over budget", "Added up under __other__.", "short", ("sum by (service) (hognose_series_over_budget)", "{{service}}")),
        plain("Heap of collectors and streams", "In use.", "bytes", ('sum by (job, instance) (jvm_memory_used_bytes{area="heap"})', "{{job}} {{instance}}")),
    ]  # fmt: skip


DASHBOARDS = {
    "fleet": ("Which services are ill.", fleet),
    "service": (
        "What ails one service: memory, loops, CPU, GIL and collections, with its alerts and deploys.",
        service,
    ),
    "leaks": ("Where memory grows, how fast, until when, and which line allocates it.", leaks),
    "loop-blocks": ("Who blocks event loops, what for, and what it costs.", loop_blocks),
    "process": ("Every figure of one process.", process),
    "pipeline": ("Whether the other dashboards can be believed.", pipeline),
}
