"""The shop as a process: how it starts and how it ends, end to end."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection

import httpx
import pytest

from tests.processes import (
    address,
    alive,
    blocked,
    children,
    ended,
    eventually,
    python,
    shop,
)

# Two are promised, on a machine that has the time: how it has ended says why it did.
END_WITHIN_SECONDS = 30.0


@contextmanager
def _connected(url: str) -> Iterator[HTTPConnection]:
    """A connection on which the shop has answered."""
    with closing(HTTPConnection(url.removeprefix("http://"), timeout=20)) as connection:
        connection.request("GET", "/healthz")
        assert connection.getresponse().read() == b'{"status":"ok"}'
        yield connection


def _active(url: str) -> list[str]:
    return [
        fault["name"]
        for fault in httpx.get(f"{url}/faults", trust_env=False).json()
        if fault["active"]
    ]


def test_faults_can_come_from_the_environment() -> None:
    """
    SHOP_FAULTS is what --faults is, unless that is given.
    """
    environment = {"SHOP_FAULTS": "blocking_sleep, growing_list"}
    with python("-m", "shop", "--port", "0", environment=environment) as process:
        assert _active(address(process)) == ["growing_list", "blocking_sleep"]
    with python(
        "-m", "shop", "--port", "0", "--faults", "awaited_sleep", environment=environment
    ) as process:
        assert _active(address(process)) == ["awaited_sleep"]


def test_port_in_use_is_one_sentence() -> None:
    """
    The second shop on a port ends with exit code 1.
    """
    with shop() as (_, url), python("-m", "shop", "--port", str(httpx.URL(url).port)) as second:
        code, errors = ended(second, within_seconds=20)

    assert code == 1
    assert errors == (
        f"shop: port {httpx.URL(url).port}: Address already in use, expected a free one\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--faults", "bounded_cash"],
            "shop: fault 'bounded_cash': unknown, expected bounded_cache\n",
        ),
        (["--port", "80a"], "shop: argument --port: '80a': expected an integer from 0 to 65535\n"),
        (
            ["--port", "65536"],
            "shop: argument --port: '65536': expected an integer from 0 to 65535\n",
        ),
    ],
)
def test_wrong_argument_is_one_sentence(arguments: list[str], sentence: str) -> None:
    """
    The thing, the value and what was expected, with exit code 2.
    """
    with python("-m", "shop", *arguments) as process:
        assert ended(process, within_seconds=20) == (2, sentence)


@pytest.mark.parametrize(
    ("fault", "path"),
    [("blocking_sleep", "/checkout"), ("blocking_http", "/stock"), ("cpu_handler", "/quote")],
)
def test_blocked_shop_ends_in_time(fault: str, path: str) -> None:
    """
    SIGTERM ends the shop within 2 s while its loop is blocked, in order if there is time for it.
    """
    with shop(fault) as (process, url), _connected(url) as connection:
        connection.request("GET", path)
        eventually(lambda: blocked(url), "the loop is blocked")
        process.terminate()
        code, _ = ended(process, END_WITHIN_SECONDS)

    assert code in (0, -signal.SIGALRM)


def test_shop_that_is_told_to_end_has_not_failed() -> None:
    """
    SIGTERM with nothing under way gives exit code 0, and not a word.
    """
    with shop() as (process, _):
        process.terminate()
        assert ended(process, END_WITHIN_SECONDS) == (0, "")


def test_shop_with_a_queue_of_blocks_ends_in_time() -> None:
    """
    Where more blocks wait than there is time for, the process is ended without them.
    """
    with shop("blocking_sleep") as (process, url), ExitStack() as closing:
        connections = [closing.enter_context(_connected(url)) for _ in range(4)]
        for connection in connections:
            connection.request("GET", "/checkout")
        eventually(lambda: blocked(url), "the loop is blocked")
        process.terminate()
        code, _ = ended(process, END_WITHIN_SECONDS)

    assert code == -signal.SIGALRM


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_children_end_with_the_shop(number: signal.Signals) -> None:
    """
    Worker and warehouse are gone however the shop ends, at work or not.
    """
    with shop("pooled_cpu", "awaited_http") as (process, url), _connected(url) as connection:
        connection.request("GET", "/quote-fixed")
        theirs = children(process.pid)
        assert len(theirs) >= 2
        assert all(map(alive, theirs))
        process.send_signal(number)
        ended(process, END_WITHIN_SECONDS)

        eventually(lambda: not any(map(alive, theirs)), "all children have ended")


def test_ctrl_c_in_a_terminal_is_not_answered_with_a_word() -> None:
    """
    The signal reaches worker and warehouse, too, and none of them complains.
    """
    with shop("pooled_cpu", "awaited_http") as (process, _):
        os.killpg(process.pid, signal.SIGINT)
        assert ended(process, END_WITHIN_SECONDS) == (0, "")


def test_request_under_way_is_told_that_the_shop_closes() -> None:
    """
    Work that does not end in time is answered with 503 and a sentence.
    """
    with shop("pooled_cpu") as (process, url), _connected(url) as connection:
        connection.request("GET", "/quote-fixed")
        eventually(lambda: _requests(url, "pooled_cpu") == 1, "the request is under way")
        process.terminate()
        answer = connection.getresponse()

        assert answer.status == 503
        assert answer.read() == b'{"error":"/quote-fixed: not done, the shop is closing"}'


def _requests(url: str, name: str) -> int:
    listed = httpx.get(f"{url}/faults", trust_env=False).json()
    return int(next(fault["requests"] for fault in listed if fault["name"] == name))
