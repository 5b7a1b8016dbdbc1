"""One worker of a service traces at a time: the others answer requests at full speed meanwhile."""

from __future__ import annotations

import errno
import socket
import sys

from hognose._descriptor import Descriptor
from hognose._figures import lacks_descriptors

# The kernel allows 107 bytes in all.
_LONGEST = 80


class Turn:
    """
    Taken by binding a name that the kernel gives to one process at a time.

    The name is in Linux's abstract namespace: the workers of one host or pod share it, it leaves no
    file behind and is given back when its holder ends, however it ends. Elsewhere everybody has a
    turn.
    """

    def __init__(self, service: str) -> None:
        self._name = b"\0hognose/tracing/" + service.encode()[:_LONGEST]
        self._held: Descriptor | None = None

    def take(self) -> bool:
        """Whether it is this process's now; until `give_back` it is no other's."""
        if self._held is not None or sys.platform != "linux":
            return True
        held: socket.socket | None = None
        try:
            held = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            held.bind(self._name)
        except OSError as refused:
            if held is not None:
                held.close()
            # Where names cannot be bound at all, nobody would ever trace.
            return refused.errno != errno.EADDRINUSE and not lacks_descriptors(refused)
        # From here on by its number: the object would close whatever has got it.
        self._held = Descriptor(held.detach())
        return True

    def give_back(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None
