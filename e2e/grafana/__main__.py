"""Loads our dashboards into a Grafana, over a demonstration that a Prometheus scrapes, and asks every panel."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ports import free_port
from queries.answers import should_have_data
from queries.demonstration import Demonstration
from queries.prometheus import Prometheus

from grafana.panels import Answer, answers, last_minutes, loaded, source_mistakes
from grafana.server import Grafana

#: After all is found: a rate needs a minute of scrapes, and a summary is of a whole one.
ANSWERED_WITHIN = 240.0
ASK_AGAIN_SECONDS = 10.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="grafana", description=__doc__)
    parser.add_argument(
        "home", type=Path, help="a Grafana's folder: bin/grafana, conf and public in it"
    )
    parser.add_argument("demo", nargs="+", help="the demonstration's command, after --")
    arguments = parser.parse_args()
    port = free_port()
    with (
        tempfile.TemporaryDirectory(prefix="hognose-grafana-") as folder,
        Prometheus(Path(folder), f"127.0.0.1:{port}") as prometheus,
        Grafana(arguments.home.resolve(), Path(folder), prometheus.address) as grafana,
        Demonstration(arguments.demo, port) as demonstration,
    ):
        print(f"grafana {grafana.version}", flush=True)
        demonstration.until_found()
        wrong = list(_mistakes(grafana, prometheus))
        code = demonstration.end()
    for each in wrong:
        print(each, file=sys.stderr)
    return code or bool(wrong)


def _mistakes(grafana: Grafana, prometheus: Prometheus) -> Iterator[str]:
    dashboards, wrong = loaded(grafana)
    yield from wrong
    print(f"{len(dashboards)} dashboards are loaded", flush=True)
    yield from source_mistakes(grafana)
    began = time.monotonic()
    while True:
        window = last_minutes(600)
        said = [each for dashboard in dashboards for each in answers(grafana, dashboard, window)]
        present = set(prometheus.values("__name__", "", window.since, window.until))
        owed = [
            each for each in said if not each.is_whole and should_have_data(each.query, present)
        ]
        if not owed or time.monotonic() > began + ANSWERED_WITHIN:
            break
        time.sleep(ASK_AGAIN_SECONDS)
    rows = sum(bool(each.rows) for each in said)
    print(f"{len(said)} queries were asked, {rows} of them have data", flush=True)
    print(f"{sum(each.exemplars for each in said)} exemplars lead to alerts", flush=True)
    yield from _of(said, owed)
    yield from grafana.complaints()


def _of(said: list[Answer], owed: list[Answer]) -> Iterator[str]:
    for each in said:
        if each.error:
            yield f"{each.query.name}: {each.error}: {each.query.expr}"
        for notice in each.notices:
            yield f"{each.query.name}: {notice}: {each.query.expr}"
    for each in owed:
        if not each.error:
            what = "no exemplars" if each.rows else "no data"
            yield f"{each.query.name}: {what} for {each.query.expr}"


if __name__ == "__main__":
    sys.exit(main())
