from __future__ import annotations

import gc

import pytest

from hognose.probes.collector import Collector


def test_a_collection_is_counted_with_its_pause() -> None:
    """While the probe is entered, and no longer."""
    times = iter([10.0, 10.004, 20.0, 20.5])
    with Collector(clock=lambda: next(times)) as collector:
        gc.collect()
        gc.collect()
    gc.collect()

    figures = collector.read()["gc"]
    assert figures["pause_seconds"]["sum_seconds"] == pytest.approx(0.504)
    assert sum(figures["pause_seconds"]["counts"]) == 2
    assert figures["generation"][2]["pause_seconds"] == figures["pause_seconds"]
    assert len(figures["generation"]) == 3
    assert figures["generation"][2]["collections_total"] >= 3
    assert collector.paused_seconds() == pytest.approx(0.504)


def test_pauses_are_told_apart_by_generation() -> None:
    """Of all together, and of each but the youngest, whose pauses are the rest."""
    times = iter([1.0, 1.0004, 2.0, 2.002, 3.0, 3.03, 4.0, 4.00005])
    collector = Collector(clock=lambda: next(times))
    for generation in (0, 1, 2, 0):
        collector._on_collection("start", {"generation": generation})
        collector._on_collection("stop", {"generation": generation})

    figures = collector.read()["gc"]
    youngest, middle, oldest = figures["generation"]
    assert "pause_seconds" not in youngest
    assert middle["pause_seconds"]["counts"] == [0, 0, 0, 1]
    assert oldest["pause_seconds"]["counts"] == [0, 0, 0, 0, 0, 0, 0, 1]
    assert figures["pause_seconds"]["counts"] == [1, 1, 0, 1, 0, 0, 0, 1]
    assert figures["pause_seconds"]["sum_seconds"] == pytest.approx(0.03245)


def test_the_collectors_callback_starts_no_collection() -> None:
    """It runs in the middle of allocations, and creates nothing that is counted as one."""
    collector = Collector()
    callback = collector._on_collection
    info = {"generation": 0}
    threshold = gc.get_threshold()
    gc.collect()
    # From here on nearly every tracked object starts a collection.
    gc.set_threshold(1)
    try:
        before = gc.get_stats()[0]["collections"]
        for _ in range(1000):
            callback("start", info)
            callback("stop", info)
        after = gc.get_stats()[0]["collections"]
    finally:
        gc.set_threshold(*threshold)

    assert after - before < 10
