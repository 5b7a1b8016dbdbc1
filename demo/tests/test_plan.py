"""The plan is true: what it says to start starts, and has the faults where it says."""

import json
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from tests.processes import address, ended, python


@pytest.fixture(scope="module")
def plan() -> Any:
    """The plan as a starter reads it."""
    with python("-m", "shop.plan") as process:
        output, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")
    return json.loads(output)


def test_processes_run_as_planned(plan: Any) -> None:
    """
    Every service starts with its faults on, and each alert's place is that of the running code.
    """
    with ExitStack() as running:
        started = {
            each["service"]: running.enter_context(
                python(*each["argv"], environment=each["environment"])
            )
            for each in plan["processes"]
        }
        faults = {
            service: httpx.get(f"{address(process)}/faults", trust_env=False).json()
            for service, process in started.items()
        }

    for process in plan["processes"]:
        on = [fault["name"] for fault in faults[process["service"]] if fault["active"]]
        assert on == process["faults"]
    for alert in plan["alerts"]:
        planted = {fault["name"]: fault for fault in faults[alert["service"]] if fault["active"]}
        fault = planted[alert["fault"]]
        assert {key: fault[key] for key in ("kind", "cause", "culprit", "retention")} == {
            key: alert[key] for key in ("kind", "cause", "culprit", "retention")
        }
        twins = {twin["name"]: twin for twin in faults[alert["twin_service"]] if twin["active"]}
        assert twins[alert["twin"]]["twin_of"] == alert["fault"]


def test_every_fault_is_expected_once(plan: Any) -> None:
    """
    What is started and what is expected are the same faults and twins.
    """
    started = [fault for process in plan["processes"] for fault in process["faults"]]
    expected = [alert[key] for alert in plan["alerts"] for key in ("fault", "twin")]

    assert sorted(started) == sorted(expected)
    assert len(started) == 8


def test_traffic_is_planned_for_every_process(plan: Any) -> None:
    """
    With the target filled in, the arguments are those of a load that starts.
    """
    with ExitStack() as running:
        loads = [
            running.enter_context(
                python(*(word.replace("{target}", "https://wrong") for word in each["load_argv"]))
            )
            for each in plan["processes"]
        ]
        for load in loads:
            code, errors = ended(load, within_seconds=20)
            assert code == 2
            assert "'https://wrong': expected a URL" in errors


def test_limit_is_near_only_where_memory_leaks(plan: Any) -> None:
    """
    The leaking service and its twin have the same memory limit, the others none.
    """
    assert {each["service"]: each["environment"] for each in plan["processes"]} == {
        "orders": {},
        "orders-fixed": {},
        "catalog": {"HOGNOSE_MEMORY_LIMIT": str(192 * 2**20)},
        "catalog-fixed": {"HOGNOSE_MEMORY_LIMIT": str(192 * 2**20)},
    }
