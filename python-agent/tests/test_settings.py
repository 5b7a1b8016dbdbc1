from __future__ import annotations

from typing import Any

import pytest

from hognose._settings import Settings, SettingsError, read_settings

SHOP = {"HOGNOSE_SERVICE": "shop"}


def test_the_service_alone_is_enough() -> None:
    """Everything else has a default."""
    assert read_settings(SHOP) == Settings(
        service="shop",
        version="",
        sink="kafka",
        bootstrap_servers="localhost:9092",
        interval=10.0,
        block_threshold=0.1,
        tracing="adaptive",
        tracing_interval=1800.0,
        pause_budget=0.02,
        cpu_budget=0.01,
        memory_limit=None,
        outbox_bytes=2097152,
        kafka={},
    )


def test_every_setting_is_read() -> None:
    """Each key of the environment sets what it is called after."""
    settings = read_settings(
        {
            "HOGNOSE_SERVICE": "shop",
            "HOGNOSE_VERSION": "2026.11.3",
            "HOGNOSE_SINK": "file:/var/log/shop.capture",
            "HOGNOSE_BOOTSTRAP_SERVERS": "kafka-1:9092, kafka-2:9092",
            "HOGNOSE_INTERVAL": "250ms",
            "HOGNOSE_BLOCK_THRESHOLD": "0.5s",
            "HOGNOSE_TRACING": "continuous",
            "HOGNOSE_TRACING_INTERVAL": "2h",
            "HOGNOSE_PAUSE_BUDGET": "5ms",
            "HOGNOSE_CPU_BUDGET": "0.5%",
            "HOGNOSE_MEMORY_LIMIT": "256MiB",
            "HOGNOSE_OUTBOX_BYTES": "131072",
            "HOGNOSE_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
            "PATH": "/bin",
        }
    )

    assert settings == Settings(
        service="shop",
        version="2026.11.3",
        sink="file:/var/log/shop.capture",
        bootstrap_servers="kafka-1:9092, kafka-2:9092",
        interval=0.25,
        block_threshold=0.5,
        tracing="continuous",
        tracing_interval=7200.0,
        pause_budget=0.005,
        cpu_budget=0.005,
        memory_limit=256 * 2**20,
        outbox_bytes=131072,
        kafka={"security.protocol": "SASL_SSL"},
    )
    assert settings.capture_path == "/var/log/shop.capture"


def test_keywords_go_before_the_environment() -> None:
    """What the program says counts more than where it runs."""
    settings = read_settings(
        {**SHOP, "HOGNOSE_INTERVAL": "5s", "HOGNOSE_TRACING": "off"},
        service="till",
        interval="1m",
        kafka_linger_ms="5",
    )

    assert (settings.service, settings.interval, settings.tracing) == ("till", 60.0, "off")
    assert settings.kafka == {"linger.ms": "5"}


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("SERVICE", "a/b", "HOGNOSE_SERVICE=a/b: expected a name without slashes and control characters"),
        ("SERVICE", "a" * 201, f"HOGNOSE_SERVICE={'a' * 201}: expected at most 200 characters"),
        ("SERVICE", " ", "HOGNOSE_SERVICE is not set: expected the service's name"),
        ("SINK", "file:", "HOGNOSE_SINK=file:: expected kafka or file:PATH"),
        ("SINK", "stdout", "HOGNOSE_SINK=stdout: expected kafka or file:PATH"),
        ("BOOTSTRAP_SERVERS", "kafka", "HOGNOSE_BOOTSTRAP_SERVERS=kafka: expected HOST:PORT, or several with commas between them"),
        ("INTERVAL", "5x", "HOGNOSE_INTERVAL=5x: expected a duration such as 500ms, 10s or 5m"),
        ("INTERVAL", "10", "HOGNOSE_INTERVAL=10: expected a duration such as 500ms, 10s or 5m"),
        ("INTERVAL", "1ms", "HOGNOSE_INTERVAL=1ms: expected a duration from 100ms to 1h"),
        ("BLOCK_THRESHOLD", "0s", "HOGNOSE_BLOCK_THRESHOLD=0s: expected a duration such as 500ms, 10s or 5m"),
        ("BLOCK_THRESHOLD", "1ms", "HOGNOSE_BLOCK_THRESHOLD=1ms: expected a duration from 20ms to 1h"),
        ("TRACING", "on", "HOGNOSE_TRACING=on: expected one of off, adaptive, continuous"),
        ("TRACING_INTERVAL", "-5m", "HOGNOSE_TRACING_INTERVAL=-5m: expected a duration such as 500ms, 10s or 5m"),
        ("PAUSE_BUDGET", "2s", "HOGNOSE_PAUSE_BUDGET=2s: expected a duration from 1ms to 1s"),
        ("CPU_BUDGET", "0%", "HOGNOSE_CPU_BUDGET=0%: expected a share of one core above 0%, at most 100%, such as 1%"),
        ("CPU_BUDGET", "1", "HOGNOSE_CPU_BUDGET=1: expected a share of one core above 0%"),
        ("MEMORY_LIMIT", "256MB", "HOGNOSE_MEMORY_LIMIT=256MB: expected bytes, such as 268435456 or 256MiB"),
        ("OUTBOX_BYTES", "1KiB", "HOGNOSE_OUTBOX_BYTES=1KiB: expected at least 128KiB"),
        ("INTERVALL", "10s", "HOGNOSE_INTERVALL: no such setting, expected HOGNOSE_INTERVAL"),
        ("KAFKA_", "10s", "HOGNOSE_KAFKA_: no such setting, expected "),
    ],
)  # fmt: skip
def test_a_bad_setting_is_one_sentence(key: str, value: str, complaint: str) -> None:
    """It names the key, the value and what was expected."""
    with pytest.raises(SettingsError) as refused:
        read_settings({**SHOP, f"HOGNOSE_{key}": value})

    assert str(refused.value).startswith(complaint)


def test_a_bad_keyword_is_named_as_it_was_written() -> None:
    """A program's author looks for the keyword, not for a variable."""
    with pytest.raises(SettingsError, match=r"^interval=5x: expected a duration such as"):
        read_settings(SHOP, interval="5x")
    with pytest.raises(SettingsError, match=r"^intervall: no such setting, expected interval$"):
        read_settings(SHOP, intervall="5s")


@pytest.mark.parametrize(
    ("keywords", "complaint"),
    [({"service": None}, "service=None"), ({"interval": 5}, "interval=5"), ({"kafka_acks": 1}, "kafka_acks=1")],
)  # fmt: skip
def test_a_keyword_that_is_no_text_is_refused_as_any_other(
    keywords: dict[str, Any], complaint: str
) -> None:
    """A program that reads its own configuration may hand on what it found, or did not find."""
    with pytest.raises(SettingsError, match=f"^{complaint}: expected text, as in the environment$"):
        read_settings(SHOP, **keywords)
