"""The way to the broker is cut, reset, slow, or leads nowhere: the agent's, or that of the streams."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ports import free_ports

from faults.proxy import Proxy
from faults.story import Brokers, Expectation, Row, Setting, finish, one_broker, telling

Fault = Callable[[Proxy], None]
_SECONDS = 20


def cut(proxy: Proxy) -> None:
    """Connections end five times."""
    for _ in range(5):
        proxy.cut()
        time.sleep(0.5)


def reset(proxy: Proxy) -> None:
    """Connections are reset five times."""
    for _ in range(5):
        proxy.reset()
        time.sleep(0.5)


def half_open(proxy: Proxy) -> None:
    """Connections stand, and nothing comes through: for longer than a session of the streams."""
    proxy.bytes_per_second = 0
    time.sleep(_SECONDS)
    proxy.bytes_per_second = None


def slow(proxy: Proxy) -> None:
    """One thousand bytes a second come through."""
    proxy.bytes_per_second = 1000
    time.sleep(_SECONDS)
    proxy.bytes_per_second = None


FAULTS: dict[str, Fault] = {"cut": cut, "reset": reset, "half-open": half_open, "slow": slow}
_NAMES: dict[Fault, str] = {
    cut: "cut five times",
    reset: "reset five times",
    half_open: f"half open for {_SECONDS} s",
    slow: f"at 1 kB/s for {_SECONDS} s",
}


def of_the_agent(fault: Fault) -> Callable[[Path], Row]:
    """What the fault does to whoever tells records."""

    def run(folder: Path) -> Row:
        with _proxy() as (proxy, brokers, address):
            setting = Setting(
                brokers=brokers, address=address, kafka={"socket.timeout.ms": "10000"}
            )
            return _told(folder, setting, f"connection {_NAMES[fault]}", proxy, fault)

    return run


def of_the_streams(fault: Fault) -> Callable[[Path], Row]:
    """What the fault does to whoever judges them, in the middle of transactions."""

    def run(folder: Path) -> Row:
        with _proxy() as (proxy, brokers, address):
            setting = Setting(seconds=30, brokers=brokers, streams_address=address)
            return _told(folder, setting, f"streams {_NAMES[fault]}", proxy, fault)

    return run


def _told(folder: Path, setting: Setting, name: str, proxy: Proxy, fault: Fault) -> Row:
    with telling(folder, setting) as story:
        story.after(0.3)
        if not proxy.ways:
            story.notes.append("no connection went through the proxy: there was nothing to harm")
        fault(proxy)
        return finish(story, name, story.probe(), Expectation())


_Ways = tuple[Proxy, Callable[[Path], Brokers], Callable[[Brokers], str]]


@contextmanager
def _proxy() -> Iterator[_Ways]:
    """A proxy, brokers behind it, and where they are found through it."""
    behind, before = free_ports(2)
    proxy = Proxy(before)

    def address(_: Brokers) -> str:
        proxy.start(behind)
        return f"127.0.0.1:{before}"

    # The broker tells its clients where to find it: through the proxy.
    brokers = one_broker(
        listeners=f"PROXIED://127.0.0.1:{behind}",
        advertised_listeners=f"PROXIED://127.0.0.1:{before}",
        listener_security_protocol_map=(
            "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT"
        ),
    )
    try:
        yield proxy, brokers, address
    finally:
        proxy.close()
