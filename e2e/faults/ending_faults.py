"""Everybody is told to end at the worst moment: nobody answers at the other side."""

from __future__ import annotations

import time
from pathlib import Path

from faults import agent_faults
from faults.programs import SMALL, Broker, Program, jar, until
from faults.story import Expectation, Row, Setting, Story, finish, telling

# What those who stop programs wait before they kill: docs/operations.md promises to be done by then.
_PATIENCE_S = 10.0


def ended_without_an_answer(folder: Path) -> Row:
    """SIGTERM to the streams, the collector, a tail and a watched process while the broker is frozen."""
    with telling(folder, Setting(seconds=4)) as story:
        assert isinstance(story.broker, Broker)
        collector = story.collector("collector")
        tail = _tail(story)
        watched = agent_faults.watched(story)
        programs: list[Program] = [story.streams, collector, tail, watched]
        try:
            collector.start()
            collector.until_ready()
            # The fleet's times lie in the past, the agent's do not: one after the other.
            story.after(1.0)
            story.probe()
            tail.start()
            assert tail.process.stdout is not None
            if not tail.process.stdout.readline():
                story.notes.append(f"the tail told nothing: {tail.said}")
            watched.start()
            until("the agent's samples", lambda: len(agent_faults.stored(story)) > 5)
            story.broker.freeze()
            time.sleep(1)
            took = {program.name: program.stop() for program in programs}
            story.broker.thaw()
            story.notes.extend(
                f"{name} took {seconds:.1f} s to end, expected {_PATIENCE_S:.0f} s at most"
                for name, seconds in took.items()
                if seconds > _PATIENCE_S
            )
            story.streams.start()
            recovery = story.probe()
            agent_faults.account(story)
            said = ", ".join(f"{name} {seconds:.1f}" for name, seconds in took.items())
            return finish(story, f"ended within s: {said}", recovery, Expectation())
        finally:
            for each in (collector, tail, watched):
                each.kill()


def _tail(story: Story) -> Program:
    command = ["java", *SMALL, "-jar", str(jar()), "tail", "--topic", "alerts", "--from-beginning"]
    address = {"HOGNOSE_BOOTSTRAP_SERVERS": story.broker.address}
    return Program("tail", story.folder, command, address)
