"""
The standard library's `resource`, which a service may well have a module of its own called.

Loaded beside it, from where the standard library lies: what the agent imports by such a name could
be the service's module, executed on the agent's thread, and would be what the service gets when it
imports its own.
"""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.machinery import BuiltinImporter, PathFinder
from importlib.util import module_from_spec
from os import path
from typing import Any


@cache
def own_copy(name: str) -> Any:
    """The standard library's module, unknown to `sys.modules`; None where it has none."""
    folder = sysconfig.get_path("stdlib")
    folders = [folder, path.join(folder, "lib-dynload")]
    spec = BuiltinImporter.find_spec(name) or PathFinder.find_spec(name, folders)
    if spec is None or spec.loader is None:
        return None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def lent(names: Iterable[str]) -> Iterator[None]:
    """For as long as it takes, who imports one of them gets that copy, if there is no other."""
    wanted = {name: own_copy(name) for name in names if name not in sys.modules}
    copies = {name: copy for name, copy in wanted.items() if copy is not None}
    sys.modules.update(copies)
    try:
        yield
    finally:
        for name, copy in copies.items():
            if sys.modules.get(name) is copy:
                del sys.modules[name]
