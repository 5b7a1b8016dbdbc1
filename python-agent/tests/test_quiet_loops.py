"""Loops of asyncio that have little to do: their sleep is watched, and nobody looks at them."""

from __future__ import annotations

from pathlib import Path

from watching import planted, run


def test_a_loop_that_sleeps_leaves_the_watchdog_asleep(tmp_path: Path) -> None:
    """It wakes twice a second, as it does without any loop."""
    (said,) = run(
        tmp_path,
        "asyncio",
        """
        async def main():
            # Loops are searched for more often while a process is young.
            watchdog._young_until = 0.0
            await settled()
            before, since = cpu_turns(), time.monotonic()
            await asyncio.sleep(4)
            say(turns=cpu_turns() - before, seconds=time.monotonic() - since, how=watches())
        run(main())
        """,
    )

    assert said["how"] == {"MainThread": "Turnstile"}
    # Each time it may have to wait for a processor four times. With looks there would be eleven
    # wakes a second, and as many turns at least.
    assert said["turns"] <= 2 * 4 * said["seconds"]


def test_the_block_that_ends_a_rest_is_seen_while_it_lasts(tmp_path: Path) -> None:
    """Whether a timer or another thread has woken the loop, and also one that comes right after."""
    (said,) = run(
        tmp_path,
        "asyncio",
        """
        def first(): time.sleep(1.1)
        def second():
            until = time.thread_time() + 1.1
            while time.thread_time() < until: pass
        def third(): time.sleep(1.1)
        async def main():
            loop = asyncio.get_running_loop()
            await settled()
            await asyncio.sleep(1)
            first()
            await asyncio.sleep(0.2)
            second()
            await settled()
            done = asyncio.Event()
            threading.Timer(1, lambda: loop.call_soon_threadsafe(lambda: (third(), done.set()))).start()
            await done.wait()
            await asyncio.sleep(0.5)
            say(how=watches(), blocks=blocks())
        run(main())
        """,
    )

    assert said["how"] == {"MainThread": "Turnstile"}
    for name, causes in (
        ("first", ["SYNC_SLEEP"]),
        ("second", ["CPU", "STARVED"]),
        ("third", ["SYNC_SLEEP"]),
    ):
        block = planted(said["blocks"], name)
        assert block["cause"] in causes
        assert not block["late"]
        assert block["ms"] >= 1070


def test_many_short_callbacks_are_no_block(tmp_path: Path) -> None:
    """A loop that comes by between them is free each time, though it never goes to sleep."""
    (said,) = run(
        tmp_path,
        "asyncio",
        """
        async def main():
            await settled()
            for _ in range(20):
                # Of CPU time, so that they are short on a busy machine only by what it gives.
                time.sleep(0.03)
                await asyncio.sleep(0)
            await asyncio.sleep(0.3)
            say(blocks=blocks())
        run(main())
        """,
    )

    assert [block for block in said["blocks"] if block["ms"] >= 500] == []


def test_a_loop_that_comes_by_often_is_left_its_own_calls(tmp_path: Path) -> None:
    """Neither a turn of a busy loop nor a stopped watchdog's goes through ours."""
    (said,) = run(
        tmp_path,
        "asyncio",
        """
        import hognose.probes.loops.self_watch
        # How long it is not tried again.
        hognose.probes.loops.self_watch.REST = 0.5
        def is_its_own(): return "select" not in vars(asyncio.get_running_loop()._selector)
        async def main():
            await settled()
            resting = is_its_own()
            await beating()
            busily = is_its_own()
            await settled()
            again = is_its_own()
            watchdog.stop(5.0)
            await asyncio.sleep(0)
            say(own=[resting, busily, again, is_its_own()])
        run(main())
        """,
    )

    assert said["own"] == [False, True, False, True]


