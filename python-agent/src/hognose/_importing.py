"""
Imports of packages that the service may be importing at this moment, too.

`import a.b` locks the name `a.b` and then `a`; `import a` locks `a` and then what its `__init__`
imports. Two threads of which each does one of them would wait for each other; CPython notices and
gives one of them half a module or a `_DeadlockError` (its issue 83065). That one may be the
service's, which then does not start.
"""

from __future__ import annotations

import _imp
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from hognose._stdlib import lent

# The locks of modules have no public name; a CPython that calls them otherwise does without.
_BOOTSTRAP: Any = sys.modules.get("_frozen_importlib")
_HAS_LOCKS = hasattr(_BOOTSTRAP, "_module_locks") and hasattr(_BOOTSTRAP, "_get_module_lock")

# How long somebody else's import of the same may take before ours begins beside it, in seconds.
_PATIENCE = 10.0

# How often it is asked whether that has ended.
_LOOK = 0.01


def import_alone(
    package: str,
    *needed: str,
    lend: Sequence[str] = (),
    patience: float = _PATIENCE,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """
    Import the package; others that want it, or what is `needed` for it, wait until it is there.

    While another thread imports one of them it is waited for, for at most `patience` seconds.
    What is in `lend` is the standard library's meanwhile, and afterwards whose it was before.
    """
    locks = _take((package, *needed))
    until = time.monotonic() + patience
    while locks is None and time.monotonic() < until:
        sleep(_LOOK)
        locks = _take((package, *needed))
    try:
        with lent(lend):
            import_module(package)
    finally:
        for lock in locks or ():
            lock.release()


def _take(packages: tuple[str, ...]) -> list[Any] | None:
    """Locks of what is not imported yet; nothing while another thread has, or waits for, one."""
    if not _HAS_LOCKS:
        return []
    wanted = [name for package in packages for name in _names(package)]
    # While this is held nobody comes to a module's lock; who is about to take one can be seen.
    _imp.acquire_lock()
    try:
        if any(name in _BOOTSTRAP._module_locks for name in wanted):
            return None
        locks = [_BOOTSTRAP._get_module_lock(name) for name in wanted]
        for lock in locks:
            lock.acquire()
        return locks
    finally:
        _imp.release_lock()


def _names(package: str) -> list[str]:
    """A package and the modules in it; none when it is there, as then nobody waits for it."""
    if package in sys.modules and not _is_half_imported(package):
        return []
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec is not None else None
    return [
        package,
        *(f"{package}.{name}" for folder in folders or () for name in _modules(folder)),
    ]


def _modules(folder: str) -> set[str]:
    try:
        return {entry.partition(".")[0] for entry in os.listdir(folder)}
    except OSError:
        # Within an archive: the package's own lock has to do.
        return set()


def _is_half_imported(name: str) -> bool:
    return bool(getattr(getattr(sys.modules.get(name), "__spec__", None), "_initializing", False))
