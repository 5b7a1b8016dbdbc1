"""
Exceptions that the service handles itself, from CPython 3.12 on: caught, and perhaps never told.

The interpreter tells of each; some at the beginning of every beat are looked at, then it is asked
to be silent until the next, so that a service that lives on exceptions pays for 2000 of them.
One that passes several handlers counts at each; `finally` and `with` are handlers, too.
Cost: 3 µs an exception that is looked at, nothing while it is silent and on older versions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType
from typing import Any

_MONITORING: Any = getattr(sys, "monitoring", None)

# Exceptions that are looked at between two readings.
_LOOKED_AT = 2000

# Identifiers that no kind of tool has for itself.
_TOOLS = (3, 4)

# These are how loops and generators end.
_ENDINGS = (StopIteration, StopAsyncIteration, GeneratorExit, SystemExit, KeyboardInterrupt)


class Handled:
    """Listens from `listen` to `release`; `count` is called on the service's threads."""

    def __init__(
        self,
        count: Callable[[BaseException], None],
        monitoring: Any = _MONITORING,
    ) -> None:
        self._count = count
        self._monitoring = monitoring
        self._tool: int | None = None
        self._left = 0

    def listen(self) -> None:
        """Does nothing where the interpreter cannot tell, or other tools have all identifiers."""
        if self._monitoring is None:
            return
        free = (each for each in _TOOLS if self._monitoring.get_tool(each) is None)
        self._tool = next(free, None)
        if self._tool is None:
            return
        self._monitoring.use_tool_id(self._tool, "hognose")
        event = self._monitoring.events.EXCEPTION_HANDLED
        self._monitoring.register_callback(self._tool, event, self._on_handled)
        self.look_again()

    def look_again(self) -> None:
        """At every beat."""
        if self._tool is not None:
            if self._left <= 0:
                self._listen_to(self._monitoring.events.EXCEPTION_HANDLED)
            self._left = _LOOKED_AT

    def release(self) -> None:
        if self._tool is not None:
            event = self._monitoring.events.EXCEPTION_HANDLED
            self._listen_to(0)
            self._monitoring.register_callback(self._tool, event, None)
            self._monitoring.free_tool_id(self._tool)
            self._tool = None

    def _listen_to(self, events: int) -> None:
        self._monitoring.set_events(self._tool, events)

    def _on_handled(self, code: CodeType, offset: int, exception: BaseException) -> None:  # noqa: ARG002
        self._left -= 1
        if self._left == 0:
            self._listen_to(0)
        if not isinstance(exception, _ENDINGS):
            # Takes care of what goes wrong itself: an error here would be the service's.
            self._count(exception)
