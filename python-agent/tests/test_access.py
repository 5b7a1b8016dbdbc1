"""Agents that must say who they are to a broker that lets them write two topics and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from broker import TOPICS, assert_whole
from contract import Contract
from installation import Installation
from secured import SecuredBroker

SHOP = """
import logging, sys
logging.basicConfig()
print("open", flush=True)
for line in sys.stdin:
    pass
"""

COMMAND = ["python", "shop.py"]


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredBroker]:
    secured = SecuredBroker(tmp_path_factory.mktemp("secured"))
    yield secured
    secured.close()


@pytest.fixture
def shop(tmp_path: Path, secured: SecuredBroker, contract: Contract) -> Iterator[Installation]:
    installation = Installation(tmp_path, secured.broker, contract)
    installation.write(SHOP)
    yield installation
    installation.published.close()


@pytest.mark.parametrize("how", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "mutual TLS"])
def test_all_arrives_over_tls(secured: SecuredBroker, shop: Installation, how: str) -> None:
    """With the two rights of `hognose acls` and no other."""
    principal, settings = who(secured, how)
    secured.grant(principal, *TOPICS)

    assert_lives(shop, settings)

    (told,) = shop.published.processes().values()
    assert_whole(told)


def test_what_may_not_be_written_is_counted_and_said_once(
    secured: SecuredBroker, shop: Installation
) -> None:
    """And what may be written still arrives."""
    settings = secured.scram("SCRAM-SHA-256", "halfway")
    secured.grant("User:halfway", "hognose.samples")

    with shop.running(COMMAND, settings) as running:
        shop.published.until(
            lambda: any("delivery" in str(each["agent"]) for each in shop.published.samples()),
            "a dropped event in a sample",
        )
        running.finish()
        assert running.result() == 0
        assert running.err.count("hognose.events: Broker: Topic authorization failed") == 1
    assert not shop.published.events("started")


TRIES_AGAIN_SOON = """
import logging, sys
logging.basicConfig()
import hognose._publish
hognose._publish._AGAIN_AFTER = 0.5
for line in sys.stdin:
    pass
"""


def test_who_is_granted_nothing_at_first_is_heard_later(
    secured: SecuredBroker, shop: Installation
) -> None:
    """librdkafka has given its producer up by then; each record is stored once, or counted."""
    shop.write(TRIES_AGAIN_SOON)
    settings = secured.scram("SCRAM-SHA-256", "early")

    with shop.running(COMMAND, settings) as running:
        running.until(lambda: "trying again every" in running.err, "the refusal")
        secured.grant("User:early", *TOPICS)
        shop.published.until(lambda: len(shop.published.samples()) > 5, "samples")
        running.finish()
        assert running.result() == 0
        assert running.err.count("trying again every") == 1
    shop.published.until(lambda: shop.published.events("stopped"), "its end")

    (told,) = shop.published.processes().values()
    numbers = [int(record["sequence"]) for record in told]
    dropped = shop.published.samples()[-1]["agent"].get("dropped", [])
    assert sorted(set(numbers)) == numbers
    assert len(numbers) + sum(int(each["total"]) for each in dropped) == numbers[-1]


def test_what_waits_for_credentials_arrives_when_they_are_back(
    secured: SecuredBroker, shop: Installation
) -> None:
    """A user who is forgotten and known again loses nothing."""
    settings = secured.scram("SCRAM-SHA-512", "forgotten")
    secured.grant("User:forgotten", *TOPICS)

    with shop.running(COMMAND, settings) as running:
        shop.published.until(shop.published.samples, "a sample")
        secured.forget("SCRAM-SHA-512", "forgotten")
        running.until(lambda: "uthentication" in running.err, "the refusal")
        before = len(shop.published.samples())
        secured.know("SCRAM-SHA-512", "forgotten")
        shop.published.until(lambda: len(shop.published.samples()) > before + 10, "more samples")
        running.finish()
        assert running.result() == 0
    shop.published.until(lambda: shop.published.events("stopped"), "its end")

    (told,) = shop.published.processes().values()
    assert_whole(told)


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("SSL_CA_LOCATION", "/no/such.pem", "HOGNOSE_KAFKA_SSL_CA_LOCATION=/no/such.pem: "),
        ("SASL_MECHANISM", "GSSAPI", "HOGNOSE_KAFKA_*: librdkafka says: Failed to create"),
        ("SECURITY_PROTOCOL", "TLS", "HOGNOSE_KAFKA_SECURITY_PROTOCOL=TLS: librdkafka says: "),
        ("SASL_PASSWORDS", "geheim", "HOGNOSE_KAFKA_SASL_PASSWORDS=***: librdkafka says: "),
    ],
)
def test_settings_that_cannot_be_used_stop_the_start(
    secured: SecuredBroker, shop: Installation, name: str, value: str, complaint: str
) -> None:
    """In one sentence, without the password."""
    settings = {**secured.plain("plain"), f"HOGNOSE_KAFKA_{name}": value}

    with shop.running(COMMAND, settings) as running:
        assert running.result() == 2
        assert running.err.startswith(f"hognose-run: {complaint}")
        assert len(running.err.splitlines()) == 1
        assert "secret" not in running.err
        assert "geheim" not in running.err


def who(secured: SecuredBroker, how: str) -> tuple[str, Mapping[str, str]]:
    """Somebody's principal, and the settings with which it comes."""
    if how == "PLAIN":
        return "User:plain", secured.plain("plain")
    if how == "mutual TLS":
        return "User:CN=tls", secured.mutual_tls("tls")
    return f"User:{how}", secured.scram(how, how)


def assert_lives(shop: Installation, settings: Mapping[str, str]) -> None:
    with shop.running(COMMAND, settings) as running:
        shop.published.until(shop.published.samples, "a sample")
        running.finish()
        assert running.result() == 0
    shop.published.until(lambda: shop.published.events("stopped"), "its end")
