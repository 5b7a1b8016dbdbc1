from __future__ import annotations

import re

import pytest
from contract import PROTO

from hognose._histogram import BOUNDS, Seconds


def test_the_bounds_are_those_of_the_contract() -> None:
    """The comment above `Histogram` and the constant say the same numbers."""
    text = (PROTO / "hognose/v1/telemetry.proto").read_text("utf-8")
    comment = text[: text.index("message Histogram")].rsplit("\n\n", 1)[1]
    numbers = re.findall(r"^//   ([\d. ]+)$", comment, re.MULTILINE)

    assert tuple(float(number) for number in " ".join(numbers).split()) == BOUNDS


@pytest.mark.parametrize(
    ("seconds", "counts"),
    [
        (0.0, [1]),
        (0.0001, [1]),
        (0.00011, [0, 1]),
        (10, [0] * 14 + [1]),
        (10.1, [0] * 15 + [1]),
    ],
)
def test_a_bound_belongs_to_the_bucket_below_it(seconds: float, counts: list[int]) -> None:
    """Bucket i takes what is at most bound i; one more takes what is above the last."""
    histogram = Seconds()

    histogram.add(seconds)

    assert histogram.told() == {"counts": counts, "sum_seconds": seconds}


def test_nothing_observed_is_told_as_no_counts() -> None:
    """Trailing zeros are left out, all of them if need be."""
    assert Seconds().told() == {"counts": [], "sum_seconds": 0.0}
