"""Services that fall ill: the demo's shop with one fault on, and programs that end badly."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from surroundings import Place, ended, strained, under_the_agent

_CRASHES = "import time; time.sleep(2.5); raise RuntimeError('no database')"
_ENDS = "import time; time.sleep(2.5)"
_STARTS = 3


@dataclass(frozen=True, slots=True)
class Illness:
    """
    What is planted, and what the alert must say.

    `begin` makes it begin in a service, which `start` has started and warmed up; `is_alone`: beside
    others it would not get the processor that it needs.
    """

    name: str
    kind: str
    twin: str
    culprit: dict[str, Any]
    named: str
    is_alone: bool
    start: Callable[[ExitStack, Place], Any]
    begin: Callable[[Any, bool], None]

    def is_named_in(self, alert: dict[str, Any]) -> bool:
        """Whether the alert blames the planted line, or names what is planted, if anything."""
        place = alert.get("culprit")
        if place:
            return all(place[key] == self.culprit.get(key) for key in ("file", "function"))
        return self.named in alert["title"]


def all_of_them(faults: list[dict[str, Any]]) -> list[Illness]:
    """Of the shop's own faults those that are diagnosed, and what a process can die of."""
    twins = {fault["twin_of"]: fault["name"] for fault in faults if fault["twin_of"]}
    planted = [
        Illness(
            name=fault["name"],
            kind=fault["kind"],
            twin=twins[fault["name"]],
            culprit=fault["culprit"],
            named=fault["named"],
            is_alone=fault["kind"] in ("gil_contention", "pool_cpu"),
            start=_shop,
            begin=_switcher(fault["name"], twins[fault["name"]]),
        )
        for fault in faults
        if not fault["twin_of"] and fault["kind"] not in ("memory_leak", "loop_block")
    ]
    return [
        *planted,
        _unnamed("killed", "silent_process", _shop, _kill),
        _unnamed("crashing", "crash_loop", _nothing, _crash),
        *(
            _unnamed(each.name, each.kind, each.start, each.begin, each.is_alone)
            for each in strained()
        ),
    ]


def _unnamed(name: str, kind: str, start: Any, begin: Any, is_alone: bool = False) -> Illness:
    """One that has no line of code to blame."""
    return Illness(
        name=name,
        kind=kind,
        twin=f"not_{name}",
        culprit={},
        named="",
        is_alone=is_alone,
        start=start,
        begin=begin,
    )


@dataclass(frozen=True, slots=True)
class Shop:
    process: subprocess.Popen[str]
    address: str


def _shop(stack: ExitStack, place: Place) -> Shop:
    """A shop under the agent, and its traffic."""
    process = under_the_agent(stack, place, [sys.executable, "-m", "shop", "--port", "0"])
    assert process.stdout is not None
    said = process.stdout.readline().split()
    if not said:
        raise RuntimeError(f"{place.service}: no shop, see {place.log}")
    address = said[-1]
    load = subprocess.Popen(
        [sys.executable, "-m", "shop.load", "--target", address, "--rate", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(ended, load)
    return Shop(process, address)


def _nothing(stack: ExitStack, place: Place) -> tuple[ExitStack, Place]:
    return stack, place


def _switcher(fault: str, twin: str) -> Callable[[Shop, bool], None]:
    def begin(shop: Shop, is_ill: bool) -> None:
        request = urllib.request.Request(
            f"{shop.address}/faults/{fault if is_ill else twin}", method="PUT"
        )
        urllib.request.urlopen(request, timeout=30).close()

    return begin


def _kill(shop: Shop, is_ill: bool) -> None:
    shop.process.send_signal(signal.SIGKILL if is_ill else signal.SIGTERM)


def _crash(given: tuple[ExitStack, Place], is_ill: bool) -> None:
    """Started again and again, as an orchestrator would."""
    stack, place = given
    script = _CRASHES if is_ill else _ENDS
    again = f'for i in {" ".join("x" * _STARTS)}; do "$@"; sleep 1; done'
    around = ("sh", "-c", again, "sh")
    under_the_agent(stack, place, [sys.executable, "-c", script], around)


def faults_of_the_shop() -> list[dict[str, Any]]:
    """As the shop lists them."""
    listed = (
        "import json; from shop.switchboard import Switchboard;"
        "print(json.dumps([switch.as_json() for switch in Switchboard()]))"
    )
    output = subprocess.run(
        [sys.executable, "-c", listed], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    faults: list[dict[str, Any]] = json.loads(output)
    return faults


def wait(seconds: float) -> None:
    time.sleep(max(0.0, seconds))
