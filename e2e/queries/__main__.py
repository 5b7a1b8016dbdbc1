"""Runs a demonstration to the end of its check under a real Prometheus, and asks that every query."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from ports import free_port

from queries.answers import mistakes
from queries.demonstration import Demonstration
from queries.prometheus import Prometheus

#: After all is found: summaries are of whole minutes, and a recording rule may be evaluated every 30 s.
ANSWERED_WITHIN = 150.0


def main(command: list[str]) -> int:
    port = free_port()
    with (
        tempfile.TemporaryDirectory(prefix="hognose-queries-") as folder,
        Prometheus(Path(folder), f"127.0.0.1:{port}") as prometheus,
        Demonstration(command, port) as demonstration,
    ):
        demonstration.until_found()
        found = time.monotonic()
        wrong = mistakes(prometheus, _whole_since(prometheus), found + ANSWERED_WITHIN)
        print(f"asked for {time.monotonic() - found:.0f} s after all was found", flush=True)
        code = demonstration.end()
    for each in wrong:
        print(each, file=sys.stderr)
    return code or bool(wrong)


def _whole_since(prometheus: Prometheus) -> float:
    """Before, it is true that the collector cannot be scraped and is not whole."""
    whole = prometheus.series("hognose_collector_whole == 1", time.time() - 600, time.time())
    if not whole:
        raise SystemExit("hognose_collector_whole: expected 1 in a scrape")
    return min(float(series["values"][0][0]) for series in whole)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
