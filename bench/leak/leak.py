"""
What judging leaks costs: a sample, a bucket that closes, a fleet's state, a service of a thousand.

    ./hognose bench leak [--short] [--json]

Measured by JMH in one thread, in a JVM with a heap of 1 GiB: of each the fastest of five iterations.
What JMH needs is fetched by Maven once.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from rows import Row, tell  # noqa: E402

JAR = Path(os.environ["HOGNOSE_JAR"]).resolve()
LIBRARIES = HERE.parent.parent / ".build" / "bench-leak"
SHORT = ["-wi", "2", "-w", "1", "-i", "3", "-r", "1"]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="./hognose bench leak",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--short", action="store_true", help="half a minute in all, less exact")
    parser.add_argument("--json", action="store_true", help="rows as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        classes = compiled(Path(folder))
        micros = measured(classes, SHORT if options.short else [])
        sizes = json.loads(
            ran(
                "java",
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-cp",
                classes,
                "dev.hognose.bench.LeakSizes",
            )
        )
    tell(rows(micros, sizes), options.json)


def rows(micros: dict[str, float], sizes: dict[str, float]) -> list[Row]:
    """JMH's figures by the names of the benchmarks, and the sizes."""
    return [
        Row("a sample that closes no bucket", micros["aSampleThatClosesNoBucket"], "us", at_most=1),
        Row(
            "a sample that closes a bucket, mean of a day",
            micros["aSampleThatClosesABucket"],
            "us",
            at_most=50,
        ),
        Row(
            "the same, a bucket of each of the 8 levels",
            micros["aSampleThatClosesABucketOfEveryLevel"],
            "us",
            at_most=50,
        ),
        Row(
            "a closing with unpacking and packing of the rings",
            micros["aClosingWithUnpackingAndPacking"],
            "us",
        ),
        Row(
            "samples a second of 100,000 processes, one core",
            1e6 / micros["aSampleOfAFleet"],
            "1/s",
            at_least=10_000,
        ),
        Row(
            "a stretch of a service of 1,000, a tenth leaks",
            micros["aStretchOfAService"] / 1_000,
            "ms",
        ),
        Row("largest packed state of a day", sizes["packed_bytes"], "bytes", at_most=3_072),
        Row("states of 100,000 processes in the heap", sizes["heap_mib"], "MiB", at_most=1_024),
    ]


def compiled(folder: Path) -> str:
    """The class path of the benchmarks, compiled with JMH's code around them."""
    if not list(LIBRARIES.glob("jmh-core-*.jar")):
        copying = [f"-DoutputDirectory={LIBRARIES}", "dependency:copy-dependencies"]
        ran("mvn", "-q", "-f", str(HERE / "pom.xml"), *copying)
    libraries = [str(each) for each in sorted(LIBRARIES.glob("*.jar"))]
    path = os.pathsep.join([str(folder), str(JAR), *libraries])
    sources = [str(each) for each in sorted(HERE.glob("*.java"))]
    ran(
        "javac",
        "-d",
        str(folder),
        "-cp",
        path,
        "-processorpath",
        os.pathsep.join(libraries),
        *sources,
    )
    return path


def measured(classes: str, options: list[str]) -> dict[str, float]:
    """Microseconds by the name of the benchmark: the fastest iteration, to which others at work add least."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        arguments = ["-rf", "json", "-rff", str(result), *options]
        ran("java", "-cp", classes, "org.openjdk.jmh.Main", *arguments)
        told = json.loads(result.read_text(encoding="utf-8"))
    return {
        each["benchmark"].rsplit(".", 1)[1]: min(each["primaryMetric"]["rawData"][0])
        for each in told
    }


def ran(*command: str) -> str:
    """What a program says that ends well; what else it says goes to standard error."""
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if told.returncode != 0:
        sys.stderr.write(told.stdout)
        raise SystemExit(f"bench leak: {command[0]} ended with {told.returncode}")
    return told.stdout


if __name__ == "__main__":
    main()
