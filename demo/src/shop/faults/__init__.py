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
    busy_thread,
    cache_without_size,
    collecting,
    cpu_handler,
    cpu_in_pool,
    deprecation_warnings,
    destroyed_pending,
    endless_registry,
    exception_surge,
    growing_list,
    keeping_closure,
    leaked_children,
    leaked_tasks,
    leaked_threads,
    never_awaited,
    pooled_cpu,
    reference_cycles,
    resource_warnings,
    shared_default,
    slow_tasks,
    unclosed_files,
    unexpected_error,
    unread_exceptions,
)

#: Illnesses that a module each has with its twin.
_PAIRS = (
    busy_thread,
    cpu_in_pool,
    collecting,
    reference_cycles,
    leaked_tasks,
    slow_tasks,
    unread_exceptions,
    never_awaited,
    destroyed_pending,
    leaked_threads,
    leaked_children,
    unclosed_files,
    cache_without_size,
    shared_default,
    endless_registry,
    keeping_closure,
    exception_surge,
    unexpected_error,
    resource_warnings,
    deprecation_warnings,
)

FAULTS: tuple[Fault, ...] = (
    growing_list.FAULT,
    blocking_sleep.FAULT,
    blocking_http.FAULT,
    cpu_handler.FAULT,
    *(each.FAULT for each in _PAIRS),
)
TWINS: tuple[Twin, ...] = (
    bounded_cache.TWIN,
    awaited_sleep.TWIN,
    awaited_http.TWIN,
    pooled_cpu.TWIN,
    *(each.TWIN for each in _PAIRS),
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
