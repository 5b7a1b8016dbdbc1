"""Run faults and print a row for each; ends with 1 when one has done what it must not."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from faults import (
    access_faults,
    agent_faults,
    broker_faults,
    clock_faults,
    collector_faults,
    ending_faults,
    network_faults,
    record_faults,
    scrape_faults,
    size_faults,
    state_faults,
    streams_faults,
    topic_faults,
)
from faults.story import Row, Skipped

Fault = Callable[[Path], Row]

FAULTS: dict[str, Fault] = {
    "broker-killed": broker_faults.killed,
    "broker-frozen": broker_faults.frozen,
    "broker-away": broker_faults.away,
    "broker-disk-full": broker_faults.disk_full,
    "brokers-rolled": topic_faults.rolled,
    "outbox-overflow": broker_faults.away_for_longer_than_there_is_room,
    **{
        f"connection-{name}": network_faults.of_the_agent(fault)
        for name, fault in network_faults.FAULTS.items()
    },
    **{
        f"streams-connection-{name}": network_faults.of_the_streams(fault)
        for name, fault in network_faults.FAULTS.items()
    },
    "streams-killed": streams_faults.killed,
    "streams-stopped": streams_faults.stopped,
    "streams-rebalanced": streams_faults.rebalanced,
    "streams-zombie": streams_faults.zombie,
    "streams-folder-lost": streams_faults.folder_lost,
    "streams-of-one-name": streams_faults.of_one_name,
    "streams-zombie-of-a-name": streams_faults.woken_without_a_name_left,
    "collector-killed": collector_faults.killed,
    "collector-of-ten-thousand-killed": collector_faults.killed_with_a_large_fleet,
    "collector-of-two-killed": collector_faults.one_of_two_killed,
    "collectors-of-one-name": collector_faults.of_one_name,
    "scraped-too-often": scrape_faults.without_end,
    "scraped-never": scrape_faults.never,
    "state-of-another-version": state_faults.of_another_version,
    "upgraded-and-back": state_faults.upgraded_and_back,
    "topic-made-anew": topic_faults.made_anew,
    "topic-cut-short": topic_faults.retained_for_too_short,
    "partitions-idle": topic_faults.idle,
    "process-hot": size_faults.hot,
    "sites-a-million": size_faults.a_million_sites,
    "records-poisoned": record_faults.poisoned,
    "records-doubled": record_faults.doubled,
    "records-reordered": record_faults.reordered,
    "broker-clock-ahead": clock_faults.ahead,
    "broker-clock-behind": clock_faults.behind,
    "streams-clock": clock_faults.of_the_streams,
    "streams-clock-back": clock_faults.of_the_streams_back,
    "clock-ahead": record_faults.clock_ahead,
    "clock-behind": record_faults.clock_behind,
    "credentials-withdrawn": access_faults.withdrawn,
    "streams-credentials-withdrawn": access_faults.withdrawn_from_streams,
    "all-ended": ending_faults.ended_without_an_answer,
    "agent-killed": agent_faults.killed,
    "agent-exits": agent_faults.ended_at_once,
    "agent-forks": agent_faults.forked,
}

# What takes two to three minutes together.
SHORT = {
    name: FAULTS[name]
    for name in ("broker-killed", "connection-cut", "streams-killed", "records-poisoned")
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FAULT", help=", ".join(FAULTS))
    parser.add_argument("--short", action="store_true", help="only those that matter most")
    arguments = parser.parse_args()
    faults = SHORT if arguments.short else FAULTS
    unknown = [name for name in arguments.names if name not in FAULTS]
    if unknown:
        parser.error(f"{unknown[0]}: expected some of {', '.join(FAULTS)}")
    chosen = {name: FAULTS[name] for name in arguments.names} or faults
    # The agent's client says what it is made to suffer.
    logging.getLogger("hognose").setLevel(logging.CRITICAL)
    failed = [name for name, fault in chosen.items() if not _runs(name, fault)]
    print(f"{len(chosen) - len(failed)} faults survived, {len(failed)} not", flush=True)
    return 1 if failed else 0


def _runs(name: str, fault: Fault) -> bool:
    with tempfile.TemporaryDirectory(prefix="hognose-faults-") as folder:
        try:
            row = fault(Path(folder))
        except Skipped as skipped:
            print(f"{name:34} skipped: {skipped}", flush=True)
            return True
        except Exception:  # noqa: BLE001 - the other faults are still worth knowing
            traceback.print_exc()
            print(f"{name:34} did not come to an end", flush=True)
            _show_logs(Path(folder))
            return False
        print(row, flush=True)
        for mistake in row.mistakes:
            print(f"    {mistake}", flush=True)
        if row.mistakes:
            _show_logs(Path(folder))
        return not row.mistakes


def _show_logs(folder: Path) -> None:
    for log in sorted(folder.glob("*.log")):
        print(f"--- {log.name}\n{log.read_text('utf-8', 'replace')[-2000:]}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
