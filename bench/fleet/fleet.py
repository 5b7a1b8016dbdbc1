"""Memory, CPU, restore and scrape of streams and collector under fleets of several sizes.

./hognose bench fleet [--processes N...] [--samples N] [--short] [--json]

A load generator puts what the agents of a fleet would have sent in their last minutes on a broker of its own; streams
and collector, each a JVM of its own, read it from the beginning. Then the streams are killed and started again at their
place, as a supervisor does, and the collector is scraped. The smallest fleet is also read from 1 and 4 partitions and by two instances of the streams. CPU is
that of the JVM, its start included, until all was read, so that it says nearly the same on a busy machine; seconds do
not. What a sample or a process more costs is told by what two sizes differ in.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).resolve().parents[2] / "e2e")]

from jvm import JAR, answers, broker, cpu, java, ran, started, until  # noqa: E402
from ports import free_port  # noqa: E402
from rows import Row, tell  # noqa: E402

PARTITIONS = 12
SMALL_STATE = 4096
RESTORE_SECONDS = 15
INTERVAL_MS = 10_000
LONG_INTERVAL_MS = 300_000


@dataclass(frozen=True, slots=True)
class Read:
    """What reading a fleet took: CPU seconds and bytes in the end, of the streams; of the collector, a scrape, too."""

    samples: int
    streams_cpu: float
    streams_heap: int
    streams_rss: int
    restore: float
    collector_cpu: float
    collector_rss: int
    scrape: float
    scrape_bytes: int


@dataclass(frozen=True, slots=True)
class Broker:
    servers: str
    folder: Path


STARTED_MS = int(time.time() * 1000) - 3_600_000


def filled(servers: str, processes: int, samples: int, partitions: int) -> int:
    """Makes the topics, sends the fleet's samples; returns how many."""
    topics = java("archive", "-jar", str(JAR), "topics", "--bootstrap-servers", servers, "--create")
    ran([*topics, "--partitions", str(partitions)])
    return sent(servers, processes, samples, 0, INTERVAL_MS)


def sent(servers: str, processes: int, samples: int, before: int, said_ms: int) -> int:
    """Sends the latest samples of a fleet, of which so many of each were sent before, with what they say of the next."""
    fleet = [str(each) for each in (processes, samples, STARTED_MS, before, said_ms)]
    return int(
        ran(java("plain", "-Xmx1g", "-cp", str(JAR), "FleetLoad.java", servers, *fleet)).split()[0]
    )


def scraped(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=120) as answer:
        return str(answer.read().decode())


def scrape_size(port: int) -> int:
    """Bytes of a scrape, read as they come: that of 100,000 processes is larger than it is worth to keep."""
    size = 0
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=120) as answer:
        while piece := answer.read(1 << 20):
            size += len(piece)
    return size


def figure(port: int, pattern: str) -> float:
    return sum(
        float(value) for value in re.findall(rf"^{pattern} (\S+)$", scraped(port), re.MULTILINE)
    )


APPLIED = (
    r'hognose_streams_records_total\{[^}]*outcome="applied"[^}]*topic="hognose.samples"[^}]*\}'
)


@contextmanager
def streams(at: Broker, port: int) -> Iterator[subprocess.Popen[str]]:
    settings = {
        "HOGNOSE_BOOTSTRAP_SERVERS": at.servers,
        "HOGNOSE_HTTP_PORT": str(port),
        "HOGNOSE_STATE_DIR": str(at.folder / f"state-{port}"),
    }
    line = java("archive", "-Xmx6g", "-jar", str(JAR), "streams")
    with started(line, at.folder / "err", **settings) as process:
        yield process


