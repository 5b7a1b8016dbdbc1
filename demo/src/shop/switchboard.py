"""Which faults are on, and how often each was called."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import asdict

from shop.fault import Answer, Endpoint, Fault, Twin
from shop.faults import ALL, UnknownFault


class SwitchedOff(Exception):
    """The fault that was called is off."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is off: PUT /faults/{name} switches it on")


class Switch:
    """One fault or twin, on or off."""

    def __init__(self, of: Fault | Twin) -> None:
        self.of = of
        self._requests = 0
        self._endpoint: Endpoint | None = None
        self._held = AsyncExitStack()
        self._turning = asyncio.Lock()

    async def on(self) -> None:
        """Open what the endpoint needs, then answer calls."""
        async with self._turning:
            if self._endpoint is None:
                self._endpoint = await self._held.enter_async_context(self.of.opened())

    async def off(self) -> None:
        """Refuse calls, then close what the endpoint needed: a call under way may fail."""
        async with self._turning:
            self._endpoint = None
            await self._held.aclose()

    async def call(self) -> Answer:
        """Do what the endpoint does; raises SwitchedOff."""
        if self._endpoint is None:
            raise SwitchedOff(self.of.name)
        self._requests += 1
        return await self._endpoint()

    def as_json(self) -> dict[str, object]:
        """As `GET /faults` gives it."""
        fault = self.of if isinstance(self.of, Fault) else self.of.twin_of
        own = isinstance(self.of, Fault)
        return {
            "name": self.of.name,
            "kind": fault.kind,
            "cause": fault.cause,
            "path": self.of.path,
            "active": self._endpoint is not None,
            "twin_of": None if own else fault.name,
            "culprit": asdict(fault.culprit) if own else None,
            "retention": fault.retention if own else "",
            "named": fault.named if own else "",
            "calls_per_second": fault.calls_per_second,
            "requests": self._requests,
        }


class Switchboard:
    """All switches."""

    def __init__(self) -> None:
        self._switches = {each.name: Switch(each) for each in ALL}

    def __iter__(self) -> Iterator[Switch]:
        return iter(self._switches.values())

    def __getitem__(self, name: str) -> Switch:
        """The switch of this name; raises UnknownFault."""
        if name not in self._switches:
            raise UnknownFault(name)
        return self._switches[name]

    async def all_off(self) -> None:
        """Close whatever is open."""
        for switch in self:
            await switch.off()
