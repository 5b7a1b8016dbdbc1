"""`python -m shop.plan`: what to start for a demonstration and what must be found, as JSON."""

import json
import sys
from dataclasses import asdict

from shop.command_line import Arguments
from shop.fault import Fault, Twin
from shop.faults import FAULTS, TWINS

#: Replaced by the URL of the shop that the traffic is for.
TARGET = "{target}"

#: Of a shop that fills its memory: near enough that a leak is urgent within two minutes.
MEMORY_LIMIT_BYTES = 192 * 1024 * 1024

_SERVICES = {"loop_block": "orders", "memory_leak": "catalog"}
_ENVIRONMENTS = {
    "loop_block": {},
    "memory_leak": {"HOGNOSE_MEMORY_LIMIT": str(MEMORY_LIMIT_BYTES)},
}


def plan() -> dict[str, object]:
    """Two services with faults, each beside one with the clean twins; and the alerts to expect."""
    processes = []
    for kind, service in _SERVICES.items():
        faults = [fault.name for fault in FAULTS if fault.kind == kind]
        twins = [twin.name for twin in TWINS if twin.twin_of.kind == kind]
        processes.append(_process(kind, service, faults))
        processes.append(_process(kind, _fixed(kind), twins))
    return {"processes": processes, "alerts": _alerts()}


def _alerts() -> list[dict[str, object]]:
    """Only of what a demonstration shows: it has a service for these kinds."""
    return [_alert(twin.twin_of, twin) for twin in TWINS if twin.twin_of.kind in _SERVICES]


def _fixed(kind: str) -> str:
    return f"{_SERVICES[kind]}-fixed"


def _process(kind: str, service: str, faults: list[str]) -> dict[str, object]:
    return {
        "service": service,
        "faults": faults,
        "argv": ["-m", "shop", "--port", "0", "--faults", ",".join(faults)],
        "environment": _ENVIRONMENTS[kind],
        "load_argv": ["-m", "shop.load", "--target", TARGET],
    }


def _alert(fault: Fault, twin: Twin) -> dict[str, object]:
    return {
        "fault": fault.name,
        "service": _SERVICES[fault.kind],
        "kind": fault.kind,
        "cause": fault.cause,
        "culprit": asdict(fault.culprit),
        "retention": fault.retention,
        "twin": twin.name,
        "twin_service": _fixed(fault.kind),
    }


if __name__ == "__main__":
    Arguments(prog="shop.plan", description=__doc__).parse_args()
    json.dump(plan(), sys.stdout, indent=2)
    print()
