"""
The Hognose agent: what this process does with its memory and its event loop, live, through Kafka.

    import hognose
    hognose.start(service="shop")

`hognose-run COMMAND` and `python -m hognose SCRIPT` do the same without a change in the service.
"""

from __future__ import annotations

__all__ = ["SettingsError", "__version__", "profile", "start", "stop"]

__version__ = "0.1.0.dev0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hognose._settings import SettingsError


def start(**settings: str) -> None:
    """
    Start the agent in this process; does nothing if it runs.

    Settings are those of the environment without the prefix, in the same form:
    `start(service="shop", interval="5s", kafka_security_protocol="SASL_SSL")`. They go before the
    environment. Raises `SettingsError`, a `ValueError`, for those that cannot be used; after that
    nothing of the agent's is raised into the program.
    """
    import os

    from hognose._lifecycle import lifecycle
    from hognose._run import checked_settings

    lifecycle.start(checked_settings(os.environ, **settings))


def stop() -> None:
    """Stop the agent and send what waits, within 2 s. It may be started again, as a new process."""
    from hognose._lifecycle import lifecycle

    lifecycle.stop()


def profile(seconds: float = 10.0) -> str:
    """
    Sample the stacks of all other threads for that long, and answer them folded.

    A line a stack, as flame graphs take it: `thread;function (file:line);... count`. Threads that
    wait for work are left out. The profile is published, too, if the agent runs. The calling
    thread sleeps meanwhile: in a coroutine call it by `asyncio.to_thread`.
    """
    from hognose._lifecycle import lifecycle

    return lifecycle.profile(seconds)


def __getattr__(name: str) -> object:
    # The class is needed by few, and its module imports more than a dormant process should.
    if name == "SettingsError":
        from hognose._settings import SettingsError

        return SettingsError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
