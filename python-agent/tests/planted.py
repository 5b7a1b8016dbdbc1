"""Modules that are really modules, in a process that is read once a minute."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from types import ModuleType
from typing import Any

from hognose._happenings import Retention
from hognose.probes.retention import Containers


def module(source: str, name: str = "shop") -> Any:
    made = ModuleType(name)
    made.__file__ = f"/srv/{name}.py"
    exec(textwrap.dedent(source), vars(made))
    return made


class Process:
    """Containers of some modules, read once a minute."""

    def __init__(self, *modules: ModuleType, is_sharing: bool = False) -> None:
        self.modules = {each.__name__: each for each in modules}
        self.now = 0.0
        self.search_costs = 0.0
        self.cpu = 0.0
        self.containers = Containers(
            modules=lambda: self.modules,
            clock=lambda: self.now,
            cpu_clock=self.cpu_clock,
            is_sharing=lambda: is_sharing,
        )

    def cpu_clock(self) -> float:
        self.cpu += self.search_costs
        return self.cpu

    def minutes(self, count: int, each: Callable[[int], object] = abs) -> list[Retention]:
        """What is told in so many minutes; `each` is called before each reading."""
        told: list[Retention] = []
        for n in range(count):
            each(n)
            assert self.containers.read() == {}
            told += self.containers.take()
            self.now += 60.0
        return told


def growing(told: list[Retention]) -> list[Retention]:
    """Without the caches that are told for having no limit."""
    return [each for each in told if each["growth_per_hour"] > 0]
