from __future__ import annotations

from typing import Any, cast

import pytest

from hognose._redaction import Redaction, import_roots, relative

ROOTS = ("/srv/", "/venv/lib/python3.11/site-packages/", "/venv/lib/")


def short(*patterns: str) -> Redaction:
    """With paths below those folders."""
    return Redaction(patterns, "short", lambda: ROOTS)


def frame(file: str, line: int = 7, function: str = "add") -> dict[str, Any]:
    return {"file": file, "line": line, "function": function}


GONE = frame("hidden", 0, "hidden")


@pytest.mark.parametrize(
    ("pattern", "is_hidden"),
    [
        ("/srv/billing/*", True),
        ("*/rates.py", True),
        ("billing/*", True),
        ("billing", True),
        ("billing.*", True),
        ("billing.rates", True),
        ("bill", False),
        ("billing.other", False),
        ("rates", False),
        ("/srv/shop/*", False),
    ],
)
def test_a_pattern_names_a_path_or_a_package(pattern: str, is_hidden: bool) -> None:
    """A package's name hides all that is in it, and nothing that only begins like it."""
    redaction = short(pattern)

    told = redaction.told({"culprit": frame("/srv/billing/rates.py")})

    assert told["culprit"] == (GONE if is_hidden else frame("billing/rates.py"))


def test_hidden_code_leaves_in_no_message() -> None:
    """Stacks, sites, counters, containers, coroutines, warnings and the command line."""
    redaction = short("billing")
    message = {
        "loop_block": {
            "culprit": frame("/srv/billing/rates.py"),
            "coroutine": "billing.rates.load",
            "stacks": [{"frames": [frame("/srv/shop/a.py"), frame("/srv/billing/rates.py")], "count": 2}],
        },
        "retention": {"name": "billing.rates.TABLE", "entries": 5, "entry_types": "str -> billing.Rate"},
        "counters": [
            {"name": "exception/billing.RateError", "site": "/srv/shop/a.py:9 in pay", "total": 2},
            {"name": "exception/KeyError", "site": "/srv/billing/rates.py:9 in load", "total": 3},
            {"name": "exception/KeyError", "site": "/srv/billing/rates.py:11 in load", "total": 4},
            {"name": "asyncio/unread_exception", "site": "billing.rates.load at /srv/x.py:1", "total": 1},
        ],
        "loops": [
            {
                "name": "MainThread",
                "tasks_by_coroutine": [
                    {"coroutine": "billing.a", "count": 2, "oldest_seconds": 5.0},
                    {"coroutine": "billing.b", "count": 1, "oldest_seconds": 9.0},
                    {"coroutine": "shop.poll", "count": 1, "oldest_seconds": 1.0},
                ],
            }
        ],
        "python_warning": {
            "category": "DeprecationWarning",
            "message": "load() is old",
            "site": frame("/srv/billing/rates.py"),
            "count": 1,
        },
        "exception_count": {"type": "billing.rates.RateError", "count": 1},
        "started": {"command": "python /srv/billing/rates.py --port 80 billing.rates:app"},
        "thread_cpu": [{"name": "billing-1", "cpu_seconds_total": 1.0}],
    }  # fmt: skip

    told = redaction.told(message)

    del told["thread_cpu"]
    text = repr(told)
    assert "billing" not in text
    assert "rates" not in text
    assert "load" not in text
    assert told["counters"] == [
        {"name": "hidden", "site": "shop/a.py:9 in pay", "total": 2},
        {"name": "exception/KeyError", "site": "hidden", "total": 7},
        {"name": "asyncio/unread_exception", "site": "hidden", "total": 1},
    ]
    assert told["loops"][0]["tasks_by_coroutine"] == [
        {"coroutine": "hidden", "count": 3, "oldest_seconds": 9.0},
        {"coroutine": "shop.poll", "count": 1, "oldest_seconds": 1.0},
    ]
    assert told["loop_block"]["stacks"][0]["frames"][0] == frame("shop/a.py")
    assert told["started"]["command"] == "python hidden --port 80 hidden"


@pytest.mark.parametrize("paths", ["whole", "short"])
@pytest.mark.parametrize("pattern", ["billing", "billing.rates", "shop.billing", "billing/*"])
def test_a_folder_that_comes_onto_the_path_later_counts(paths: str, pattern: str) -> None:
    """As that of a script does once the agent has begun; and one that is left again."""
    roots = ["/opt/"]
    redaction = Redaction([pattern], paths, lambda: roots)
    told = {"culprit": frame("/srv/shop/billing/rates.py"), "site": "/srv/shop/cart.py:9 in pay"}

    assert redaction.told(told)["culprit"] == GONE
    roots += ["/srv/", "/srv/shop/"]
    within = redaction.told(told)
    assert within["culprit"] == GONE
    assert within["site"] == ("cart.py:9 in pay" if paths == "short" else told["site"])
    del roots[1:]
    assert redaction.told(told) == {**told, "culprit": GONE}


def test_nothing_is_changed_unless_it_is_asked_for() -> None:
    """The very objects are told: nothing is spent."""
    frames = [frame("/srv/shop/a.py")]

    assert Redaction().told({"frames": frames})["frames"] is frames


def test_a_path_is_short_from_the_innermost_root() -> None:
    """So that a release folder or a virtual environment is no part of it."""
    assert relative("/venv/lib/python3.11/site-packages/shop/a.py", ROOTS) == "shop/a.py"
    assert relative("/opt/x.py", ROOTS) == "/opt/x.py"
    assert relative("<string>", ROOTS) == "<string>"
    assert import_roots(["/srv", "/"])[-1].endswith("/")
    assert "/" not in import_roots(["/srv", "/"])
    assert import_roots(cast("list[str]", ["/srv", b"/opt", None])) == import_roots(["/srv"])
