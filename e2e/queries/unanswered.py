"""
What a demonstration has no data for, and why.

What is listed as never there has to leave its list when it gets data all the same; only what depends
on the machine, or on how busy it is, may be either way.
"""

_ONE_VERSION = "each service runs one version from the beginning"
_NOT_PLANTED = "not planted, though a busy machine or its container may bring it"
_RARE = "counted from the first one on"

#: Queries whose metrics are there, and whose condition is never met.
QUIET = {
    **{
        f"{title} / annotation / Deploys": _ONE_VERSION
        for title in ("Fleet", "Service", "Leaks", "Loop blocks", "Process")
    },
    "rule / HognoseNotScraped": "Prometheus has both jobs",
    "rule / HognoseConsumerLag": "a few samples a second",
    "rule / HognoseDeadLetters": "agents send what can be read",
    "rule / HognoseAgentProbesOff": "no probe fails",
    "rule / PythonCrashLoop": "services live on",
}

#: Queries whose condition may be met for a while.
SOMETIMES = {
    "Pipeline / annotation / Alerts": "as the rules that they are of",
    "rule / HognoseCollectorDown": "a scrape of a busy machine takes longer than it may",
    "rule / HognoseStreamsDown": "a scrape of a busy machine takes longer than it may",
    "rule / HognoseCollectorNotWhole": "a collector that falls behind a busy broker says so",
    "rule / HognoseStreamsStalled": "the collector reads before the streams do",
    "rule / HognoseAgentDropsSamples": "a broker on a busy machine may be slower than they come",
    **{
        f"rule / Python{name}": _NOT_PLANTED
        for name in (
            "OomKilled",
            "EventLoopLate",
            "GilContention",
            "GcPressure",
            "Oversubscribed",
            "CpuThrottled",
            "ProcessSilent",
            "Exceptions",
        )
    },
}

#: Metrics that are there on some machines, or at some times.
ABSENT = {
    "hognose_agent_dropped_samples_total": _RARE,
    "process_cgroup_throttled_seconds_total": "a container with a CPU limit",
    "process_cgroup_pressure_seconds_total": "a kernel that tells pressure of the container",
    "python_exceptions_handled_total": _RARE,
    "python_exceptions_total": _RARE,
    "python_tracemalloc_traced_bytes": "only while allocations are traced",
}
