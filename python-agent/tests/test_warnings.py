"""Warnings by category and line, with the service's filters as before."""

from __future__ import annotations

import gc
import pickle
import warnings
from collections.abc import Iterator

import pytest

from hognose._counters import Counters
from hognose.probes.warnings import Warnings


@pytest.fixture
def probe() -> Iterator[tuple[Counters, Warnings]]:
    counters = Counters()
    with warnings.catch_warnings():
        warnings.resetwarnings()
        listening = Warnings(counters)
        listening.listen()
        yield counters, listening
        listening.read()
        listening.release()


Probe = tuple[Counters, Warnings]


def told(counters: Counters) -> dict[tuple[str, str], int]:
    return {(each["name"], each["site"]): each["total"] for each in counters.read()}


def leak() -> None:
    open(__file__)  # noqa: SIM115 - never closed: that is the warning


LEAK_SITE = f"{__file__}:{leak.__code__.co_firstlineno + 1} in leak"


def test_what_filters_ignore_is_counted_each_time(probe: Probe) -> None:
    """Unclosed files, at the line that dropped them; their names are not told."""
    warnings.simplefilter("ignore")
    probe[1].read()
    for _ in range(3):
        leak()

    assert told(probe[0]) == {("warning/ResourceWarning", LEAK_SITE): 3}
    (event,) = probe[0].take()
    assert event["python_warning"]["message"] == "unclosed file <_io.TextIOWrapper>"


def test_the_filters_decide_as_before(probe: Probe) -> None:
    """What is an error is raised, what is shown is shown, once a line where that is the rule."""
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("default")
        warnings.simplefilter("error", DeprecationWarning)
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        probe[1].read()
        for _ in range(2):
            warnings.warn("old", stacklevel=1)
        warnings.warn("soon", PendingDeprecationWarning, stacklevel=1)
        with pytest.raises(DeprecationWarning):
            warnings.warn("older", DeprecationWarning, stacklevel=1)

    assert [str(each.message) for each in shown] == ["old"]
    assert {name: total for (name, _), total in told(probe[0]).items()} == {
        "warning/UserWarning": 1,
        "warning/PendingDeprecationWarning": 1,
        "warning/DeprecationWarning": 1,
    }


def test_the_entry_is_put_back_in_front(probe: Probe) -> None:
    """`resetwarnings` and `simplefilter` are not undone by it."""
    warnings.resetwarnings()
    warnings.simplefilter("ignore", UserWarning)
    probe[1].read()
    probe[1].read()
    kept = [each[0] for each in warnings.filters]
    probe[1].release()

    assert kept == ["default", "ignore"]
    assert [each[0] for each in warnings.filters] == ["ignore"]


def test_never_awaited_coroutines_are_counted_each_time(probe: Probe) -> None:
    """The warning is about the service's line, as it would be without the agent."""

    async def poll() -> None: ...

    def forget() -> None:
        for _ in range(3):
            poll()  # type: ignore[unused-coroutine]
        gc.collect()

    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        probe[1].read()
        forget()

    qualified = f"{__name__}.{poll.__qualname__}"
    site = f"{qualified} at {__file__}:{poll.__code__.co_firstlineno}"
    assert told(probe[0]) == {("asyncio/never_awaited", site): 3}
    assert {each.filename for each in shown} == {__file__}
    assert {each.lineno for each in shown} == {forget.__code__.co_firstlineno + 2}
    assert "was never awaited" in str(shown[0].message)


def test_filters_can_be_sent_to_another_process(probe: Probe) -> None:
    """As joblib does."""
    probe[1].read()

    sent = pickle.loads(pickle.dumps(warnings.filters))

    assert list(sent) == list(warnings.filters)


def test_everything_is_given_back() -> None:
    """Filters and hook are those of before."""
    filters, hook = list(warnings.filters), vars(warnings)["_warn_unawaited_coroutine"]
    probe = Warnings(Counters())
    probe.listen()
    probe.release()

    assert list(warnings.filters) == filters
    assert vars(warnings)["_warn_unawaited_coroutine"] is hook
