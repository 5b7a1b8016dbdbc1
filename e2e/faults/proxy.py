"""A way to the broker that can be cut, reset, made slow, or lead nowhere."""

from __future__ import annotations

import selectors
import socket
import struct
import threading
import time
from dataclasses import dataclass

_CHUNK = 1 << 16
_LINGER_RESETS = struct.pack("ii", 1, 0)


@dataclass(slots=True, eq=False)
class _Way:
    """The two ends of a connection."""

    client: socket.socket
    broker: socket.socket

    def other(self, one: socket.socket) -> socket.socket:
        return self.broker if one is self.client else self.client


class Proxy:
    """One thread; `bytes_per_second` 0 is a way that leads nowhere while all connections stand."""

    def __init__(self, port: int) -> None:
        self._listening = socket.create_server(("127.0.0.1", port))
        self._broker_port = 0
        self._lock = threading.Lock()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._ways: set[_Way] = set()
        self._is_ending = threading.Event()
        self.bytes_per_second: float | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self, broker_port: int) -> None:
        self._broker_port = broker_port
        self._thread.start()

    def close(self) -> None:
        self._is_ending.set()
        if self._thread.is_alive():
            self._thread.join(5)
        self.cut()
        self._listening.close()

    @property
    def ways(self) -> int:
        """Connections that stand now."""
        with self._lock:
            return len(self._ways)

    def cut(self) -> None:
        """End every connection as programs do."""
        with self._lock:
            for way in list(self._ways):
                self._drop(way)

    def reset(self) -> None:
        """End every connection as a firewall does that has forgotten it."""
        with self._lock:
            for way in list(self._ways):
                way.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_RESETS)
                self._drop(way)

    def _run(self) -> None:
        last = time.monotonic()
        while not self._is_ending.is_set():
            rate = self.bytes_per_second
            if rate is not None:
                time.sleep(0.05)
            now = time.monotonic()
            allowance = None if rate is None else int(rate * (now - last))
            if rate is None or allowance:
                last = now
            with self._lock:
                for key, _ in self._selector.select(0 if rate is not None else 0.02):
                    self._ready(key.fileobj, allowance)

    def _ready(self, ready: object, allowance: int | None) -> None:
        if ready is self._listening:
            self._accept()
            return
        assert isinstance(ready, socket.socket)
        way = next((each for each in self._ways if ready in (each.client, each.broker)), None)
        if way is None or allowance == 0:
            return
        try:
            data = ready.recv(min(_CHUNK, allowance or _CHUNK))
            if data:
                way.other(ready).sendall(data)
                return
        except OSError:
            """The other side has gone: so does this one."""
        self._drop(way)

    def _accept(self) -> None:
        client, _ = self._listening.accept()
        try:
            broker = socket.create_connection(("127.0.0.1", self._broker_port), 5)
        except OSError:
            client.close()
            return
        way = _Way(client, broker)
        self._ways.add(way)
        for each in (client, broker):
            self._selector.register(each, selectors.EVENT_READ)

    def _drop(self, way: _Way) -> None:
        self._ways.discard(way)
        for each in (way.client, way.broker):
            self._selector.unregister(each)
            each.close()
