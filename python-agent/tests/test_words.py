from __future__ import annotations

import pytest

from hognose import _figures, _happenings
from hognose._figures import Figures
from hognose._identity import Process
from hognose._schema import MESSAGES

WORDS = {**vars(_figures), **vars(_happenings), "Process": Process}


@pytest.mark.parametrize("name", [name for name in WORDS if name in MESSAGES])
def test_figures_and_happenings_are_named_as_in_the_contract(name: str) -> None:
    """A probe's words are the proto's fields."""
    assert set(WORDS[name].__annotations__) <= set(MESSAGES[name])


def test_a_part_of_a_sample_is_named_as_in_the_contract() -> None:
    """What probes read are fields of `Sample`, what is said are kinds of `Event`."""
    parts = ("Sample", "Memory", "Container", "Kernel")
    assert set(Figures.__annotations__) <= {name for part in parts for name in MESSAGES[part]}
    assert set(_happenings.Happening.__annotations__) <= set(MESSAGES["Event"])
    assert set(_happenings.Site.__annotations__) == set(MESSAGES["AllocationGrowth.Site"])
    assert set(_happenings.Package.__annotations__) == set(MESSAGES["Started.Package"])
