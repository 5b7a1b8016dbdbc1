"""
Switches on each illness of the demo's shop, and beside it its clean twin, for a minute at one
sample a second, through a real broker and the streams: is it diagnosed, is its culprit named, is
anything else said, and is the twin left alone?

    ./hognose bench diagnosis [--only NAME] [--side-by-side N] [--short] [--json]

Exit code 1 when not. Several illnesses run side by side, each in services of its own; those that
need the processor for themselves run alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).resolve().parents[2] / "e2e")]

from cluster import Alerts, running  # noqa: E402
from rows import Row, tell  # noqa: E402
from services import Illness, all_of_them, faults_of_the_shop, wait  # noqa: E402
from surroundings import Place  # noqa: E402

#: Before an illness begins: what is usual must be known to tell what is not.
WARM_SECONDS = 20
SECONDS = 60

#: Causes that blame the machine that all of this runs on.
_MACHINE = ("starved", "unexplained")


@dataclass(frozen=True, slots=True)
class Result:
    """Of one illness. `seconds`: from its beginning to the alert's being read; None: never."""

    illness: str
    kind: str
    seconds: float | None
    is_culprit_right: bool
    title: str
    others: list[str]
    of_twin: list[str]

    @property
    def is_good(self) -> bool:
        in_time = self.seconds is not None and self.seconds <= SECONDS
        return in_time and self.is_culprit_right and not self.others and not self.of_twin

    @property
    def amiss(self) -> list[str]:
        """What was said and should not have been."""
        wrong = [] if self.is_culprit_right or not self.title else [f"said: {self.title}"]
        also = [f"also: {title}" for title in self.others]
        return wrong + also + [f"of the twin: {title}" for title in self.of_twin]


def main() -> int:
    given = _arguments()
    known = {illness.name: illness for illness in all_of_them(faults_of_the_shop())}
    unknown = [name for name in given.only if name not in known]
    if unknown:
        said = f"bench diagnosis: --only {unknown[0]}: expected one of {', '.join(known)}"
        print(said, file=sys.stderr)
        return 2
    chosen = [illness for name, illness in known.items() if not given.only or name in given.only]
    if given.short:
        chosen = [each for each in chosen if not each.is_alone][: given.side_by_side]
    results: list[Result] = []
    with (
        tempfile.TemporaryDirectory(prefix="hognose-bench-") as folder,
        running(Path(folder)) as (brokers, alerts),
    ):
        for batch in _batches(chosen, given.side_by_side):
            print(f"bench: {', '.join(each.name for each in batch)}", file=sys.stderr)
            results += _tried(batch, brokers, alerts, Path(folder))
    _print(results, given.json)
    return 0 if all(result.is_good for result in results) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="hognose bench diagnosis",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="this one; may be repeated"
    )
    parser.add_argument("--json", action="store_true", help="a list of rows instead of a table")
    parser.add_argument(
        "--short", action="store_true", help="the first few only, as many as are side by side"
    )
    parser.add_argument(
        "--side-by-side", type=int, default=3, metavar="N", help="illnesses at a time (default 3)"
    )
    return parser.parse_args()


def _batches(illnesses: list[Illness], size: int) -> Iterator[list[Illness]]:
    together = [illness for illness in illnesses if not illness.is_alone]
    for first in range(0, len(together), size):
        yield together[first : first + size]
    for illness in illnesses:
        if illness.is_alone:
            yield [illness]


def _tried(batch: list[Illness], brokers: str, alerts: Alerts, folder: Path) -> Iterator[Result]:
    """An illness that is alone has its twin after it, not beside it."""
    if batch[0].is_alone:
        ill = _lived(batch, brokers, folder, (True,))
        well = _lived(batch, brokers, folder, (False,))
        begun = ill | well
    else:
        begun = _lived(batch, brokers, folder, (True, False))
    return [_result(illness, begun[illness.name], alerts) for illness in batch]


def _lived(
    batch: list[Illness], brokers: str, folder: Path, sides: tuple[bool, ...]
) -> dict[str, float]:
    """When each illness began."""
    begun: dict[str, float] = {}
    with ExitStack() as stack:
        started = [
            (illness, is_ill, illness.start(stack, _place(illness, is_ill, brokers, folder)))
            for illness in batch
            for is_ill in sides
        ]
        wait(WARM_SECONDS)
        for illness, is_ill, service in started:
            if is_ill:
                begun[illness.name] = time.time()
            illness.begin(service, is_ill)
        wait(SECONDS + 1)
    return begun


def _place(illness: Illness, is_ill: bool, brokers: str, folder: Path) -> Place:
    service = illness.name if is_ill else f"{illness.name}-fixed"
    return Place(service, is_ill, brokers, folder)


def _result(illness: Illness, begun: float, alerts: Alerts) -> Result:
    told = [(at, a) for at, a in alerts.of(illness.name) if begun <= at <= begun + SECONDS + 5]
    right = [(at, alert) for at, alert in told if alert["kind"] == illness.kind]
    named = [(at, alert) for at, alert in right if illness.is_named_in(alert)]
    first = (named or right or [(None, None)])[0]
    return Result(
        illness=illness.name,
        kind=illness.kind,
        seconds=None if first[0] is None else round(first[0] - begun, 1),
        is_culprit_right=bool(named) and len(named) == len(right),
        title=first[1]["title"] if first[1] else "",
        others=_last_titles([a for _, a in told if not _is_true(a, illness.kind)]),
        of_twin=_last_titles([a for _, a in alerts.of(f"{illness.name}-fixed")]),
    )


def _is_true(alert: dict[str, Any], kind: str) -> bool:
    """
    What is planted, or what comes of it: collections are long enough to block the loop, and a
    quota that is too small for its pools holds them back.
    """
    is_of_collector = kind == "gc_pressure" and alert.get("cause") == "gc"
    is_of_quota = kind == "oversubscription" and alert["kind"] == "cpu_throttled"
    return bool(alert["kind"] == kind) or is_of_collector or is_of_quota


def _last_titles(alerts: list[dict[str, Any]]) -> list[str]:
    """Of each alert the last word. That the machine is too busy is true, and no diagnosis of ours."""
    last = {alert["id"]: alert for alert in alerts}
    return [each["title"] for each in last.values() if each.get("cause") not in _MACHINE]


def _rows(results: list[Result]) -> Iterator[Row]:
    """A row for each illness that was found, and how many were as they should be."""
    for result in results:
        if result.seconds is not None:
            found = f"{result.illness}: told as {result.kind} after"
            yield Row(found, result.seconds, "s", at_most=SECONDS)
        for said in result.amiss:
            yield Row(f"{result.illness}, {said}", 1, "", at_most=0)
    good = sum(result.is_good for result in results)
    yield Row("illnesses as they should be", good, "", at_least=len(results))


def _print(results: list[Result], as_json: bool) -> None:
    if as_json:
        tell(_rows(results), as_json=True)
        return
    print(f"{'illness':<22} {'diagnosis':<26} {'seconds':>7}  culprit  others  twin")
    for result in results:
        seconds = "never" if result.seconds is None else f"{result.seconds:.1f}"
        right = "right" if result.is_culprit_right else "WRONG"
        print(
            f"{result.illness:<22} {result.kind:<26} {seconds:>7}  {right:<7}"
            f"  {len(result.others):>6}  {len(result.of_twin):>4}"
        )
        for said in result.amiss:
            print(f"    {said}")
    good = sum(result.is_good for result in results)
    print(f"{good} of {len(results)} as they should be")


if __name__ == "__main__":
    sys.exit(main())
