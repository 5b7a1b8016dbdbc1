"""
Try each decoder for some seconds under Jazzer, and print a row for each; ends with 1 on a finding.

Jazzer keeps inputs that reach new code and goes on from them; it begins with the contract's golden
files. A finding is kept as a file, which `--again FILE DECODER` tries once more.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_GOLDEN = _ROOT / "proto" / "golden"
_FINDINGS = _ROOT / ".build" / "findings"
_JAZZER = Path(os.environ["HOGNOSE_JAZZER"])
_JAR = Path(os.environ["HOGNOSE_JAR"])
_MOST_BYTES = 4096
# The whole of a run beside its seconds: a JVM starts, and ends its last input.
_PATIENCE = 120.0

# What each begins with: files of the contract, or texts.
_SEEDS: dict[str, str | list[str]] = {
    "sample": "*sample*.bin",
    "event": "event*.bin",
    "trend": "trend*.bin",
    "alert": "alert*.bin",
    "service": "service*.bin",
    "profile": "profile*.bin",
    "json": "event*.bin",
    "anonymiser": "event*.bin",
    "capture": "*.capture",
    "key": ["orders/web-1/4711/1795255200123", "a/b/c/1/2"],
    "duration": ["250ms", "10s", "5m", "2h", "7d"],
    "cases": "alert*.bin",
    "episodes": "event_loop_block.bin",
    "known-process": "trend*.bin",
    "process-state": "sample*.bin",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./hognose test --fuzz-guided", description=__doc__)
    parser.add_argument("seconds", type=int, help="for each decoder, at least 1")
    parser.add_argument("decoders", nargs="*", metavar="DECODER", help=", ".join(_SEEDS))
    parser.add_argument("--again", type=Path, metavar="FILE", help="try this input alone")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.decoders if name not in _SEEDS]
    if unknown:
        parser.error(f"{unknown[0]}: expected some of {', '.join(_SEEDS)}")
    if arguments.seconds < 1:
        parser.error(f"{arguments.seconds} seconds: expected at least 1")
    with tempfile.TemporaryDirectory(prefix="hognose-fuzz-") as folder:
        _compile(Path(folder))
        tried = [
            _try(name, arguments.seconds, Path(folder), arguments.again)
            for name in arguments.decoders or _SEEDS
        ]
    print(
        f"{len(tried)} decoders tried, {tried.count(False)} with a finding or untried", flush=True
    )
    return 0 if all(tried) else 1


def _compile(folder: Path) -> None:
    source = Path(__file__).with_name("GuidedFuzz.java")
    subprocess.run(["javac", "-d", str(folder), "-cp", str(_JAR), str(source)], check=True)


def _try(decoder: str, seconds: int, folder: Path, again: Path | None) -> bool:
    corpus = folder / decoder
    corpus.mkdir()
    for name, seed in _seeds(decoder):
        (corpus / name).write_bytes(seed)
    _FINDINGS.mkdir(parents=True, exist_ok=True)
    command = [
        "java",
        "-Xmx512m",
        f"-Dhognose.decoder={decoder}",
        f"-Dhognose.file={folder / 'input'}",
        "-cp",
        os.pathsep.join([str(_JAZZER / "*"), str(folder), str(_JAR)]),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=GuidedFuzz",
        "--instrumentation_includes=dev.hognose.**",
        f"--reproducer_path={folder}",
        f"-artifact_prefix={_FINDINGS}/{decoder}-",
        "-print_final_stats=1",
        "-seed=1",
        f"-max_len={_MOST_BYTES}",
        "-timeout=10",
        *([str(again)] if again else [f"-max_total_time={seconds}", str(corpus)]),
    ]
    run = subprocess.run(
        command, capture_output=True, text=True, timeout=seconds + _PATIENCE, check=False
    )
    inputs = [int(each) for each in re.findall(r"number_of_executed_units: *(\d+)", run.stderr)]
    covered = re.findall(r"\bcov: (\d+)", run.stderr)
    has_tried = bool(again) or sum(inputs) > len(list(_seeds(decoder)))
    reached = f"{covered[0]} to {covered[-1]}" if covered else "unknown"
    findings = 0 if run.returncode == 0 else 1
    print(
        f"guided {decoder:14} inputs={sum(inputs)} edges={reached} findings={findings}", flush=True
    )
    if findings:
        print(run.stderr[-4000:], file=sys.stderr)
    elif not has_tried:
        print("    nothing but the examples was tried, more seconds are needed", flush=True)
    return has_tried and not findings


def _seeds(decoder: str) -> Iterator[tuple[str, bytes]]:
    seeds = _SEEDS[decoder]
    if isinstance(seeds, str):
        yield from ((file.name, file.read_bytes()) for file in sorted(_GOLDEN.glob(seeds)))
    else:
        yield from ((str(number), text.encode()) for number, text in enumerate(seeds))


if __name__ == "__main__":
    sys.exit(main())
