"""Which queries got data, and whether that is as it should be."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from queries.prometheus import SCRAPE_SECONDS, Prometheus
from queries.unanswered import ABSENT, QUIET, SOMETIMES
from queries.written import Dashboard, Query, dashboards, filled

ASK_AGAIN_SECONDS = 2.0

#: What was so for a moment while all began does not count as data of a query that should have none.
LATELY_SECONDS = 5 * SCRAPE_SECONDS


def every_query(prometheus: Prometheus, since: float) -> list[Query]:
    """Those of dashboards, with their variables filled in as Grafana does, and of rules."""
    queries = []
    for dashboard in dashboards():
        values = _values(prometheus, dashboard, since)
        for query in dashboard.queries:
            expr = filled(query.expr, values, window_seconds=int(time.time() - since))
            queries.append(replace(query, expr=expr))
    for rule in prometheus.rules():
        queries.append(Query(f"rule / {rule['name']}", rule["query"]))
    return queries


def mistakes(prometheus: Prometheus, since: float, deadline: float) -> list[str]:
    """One sentence each, once all that should have data has it, or at the monotonic clock's deadline."""
    queries = every_query(prometheus, since)
    owed = queries
    while True:
        present = _metrics(prometheus, since)
        owed = [
            query
            for query in owed
            if should_have_data(query, present) and not _is_answered(prometheus, query, since)
        ]
        if not owed or time.monotonic() > deadline:
            print(f"{len(queries)} queries, {len(owed)} of them without the data they should have")
            return [
                *(f"{query.name}: no data for {query.expr}" for query in owed),
                *_untrue(prometheus, queries, present),
                *_failed(prometheus),
            ]
        time.sleep(ASK_AGAIN_SECONDS)


def _values(prometheus: Prometheus, dashboard: Dashboard, since: float) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for variable in dashboard.variables:
        match = filled(variable.match, chosen, window_seconds=1)
        chosen[variable.name] = prometheus.values(variable.label, match, since, time.time())
        if not chosen[variable.name]:
            raise SystemExit(f"{dashboard.title}: ${variable.name}: expected values to choose from")
    return chosen


def _metrics(prometheus: Prometheus, since: float) -> set[str]:
    return set(prometheus.values("__name__", "", since, time.time()))


def should_have_data(query: Query, present: set[str]) -> bool:
    """Of a demonstration, in which these metrics are present."""
    missing = query.metrics - present
    excused = missing and missing <= ABSENT.keys()
    return query.name not in QUIET and query.name not in SOMETIMES and not excused


def _is_answered(prometheus: Prometheus, query: Query, since: float) -> bool:
    now = time.time()
    if not prometheus.series(query.expr, since, now):
        return False
    return not query.exemplar or bool(prometheus.exemplars(query.expr, since, now))


def _failed(prometheus: Prometheus) -> Iterator[str]:
    """Rules whose query Prometheus could not evaluate, or whose texts it could not fill in."""
    for rule in prometheus.rules():
        if rule["health"] == "err":
            yield f"rule / {rule['name']}: {rule['lastError']}"
        for alert in rule.get("alerts", ()):
            for name, text in alert["annotations"].items():
                if "<error" in text or "<no value>" in text:
                    yield f"rule / {rule['name']}: {name}: {text}"


def _untrue(prometheus: Prometheus, queries: list[Query], present: set[str]) -> Iterator[str]:
    """What the lists of exceptions say and is not so."""
    named = frozenset[str]().union(*(query.metrics for query in queries))
    for metric in sorted(named - present - ABSENT.keys()):
        yield f"{metric}: expected in a scrape, as queries name it"
    for metric in sorted(ABSENT.keys() - named):
        yield f"{metric}: listed as absent, and no query names it"
    by_name = {query.name: query for query in queries}
    for name in sorted(QUIET.keys() | SOMETIMES.keys()):
        if name not in by_name:
            yield f"{name}: listed as unanswered, and there is no such query"
    for name in sorted(QUIET.keys() & by_name.keys()):
        if prometheus.series(by_name[name].expr, time.time() - LATELY_SECONDS, time.time()):
            yield f"{name}: listed as quiet ({QUIET[name]}), and it has data"
