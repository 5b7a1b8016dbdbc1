"""Exceptions by type and line, with the service's own hooks as before."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest

from hognose._counters import Counters
from hognose.probes.exceptions import Exceptions, name_of
from hognose.probes.exceptions.handled import Handled


class OutOfStockError(Exception):
    pass


@pytest.fixture
def counters() -> Iterator[Counters]:
    counters = Counters()
    exceptions = Exceptions(counters)
    exceptions.listen()
    yield counters
    exceptions.read()
    exceptions.release()


def fail(kind: type[Exception] = ValueError) -> None:
    raise kind("never told")


LINE = fail.__code__.co_firstlineno + 1
SITE = f"{__file__}:{LINE} in fail"


def told(counters: Counters, family: str = "exception") -> dict[tuple[str, str], int]:
    return {
        (each["name"], each["site"]): each["total"]
        for each in counters.read()
        if each["name"].startswith(f"{family}/")
    }


def test_what_is_caught_and_logged_is_counted_by_type_and_line(counters: Counters) -> None:
    """The line is where it was raised, not where it was logged; the event holds no message."""

    def check_out(kind: type[Exception]) -> None:
        try:
            fail(kind)
        except Exception:
            logging.getLogger("shop").exception("checkout failed")

    for kind in (ValueError, OutOfStockError, ValueError):
        check_out(kind)

    assert told(counters) == {
        ("exception/ValueError", SITE): 2,
        (f"exception/{__name__}.OutOfStockError", SITE): 1,
    }
    assert counters.take()[0] == {
        "exception_count": {
            "type": "ValueError",
            "site": {"file": __file__, "line": LINE, "function": "fail"},
            "count": 1,
            "handled": True,
        }
    }


def test_the_services_own_line_is_told_of_what_a_library_raised(counters: Counters) -> None:
    """The standard library's frames are inside of it."""
    import json

    try:
        json.loads("{")
    except ValueError:
        logging.getLogger("shop").warning("bad body", exc_info=True)

    ((name, site),) = told(counters)
    assert name == "exception/json.decoder.JSONDecodeError"
    assert site.startswith(f"{__file__}:")


def test_what_ends_a_thread_is_counted_and_told_to_the_hook_before() -> None:
    """As is what Python could not raise."""
    seen: list[str] = []
    before = (threading.excepthook, sys.unraisablehook)
    threading.excepthook = lambda args: seen.append(f"thread {args.exc_type.__name__}")
    sys.unraisablehook = lambda args: seen.append(f"unraisable {args.exc_type.__name__}")
    own = (threading.excepthook, sys.unraisablehook)
    counters = Counters()
    exceptions = Exceptions(counters)
    exceptions.listen()
    try:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()

        class Handle:
            def __del__(self) -> None:
                fail(KeyError)

        Handle()
        exceptions.release()
        assert (threading.excepthook, sys.unraisablehook) == own
    finally:
        threading.excepthook, sys.unraisablehook = before

    assert seen == ["thread ValueError", "unraisable KeyError"]
    assert told(counters) == {("exception/ValueError", SITE): 1, ("exception/KeyError", SITE): 1}


def test_ways_to_end_are_no_exceptions(counters: Counters) -> None:
    """A program that is interrupted while it logs has not failed."""
    for kind in (SystemExit, KeyboardInterrupt, GeneratorExit):
        logging.getLogger("shop").error("ending", exc_info=kind())

    assert told(counters) == {}


def test_records_are_those_of_the_factory_before() -> None:
    """With their own class, and every argument handed on."""

    class Record(logging.LogRecord):
        pass

    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(Record)
    exceptions = Exceptions(Counters())
    exceptions.listen()
    try:
        record = logging.getLogger("shop").makeRecord("shop", 20, "a.py", 3, "%s", ("x",), None)
        plain = logging.makeLogRecord({"msg": "from afar", "exc_info": None})
        exceptions.release()
        assert logging.getLogRecordFactory() is Record
    finally:
        logging.setLogRecordFactory(before)

    assert isinstance(record, Record)
    assert (record.getMessage(), record.lineno) == ("x", 3)
    assert plain.getMessage() == "from afar"


