"""Every fault, each with its clean twin: a module each."""

from collections.abc import Iterable
from difflib import get_close_matches

from shop.fault import Fault, Twin
from shop.faults import (
    awaited_http,
    awaited_sleep,
    blocking_http,
    blocking_sleep,
    bounded_cache,
    cpu_handler,
    growing_list,
    pooled_cpu,
)

FAULTS: tuple[Fault, ...] = (
    growing_list.FAULT,
    blocking_sleep.FAULT,
    blocking_http.FAULT,
    cpu_handler.FAULT,
)
TWINS: tuple[Twin, ...] = (
    bounded_cache.TWIN,
    awaited_sleep.TWIN,
    awaited_http.TWIN,
    pooled_cpu.TWIN,
)
ALL: tuple[Fault | Twin, ...] = (*FAULTS, *TWINS)


class UnknownFault(LookupError):
    """Nothing has this name; says which names are near, or else all."""

    def __init__(self, name: str) -> None:
        names = [each.name for each in ALL]
        near = get_close_matches(name, names, n=3) or names
        super().__init__(f"fault {name!r}: unknown, expected {_either(near)}")


def _either(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last
