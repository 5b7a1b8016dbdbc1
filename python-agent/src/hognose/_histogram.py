"""Observations in seconds, counted in the contract's buckets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import zip_longest

from hognose._figures import Histogram

# Upper bounds, in seconds, of every histogram on the wire; one more bucket takes what is above.
BOUNDS = (
    0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
)  # fmt: skip


class Seconds:
    """
    A histogram that one thread writes and any may read.

    `add` takes no lock and creates nothing that the garbage collector tracks: it is called from
    within the collector's own callbacks.
    """

    __slots__ = ("_counts", "sum")

    def __init__(self) -> None:
        self._counts = [0] * (len(BOUNDS) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        self._counts[bisect_left(BOUNDS, seconds)] += 1
        self.sum += seconds

    def told(self) -> Histogram:
        """As the contract has it: trailing zeros left out."""
        counts = list(self._counts)
        while counts and counts[-1] == 0:
            counts.pop()
        return {"counts": counts, "sum_seconds": self.sum}


def together(histograms: Iterable[Histogram]) -> Histogram:
    """All that they have counted."""
    told = list(histograms)
    return {
        "counts": [
            sum(each) for each in zip_longest(*(one["counts"] for one in told), fillvalue=0)
        ],
        "sum_seconds": sum(one["sum_seconds"] for one in told),
    }
