"""Services in which things go wrong, as they are in production, and what was published of it."""

from __future__ import annotations

import sys

from service import Service, lines

SERVICE = """\
import asyncio, gc, logging, logging.config, os, sys, threading, time, warnings
logging.config.dictConfig({
    "version": 1, "disable_existing_loggers": True,
    "handlers": {"err": {"class": "logging.StreamHandler"}},
    "root": {"level": "ERROR", "handlers": ["err"]},
})

async def poll():
    await asyncio.sleep(3600)

async def report():
    raise LookupError("no such order")  # raised

async def forgotten():
    pass

def check_out():
    raise ValueError("cart is empty")  # logged

def worker():
    raise OSError("no stock")  # thread

def load():
    open(os.devnull)  # unclosed

def samples():
    try:
        with open(os.environ["CAPTURE"], "rb") as file:
            return file.read().count(b"hognose.samples")
    except FileNotFoundError:
        return 0

async def serve():
    tasks = [asyncio.create_task(poll()) for _ in range(25)]
    while samples() < 2:
        await asyncio.sleep(0.05)
    for _ in range(3):
        asyncio.create_task(report())
        forgotten()
        load()
        try:
            check_out()
        except ValueError:
            logging.getLogger("shop").exception("checkout failed")
    thread = threading.Thread(target=worker); thread.start(); thread.join()
    await asyncio.sleep(0.01)
    gc.collect()
    seen = samples()
    while samples() < seen + 3:
        await asyncio.sleep(0.05)

if sys.argv[1:] == ["uvloop"]:
    import uvloop
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
asyncio.run(serve())
"""


def test_tasks_and_mishaps_are_in_the_samples(service: Service) -> None:
    """By coroutine, type and line, on asyncio and uvloop, and the service's own output is whole."""
    path = service.write(SERVICE)
    for loop in ([], ["uvloop"]):
        service.capture.unlink(missing_ok=True)
        ended = service.run(sys.executable, path, *loop)

        sample = service.samples()[-1]
        told = {
            (each["name"], each.get("site", "")): int(each["total"])
            for each in sample["counters"]
            if not each["name"].startswith("handled/")
        }
        at = {
            mark: f"{path}:{lines(SERVICE, f'# {mark}')[0]}"
            for mark in ("raised", "logged", "thread", "unclosed")
        }
        defined = f"{path}:{lines(SERVICE, 'async def forgotten')[0]}"
        assert ended.returncode == 0, ended.stderr
        assert told == {
            ("exception/LookupError", f"{at['raised']} in report"): 3,
            ("asyncio/unread_exception", f"__main__.report at {at['raised']}"): 3,
            ("exception/ValueError", f"{at['logged']} in check_out"): 3,
            ("exception/OSError", f"{at['thread']} in worker"): 1,
            ("warning/ResourceWarning", f"{at['unclosed']} in load"): 3,
            ("asyncio/never_awaited", f"__main__.forgotten at {defined}"): 3,
        }
        groups = sample["loops"][0]["tasks_by_coroutine"]
        assert groups[0]["coroutine"] == "__main__.poll"
        assert groups[0]["count"] == 25
        assert groups[0]["oldest_seconds"] > 0.2
        assert sample["gc"]["enabled"] is True
        assert ended.stderr.count("ValueError: cart is empty") == 3
        assert ended.stderr.count("OSError: no stock") == 1
        assert ended.stderr.count("coroutine 'forgotten' was never awaited") == 1
        assert "ResourceWarning" not in ended.stderr
        assert len(service.events("python_warning")) == 1
        types = {event["type"] for event in service.events("exception_count")}
        assert types >= {"LookupError", "ValueError", "OSError"}


def test_the_exception_that_ends_a_program_is_told(service: Service) -> None:
    """Without a hook: its traceback and exit code are as they were."""
    source = SERVICE.partition("async def serve")[0] + (
        "while samples() < 2:\n    time.sleep(0.05)\ncheck_out()\n"
    )
    path = service.write(source)

    ended = service.run()

    event = service.events("exception_count")[-1]
    assert ended.returncode == 1
    assert ended.stderr.endswith("ValueError: cart is empty\n")
    assert "handled" not in event
    assert event["type"] == "ValueError"
    assert event["site"] == {
        "file": str(path),
        "line": lines(SERVICE, "# logged")[0],
        "function": "check_out",
    }
    assert service.events("stopped") == [{"reason": "EXCEPTION", "exit_code": 1}]
