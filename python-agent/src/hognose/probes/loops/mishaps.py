"""
What asyncio complains about: exceptions of tasks that nobody read, tasks destroyed while pending.

A loop is told of them through its `call_exception_handler`, which is taken over on the loop itself:
its handler may be replaced at any time, and the logger `asyncio` may be switched off. What the
service does about them is not changed. Cost: nothing until something happens.
This module imports asyncio, so it is itself imported only once the service has done so.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from hognose._frames import Own, absolute, culprit, raised
from hognose.probes.loops.tasks import coroutine_line, coroutine_name

# A mishap by name and site, and the exception that came with it.
Report = Callable[[str, str, BaseException | None], None]

_ATTRIBUTE = "call_exception_handler"

# How asyncio words them, in every version and in uvloop.
_KINDS = (
    ("exception was never retrieved", "asyncio/unread_exception"),
    ("was destroyed but it is pending", "asyncio/destroyed_pending"),
)


class Mishaps:
    """Listens on one loop until `close`."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, report: Report, own: Callable[[], Own] = frozenset
    ) -> None:
        self._loop = weakref.ref(loop)
        self._report = report
        self._own = own
        self._is_open = True
        # Somebody else may have done the same before.
        self._before = getattr(loop, "__dict__", {}).get(_ATTRIBUTE)
        # A class without room for attributes cannot be listened to.
        with suppress(AttributeError):
            setattr(loop, _ATTRIBUTE, self._on_context)

    def close(self) -> None:
        """Give back what was taken over, unless somebody has taken it over since."""
        self._is_open = False
        loop = self._loop()
        if loop is None or getattr(loop, "__dict__", {}).get(_ATTRIBUTE) != self._on_context:
            return
        if self._before is None:
            delattr(loop, _ATTRIBUTE)
        else:
            setattr(loop, _ATTRIBUTE, self._before)

    def _on_context(self, context: dict[str, Any]) -> None:
        # In the middle of a deallocation, perhaps: what is reported takes no lock.
        if self._is_open:
            self._tell(context)
        loop = self._loop()
        if self._before is not None:
            self._before(context)
        elif loop is not None:
            type(loop).call_exception_handler(loop, context)

    def _tell(self, context: Mapping[str, Any]) -> None:
        try:
            message = str(context.get("message", ""))
            exception = context.get("exception")
            name = next((name for words, name in _KINDS if words in message), "")
            if name or isinstance(exception, BaseException):
                self._report(name, site_of(context, self._own), exception)
        except Exception:  # noqa: BLE001 - the service's own handling goes first
            self._is_open = False


def site_of(context: Mapping[str, Any], own: Callable[[], Own] = frozenset) -> str:
    """
    The coroutine that it is about and, where known, a line.

    That is the service's own innermost line of the exception, else the line at which a task waited;
    of a coroutine that has ended meanwhile, the line at which it begins.
    """
    task = context.get("task") or context.get("future")
    if not isinstance(task, asyncio.Task):
        return ""
    coroutine = task.get_coro()
    name = coroutine_name(coroutine)
    exception = context.get("exception")
    if exception is None:
        place = coroutine_line(coroutine)
    else:
        at = culprit(raised(exception.__traceback__), own())
        place = (at.file, at.line) if at else None
    return f"{name} at {absolute(place[0])}:{place[1]}" if place else name
