"""Who may import whom, executable."""

import ast
import sys
from pathlib import Path

import pytest

import shop

FILES = sorted(Path(shop.__file__).parent.rglob("*.py"))


def _imported(file: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in it."""
    tree = ast.walk(ast.parse(file.read_text()))
    names: set[str] = set()
    for node in tree:
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_shop_knows_no_agent(file: Path) -> None:
    """
    It is watched as any service is: from outside.
    """
    assert "hognose" not in _imported(file)


def test_warehouse_needs_nothing_installed() -> None:
    """
    It runs without site packages.
    """
    (warehouse,) = [file for file in FILES if file.stem == "warehouse"]

    assert _imported(warehouse) <= sys.stdlib_module_names
