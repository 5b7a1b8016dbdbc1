"""Ports of 127.0.0.1 for programs that must be told theirs before they start."""

from __future__ import annotations

import random
import socket

# Below what Linux gives to those who ask for any port: between the drawing of a port and its use
# no other program that asks so, and no outgoing connection, gets it; nor while its broker is down.
_FIRST, _LAST = 20_000, 31_999

_drawn: set[int] = set()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on at this moment, none of which was drawn before."""
    return [free_port() for _ in range(count)]


def free_port() -> int:
    """One such port; OSError when all are taken."""
    for port in random.sample(range(_FIRST, _LAST + 1), _LAST + 1 - _FIRST):
        if port not in _drawn and _is_free(port):
            _drawn.add(port)
            return port
    raise OSError(f"no port of 127.0.0.1 from {_FIRST} to {_LAST} is free")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