def test_hooks_that_others_have_put_around_ours_are_left(counters: Counters) -> None:
    """What is released while it is wrapped only stops to count."""
    ours = Counters()
    exceptions = Exceptions(ours)
    exceptions.listen()
    inner = logging.getLogRecordFactory()

    def factory(*args: Any, **keywords: Any) -> logging.LogRecord:
        return inner(*args, **keywords)

    logging.setLogRecordFactory(factory)
    exceptions.release()
    try:
        try:
            fail()
        except ValueError:
            logging.getLogger("shop").exception("checkout failed")
        assert logging.getLogRecordFactory() is factory
    finally:
        logging.setLogRecordFactory(exceptions._record_before)

    assert told(ours) == {}
    assert told(counters) == {("exception/ValueError", SITE): 1}


def test_an_exception_without_a_traceback_has_no_site(counters: Counters) -> None:
    """It was made, and never raised."""
    logging.getLogger("shop").error("odd", exc_info=ValueError("never raised"))

    assert told(counters) == {("exception/ValueError", ""): 1}


def test_the_names_of_types() -> None:
    """The language's own stand alone, others with their module."""
    assert name_of(ValueError) == "ValueError"
    assert name_of(OutOfStockError) == f"{__name__}.OutOfStockError"


class Monitoring:
    """`sys.monitoring` with one tool, and what it was told."""

    events = SimpleNamespace(EXCEPTION_HANDLED=4)

    def __init__(self, *taken: int) -> None:
        self.tools: dict[int, str] = dict.fromkeys(taken, "other")
        self.listening: list[int] = []
        self.callback: Any = None

    def get_tool(self, tool: int) -> str | None:
        return self.tools.get(tool)

    def use_tool_id(self, tool: int, name: str) -> None:
        self.tools[tool] = name

    def free_tool_id(self, tool: int) -> None:
        del self.tools[tool]

    def register_callback(self, tool: int, event: int, callback: Any) -> None:  # noqa: ARG002
        self.callback = callback

    def set_events(self, tool: int, events: int) -> None:  # noqa: ARG002
        self.listening.append(events)


def test_handled_exceptions_are_looked_at_until_there_are_enough() -> None:
    """The interpreter is asked again at the next beat, and only if it was silenced."""
    seen: list[BaseException] = []
    monitoring = Monitoring(3)
    handled = Handled(seen.append, monitoring)
    handled.listen()
    for error in [ValueError()] * 1999 + [StopIteration()]:
        monitoring.callback(fail.__code__, 0, error)

    assert monitoring.tools == {3: "other", 4: "hognose"}
    assert monitoring.listening == [4, 0]
    assert len(seen) == 1999
    handled.look_again()
    handled.look_again()
    handled.release()
    assert monitoring.listening == [4, 0, 4, 0]
    assert monitoring.tools == {3: "other"}
    assert monitoring.callback is None


def test_other_tools_keep_their_places() -> None:
    """Where all are taken nothing is listened to; nor where the interpreter cannot tell."""
    full = Monitoring(3, 4)
    for monitoring in (full, None):
        handled = Handled(print, monitoring)
        handled.listen()
        handled.look_again()
        handled.release()

    assert full.listening == []


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring came with 3.12")
def test_what_the_service_handles_is_counted_at_its_own_line() -> None:
    """And never told to anybody else; what libraries handle among themselves is not counted."""
    import importlib.util

    counters = Counters()
    exceptions = Exceptions(counters)
    exceptions.listen()
    try:
        for _ in range(3):
            with suppress(ValueError):
                fail()
        importlib.util.find_spec("no_such_module_anywhere")
        assert list(iter([1])) == [1]
    finally:
        exceptions.release()

    assert told(counters, "handled") == {("handled/ValueError", SITE): 3}
