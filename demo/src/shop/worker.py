"""A process pool of one worker that ends with its service, however the service ends."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection


@asynccontextmanager
async def one_worker() -> AsyncIterator[Executor]:
    """
    A pool whose worker is up and is gone at the end, its work unfinished if need be.

    Spawned, not forked: a fork would copy the locks of whatever threads the service has.
    """
    spawn = get_context("spawn")
    theirs, ours = spawn.Pipe(duplex=False)
    pool = ProcessPoolExecutor(1, spawn, initializer=_end_with, initargs=(theirs,))
    try:
        # Starting a process takes too long for the loop.
        await asyncio.to_thread(lambda: pool.submit(os.getpid).result())
        theirs.close()
        yield pool
    finally:
        ours.close()
        await asyncio.to_thread(pool.shutdown)


def _end_with(lifeline: Connection) -> None:
    # Ctrl-C reaches all processes of a terminal; the service ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_exit_at_end_of, args=(lifeline,), daemon=True).start()


def _exit_at_end_of(lifeline: Connection) -> None:
    """Nothing is ever sent: the pipe only ends, when the service closes its side or dies."""
    lifeline.poll(None)
    os._exit(0)
