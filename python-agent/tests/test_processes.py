"""Real processes, started as users start them, and what they published."""

from __future__ import annotations

from typing import Any

from service import READY, Service, one_process


def test_a_process_begins_samples_and_ends(service: Service) -> None:
    """`Started` comes first, `Stopped` last, and the sequence has no gap."""
    service.write(READY + "await_samples(3)\n")

    ended = service.run(settings={"HOGNOSE_VERSION": "2026.11.3"})

    records = service.published()
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert one_process(records) == list(range(1, len(records) + 1))
    assert "started" in records[0]
    assert records[-1]["stopped"] == {"reason": "EXIT"}
    assert all(record["version"] == "2026.11.3" for record in records)
    sample = service.samples()[-1]
    assert sample["interval_ms"] == 250
    assert int(sample["rss_bytes"]) > 5_000_000
    assert int(sample["allocated_blocks"]) > 1000
    assert sample["threads"] >= 3
    assert len(sample["gc"]["generation"]) == 3
    assert "disabled_probes" not in sample["agent"]
    assert "dropped" not in sample["agent"]
    assert int(records[0]["at_ms"]) <= int(sample["agent"]["last_delivery_ms"])


def test_nothing_runs_without_a_service_name(service: Service) -> None:
    """The installed line does nothing at all."""
    service.write(
        "import sys, threading\nprint(threading.active_count(), 'hognose' in sys.modules)\n"
    )

    assert service.run(settings={"HOGNOSE_SERVICE": ""}).stdout == "1 False\n"


def test_a_process_that_ends_at_once_says_nothing(service: Service) -> None:
    """Nor does it pay for what it would have said."""
    service.write("import sys; print('psutil' in sys.modules)\n")

    assert service.run().stdout == "False\n"
    assert not service.capture.exists()


def test_a_bad_setting_does_not_keep_the_service_from_running(service: Service) -> None:
    """One line on standard error."""
    service.write("print('open')\n")

    ended = service.run(settings={"HOGNOSE_INTERVAL": "5x"})

    assert ended.stdout == "open\n"
    assert ended.stderr == (
        "hognose: HOGNOSE_INTERVAL=5x: expected a duration such as 500ms, 10s or 5m; "
        "the service runs without the agent\n"
    )


def test_an_agent_that_fails_is_off_and_says_so(service: Service) -> None:
    """One line on standard error, and none of its threads goes on beside the service."""
    service.write(
        """
        import asyncio, threading, time
        from hognose._agent import Agent
        def failing(agent, probes):
            raise KeyError("shelf")
        async def shop():
            Agent._sample = failing
            while "hognose-agent" in {thread.name for thread in threading.enumerate()}:
                await asyncio.sleep(0.01)
            print(sorted(thread.name for thread in threading.enumerate()))
        asyncio.run(shop())
        """
    )

    ended = service.run(settings={"HOGNOSE_PROFILE": "continuous"})

    assert ended.returncode == 0
    assert ended.stdout == "['MainThread']\n"
    assert ended.stderr == "hognose: KeyError('shelf'); the service runs on without the agent\n"


def test_a_program_can_start_the_agent_itself(service: Service) -> None:
    """Once is enough, twice does no harm, and a bad setting is a ValueError."""
    service.write(
        READY
        + """
import hognose
try:
    hognose.start(service="till", interval="5x")
except ValueError as wrong:
    print(type(wrong).__name__, wrong)
hognose.start(service="till", interval="200ms")
hognose.start(service="shop")
await_samples()
hognose.stop()
hognose.stop()
"""
    )

    ended = service.run(settings={"HOGNOSE_SERVICE": ""})

    assert ended.stdout == (
        "SettingsError interval=5x: expected a duration such as 500ms, 10s or 5m\n"
    )
    assert {record["process"]["service"] for record in service.published()} == {"till"}
    assert service.events("stopped") == [{"reason": "EXIT"}]


def test_a_full_disk_does_not_hurt(service: Service) -> None:
    """The service runs on, and standard error stays empty."""
    service.write("import time\ntime.sleep(0.8)\nprint('served')\n")

    ended = service.run(settings={"HOGNOSE_SINK": "file:/dev/full"})

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "served\n", "")


def test_a_default_sample_is_at_most_420_bytes(service: Service) -> None:
    """With the names and numbers of a long-lived service in a container."""
    service.write(
        """
        import asyncio
        async def main():
            await asyncio.sleep(1.5)
        asyncio.run(main())
        """
    )
    service.run(
        settings={"HOGNOSE_SERVICE": "checkout-payments-api", "HOGNOSE_VERSION": "2026.11.3"}
    )

    from hognose._encode import encode

    sample = service.samples()[-1]
    assert sample["loops"]
    del sample["process"]
    grown = as_long_lived({**sample, **IN_A_CONTAINER})
    assert 250 < len(encode("Sample", grown)) <= 420, len(encode("Sample", grown))


# What a process has in a pod with limits, and this one may lack.
IN_A_CONTAINER = {
    "memory_limit_bytes": 2**31,
    "memory_usage_bytes": 2**30,
    "oom_kills_total": 1,
    "cpu_limit_cores": 1.5,
    "throttled_seconds_total": 3.25,
    "swap_bytes": 2**27,
    "cpu_pressure_seconds_total": 1.5,
    "memory_pressure_seconds_total": 1.5,
    "io_pressure_seconds_total": 1.5,
    "children": {"count": 3, "rss_bytes": 2**28, "cpu_seconds_total": 9.5},
    "native_pools": [{"library": "openblas", "threads": 8}],
}


def as_long_lived(told: Any, name: str = "") -> Any:
    """The same sample with the large numbers that a month of work makes of its counters."""
    if isinstance(told, dict):
        return {key: as_long_lived(value, key) for key, value in told.items()}
    if isinstance(told, list):
        return [as_long_lived(value, name) for value in told]
    if name == "counts":
        return 50_000_000
    if isinstance(told, float):
        return told + 1234.567
    if isinstance(told, str) and told.isdigit():
        number = int(told)
        return number * 10_000 if name.endswith("_total") else number
    return told
