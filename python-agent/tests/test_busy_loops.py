"""Loops that have much to do, on their own threads, watched by a real watchdog."""

from __future__ import annotations

from pathlib import Path

import pytest
from watching import planted, run


@pytest.fixture(params=["asyncio", "uvloop"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_block_of_a_busy_loop_is_seen_while_it_lasts(tmp_path: Path, kind: str) -> None:
    """With its culprit and cause, though nobody had looked at the loop; each block once."""
    (said,) = run(
        tmp_path,
        kind,
        """
        def sleeping(): time.sleep(1.2)
        def computing():
            until = time.thread_time() + 1.2
            while time.thread_time() < until: pass
        async def main():
            await beating()
            beaten = beats()
            sleeping()
            await busy(0.5)
            computing()
            await busy(0.5)
            say(blocks=blocks(), beats=beaten)
        run(main())
        """,
    )

    assert said["beats"] == [True]
    slept, computed = planted(said["blocks"], "sleeping"), planted(said["blocks"], "computing")
    assert slept["cause"] == "SYNC_SLEEP"
    assert slept["ms"] >= 1170
    assert computed["cause"] in ("CPU", "STARVED")
    assert computed["ms"] >= 1170


def test_a_busy_loop_leaves_the_watchdog_asleep(tmp_path: Path, kind: str) -> None:
    """It wakes twice a second, and is woken while it waits for the GIL then."""
    (said,) = run(
        tmp_path,
        kind,
        """
        async def main():
            await beating()
            lag = watchdog.read()["loops"][0]["lag_seconds"]
            before = cpu_turns()
            await busy(4.0)
            after = cpu_turns()
            beaten = watchdog.read()["loops"][0]["lag_seconds"]
            say(turns=after - before, beats=sum(beaten["counts"]) - sum(lag["counts"]))
        run(main())
        """,
    )

    assert said["beats"] > 20
    # With a look at each beat there would be more: each waits for the GIL, five turns at least.
    assert said["turns"] < 4 * said["beats"]


def test_a_loop_that_rests_is_left_asleep_again(tmp_path: Path, kind: str) -> None:
    """And blocks after the rest are found all the same."""
    (said,) = run(
        tmp_path,
        kind,
        """
        def sleeping(): time.sleep(1.2)
        async def main():
            await beating()
            busily = beats()
            await asyncio.sleep(4.0)
            restfully = beats()
            sleeping()
            await asyncio.sleep(0.3)
            say(blocks=blocks(), busily=busily, restfully=restfully)
        run(main())
        """,
    )

    assert (said["busily"], said["restfully"]) == ([True], [False])
    assert planted(said["blocks"], "sleeping")["cause"] == "SYNC_SLEEP"


def test_c_code_that_keeps_the_gil_is_found_on_a_busy_loop(tmp_path: Path, kind: str) -> None:
    """The loop's own beats tell, though the watchdog could not look."""
    (said,) = run(
        tmp_path,
        kind,
        """
        def backtracking():
            re.match(r"(a+)+$", "a" * 23 + "b")
        async def main():
            await beating()
            before = time.thread_time()
            backtracking()
            took = time.thread_time() - before
            await busy(0.5)
            say(blocks=blocks(), took=1000 * took)
        run(main())
        """,
    )

    assert max(block["ms"] for block in said["blocks"]) >= said["took"] - 25


def test_a_thread_that_keeps_the_gil_from_a_busy_loop_is_told(tmp_path: Path, kind: str) -> None:
    """The loop is late, though its own thread did nothing."""
    (said,) = run(
        tmp_path,
        kind,
        """
        def hold():
            while not any(beats()): time.sleep(0.1)
            re.match(r"(a+)+$", "a" * 24 + "b")
        async def main():
            holding = threading.Thread(target=hold)
            holding.start()
            while holding.is_alive(): await busy(0.2)
            await busy(0.6)
            say(blocks=blocks())
        run(main())
        """,
    )

    longest = max(said["blocks"], key=lambda block: block["ms"])
    # Where there is too much to do, the thread with the GIL has to wait for a processor, too.
    assert longest["cause"] in ("GIL", "STARVED"), said
    assert longest["ms"] > 300


def test_busy_loops_of_several_threads_have_an_alarm_each(tmp_path: Path, kind: str) -> None:
    """A block of one is not another's."""
    (said,) = run(
        tmp_path,
        kind,
        """
        def sleeping(): time.sleep(1.2)
        async def main(blocks_at):
            await beating()
            if blocks_at: sleeping()
            await beating()
        others = [threading.Thread(target=run, args=(main(name == "blocked"),), name=name) for name in ("blocked", "free")]
        for each in others: each.start()
        for each in others: each.join()
        say(blocks=blocks(), descriptors=descriptors())
        """,
    )

    assert planted(said["blocks"], "sleeping")["loop"] == "blocked"
    assert said["descriptors"] == []


def test_loops_that_follow_each_other_are_watched(tmp_path: Path, kind: str) -> None:
    """A loop that is stopped in the middle of its beats is no block."""
    (said,) = run(
        tmp_path,
        kind,
        """
        def sleeping(): time.sleep(1.2)
        async def first(): await beating()
        async def second():
            await beating()
            sleeping()
            await busy(0.5)
        run(first())
        time.sleep(5.0)
        run(second())
        say(blocks=blocks())
        """,
    )

    assert planted(said["blocks"], "sleeping")["cause"] == "SYNC_SLEEP"
    assert max(block["ms"] for block in said["blocks"]) < 4900


def test_a_fork_on_a_busy_loop_harms_neither(tmp_path: Path, kind: str) -> None:
    """The child's copy of the beats does not put the parent's alarm off."""
    (said,) = run(
        tmp_path,
        kind,
        """
        def sleeping(): time.sleep(1.2)
        async def main():
            await beating()
            child = os.fork()
            if child == 0:
                watchdog.unhook()
                os._exit(len(descriptors()))
            status = os.waitpid(child, 0)[1]
            await busy(0.5)
            sleeping()
            await busy(0.5)
            say(blocks=blocks(), status=status)
        run(main())
        """,
    )

    assert said["status"] == 0
    assert planted(said["blocks"], "sleeping")["cause"] == "SYNC_SLEEP"


def test_a_service_may_close_our_descriptors(tmp_path: Path, kind: str) -> None:
    """The loop goes on, and is watched again."""
    (said,) = run(
        tmp_path,
        kind,
        """
        def sleeping(): time.sleep(1.2)
        async def main():
            await beating()
            for each in descriptors(): os.close(each)
            # It ends its beats at the first after that, and is looked at, found busy and beats again.
            await busy(0.2)
            while beats() != [True]: await busy(0.1)
            sleeping()
            await busy(0.5)
            figures = watchdog.read()
            say(blocks=blocks(), kind=figures["loops"][0]["kind"])
        run(main())
        """,
    )

    assert said["kind"] == kind
    assert planted(said["blocks"], "sleeping")["cause"] == "SYNC_SLEEP"


def test_a_loop_with_no_end_of_ready_callbacks_is_watched(tmp_path: Path, kind: str) -> None:
    """Timers come late then, and that is lag."""
    (said,) = run(
        tmp_path,
        kind,
        """
        def sleeping(): time.sleep(1.2)
        def work():
            done = time.thread_time() + 0.0005
            while time.thread_time() < done: pass
            if time.monotonic() < until: asyncio.get_running_loop().call_soon(work)
        async def main():
            global until
            until = time.monotonic() + 3
            for _ in range(40): work()
            await asyncio.sleep(2.0)
            sleeping()
            await asyncio.sleep(1.5)
            lag = watchdog.read()["loops"][0]["lag_seconds"]
            say(blocks=blocks(), lag=lag["sum_seconds"] / sum(lag["counts"]))
        run(main())
        """,
    )

    assert planted(said["blocks"], "sleeping")["cause"] == "SYNC_SLEEP", said
    assert said["lag"] > 0.002


def test_an_interpreter_ends_while_a_loop_beats(tmp_path: Path, kind: str) -> None:
    """Without a word on standard error, and without waiting."""
    said = run(
        tmp_path,
        kind,
        """
        async def main():
            await beating()
            say(beats=beats())
            sys.exit(0)
        run(main())
        """,
    )

    assert said == [{"beats": [True]}]


def test_a_block_in_the_turn_of_an_answer_is_found(tmp_path: Path) -> None:
    """A uvloop's thread is asleep then and has been woken no more, but not by the loop."""
    (said,) = run(
        tmp_path,
        "uvloop",
        """
        from hognose.probes.loops.heartbeat import Heartbeat
        def sleeping(): time.sleep(0.3)
        async def main():
            heartbeat = Heartbeat(asyncio.get_running_loop())
            heartbeat.thread_ident = threading.get_ident()
            heartbeat.ask()
            await asyncio.sleep(0.1)
            asked = []
            threading.Timer(0.1, lambda: asked.append(heartbeat.is_in_callback())).start()
            sleeping()
            threading.Timer(0.1, lambda: asked.append(heartbeat.is_in_callback())).start()
            await asyncio.sleep(0.3)
            blocks()
            say(asked=asked)
        run(main())
        """,
    )

    assert said["asked"] == [True, False]
