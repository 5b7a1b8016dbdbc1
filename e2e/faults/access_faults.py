"""Who may come in is taken back, and given again."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from confluent_kafka.admin import (
    AdminClient,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialDeletion,
    UserScramCredentialUpsertion,
)
from ports import free_port

from faults.programs import Served, until
from faults.story import (
    Brokers,
    Expectation,
    Row,
    Setting,
    Story,
    finish,
    one_broker,
    streams,
    telling,
)

_USER, _PASSWORD = "somebody", "a-secret"
# A client shows its credentials anew before so many have passed; else a connection that stands stays.
# A broker refuses whoever does so within a second of the last time.
_SESSION_MS = 4000
# Records; while all is well none waits for long.
_PILE = 300
_MECHANISM = "SCRAM-SHA-256"
_STREAMS = {
    "HOGNOSE_KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
    "HOGNOSE_KAFKA_SASL_MECHANISM": _MECHANISM,
    "HOGNOSE_KAFKA_SASL_JAAS_CONFIG": (
        "org.apache.kafka.common.security.scram.ScramLoginModule required"
        f' username="{_USER}" password="{_PASSWORD}";'
    ),
}


def withdrawn(folder: Path, seconds: float = 20.0) -> Row:
    """The agent's credentials are deleted under load, and made again with the same password."""
    port = free_port()
    setting = Setting(
        brokers=_guarded(port),
        address=lambda broker: _let_in(broker, port),
        kafka={
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": _MECHANISM,
            "sasl.username": _USER,
            "sasl.password": _PASSWORD,
        },
    )
    with telling(folder, setting) as story:
        story.after(0.3)
        _shut_out(story.broker)
        # What is not delivered piles up: that nobody is let in is seen, not assumed.
        until("nothing is delivered any more", lambda: story.sender.waiting > _PILE)
        time.sleep(seconds)
        _let_in(story.broker, port)
        name = f"credentials withdrawn for {seconds:.0f} s"
        return finish(story, name, story.probe(), Expectation())


def withdrawn_from_streams(folder: Path, seconds: float = 45.0) -> Row:
    """
    Those of the streams, given back later: they go on, or end and say so.

    For longer than a thread may be stuck and the streams call themselves ready.
    """
    port = free_port()
    with telling(folder, Setting(seconds=40, brokers=_guarded(port))) as story:
        address = _let_in(story.broker, port)
        guarded = streams("guarded", story.folder, address, more=_STREAMS)
        try:
            story.streams.stop()
            guarded.start()
            guarded.until_ready()
            story.after(0.4)
            _shut_out(story.broker)
            refused = "failed authentication"
            until("they are refused", lambda: refused in guarded.said)
            time.sleep(seconds)
            if guarded.is_running and guarded.is_ready():
                story.notes.append("the streams are ready, though nobody lets them in")
            _let_in(story.broker, port)
            again = time.monotonic()
            how = _gone_on(guarded, story)
            name = f"streams' credentials withdrawn for {seconds:.0f} s, {how}"
            return finish(story, name, story.probe(again), Expectation())
        finally:
            guarded.kill()


def _gone_on(guarded: Served, story: Story) -> str:
    """They go on by themselves, or end with a sentence and are started again."""
    within = time.monotonic() + 60
    while guarded.is_running and time.monotonic() < within:
        time.sleep(0.2)
    if guarded.is_running:
        return "which go on"
    last = guarded.said.strip().splitlines()[-1]
    if guarded.process.returncode != 1 or "does not let us in" not in last:
        story.notes.append(f"they ended with {guarded.process.returncode}: {last}")
    guarded.start()
    guarded.until_ready()
    return "started again"


def _guarded(port: int) -> Callable[[Path], Brokers]:
    """One that lets in at this port who has a password; a connection shows it again and again."""
    scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    return one_broker(
        listeners=f"NAMED://127.0.0.1:{port}",
        listener_security_protocol_map=(
            "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,NAMED:SASL_PLAINTEXT"
        ),
        sasl_enabled_mechanisms=_MECHANISM,
        connections_max_reauth_ms=str(_SESSION_MS),
        **{"listener.name.named.scram-sha-256.sasl.jaas.config": scram},
    )


def _shut_out(broker: Brokers) -> None:
    _alter(broker, UserScramCredentialDeletion(_USER, ScramMechanism.SCRAM_SHA_256))


def _let_in(broker: Brokers, port: int) -> str:
    info = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096)
    _alter(broker, UserScramCredentialUpsertion(_USER, info, _PASSWORD.encode()))
    return f"127.0.0.1:{port}"


def _alter(broker: Brokers, alteration: UserScramCredentialAlteration) -> None:
    admin = AdminClient({"bootstrap.servers": broker.address})
    for answer in admin.alter_user_scram_credentials([alteration]).values():
        answer.result()
