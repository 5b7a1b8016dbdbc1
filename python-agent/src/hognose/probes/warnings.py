"""
Warnings by category and by the service's own line that they came through.

Python ignores most warnings before anybody can see them: unclosed resources and deprecations among
them. So the question is put where it decides: an entry in front of `warnings.filters` is asked
about every warning, and never matches. What the service's filters decide, and what is shown, is as
before. What has been shown once for its line is not asked about again: its count is the number of
times that the filters were asked. Cost: 3 µs a warning.

Coroutines that were never awaited are counted by a hook that the interpreter calls for each.
"""

from __future__ import annotations

import re
import sys
import threading
import warnings
from collections.abc import Callable
from types import FunctionType, SimpleNamespace
from typing import Any

from hognose._counters import Counters
from hognose._figures import Figures
from hognose._frames import Own, absolute, calling, site, told
from hognose._happenings import Happening

# What an object is like is a value of the service's: only its type is told.
_OBJECT = re.compile(r"<([\w.]+)[^>]*>?")
_LONGEST = 200

_NEVER_AWAITED = "was never awaited"
_UNAWAITED_HOOK = "_warn_unawaited_coroutine"

_Seen = Callable[[str, type[Warning]], None]


class _Asked(type):
    """Classes that are asked whether a category is theirs, and never say so."""

    seen: _Seen | None = None

    def __subclasscheck__(cls, category: type) -> bool:
        if cls.seen is not None:
            cls.seen(_text.text, category)
        return False


class _Nothing(Warning, metaclass=_Asked):
    """The category of an entry that matches nothing."""


class _Text(threading.local):
    """
    The text that the thread's warning has, which is asked about before its category.

    As a pattern it matches everything.
    """

    text = ""

    def match(self, text: str) -> bool:
        self.text = text
        return True

    def __reduce__(self) -> str:
        # joblib and others send their filters to other processes.
        return "_text"


_text = _Text()


class Warnings:
    """Listens from `listen` to `release`."""

    def __init__(self, counters: Counters, own: Callable[[], Own] = frozenset) -> None:
        self._counters = counters
        self._find_own = own
        self._own: Own = frozenset()
        self._failure: Exception | None = None
        self._entry: tuple[Any, ...] = ("default", _text, _Nothing, None, 0)
        self._unawaited: Any = None
        self._unawaited_before: Any = None

    def listen(self) -> None:
        self._own = self._find_own()
        _Nothing.seen = self._seen
        self._stand_in_front()
        self._hook_unawaited()

    def release(self) -> None:
        _Nothing.seen = None
        # As one step: other threads may be going through the list.
        filters: Any = warnings.filters
        filters[:] = [each for each in filters if each[2] is not _Nothing]
        if self._unawaited is not None and _hook() is self._unawaited:
            setattr(warnings, _UNAWAITED_HOOK, self._unawaited_before)
        self._unawaited = None

    def read(self) -> Figures:
        """Says nothing itself. Raises what went wrong while a warning was counted."""
        if self._failure is not None:
            raise self._failure
        self._own = self._find_own()
        self._stand_in_front()
        return {}

    def _stand_in_front(self) -> None:
        """Later filters go to the front of the list, and `resetwarnings` empties it."""
        filters: Any = warnings.filters
        if not filters or filters[0] is not self._entry:
            filters[:] = [self._entry, *(each for each in filters if each[2] is not _Nothing)]

    def _seen(self, text: str, category: type[Warning]) -> None:
        try:
            if self._unawaited is None or not text.endswith(_NEVER_AWAITED):
                self._count(text, category)
        except Exception as failure:  # noqa: BLE001 - a warning must not become an error of ours
            _Nothing.seen = None
            self._failure = failure

    def _count(self, text: str, category: type[Warning]) -> None:
        # Three frames up: past this, `_seen` and the question itself.
        place = calling(sys._getframe(3), self._own)
        name = category.__qualname__
        if category.__module__ != "builtins":
            name = f"{category.__module__}.{name}"

        def news() -> Happening:
            where = told(place) if place else None
            message = _OBJECT.sub(r"<\1>", text)[:_LONGEST]
            return {
                "python_warning": {"category": name, "message": message, "site": where, "count": 1}
            }

        self._counters.add(f"warning/{name}", site(place) if place else "", news)

    def _hook_unawaited(self) -> None:
        """
        Count what the interpreter says of a coroutine, where its warning is made.

        The standard library's function is taken with another `warn`, rather than called: it warns
        about its caller, which must not become this module. It finds `warn` in a module `_wm` from
        CPython 3.14 on; where it finds it in yet another way, these warnings are seen like all
        others: once for each line.
        """
        before = _hook()
        if not isinstance(before, FunctionType):
            return
        used = before.__code__.co_names
        if "warn" not in used:
            return
        place = SimpleNamespace(warn=self._warn_unawaited)
        ours = {"_wm": place} if "_wm" in used else vars(place)
        names = {**before.__globals__, **ours}
        self._unawaited_before = before
        self._unawaited = FunctionType(before.__code__, names, before.__name__)
        setattr(warnings, _UNAWAITED_HOOK, self._unawaited)

    def _warn_unawaited(
        self,
        message: str,
        category: type[Warning] = RuntimeWarning,
        stacklevel: int = 1,
        source: Any = None,
    ) -> None:
        if _Nothing.seen is not None:
            self._counters.add("asyncio/never_awaited", _defined(source))
        warnings.warn(message, category, stacklevel + 1, source)


def _hook() -> Any:
    return getattr(warnings, _UNAWAITED_HOOK, None)


def _defined(coroutine: Any) -> str:
    """The coroutine function and where it is defined."""
    code = getattr(coroutine, "cr_code", None)
    name = getattr(coroutine, "__qualname__", type(coroutine).__qualname__)
    frame = getattr(coroutine, "cr_frame", None)
    module = frame.f_globals.get("__name__") if frame is not None else None
    name = f"{module}.{name}" if module else name
    return f"{name} at {absolute(code.co_filename)}:{code.co_firstlineno}" if code else name
