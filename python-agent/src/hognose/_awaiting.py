"""Modules of others that are there only after the interpreter has started."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from types import ModuleType


class Awaiting:
    """
    Looks at each import whether a module is there and has `attribute`, and finds none itself.

    It stays in its place without doing anything: who takes a finder away during an import makes
    Python leave out the next one.
    """

    def __init__(self, name: str, attribute: str, arrived: Callable[[ModuleType], None]) -> None:
        """`arrived` is called once, on the thread of the import."""
        self._name = name
        self._attribute = attribute
        self._arrived: Callable[[ModuleType], None] | None = arrived

    def find_spec(
        self,
        name: str,  # noqa: ARG002
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> None:
        arrived, module = self._arrived, sys.modules.get(self._name)
        if arrived is not None and module is not None and hasattr(module, self._attribute):
            # First: what it does may import, and so come here again.
            self._arrived = None
            arrived(module)


def when_imported(name: str, attribute: str, arrived: Callable[[ModuleType], None]) -> None:
    """Call `arrived` with the module when it has come so far that it has the attribute."""
    sys.meta_path.insert(0, Awaiting(name, attribute, arrived))
