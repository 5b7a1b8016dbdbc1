"""
Everything an operator can change about the agent.

Keyword arguments of `hognose.start` come first, the environment second. Both are text of the same
form; a key that is not known and a value that does not parse are errors that name key, value and
what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from hognose._resource import service_names, service_versions
from hognose._service_links import without_service_links

PREFIX = "HOGNOSE_"
_KAFKA = "kafka_"

_DURATION_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_SIZE_UNITS = {"": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_PROFILE = ("off", "blocks", "continuous")
_PATHS = ("whole", "short")
# What reads the samples refuses longer ones.
_LONGEST_SERVICE = 200
_TRACING = ("off", "adaptive", "continuous")


# The kernel's own, and those with which the interpreter itself ends or fails.
_NEVER_HANDLED = (9, 19, 4, 6, 7, 8, 11, 15)


class SettingsError(ValueError):
    """A setting cannot be used; the text is one sentence for its operator."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Durations are seconds, sizes bytes."""

    service: str
    version: str = ""
    sink: str = "kafka"
    bootstrap_servers: str = "localhost:9092"
    interval: float = 10.0
    block_threshold: float = 0.1
    tracing: str = "adaptive"
    tracing_interval: float = 1800.0
    # Seconds that one triggered action may hold the GIL, and their share of a core over time.
    pause_budget: float = 0.020
    cpu_budget: float = 0.01
    memory_limit: int | None = None
    outbox_bytes: int = 2 * 2**20
    profile: str = "blocks"
    # The number of a signal that takes one profile; none by default.
    profile_signal: int | None = None
    # What is hidden before anything is told.
    hide: tuple[str, ...] = ()
    paths: str = "whole"
    # Properties of librdkafka that go before our own.
    kafka: Mapping[str, str] = field(default_factory=dict)

    @property
    def capture_path(self) -> str:
        """Where the file sink writes; empty when the sink is Kafka."""
        return self.sink.partition(":")[2]


def read_settings(environ: Mapping[str, str], **keywords: str) -> Settings:
    """
    The settings that keywords and environment make together.

    Service and version are those of other instrumentation where ours are not set.

    Raises `SettingsError` for unknown keys, for values that do not parse and without a service.
    """
    ours = {key: value for key, value in environ.items() if key.startswith(PREFIX)}
    labelled = {
        key[len(PREFIX) :].lower(): (key, value)
        for key, value in without_service_links(ours).items()
    }
    for name in labelled.keys() - _PARSERS.keys():
        if not name.startswith(_KAFKA) or name == _KAFKA:
            raise SettingsError(_unknown(labelled[name][0], PREFIX, str.upper))
    for name, value in keywords.items():
        if name not in _PARSERS and not name.startswith(_KAFKA):
            raise SettingsError(_unknown(name, "", str.lower))
        # Who calls may have no type checker.
        if not isinstance(value, str):
            raise SettingsError(f"{name}={value!r}: expected text, as in the environment")
        labelled[name] = (name, value)
    for name, known in (
        ("service", service_names(environ)),
        ("version", service_versions(environ)),
    ):
        if not labelled.get(name, ("", ""))[1].strip():
            labelled.update((name, each) for each in islice(known, 1))
    if not labelled.get("service", ("", ""))[1].strip():
        raise SettingsError(f"{PREFIX}SERVICE is not set: expected the service's name")
    return Settings(**_parsed(labelled))


def _parsed(labelled: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    values: dict[str, Any] = {"kafka": {}}
    for name, (label, text) in labelled.items():
        if name.startswith(_KAFKA):
            values["kafka"][name[len(_KAFKA) :].replace("_", ".")] = text
            continue
        try:
            values[name] = _PARSERS[name](text.strip())
        except ValueError as wrong:
            raise SettingsError(f"{label}={text}: expected {wrong}") from None
    return values


def _unknown(key: str, prefix: str, spell: Callable[[str], str]) -> str:
    from difflib import get_close_matches

    known = [prefix + spell(name) for name in _PARSERS]
    nearest = get_close_matches(key, known, n=1, cutoff=0.0)[0]
    return f"{key}: no such setting, expected {nearest}"


def _service(text: str) -> str:
    if "/" in text or not text.isprintable():
        raise ValueError("a name without slashes and control characters")
    if len(text) > _LONGEST_SERVICE:
        raise ValueError(f"at most {_LONGEST_SERVICE} characters")
    return text


def _plain(text: str) -> str:
    return text


def _sink(text: str) -> str:
    if text != "kafka" and not (text.startswith("file:") and len(text) > len("file:")):
        raise ValueError("kafka or file:PATH")
    return text


def _servers(text: str) -> str:
    if not all(re.fullmatch(r"\S+:\d+", server.strip()) for server in text.split(",")):
        raise ValueError("HOST:PORT, or several with commas between them")
    return text


def _duration(text: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h)", text)
    seconds = float(match[1]) * _DURATION_UNITS[match[2]] if match else 0.0
    if seconds <= 0:
        raise ValueError("a duration such as 500ms, 10s or 5m")
    return seconds


def _between(least: str, most: str) -> Callable[[str], float]:
    def parse(text: str) -> float:
        seconds = _duration(text)
        if not _duration(least) <= seconds <= _duration(most):
            raise ValueError(f"a duration from {least} to {most}")
        return seconds

    return parse


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"one of {', '.join(choices)}")
        return text

    return parse


def _signal(text: str) -> int:
    import signal

    number = getattr(signal, text, None)
    if not isinstance(number, signal.Signals) or number in _NEVER_HANDLED:
        raise ValueError("the name of a signal that can be handled, such as SIGUSR2")
    return int(number)


def _patterns(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def _percentage(text: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)%", text)
    share = float(match[1]) / 100 if match else 0.0
    if not 0 < share <= 1:
        raise ValueError("a share of one core above 0%, at most 100%, such as 1%")
    return share


def _size(text: str) -> int:
    match = re.fullmatch(r"(\d+)(|KiB|MiB|GiB)", text)
    size = int(match[1]) * _SIZE_UNITS[match[2]] if match else 0
    if size <= 0:
        raise ValueError("bytes, such as 268435456 or 256MiB")
    return size


def _outbox(text: str) -> int:
    size = _size(text)
    # Below this the largest event would never fit.
    if size < 128 * 2**10:
        raise ValueError("at least 128KiB")
    return size


_PARSERS: dict[str, Callable[[str], Any]] = {
    "service": _service,
    "version": _plain,
    "sink": _sink,
    "bootstrap_servers": _servers,
    "interval": _between("100ms", "1h"),
    "block_threshold": _between("20ms", "1h"),
    "tracing": _one_of(*_TRACING),
    "tracing_interval": _duration,
    "pause_budget": _between("1ms", "1s"),
    "cpu_budget": _percentage,
    "memory_limit": _size,
    "outbox_bytes": _outbox,
    "profile": _one_of(*_PROFILE),
    "profile_signal": _signal,
    "hide": _patterns,
    "paths": _one_of(*_PATHS),
}
