"""Exceptions by type and line, with the service's own hooks as before."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from hognose._counters import Counters
from hognose.probes.exceptions import Exceptions, name_of


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


def told(counters: Counters) -> dict[tuple[str, str], int]:
    return {(each["name"], each["site"]): each["total"] for each in counters.read()}


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

    assert ours.read() == []
    assert told(counters) == {("exception/ValueError", SITE): 1}


def test_an_exception_without_a_traceback_has_no_site(counters: Counters) -> None:
    """It was made, and never raised."""
    logging.getLogger("shop").error("odd", exc_info=ValueError("never raised"))

    assert told(counters) == {("exception/ValueError", ""): 1}


def test_the_names_of_types() -> None:
    """The language's own stand alone, others with their module."""
    assert name_of(ValueError) == "ValueError"
    assert name_of(OutOfStockError) == f"{__name__}.OutOfStockError"
