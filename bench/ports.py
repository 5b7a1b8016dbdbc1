"""Ports for programs that must be told theirs before they start."""

import socket


def free_port() -> int:
    """One of this machine's that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
