"""`python -m shop.load --target URL`: traffic for one shop, until told to end or it has gone."""

import argparse
import asyncio
import json
import signal

import httpx

from shop.command_line import Arguments, between
from shop.load.traffic import ANSWER_WITHIN_SECONDS, MOST_UNDER_WAY, NoShop, Traffic


def main() -> None:
    """Exit code 1 when there is no shop at the target, or no longer; 2 for wrong arguments."""
    arguments = Arguments(prog="shop.load", description="Traffic for a shop.")
    arguments.add_argument("--target", type=_url, required=True, help="URL of the shop")
    arguments.add_argument(
        "--duration", type=between(1, 86_400), help="seconds (default: until SIGTERM or Ctrl-C)"
    )
    arguments.add_argument(
        "--rate", type=between(1, 200), default=20, help="healthy requests a second (default: 20)"
    )
    arguments.add_argument("--json", action="store_true", help="print a line of figures a second")
    given = arguments.parse_args()
    try:
        asyncio.run(_run(given))
    except NoShop as gone:
        arguments.exit(1, f"shop.load: {given.target}: {gone}\n")


def _url(text: str) -> str:
    expected = f"{text!r}: expected a URL such as http://127.0.0.1:8000"
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as invalid:
        raise argparse.ArgumentTypeError(expected) from invalid
    if url.scheme != "http" or not url.host:
        raise argparse.ArgumentTypeError(expected)
    return text


async def _run(given: argparse.Namespace) -> None:
    """Let traffic flow until it fails, the time is over or a signal comes."""
    limits = httpx.Limits(max_connections=MOST_UNDER_WAY)
    async with httpx.AsyncClient(
        base_url=given.target, timeout=ANSWER_WITHIN_SECONDS, limits=limits, trust_env=False
    ) as client:
        traffic = Traffic(client, given.rate)
        tasks = [asyncio.create_task(traffic.run())]
        if given.json:
            tasks.append(asyncio.create_task(_report(traffic)))
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, tasks[0].cancel)
        done, _ = await asyncio.wait(
            tasks, timeout=given.duration, return_when=asyncio.FIRST_COMPLETED
        )
        for task in tasks:
            task.cancel()
        # Nothing may call when the client is closed.
        await asyncio.wait(tasks)
        for task in done:
            if not task.cancelled():
                task.result()


async def _report(traffic: Traffic) -> None:
    while True:
        await asyncio.sleep(1)
        print(json.dumps(traffic.take_figures().as_json()), flush=True)


if __name__ == "__main__":
    main()
