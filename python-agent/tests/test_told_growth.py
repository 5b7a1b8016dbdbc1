"""What grows in real processes, told with its line or its container."""

from __future__ import annotations

import sys

from service import Service, lines


def test_a_leak_is_traced_to_its_line(service: Service) -> None:
    """Two megabytes a second are suspicious within seconds; a window names the line."""
    source = """
        import os, time
        KEPT = []
        def remember():
            KEPT.append(bytearray(100_000))  # leaks
        until = time.monotonic() + 25
        while time.monotonic() < until:
            remember()
            time.sleep(0.05)
            # Its site, by the function's name.
            if len(KEPT) % 10 == 0 and b"remember" in open(os.environ["CAPTURE"], "rb").read():
                break
        """
    script = service.write(source)

    service.run(settings={"HOGNOSE_TRACING_INTERVAL": "5s"})

    growth = service.events("allocation_growth")[0]
    assert growth["sites"][0]["frames"][-1] == {
        "file": str(script),
        "line": lines(source, "# leaks")[0],
        "function": "remember",
    }
    assert int(growth["sites"][0]["bytes"]) >= 20 * 100_000
    assert growth["pause_ms"] < 20
    assert any("tracer_bytes" in sample for sample in service.samples())
    assert not any("traced_bytes" in sample for sample in service.samples())


def test_the_container_that_grows_is_named(service: Service) -> None:
    """Within six readings, each of them six samples apart."""
    service.write(
        """
        import os, time
        HISTORY = []
        TABLE = dict.fromkeys(range(5000))
        until = time.monotonic() + 20
        while time.monotonic() < until:
            HISTORY.append("x" * 100)
            time.sleep(0.002)
            if len(HISTORY) % 100 == 0 and b"HISTORY" in open(os.environ["CAPTURE"], "rb").read():
                break
        """
    )

    service.run(settings={"HOGNOSE_INTERVAL": "100ms", "HOGNOSE_TRACING": "off"})

    (grown,) = service.events("retention")
    assert (grown["name"], grown["kind"]) == ("__main__:HISTORY", "MODULE_GLOBAL")
    assert int(grown["entries"]) > 100
    assert grown["growth_per_hour"] > 100_000
    assert int(grown["sample_bytes"]) == sys.getsizeof("x" * 100)
