"""Runs the shop under uvicorn, and ends it in time."""

import signal
import socket
import sys
from types import FrameType
from typing import NoReturn

import uvicorn
from starlette.types import ASGIApp

#: A request that is served when the end is asked for may take this long.
GRACE_SECONDS = 1
#: Whoever still blocks the loop then does not see the end of it.
LAST_SECONDS = 1.8


def listening(host: str, port: int) -> socket.socket:
    """
    A socket that listens on an IPv4 address; raises OSError.

    It listens at once: of two shops with one port the second must end before it starts.
    It says that it is TCP: on others asyncio leaves Nagle's delay on, 40 ms an answer.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Serve until SIGTERM or Ctrl-C, which end the process within 2 s."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _exit)
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=30,
    )
    # Imports the protocols: 100 ms that uvicorn would else spend on the running loop.
    config.load()
    _Server(config).run([listener])


class _Server(uvicorn.Server):
    """Says where it listens, and lets nothing outlast its end."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or []:
            host, port = listener.getsockname()
            print(f"listening on http://{host}:{port}", flush=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.should_exit:
            # SIGALRM, which nobody here handles, ends a process even while C code blocks it.
            signal.setitimer(signal.ITIMER_REAL, LAST_SECONDS)
        super().handle_exit(sig, frame)


def _exit(_: int, __: FrameType | None) -> NoReturn:
    """
    Take the signal that uvicorn passes on when it has finished.

    The process then ends as from `sys.exit`, so that what waits for its exit is run.
    """
    signal.setitimer(signal.ITIMER_REAL, 0)
    sys.exit(0)
