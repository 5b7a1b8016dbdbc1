"""
The one agent of the interpreter: started once, stopped at exit and by signals, new after a fork.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys

from hognose._agent import Agent
from hognose._defaults import Defaults
from hognose._exits import (
    end_by,
    end_by_interrupt_still,
    finalize_last,
    left_main,
    stop_past_atexit,
)
from hognose._happenings import Stopped
from hognose._profile_signal import on_signal
from hognose._program import is_about_to_exec
from hognose._settings import Settings
from hognose._sigterm import Sigterm
from hognose._sysexit import SysExit
from hognose._uwsgi import in_workers, is_before_fork

logger = logging.getLogger("hognose")


# How long a profile is that a signal asks for.
_SIGNALLED_SECONDS = 10.0


class Lifecycle:
    """
    `exit_code` is the code that the process will end with, where somebody learns it before.

    Importing the module and creating this changes nothing in the interpreter.
    """

    def __init__(self) -> None:
        self.exit_code: int | None = None
        self._agent: Agent | None = None
        self._settings: Settings | None = None
        self._is_hooked = False
        self._has_profile_signal = False
        self._defaults = Defaults()
        self._sigterm = Sigterm(self._end_by, self._defaults)
        self._sys_exit = SysExit()

    def start(self, settings: Settings) -> None:
        """Start the agent here and in what is forked from here; does nothing if it runs."""
        if self._agent is not None:
            return
        if is_before_fork():
            in_workers(lambda: self.start_after_fork(settings))
        else:
            self._start(settings)

    def start_after_fork(self, settings: Settings) -> None:
        """Start the agent in a child that has just been forked; does nothing if it runs."""
        if self._agent is None:
            self._start(settings)
            stop_past_atexit(self)

    def start_spawned(self, settings: Settings) -> None:
        """Start it in a child that `multiprocessing` has spawned; does nothing if it runs."""
        self.start(settings)
        # Imports what such a child imports first, too. It runs no hooks of forks.
        finalize_last(self)

    def stop(self, stopped: Stopped | None = None) -> None:
        """Say that the process ends and send what waits, within 2 s; does nothing if none runs."""
        # Held before the agent is taken: a signal in between would find none, and end the process.
        with self._sigterm.held():
            agent, self._agent = self._agent, None
            if agent is not None:
                agent.stop(stopped or self._ending())
        self._settings = None

    def _start(self, settings: Settings) -> None:
        try:
            self._set_up(settings)
        except Exception as wrong:  # noqa: BLE001 - nothing of ours may hurt the service
            _say_off(wrong)

    def _set_up(self, settings: Settings) -> None:
        self._settings = settings
        self._hook()
        self._sigterm.stand_in()
        self._sys_exit.stand_in()
        if settings.profile_signal is not None and not self._has_profile_signal:
            self._has_profile_signal = True
            on_signal(settings.profile_signal, self._profile_soon, self._defaults)
        agent = Agent(settings)
        # May be refused, as at a container's limit of processes.
        agent.start()
        self._agent = agent

    def profile(self, seconds: float) -> str:
        """Profile on this thread, tell it if the agent runs, and answer the folded stacks."""
        from hognose._ownership import own_packages
        from hognose.probes.profile import folded, record

        profile = record(seconds, own=own_packages())
        if self._agent is not None:
            self._agent.post({"stack_profile": profile})
            profile = self._agent.shown(profile)
        return folded(profile["stacks"])

    def _profile_soon(self) -> None:
        if self._agent is not None:
            self._agent.profile_soon(_SIGNALLED_SECONDS)

    def _end_by(self, number: int) -> None:
        self.stop({"reason": "SIGNAL", "exit_code": -number})

    def _ending(self) -> Stopped:
        exception = left_main()
        if exception is not None:
            return end_by(type(exception))
        return {"reason": "EXIT", "exit_code": self.exit_code}

    def _at_exit(self) -> None:
        if self.exit_code is None:
            self.exit_code = self._sys_exit.code()
        self.stop()
        # At a prompt an interrupt is printed, and nothing ends.
        if type(left_main()) is KeyboardInterrupt and not hasattr(sys, "ps1"):
            end_by_interrupt_still()

    def _hook(self) -> None:
        if self._is_hooked:
            return
        self._is_hooked = True
        atexit.register(self._at_exit)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._before_fork, after_in_child=self._after_fork)

    def _before_fork(self) -> None:
        agent = self._agent
        if agent is not None:
            agent.await_imports()

    def _after_fork(self) -> None:
        """In the child: nothing of the parent's agent works here; its producer is left alone."""
        if is_about_to_exec():
            return
        try:
            inherited, self._agent = self._agent, None
            if inherited is not None:
                _forget_imports_of(inherited.thread_ident)
                inherited.abandon()
            if self._settings is not None:
                self.start_after_fork(self._settings)
        except Exception as wrong:  # noqa: BLE001 - nothing of ours may hurt the service
            _say_off(wrong)


def _say_off(wrong: Exception) -> None:
    logger.warning("the agent could not start", exc_info=wrong)
    # Few services show what libraries log, and nobody will hear of this process otherwise.
    sys.stderr.write(f"hognose: {wrong}; the service runs without the agent\n")


def _forget_imports_of(thread: int | None) -> None:
    """
    In a child: what this thread of the parent's was importing at the fork.

    It is not here to finish the modules and to release their locks: who wanted them would hang.
    """
    locks = getattr(sys.modules.get("_frozen_importlib"), "_module_locks", {})
    for name, reference in list(locks.items()):
        lock = reference()
        if lock is not None and lock.owner == thread is not None:
            del locks[name]
            spec = getattr(sys.modules.get(name), "__spec__", None)
            if getattr(spec, "_initializing", False):
                del sys.modules[name]


lifecycle = Lifecycle()
