"""A process with an event loop and a little work, that says how its agent wrote it down."""

import asyncio
import sys


async def main(seconds: float) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while loop.time() < until:
        sum(range(20_000))
        await asyncio.sleep(0.05)


asyncio.run(main(float(sys.argv[1])))