def test_a_sleeping_loop_beside_a_busy_one_is_left_alone(tmp_path: Path) -> None:
    """Nobody comes for the GIL to look at it."""
    (said,) = run(
        tmp_path,
        "asyncio",
        """
        async def rest(): await asyncio.Event().wait()
        threading.Thread(target=run, args=(rest(),), name="resting", daemon=True).start()
        async def main():
            await settled("resting")
            await beating()
            beaten = sum(watchdog.read()["loops"][0]["lag_seconds"]["counts"])
            before = cpu_turns()
            await busy(4.0)
            turns = cpu_turns() - before
            beaten = sum(watchdog.read()["loops"][0]["lag_seconds"]["counts"]) - beaten
            say(how=watches(), turns=turns, beats=beaten)
        run(main())
        os._exit(0)
        """,
    )

    assert said["how"] == {"MainThread": "Pulse", "resting": "Turnstile"}
    # As of a busy loop alone: each look at the other would have waited for the GIL, in some turns.
    assert said["turns"] < 4 * said["beats"]


def test_a_signals_handler_that_keeps_a_sleeping_loop_is_found(tmp_path: Path) -> None:
    """It runs in the middle of the loop's sleep."""
    (said,) = run(
        tmp_path,
        "asyncio",
        """
        import signal
        def handler(*_): time.sleep(4)
        async def main():
            signal.signal(signal.SIGUSR1, handler)
            await settled()
            threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGUSR1)).start()
            await asyncio.sleep(6)
            say(blocks=blocks())
        run(main())
        """,
    )

    # It is looked at once a second, and only from then on.
    assert max(block["ms"] for block in said["blocks"]) >= 1000


def test_a_childs_loop_leaves_its_parents_alarm_alone(tmp_path: Path) -> None:
    """A block of the parent's is seen though the child has the loop, the wrap and the timer, too."""
    child, said = run(
        tmp_path,
        "asyncio",
        """
        def sleeping(): time.sleep(1.1)
        async def main():
            await settled()
            selector = asyncio.get_running_loop()._selector
            pid = os.fork()
            if not pid:
                for _ in range(100): selector.select(0.02)
                say(own="select" not in vars(selector))
                os._exit(0)
            await asyncio.sleep(0.3)
            sleeping()
            # Not in one call: that would be a block, too, and a longer one when the child is slow.
            while not os.waitpid(pid, os.WNOHANG)[0]: await asyncio.sleep(0.1)
            await asyncio.sleep(0.3)
            say(blocks=blocks())
        run(main())
        """,
    )

    assert child == {"own": True}
    slept = planted(said["blocks"], "sleeping")
    assert (slept["cause"], slept["late"]) == ("SYNC_SLEEP", False)


def test_how_late_a_timer_is_counts_as_lag(tmp_path: Path) -> None:
    """Though the watchdog does not look: another thread keeps the GIL while the loop is due."""
    (said,) = run(
        tmp_path,
        "asyncio",
        """
        def longest():
            counts = watchdog.read()["loops"][0]["lag_seconds"]["counts"]
            return len(counts)
        async def main():
            await settled()
            before = longest()
            due = asyncio.sleep(0.05)
            holding = threading.Thread(target=re.match, args=(r"(a+)+$", "a" * 25 + "b"))
            holding.start()
            await due
            holding.join()
            await asyncio.sleep(1.2)
            say(before=before, after=longest())
        run(main())
        """,
    )

    # The bucket above a tenth of a second, counted from the first.
    assert said["after"] >= 10


def test_a_selector_that_somebody_has_changed_is_left_as_it_is(tmp_path: Path) -> None:
    """Its loop is looked at, as before, and blocks are found."""
    (said,) = run(
        tmp_path,
        "asyncio",
        """
        def sleeping(): time.sleep(1.1)
        async def main():
            selector = asyncio.get_running_loop()._selector
            own = selector.select
            theirs = selector.select = lambda timeout=None: own(timeout)
            await asyncio.sleep(3)
            how = watches()
            sleeping()
            await asyncio.sleep(0.5)
            kept = selector.select is theirs
            del selector.select
            await settled()
            ours = selector.select
            # Around ours, which the loop no longer needs when the watchdog has stopped.
            around = selector.select = lambda timeout=None: ours(timeout)
            await asyncio.sleep(0.5)
            told = blocks()
            await asyncio.sleep(0.01)
            say(how=how, blocks=told, kept=[kept, selector.select is around])
        run(main())
        """,
    )

    assert said["how"] == {"MainThread": "NoneType"}
    assert said["kept"] == [True, True]
    assert planted(said["blocks"], "sleeping")["cause"] == "SYNC_SLEEP"
