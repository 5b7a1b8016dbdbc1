"""What is looked at in the tests themselves, the demo's among them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = sorted([*(ROOT / "python-agent/tests").glob("*.py"), *(ROOT / "demo/tests").glob("*.py")])

# Who waits, in steps and with a deadline, for a program, a thread or a loop that goes on beside it.
WAITING = {
    "broker.ends",
    "installation.until",
    "processes.eventually",
    "test_load.take_during_a_call",
    "test_loop_calls.held_in",
    "test_publish.test_errors_that_nobody_has_heard_yet_are_no_records",
}

# What is looked at sleeps, or is the clock that it is measured with.
SLEEPING = {
    "test_loop_calls.nap",
    "test_tasks.poll",
    "test_tasks.send",
    "test_twins.beat",
}


def sleepers(node: ast.AST, within: str) -> Iterator[str]:
    """Functions that let time pass; to sleep for 0 seconds is to give others their turn."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.Call):
            called = ast.unparse(each.func).rpartition(".")[2]
            if called == "sleep" and ast.unparse(each.args[0]) != "0":
                yield within
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from sleepers(each, each.name)
        else:
            yield from sleepers(each, within)


def test_no_test_sleeps() -> None:
    """A test that lets time pass and hopes is slow on a good day and red on a bad one."""
    assert len(TESTS) > 50
    found = {
        f"{file.stem}.{function}"
        for file in TESTS
        for function in sleepers(ast.parse(file.read_text("utf-8")), "module")
    }
    assert found == WAITING | SLEEPING
