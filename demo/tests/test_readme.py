"""What the README lists is what there is."""

import re
from pathlib import Path

from shop.faults import FAULTS, TWINS
from shop.plan import plan
from shop.switchboard import Switchboard

README = (Path(__file__).parents[1] / "README.md").read_text()


def _row(fault: str) -> list[str]:
    """The words in code type in the row of the table of faults."""
    (row,) = re.findall(rf"^\| `{fault}` \|.*$", README, re.MULTILINE)
    return re.findall(r"`([^`]+)`", row)


def test_table_has_every_fault_and_twin() -> None:
    """
    Names, paths, kinds and causes stand there as they are in the code.
    """
    for fault, twin in zip(FAULTS, TWINS, strict=True):
        words = _row(fault.name)
        expected = [fault.name, fault.path, fault.kind, fault.cause, twin.name, twin.path]
        assert [word for word in expected if word and word not in words] == []


def test_every_field_is_told() -> None:
    """
    No key of the plan or of the list of faults goes without a word.
    """
    told = plan()
    parts = [switch.as_json() for switch in Switchboard()]
    for part in told.values():
        assert isinstance(part, list)
        parts.extend(part)

    keys = set(told).union(*parts)
    assert {key for key in keys if f"`{key}`" not in README} == set()
