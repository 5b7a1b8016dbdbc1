"""The way between the agent and the broker is cut, reset, slow, or leads nowhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from ports import free_ports

from faults.proxy import Proxy
from faults.story import Brokers, Expectation, Row, Setting, finish, one_broker, telling


def cut(folder: Path) -> Row:
    """Connections end five times."""

    def fault(proxy: Proxy) -> None:
        for _ in range(5):
            proxy.cut()
            time.sleep(0.5)

    return _through(folder, "connection cut five times", fault)


def reset(folder: Path) -> Row:
    """Connections are reset five times."""

    def fault(proxy: Proxy) -> None:
        for _ in range(5):
            proxy.reset()
            time.sleep(0.5)

    return _through(folder, "connection reset five times", fault)


def half_open(folder: Path, seconds: float = 20.0) -> Row:
    """Connections stand, and nothing comes through."""

    def fault(proxy: Proxy) -> None:
        proxy.bytes_per_second = 0
        time.sleep(seconds)
        proxy.bytes_per_second = None

    return _through(folder, f"connection half open for {seconds:.0f} s", fault)


def slow(folder: Path, seconds: float = 20.0) -> Row:
    """One thousand bytes a second come through."""

    def fault(proxy: Proxy) -> None:
        proxy.bytes_per_second = 1000
        time.sleep(seconds)
        proxy.bytes_per_second = None

    return _through(folder, f"1 kB/s for {seconds:.0f} s", fault)


def _through(folder: Path, name: str, fault: Callable[[Proxy], None]) -> Row:
    behind, before = free_ports(2)
    proxy = Proxy(before)

    def address(_: Brokers) -> str:
        proxy.start(behind)
        return f"127.0.0.1:{before}"

    # The broker tells its clients where to find it: through the proxy.
    setting = Setting(
        brokers=one_broker(
            listeners=f"PROXIED://127.0.0.1:{behind}",
            advertised_listeners=f"PROXIED://127.0.0.1:{before}",
            listener_security_protocol_map=(
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT"
            ),
        ),
        address=address,
        kafka={"socket.timeout.ms": "10000"},
    )
    try:
        with telling(folder, setting) as story:
            story.after(0.3)
            fault(proxy)
            return finish(story, name, story.probe(), Expectation())
    finally:
        proxy.close()
