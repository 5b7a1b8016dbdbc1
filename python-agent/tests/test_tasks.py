"""Tasks by coroutine, and what asyncio complains about, on both kinds of loop."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import weakref
from collections.abc import Callable
from typing import Any

import pytest
import uvloop

from hognose.probes.loops.discovery import tasks_by_loop
from hognose.probes.loops.mishaps import Mishaps
from hognose.probes.loops.tasks import Census, coroutine_name

Runner = Callable[[], Any]
LOOPS = pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])


async def poll() -> None:
    await asyncio.sleep(3600)


async def send() -> None:
    await asyncio.sleep(3600)


async def fail() -> None:
    raise LookupError("no such order")


def referred(tasks: list[asyncio.Task[Any]]) -> list[weakref.ref[asyncio.Task[Any]]]:
    return [weakref.ref(task) for task in tasks]


@LOOPS
def test_tasks_are_grouped_by_coroutine_with_the_oldest_age(new_loop: Runner) -> None:
    """Age is told from the first census that saw the task on, and goes with the task."""
    census = Census()

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        old = [loop.create_task(poll()) for _ in range(3)]
        census.take({loop: referred(old)}, now=100.0)
        young = [loop.create_task(poll()), loop.create_task(send())]

        groups = census.take({loop: referred(old + young)}, now=130.0)[loop]
        later = census.take({loop: referred(young)}, now=160.0)[loop]

        name = f"{__name__}.poll"
        assert groups[0] == {"coroutine": name, "count": 4, "oldest_seconds": 30.0}
        assert groups[1] == {"coroutine": f"{__name__}.send", "count": 1, "oldest_seconds": 0.0}
        assert later[0] == {"coroutine": name, "count": 1, "oldest_seconds": 30.0}
        for task in old + young:
            task.cancel()
        await asyncio.gather(*old, *young, return_exceptions=True)

    run(new_loop, serve())


def test_only_ten_groups_are_told_and_a_bounded_number_of_ages_is_kept() -> None:
    """The most numerous ones; a task that is not followed counts as new."""
    census = Census()

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        namespace: dict[str, Any] = {"asyncio": asyncio, "__name__": "shop"}
        for number in range(12):
            exec(f"async def work{number}(): await asyncio.sleep(3600)", namespace)
        tasks = [
            loop.create_task(namespace[f"work{n}"]()) for n in range(12) for _ in range(200 + n)
        ]
        census.take({loop: referred(tasks)}, now=0.0)
        groups = census.take({loop: referred(tasks)}, now=60.0)[loop]

        assert [each["coroutine"] for each in groups] == [f"shop.work{11 - n}" for n in range(10)]
        assert {each["oldest_seconds"] for each in groups} == {60.0, 0.0}
        assert len(census._seen) == 2000
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    run(asyncio.new_event_loop, serve())


def test_no_task_is_kept_alive() -> None:
    """A census of tasks that are gone keeps nothing of them."""
    census = Census()

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        task = loop.create_task(asyncio.sleep(0))
        census.take({loop: referred([task])}, now=0.0)
        await task
        del task
        census.take({loop: []}, now=1.0)

    run(asyncio.new_event_loop, serve())

    assert census._seen == {}


@LOOPS
def test_no_task_is_held_when_another_thread_may_run(new_loop: Runner) -> None:
    """One that ends then dies on its loop's thread, where its exception handler is to run."""
    census, held = Census(), set()

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        task = loop.create_task(poll())
        await asyncio.sleep(0)
        untouched = sys.getrefcount(task)

        def look(*_: object) -> None:
            held.add(sys.getrefcount(task) - untouched)

        sys.setprofile(look)
        try:
            groups = census.take(tasks_by_loop(), now=0.0)[loop]
        finally:
            sys.setprofile(None)

        assert {each["coroutine"]: each["count"] for each in groups}[f"{__name__}.poll"] == 1
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    run(new_loop, serve())

    assert held == {0}


def test_a_name_is_legible_and_of_bounded_length() -> None:
    """Whoever names a coroutine cannot break a line or a sample."""

    async def work() -> None: ...

    coroutine: Any = work()
    coroutine.__qualname__ = "x\n" + "y" * 500
    name = coroutine_name(coroutine)
    coroutine.close()

    assert len(name) == 128
    assert name.isprintable()


@LOOPS
def test_an_unread_exception_is_reported_with_its_coroutine_and_line(
    new_loop: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    """The service's log says it as before."""
    reported: list[tuple[str, str, BaseException | None]] = []

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        mishaps.append(Mishaps(loop, lambda *told: reported.append(told)))
        loop.create_task(fail())  # noqa: RUF006 - that is the mishap
        while asyncio.all_tasks(loop) != {asyncio.current_task()}:
            await asyncio.sleep(0)
        gc.collect()

    mishaps: list[Mishaps] = []
    run(new_loop, serve())

    ((name, site, exception),) = reported
    line = fail.__code__.co_firstlineno + 1
    assert (name, site) == ("asyncio/unread_exception", f"{__name__}.fail at {__file__}:{line}")
    assert isinstance(exception, LookupError)
    assert "Task exception was never retrieved" in caplog.text


@LOOPS
def test_a_task_destroyed_while_pending_is_reported_after_its_loop_has_ended(
    new_loop: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    """With the line at which it begins: the collector has ended its coroutine before."""
    reported: list[tuple[str, str, BaseException | None]] = []
    loop = new_loop()
    mishaps = Mishaps(loop, lambda *told: reported.append(told))
    caplog.set_level(logging.ERROR, "asyncio")

    async def wait() -> None:
        await loop.create_future()

    task = loop.create_task(wait())
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    del task
    gc.collect()

    name = f"{__name__}.test_a_task_destroyed_while_pending_is_reported_after_its_loop_has_ended"
    line = wait.__code__.co_firstlineno
    assert reported == [
        ("asyncio/destroyed_pending", f"{name}.<locals>.wait at {__file__}:{line}", None)
    ]
    assert "Task was destroyed but it is pending" in caplog.text
    mishaps.close()


@LOOPS
def test_the_services_own_handler_goes_on_as_before(new_loop: Runner) -> None:
    """Set before or after, it gets the context, and asking for it answers it."""
    handled: list[str] = []
    reported: list[str] = []
    loop = new_loop()
    mishaps = Mishaps(loop, lambda name, *_: reported.append(name))

    def handler(_: object, context: dict[str, Any]) -> None:
        handled.append(context["message"])

    loop.set_exception_handler(handler)
    loop.call_exception_handler({"message": "odd"})
    loop.call_exception_handler({"message": "broken", "exception": ValueError()})
    assert loop.get_exception_handler() is handler
    mishaps.close()
    loop.call_exception_handler({"message": "later", "exception": ValueError()})
    loop.close()

    assert handled == ["odd", "broken", "later"]
    assert reported == [""]
    assert "call_exception_handler" not in vars(loop)


def test_a_report_that_fails_is_the_last(caplog: pytest.LogCaptureFixture) -> None:
    """And the service's handling is not touched by it."""
    asked: list[int] = []

    def report(*_: object) -> None:
        asked.append(1)
        raise OSError("broken")

    loop = asyncio.new_event_loop()
    mishaps = Mishaps(loop, report)
    for _ in range(2):
        loop.call_exception_handler({"message": "odd", "exception": ValueError()})
    mishaps.close()
    loop.close()

    assert len(asked) == 1
    assert caplog.text.count("odd") == 2


def run(new_loop: Runner, coroutine: Any) -> None:
    loop = new_loop()
    try:
        loop.run_until_complete(coroutine)
    finally:
        loop.close()
