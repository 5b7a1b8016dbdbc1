"""Ports for programs that must be told theirs before they start."""

import random
import socket

# Below what Linux gives to those who ask for any port, so that no outgoing connection gets it meanwhile.
FIRST, LAST = 20_000, 31_999


def free_port() -> int:
    """One of this machine's that nobody listens on now; OSError when all are taken."""
    for port in random.sample(range(FIRST, LAST + 1), LAST + 1 - FIRST):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no port of 127.0.0.1 from {FIRST} to {LAST} is free")
