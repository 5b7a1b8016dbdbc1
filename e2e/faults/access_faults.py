"""Who may come in is taken back, and given again."""

from __future__ import annotations

import time
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

from faults.programs import until
from faults.story import Brokers, Expectation, Row, Setting, finish, one_broker, telling

_USER, _PASSWORD = "agent", "agent-secret"
# A client shows its credentials anew before so many have passed; else a connection that stands stays.
_SESSION_MS = 1000
# Records; while all is well none waits for long.
_PILE = 300


def withdrawn(folder: Path, seconds: float = 20.0) -> Row:
    """The agent's credentials are deleted under load, and made again with the same password."""
    port = free_port()
    scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    setting = Setting(
        brokers=one_broker(
            listeners=f"NAMED://127.0.0.1:{port}",
            listener_security_protocol_map=(
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,NAMED:SASL_PLAINTEXT"
            ),
            sasl_enabled_mechanisms="SCRAM-SHA-256",
            connections_max_reauth_ms=str(_SESSION_MS),
            **{"listener.name.named.scram-sha-256.sasl.jaas.config": scram},
        ),
        address=lambda broker: _let_in(broker, port),
        kafka={
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": "SCRAM-SHA-256",
            "sasl.username": _USER,
            "sasl.password": _PASSWORD,
        },
    )
    with telling(folder, setting) as story:
        story.after(0.3)
        _alter(story.broker, UserScramCredentialDeletion(_USER, ScramMechanism.SCRAM_SHA_256))
        # What is not delivered piles up: that nobody is let in is seen, not assumed.
        until("nothing is delivered any more", lambda: story.sender.waiting > _PILE)
        time.sleep(seconds)
        _let_in(story.broker, port)
        name = f"credentials withdrawn for {seconds:.0f} s"
        return finish(story, name, story.probe(), Expectation())


def _let_in(broker: Brokers, port: int) -> str:
    info = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096)
    _alter(broker, UserScramCredentialUpsertion(_USER, info, _PASSWORD.encode()))
    return f"127.0.0.1:{port}"


def _alter(broker: Brokers, alteration: UserScramCredentialAlteration) -> None:
    admin = AdminClient({"bootstrap.servers": broker.address})
    for answer in admin.alter_user_scram_credentials([alteration]).values():
        answer.result()
