"""The calls, each kind at its own beat."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, cycle

import httpx

from shop.load.figures import Figures
from shop.products import PRODUCTS

#: Of each fault that blocks the loop.
BLOCKS_EVERY_SECONDS = 6.0
#: The least time between two blocks that the loop has for others.
BREATH_SECONDS = 0.4
CARTS_PER_SECOND = 12
LOOK_AGAIN_SECONDS = 1.0
#: A second; faults that are called steadily are called at a part of them.
_STEADY_BEATS = 8
#: How long nobody may listen at the target before it counts as gone.
GONE_AFTER_SECONDS = 3.0
ANSWER_WITHIN_SECONDS = 15.0
#: Requests beyond this many under way are not sent but counted as errors.
MOST_UNDER_WAY = 500


class NoShop(Exception):
    """There is no shop at the target, or no longer."""


@dataclass(slots=True)
class Traffic:
    """Calls one shop until cancelled."""

    client: httpx.AsyncClient
    browsing_per_second: int
    figures: Figures = field(default_factory=Figures)
    _carts: list[str] = field(default_factory=list)
    _blocks: list[str] = field(default_factory=list)
    _steady: list[tuple[str, int]] = field(default_factory=list)
    _under_way: set["asyncio.Task[None]"] = field(default_factory=set)

    async def run(self) -> None:
        """Raises NoShop when the target does not answer or is something else."""
        tasks = [
            asyncio.create_task(beat)
            for beat in (
                self._look(),
                self._browse(),
                self._fill_carts(),
                self._block(),
                self._call_steadily(),
            )
        ]
        try:
            await asyncio.gather(*tasks)
        finally:
            ending = (*tasks, *self._under_way)
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

    def take_figures(self) -> Figures:
        """What was seen since the last time."""
        taken, self.figures = self.figures, Figures()
        return taken

    async def _look(self) -> None:
        """Keep up with which faults are on, and notice when the shop has gone."""
        loop = asyncio.get_running_loop()
        last_there = loop.time()
        while True:
            try:
                self._learn(await self.client.get("/faults"))
                last_there = loop.time()
            except httpx.ConnectError as refused:
                if loop.time() - last_there > GONE_AFTER_SECONDS:
                    raise NoShop(f"nobody listens there for {GONE_AFTER_SECONDS:g} s") from refused
            except httpx.TransportError:
                # Too late or cut off, but somebody is there.
                last_there = loop.time()
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    def _learn(self, answer: httpx.Response) -> None:
        if answer.status_code != httpx.codes.OK:
            raise NoShop(f"GET /faults is answered with {answer.status_code}, expected 200")
        try:
            active = [fault for fault in answer.json() if fault["active"]]
            on = [(fault["kind"], fault["path"]) for fault in active]
            self._steady = [
                (fault["path"], int(fault["calls_per_second"]))
                for fault in active
                if fault["kind"] not in ("memory_leak", "loop_block")
            ]
        except (ValueError, TypeError, KeyError) as wrong:
            raise NoShop("GET /faults is not answered with a list of faults") from wrong
        self._carts = [path for kind, path in on if kind == "memory_leak"]
        self._blocks = [path for kind, path in on if kind == "loop_block"]

    async def _browse(self) -> None:
        """Healthy requests when they are due, however slow the answers."""
        pages = cycle(["/products", *(f"/products/{product['id']}" for product in PRODUCTS)])
        async for due in _beat(self.browsing_per_second):
            self._start(self._visit(next(pages), due))

    async def _fill_carts(self) -> None:
        async for _ in _beat(CARTS_PER_SECOND):
            for path in self._carts:
                self._start(self._provoke(path))

    async def _call_steadily(self) -> None:
        """What is neither a leak of memory nor a block, each at the beat that it wants."""
        async for due in _beat(_STEADY_BEATS):
            beat = round(due * _STEADY_BEATS)
            for path, per_second in self._steady:
                if beat % (_STEADY_BEATS // per_second) == 0:
                    self._start(self._provoke(path))

    async def _block(self) -> None:
        """One call after the other: two blocks at once would be one."""
        loop = asyncio.get_running_loop()
        for turn in count():
            pause = 0.0
            if paths := self._blocks:
                next_due = loop.time() + BLOCKS_EVERY_SECONDS / len(paths)
                await self._provoke(paths[turn % len(paths)])
                pause = next_due - loop.time()
            await asyncio.sleep(max(pause, BREATH_SECONDS))

    def _start(self, call: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(call)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _visit(self, path: str, due: float) -> None:
        if await self._succeeds(path):
            self.figures.latencies_ms.append(1000 * (asyncio.get_running_loop().time() - due))
        else:
            self.figures.errors += 1

    async def _provoke(self, path: str) -> None:
        succeeded = await self._succeeds(path)
        self.figures.fault_calls += 1
        self.figures.fault_errors += not succeeded

    async def _succeeds(self, path: str) -> bool:
        if len(self._under_way) > MOST_UNDER_WAY:
            return False
        with suppress(httpx.TransportError):
            return (await self.client.get(path)).status_code == httpx.codes.OK
        return False


async def _beat(per_second: int) -> AsyncIterator[float]:
    """The times of the loop's clock at which something is due, as they come."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    for n in count():
        due = start + n / per_second
        await asyncio.sleep(due - loop.time())
        yield due
