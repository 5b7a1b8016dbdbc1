"""What the shop answers."""

import asyncio
from typing import Any

import httpx
import pytest

from shop.app import application
from shop.faults import ALL, UnknownFault
from tests import in_process


def _answers(*requests: tuple[str, str], on: tuple[str, ...] = ()) -> list[httpx.Response]:
    """The answers to these (method, path), one after the other, of a shop with these faults on."""

    async def ask() -> list[httpx.Response]:
        async with in_process.shop(*on) as client:
            return [await client.request(method, path) for method, path in requests]

    return asyncio.run(ask())


def _listed(answer: httpx.Response, name: str) -> Any:
    (found,) = [each for each in answer.json() if each["name"] == name]
    return found


def test_products_can_be_listed_and_looked_at() -> None:
    """
    The healthy pages agree with each other.
    """
    everything, one, health = _answers(
        ("GET", "/products"), ("GET", "/products/3"), ("GET", "/healthz")
    )

    assert len(everything.json()) == 24
    assert (
        everything.json()[2]
        == one.json()
        == {
            "id": 3,
            "name": "enamel mug no. 3",
            "cents": 1020,
        }
    )
    assert health.json() == {"status": "ok"}


@pytest.mark.parametrize("number", ["0", "25", "three"])
def test_unknown_product_is_named(number: str) -> None:
    """
    One sentence says what was asked for and what there is.
    """
    (answer,) = _answers(("GET", f"/products/{number}"))

    assert answer.status_code == 404
    assert answer.json() == {
        "error": f"product {number!r}: unknown, expected a number from 1 to 24"
    }


def test_unknown_page_is_named() -> None:
    """
    One sentence names method and path.
    """
    missing, wrong = _answers(("GET", "/prodcts"), ("POST", "/products"))

    assert (missing.status_code, missing.json()["error"]) == (404, "GET /prodcts: Not Found")
    assert (wrong.status_code, wrong.json()["error"]) == (
        405,
        "POST /products: Method Not Allowed",
    )


def test_fault_is_switched_on_and_off() -> None:
    """
    A fault answers only while it is on, and counts what it answered; switching twice is once.
    """
    off, put, again, called, listed, deleted, twice, off_again = _answers(
        ("GET", "/cart"),
        ("PUT", "/faults/growing_list"),
        ("PUT", "/faults/growing_list"),
        ("GET", "/cart"),
        ("GET", "/faults"),
        ("DELETE", "/faults/growing_list"),
        ("DELETE", "/faults/growing_list"),
        ("GET", "/cart"),
    )

    assert off.status_code == off_again.status_code == 404
    assert off.json() == {"error": "growing_list is off: PUT /faults/growing_list switches it on"}
    assert put.json()["active"] is again.json()["active"] is True
    assert called.json()["lines"] == 350
    assert _listed(listed, "growing_list")["requests"] == 1
    assert deleted.json()["active"] is twice.json()["active"] is False


def test_faults_and_twins_are_listed_with_their_places() -> None:
    """
    A fault has a culprit, a twin the name of its fault.
    """
    (listed,) = _answers(("GET", "/faults"), on=("awaited_sleep",))

    assert len(listed.json()) == len(ALL)
    fault, twin = _listed(listed, "blocking_sleep"), _listed(listed, "awaited_sleep")
    assert (fault["active"], twin["active"]) == (False, True)
    assert (fault["twin_of"], twin["twin_of"]) == (None, "blocking_sleep")
    assert fault["kind"] == twin["kind"] == "loop_block"
    assert fault["cause"] == twin["cause"] == "sync_sleep"
    assert twin["culprit"] is None
    assert fault["culprit"]["function"] == "checkout"
    assert fault["culprit"]["file"].endswith("/shop/faults/blocking_sleep.py")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_misspelt_fault_gets_the_nearest_name(method: str) -> None:
    """
    One sentence, with what was probably meant.
    """
    (answer,) = _answers((method, "/faults/growing_lst"))

    assert answer.status_code == 404
    assert answer.json() == {"error": "fault 'growing_lst': unknown, expected growing_list"}


def test_strange_fault_gets_all_names() -> None:
    """
    Where nothing is near, everything is named.
    """
    with pytest.raises(UnknownFault, match=r"fault 'xyz': unknown, expected growing_list, .* or "):
        application(["xyz"])
