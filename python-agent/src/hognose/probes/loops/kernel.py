"""
Calls into the kernel that keep the GIL: each takes about a microsecond.

Python's own let go of it, and a loop's thread that does may wait 5 ms to have it back.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

_LONGEST_LINE = 64

_MONOTONIC = 1
_NONBLOCK = 0o4000
_CLOEXEC = 0o2000000


class _TimerSpec(ctypes.Structure):
    """`struct itimerspec`."""

    _fields_ = (
        ("interval_seconds", ctypes.c_long),
        ("interval_nanoseconds", ctypes.c_long),
        ("seconds", ctypes.c_long),
        ("nanoseconds", ctypes.c_long),
    )


@cache
def _library() -> Any:
    """The C library where it has timers that can be waited for as files; None elsewhere."""
    if sys.platform != "linux":
        return None
    try:
        library = ctypes.PyDLL(None)
        library.timerfd_settime.argtypes = [ctypes.c_int, ctypes.c_int, *[ctypes.c_void_p] * 2]
        library.timerfd_gettime.argtypes = [ctypes.c_int, ctypes.c_void_p]
        library.pread.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_long]
        library.pread.restype = ctypes.c_ssize_t
    except (AttributeError, OSError):
        return None
    return library


class Timer:
    """A timer of the kernel, as a descriptor that becomes readable when it has run down."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._spec = _TimerSpec()
        self._at = ctypes.addressof(self._spec)
        self._settime = _library().timerfd_settime

    def set(self, seconds: float) -> bool:
        """
        Have it run down in so many seconds, whatever it was set to; at 0 it stands.

        Answers whether it could be done: the service may have closed the descriptor.
        """
        whole = int(seconds)
        self._spec.seconds = whole
        self._spec.nanoseconds = int((seconds - whole) * 1e9)
        return bool(self._settime(self.descriptor, 0, self._at, None) == 0)

    def is_ours(self) -> bool:
        """Whether the descriptor is still a timer: its number may have become something else's."""
        return bool(_library().timerfd_gettime(self.descriptor, self._at) == 0)


def new_timer() -> Timer | None:
    """A timer that stands; None where there are none, or no descriptor is left."""
    library = _library()
    if library is None:
        return None
    descriptor = library.timerfd_create(_MONOTONIC, _NONBLOCK | _CLOEXEC)
    return Timer(descriptor) if descriptor >= 0 else None


class Line:
    """What a small file of the kernel says at the moment, as `os.pread` would tell it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._buffer = ctypes.create_string_buffer(_LONGEST_LINE)
        self._at = ctypes.addressof(self._buffer)
        self._pread = _library().pread

    def read(self) -> bytes:
        """Empty when it cannot be read."""
        length = self._pread(self._descriptor, self._at, _LONGEST_LINE, 0)
        return self._buffer.raw[:length] if length > 0 else b""
