"""From the start of a JVM to ready: with the archive of classes that the build makes, and without.

./hognose bench start [--rounds N] [--short] [--json]

Both arms take turns, A B A B; told are medians. CPU is that of the JVM and what it has started, from start to ready,
and says more than seconds where other work is on the machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).resolve().parents[2] / "e2e")]

from jvm import ARCHIVE, JAR, Start, answers, broker, cpu, java, ran, says, started, until  # noqa: E402
from ports import free_port  # noqa: E402
from rows import Row, tell  # noqa: E402

PYTHON = Path(os.environ["HOGNOSE_PYTHON"]).absolute()


def command(arm: str, folder: Path) -> Start:
    begin = os.times()
    started_at = time.monotonic()
    ran(java(arm, "-jar", str(JAR), "topics"))
    end = os.times()
    used = end.children_user + end.children_system - begin.children_user - begin.children_system
    return Start(time.monotonic() - started_at, used)


def brokers(arm: str, folder: Path) -> Start:
    with broker(arm, folder) as (_, start):
        return start


def service(name: str) -> Callable[[str, Path, str], Start]:
    def start(arm: str, folder: Path, servers: str) -> Start:
        port = free_port()
        settings = {"HOGNOSE_BOOTSTRAP_SERVERS": servers, "HOGNOSE_HTTP_PORT": str(port)}
        if name == "streams":
            settings["HOGNOSE_STATE_DIR"] = tempfile.mkdtemp(dir=folder)
            settings["HOGNOSE_APPLICATION_ID"] = f"bench-{time.monotonic_ns()}"
        else:
            settings["HOGNOSE_GROUP_ID"] = f"bench-{time.monotonic_ns()}"
        with started(java(arm, "-jar", str(JAR), name), folder / "err", **settings) as process:
            return until(process, lambda: answers(port))

    return start


def demo(arm: str, folder: Path) -> Start:
    """As the front door starts it."""
    line = java(arm, "-XX:TieredStopAtLevel=1", "-jar", str(JAR), "demo", "--python", str(PYTHON))
    begin = time.monotonic()
    with started(line, folder / "err") as process:
        says(process, "first sample on /metrics")
        return Start(time.monotonic() - begin, cpu(process.pid))


def measured(rounds: int) -> dict[str, dict[str, list[Start]]]:
    """By what was started and by arm."""
    told: dict[str, dict[str, list[Start]]] = {}

    def tell_of(what: str, arm: str, start: Start) -> None:
        told.setdefault(what, {"archive": [], "plain": []})[arm].append(start)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with broker("archive", folder) as (servers, _):
            ran(
                java(
                    "archive",
                    "-jar",
                    str(JAR),
                    "topics",
                    "--create",
                    "--bootstrap-servers",
                    servers,
                )
            )
            for _round in range(rounds):
                for arm in ("archive", "plain"):
                    tell_of("a command that prints and ends", arm, command(arm, folder))
                    tell_of("streams until ready", arm, service("streams")(arm, folder, servers))
                    tell_of(
                        "collector until ready",
                        arm,
                        service("collector")(arm, folder, servers),
                    )
        for _round in range(rounds):
            for arm in ("archive", "plain"):
                tell_of("broker of the demo until ready", arm, brokers(arm, folder))
                tell_of("demo until its first sample", arm, demo(arm, folder))
    return told


def rows(told: dict[str, dict[str, list[Start]]]) -> Iterator[Row]:
    for what, arms in told.items():
        median = {
            (arm, figure): statistics.median(getattr(start, figure) for start in starts)
            for arm, starts in arms.items()
            for figure in ("wall", "cpu")
        }
        bar = 6 if what.startswith("demo") else None
        peers = {"without the archive": median["plain", "wall"]}
        yield Row(what, median["archive", "wall"], "s", peers=peers, at_most=bar)
        yield Row(
            f"{what}, CPU",
            median["archive", "cpu"],
            "s",
            peers={"without the archive": median["plain", "cpu"]},
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="./hognose bench start", description="From the start of a JVM to ready."
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--short", action="store_true", help="one round")
    parser.add_argument("--json", action="store_true", help="a list of rows")
    options = parser.parse_args()
    if not ARCHIVE.exists():
        raise SystemExit(f"bench start: {ARCHIVE}: no such file, ./hognose build makes it")
    if not options.json:
        print(f"load {os.getloadavg()[0]:.1f}")
    tell(rows(measured(1 if options.short else options.rounds)), options.json)


if __name__ == "__main__":
    main()
