"""From an agent's record to the alert, and to what the collector shows, beside a producer and a consumer alone.

./hognose bench latency [--rate SAMPLES_A_SECOND] [--seconds N] [--short] [--json]

Broker, streams, collector and the program that sends and watches are a process each, on this machine. Records are due
at times that were fixed before, and each latency is counted from there: whoever stands still is charged for all that
was due meanwhile. A sample counts as seen when the API shows it or a later one of its process, which is looked at every
50 ms for one service; what a scrape shows is made of the same state, and a scrape of everything is taken every 15 s, as
Prometheus does. JVMs that have just started compile what they run and fall behind meanwhile: their first minute is told
by rows of its own, before the time that is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).resolve().parents[2] / "e2e")]

from jvm import JAR, answers, broker, cpu, java, ran, started, until  # noqa: E402
from ports import free_port  # noqa: E402
from rows import Row, tell  # noqa: E402

WARM_UP = 60
ALERT_P99 = 0.8
QUANTILES = ("p50", "p99", "p99.9")
WAYS = (
    "producer to consumer",
    "agent to the judge of its service",
    "agent to alert",
    "agent to collector",
)


def probed(servers: str, options: argparse.Namespace, *collector: str) -> dict[str, Any]:
    """Each way's quantiles in seconds."""
    libraries = os.pathsep.join([str(JAR), os.environ["HOGNOSE_HISTOGRAM"]])
    numbers = [str(each) for each in (options.rate, WARM_UP, options.seconds)]
    line = ["-Xmx512m", "-cp", libraries, "LatencyProbe.java", servers, *numbers, *collector]
    said = [json.loads(each) for each in ran(java("plain", *line)).splitlines()]
    return {each["way"]: each for each in said}


def topics(servers: str) -> None:
    made = ["topics", "--bootstrap-servers", servers, "--create", "--partitions", "4"]
    ran(java("archive", "-jar", str(JAR), *made))


def alone(options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name, broker("archive", Path(name)) as (servers, _):
        topics(servers)
        return probed(servers, options)


def together(options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name, broker("archive", Path(name)) as (servers, _):
        topics(servers)
        ports = {"streams": free_port(), "collector": free_port()}
        at = [
            {
                "HOGNOSE_BOOTSTRAP_SERVERS": servers,
                "HOGNOSE_HTTP_PORT": str(port),
                "HOGNOSE_STATE_DIR": f"{name}/state",
            }
            for port in ports.values()
        ]
        del at[1]["HOGNOSE_STATE_DIR"]
        lines = [java("archive", "-Xmx1g", "-jar", str(JAR), program) for program in ports]
        log = Path(name) / "err"
        with started(lines[0], log, **at[0]) as streams, started(lines[1], log, **at[1]) as shown:
            until(streams, lambda: answers(ports["streams"]))
            until(shown, lambda: answers(ports["collector"]))
            before = [cpu(each.pid) for each in (streams, shown)]
            told = probed(servers, options, f"http://127.0.0.1:{ports['collector']}")
            after = [cpu(each.pid) for each in (streams, shown)]
            took = [now - then for now, then in zip(after, before, strict=True)]
            return told | {"cpu": dict(zip(ports, took, strict=True))}


def rows(plain: dict[str, Any], whole: dict[str, Any], samples: int) -> list[Row]:
    """Each way beside what a producer and a consumer take alone, at the same quantile."""
    found = []
    for way in WAYS:
        for quantile in QUANTILES:
            is_barred = way == "agent to alert" and quantile == "p99"
            found.append(
                Row(
                    f"{way}, {quantile}",
                    whole[way][quantile],
                    "s",
                    limit=plain["producer to consumer"][quantile],
                    at_most=ALERT_P99 if is_barred else None,
                )
            )
    cold = whole["agent to alert from a cold start"]
    never = whole["blocks never told"]["n"]
    return [
        *found,
        *(
            Row(
                f"agent to alert in the first {WARM_UP} s of cold JVMs, {quantile}",
                cold[quantile],
                "s",
            )
            for quantile in ("p50", "p99", "max")
        ),
        Row("scrape of everything, every 15 s, p50", whole["scrape of everything"]["p50"], "s"),
        *(
            Row(f"CPU of the {program} a sample, compiling included", 1e6 * took / samples, "us")
            for program, took in whole["cpu"].items()
        ),
        Row("blocks that were never told", never, "", at_most=0),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="./hognose bench latency",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rate", type=int, default=5_000, help="samples a second (default 5000)")
    parser.add_argument("--seconds", type=int, default=60, help="that are measured (default 60)")
    parser.add_argument("--short", action="store_true", help="twenty seconds")
    parser.add_argument("--json", action="store_true", help="a list of rows")
    options = parser.parse_args()
    if options.short:
        options.seconds = 20
    if not options.json:
        print(f"load {os.getloadavg()[0]:.1f}")
    samples = options.rate * (WARM_UP + options.seconds)
    tell(rows(alone(options), together(options), samples), options.json)


if __name__ == "__main__":
    main()