def heap(process: subprocess.Popen[str]) -> int:
    """Bytes that live after a collection."""
    jcmd = ["jcmd", str(process.pid)]
    subprocess.run([*jcmd, "GC.run"], check=True, stdout=subprocess.DEVNULL)
    info = subprocess.run(
        [*jcmd, "GC.heap_info"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return sum(int(used) for used in re.findall(r"(?:generation|gen).* used (\d+)K", info)) * 1024


def rss(process: subprocess.Popen[str]) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found
    return int(found[1]) * 1024


def read_by_streams(at: Broker, samples: int, ports: list[int]) -> tuple[float, int, int]:
    """CPU until all was read, live heap and memory of all together, which are killed then."""
    with ExitStack() as stack:
        running = [stack.enter_context(streams(at, port)) for port in ports]
        for port, process in zip(ports, running, strict=True):
            until(process, lambda port=port: answers(port))  # type: ignore[misc]
        deadline = time.monotonic() + 900
        while sum(figure(port, APPLIED) for port in ports) < samples:
            if time.monotonic() > deadline:
                raise SystemExit(f"bench fleet: {samples} samples were not read within 900 s")
            time.sleep(0.5)
        used = sum(cpu(process.pid) for process in running)
        live, memory = sum(map(heap, running)), sum(map(rss, running))
        for process in running:
            process.kill()
    return used, live, memory


def restored(at: Broker, ports: list[int]) -> float:
    """Seconds from the start of JVMs after a kill, at their place, until they have all state."""
    begin = time.monotonic()
    with ExitStack() as stack:
        running = [stack.enter_context(streams(at, port)) for port in ports]
        for port, process in zip(ports, running, strict=True):
            until(process, lambda port=port: answers(port))  # type: ignore[misc]
        return time.monotonic() - begin


def read_by_collector(at: Broker, processes: int, before: int) -> tuple[float, int, float, int]:
    port = free_port()
    settings = {"HOGNOSE_BOOTSTRAP_SERVERS": at.servers, "HOGNOSE_HTTP_PORT": str(port)}
    line = java("archive", "-Xmx6g", "-jar", str(JAR), "collector")
    with started(line, at.folder / "err", **settings) as process:
        start = until(process, lambda: answers(port))
        # Who was silent for three intervals is not shown: all speak once more, and then need not for a while.
        sent(at.servers, processes, 1, before, LONG_INTERVAL_MS)
        scrape_size(port)
        begin, size = time.monotonic(), 0
        for _round in range(3):
            size = scrape_size(port)
        return start.cpu, rss(process), (time.monotonic() - begin) / 3, size


def measured(
    processes: int, samples: int, partitions: int = PARTITIONS, instances: int = 1
) -> Read:
    with tempfile.TemporaryDirectory() as name, broker("archive", Path(name)) as (servers, _):
        at = Broker(servers, Path(name))
        samples_sent = filled(servers, processes, samples, partitions)
        ports = [free_port() for _ in range(instances)]
        used, live, memory = read_by_streams(at, samples_sent, ports)
        restore = restored(at, ports)
        return Read(
            samples_sent, used, live, memory, restore, *read_by_collector(at, processes, samples)
        )


def growth(reads: dict[int, Read]) -> Iterator[Row]:
    """Rows of each size; the bar of a larger fleet is the smallest's figure times as many processes."""
    smallest = min(reads)
    for processes, read in reads.items():
        fleet = f"{processes:,} processes: "
        for what, ours, unit in figures(read):
            least = next(each for name, each, _ in figures(reads[smallest]) if name == what)
            bar = None if processes == smallest else processes / smallest * least
            beside = {} if processes == smallest else {"of the smallest": least}
            yield Row(fleet + what, ours, unit, peers=beside, at_most=bar)
        if processes > smallest:
            more = Beyond(processes - smallest, reads[smallest], read)
            yield Row(f"{fleet}CPU of each sample more", 1e6 * more.streams_cpu, "us")
            yield Row(
                f"{fleet}heap for each process more", more.streams_heap, "B", at_most=SMALL_STATE
            )
        bar = RESTORE_SECONDS if processes == 100_000 else None
        yield Row(
            f"{fleet}streams killed, until they have all state", read.restore, "s", at_most=bar
        )


def figures(read: Read) -> Iterator[tuple[str, float, str]]:
    """What may grow as the fleet does."""
    yield "CPU of the streams, start included", read.streams_cpu, "s"
    yield "memory of the streams", read.streams_rss / 1e6, "MB"
    yield "CPU of the collector until ready", read.collector_cpu, "s"
    yield "memory of the collector", read.collector_rss / 1e6, "MB"
    yield "a scrape", read.scrape, "s"
    yield "a scrape's size", read.scrape_bytes / 1e6, "MB"


@dataclass(frozen=True, slots=True)
class Beyond:
    """What a larger fleet costs beyond a smaller one, so that starting is in neither."""

    processes: int
    smaller: Read
    larger: Read

    @property
    def streams_cpu(self) -> float:
        """Seconds of each sample more."""
        samples = self.larger.samples - self.smaller.samples
        return (self.larger.streams_cpu - self.smaller.streams_cpu) / samples

    @property
    def streams_heap(self) -> float:
        return (self.larger.streams_heap - self.smaller.streams_heap) / self.processes

    @property
    def streams_rss(self) -> float:
        return (self.larger.streams_rss - self.smaller.streams_rss) / self.processes


def on_paper(reads: dict[int, Read]) -> Iterator[Row]:
    """A million processes, each sampled every ten seconds, by what the two largest fleets differ in."""
    if len(reads) < 2:
        return
    smaller, larger = sorted(reads)[-2:]
    more = Beyond(larger - smaller, reads[smaller], reads[larger])
    on = f"1,000,000 processes on paper, from {smaller:,} and {larger:,}: "
    yield Row(f"{on}cores", 100_000 * more.streams_cpu, "cores")
    yield Row(f"{on}memory", 1e6 * more.streams_rss / 1e9, "GB")


def shapes(processes: int, samples: int, plain: Read) -> Iterator[Row]:
    for partitions, instances in ((1, 1), (4, 1), (PARTITIONS, 2)):
        shape = f"{partitions} partitions, {instances} instances"
        print(f"bench fleet: {shape}", file=sys.stderr, flush=True)
        read = measured(processes, samples, partitions, instances)
        what = f"{processes:,} processes, {shape}: CPU a sample"
        beside = {"12 partitions, 1 instance": 1e6 * plain.streams_cpu / plain.samples}
        yield Row(what, 1e6 * read.streams_cpu / read.samples, "us", peers=beside)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="./hognose bench fleet", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--processes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--samples", type=int, default=12, help="of each process")
    parser.add_argument(
        "--short", action="store_true", help="1,000 and 10,000 processes, 6 samples, no shapes"
    )
    parser.add_argument("--json", action="store_true", help="a list of rows")
    options = parser.parse_args()
    sizes, samples = (
        (options.processes, options.samples) if not options.short else ([1_000, 10_000], 6)
    )
    if not options.json:
        print(f"load {os.getloadavg()[0]:.1f}")
    reads = {}
    for size in sorted(sizes):
        print(f"bench fleet: {size:,} processes", file=sys.stderr, flush=True)
        reads[size] = measured(size, samples)
    rows = [*growth(reads), *on_paper(reads)]
    if not options.short:
        rows += shapes(min(sizes), samples, reads[min(sizes)])
    tell(rows, options.json)


if __name__ == "__main__":
    main()
