"""The traffic: its beats, what it counts and how it ends."""

import asyncio
import http.server
import json
import signal
import threading
import time

import httpx
import pytest

from shop.load.figures import Figures, percentile
from shop.load.traffic import Traffic
from tests.processes import ended, first_line, python, shop


def test_percentiles_are_values_that_were_seen() -> None:
    """
    The nearest rank is taken; of nothing there is none.
    """
    assert percentile([4, 1, 3, 2], 50) == 2
    assert percentile([float(n) for n in range(1, 101)], 99) == 99
    assert percentile([7], 99) == 7
    assert percentile([], 50) is None


def test_figures_add_up() -> None:
    """
    Requests are those that were answered and those that failed.
    """
    assert Figures([10.0, 30.0, 20.0], errors=2, fault_calls=4, fault_errors=1).as_json() == {
        "requests": 5,
        "errors": 2,
        "p50_ms": 20.0,
        "p99_ms": 30.0,
        "fault_calls": 4,
        "fault_errors": 1,
    }


class _FrozenShop(httpx.AsyncBaseTransport):
    """A shop with three blocking faults on, whose calls end when they are let go."""

    def __init__(self) -> None:
        self.blocking = 0
        self.browsed = 0
        self.browsed_enough = asyncio.Event()
        self.blocks = asyncio.Event()
        self.let_go = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/faults":
            paths = ["/checkout", "/stock", "/quote"]
            return httpx.Response(
                200, json=[{"kind": "loop_block", "path": p, "active": True} for p in paths]
            )
        if path.startswith("/products"):
            self.browsed += 1
            if self.blocking and self.browsed >= 30:
                self.browsed_enough.set()
            return httpx.Response(200, json=[])
        self.blocking += 1
        self.blocks.set()
        await self.let_go.wait()
        return httpx.Response(503)


def test_blocks_come_one_at_a_time_while_customers_browse_on() -> None:
    """
    As long as one blocking call is under way there is no second, whatever else is due.
    """

    async def browse() -> _FrozenShop:
        frozen = _FrozenShop()
        async with httpx.AsyncClient(transport=frozen, base_url="http://shop") as client:
            running = asyncio.create_task(Traffic(client, browsing_per_second=30).run())
            await asyncio.wait_for(frozen.browsed_enough.wait(), timeout=20)
            running.cancel()
        return frozen

    assert asyncio.run(browse()).blocking == 1


def test_call_counts_where_it_ends() -> None:
    """
    Figures that are taken while a call is under way do not lose it: the next ones have it.
    """

    async def take_during_a_call() -> list[Figures]:
        frozen = _FrozenShop()
        async with httpx.AsyncClient(transport=frozen, base_url="http://shop") as client:
            traffic = Traffic(client, browsing_per_second=1)
            running = asyncio.create_task(traffic.run())
            await asyncio.wait_for(frozen.blocks.wait(), timeout=20)
            before = traffic.take_figures()
            frozen.let_go.set()
            while traffic.figures.fault_calls == 0 and not running.done():
                await asyncio.sleep(0.01)
            running.cancel()
        return [before, traffic.take_figures()]

    before, after = asyncio.run(asyncio.wait_for(take_during_a_call(), timeout=20))

    assert (before.fault_calls, before.fault_errors) == (0, 0)
    assert (after.fault_calls, after.fault_errors) == (1, 1)


def test_traffic_reaches_pages_and_faults() -> None:
    """
    Customers are served, a leak is fed steadily and a block is called soon.
    """
    with shop("growing_list", "awaited_sleep") as (_, url):
        with python("-m", "shop.load", "--target", url, "--duration", "3", "--json") as load:
            output, errors = load.communicate(timeout=20)
        listed = httpx.get(f"{url}/faults", trust_env=False).json()

    figures = [json.loads(line) for line in output.splitlines()]
    requests = {fault["name"]: fault["requests"] for fault in listed}
    assert (load.returncode, errors) == (0, "")
    assert 2 <= len(figures) <= 3
    assert sum(each["requests"] for each in figures) >= 20
    assert sum(each["errors"] + each["fault_errors"] for each in figures) == 0
    assert 12 <= requests["growing_list"] <= 60
    assert requests["awaited_sleep"] == 1


def test_traffic_ends_when_the_shop_has_gone() -> None:
    """
    Nobody at the target for 3 s is exit code 1 and one sentence.
    """
    with shop() as (process, url), python("-m", "shop.load", "--target", url, "--json") as load:
        first_line(load, within_seconds=20)
        process.kill()
        process.wait()
        code, errors = ended(load, within_seconds=15)

    assert code == 1
    assert errors == f"shop.load: {url}: nobody listens there for 3 s\n"


class _SomeServer(http.server.BaseHTTPRequestHandler):
    """Answers everything with the same text, which is no list of faults."""

    def do_GET(self) -> None:
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (404, "GET /faults is answered with 404, expected 200"),
        (200, "GET /faults is not answered with a list of faults"),
    ],
)
def test_traffic_is_for_shops_only(status: int, what: str) -> None:
    """
    A server that knows no faults is exit code 1 and one sentence.
    """
    with http.server.HTTPServer(("127.0.0.1", 0), _SomeServer) as server:
        server.status = status  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        with python("-m", "shop.load", "--target", url) as load:
            code, errors = ended(load, within_seconds=20)
        server.shutdown()

    assert code == 1
    assert errors == f"shop.load: {url}: {what}\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_traffic_at_once(number: signal.Signals) -> None:
    """
    Within a second and with exit code 0, also while a call is under way.
    """
    with (
        shop("blocking_sleep") as (_, url),
        python("-m", "shop.load", "--target", url, "--json") as load,
    ):
        first_line(load, within_seconds=20)
        asked = time.monotonic()
        load.send_signal(number)
        assert ended(load, within_seconds=10) == (0, "")
        assert time.monotonic() - asked < 1


@pytest.mark.parametrize("target", ["shop", "https://shop", "http://127.0.0.1:80x", "http://"])
def test_target_must_be_a_url(target: str) -> None:
    """
    One sentence with what was given and what was expected.
    """
    with python("-m", "shop.load", "--target", target) as load:
        assert ended(load, within_seconds=20) == (
            2,
            f"shop.load: argument --target: {target!r}:"
            " expected a URL such as http://127.0.0.1:8000\n",
        )
