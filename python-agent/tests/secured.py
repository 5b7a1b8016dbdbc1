"""A Kafka broker that knows its users and lets nobody do what was not granted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from broker import DEADLINE, Broker
from certificates import PASSWORD, Certificates
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._acl import AclBinding, AclOperation, AclPermissionType
from confluent_kafka.admin._resource import ResourcePatternType, ResourceType
from confluent_kafka.admin._scram import (
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialDeletion,
    UserScramCredentialUpsertion,
)
from ports import free_ports

_MODULES = "org.apache.kafka.common.security"


class SecuredBroker:
    """
    Its plain listener is the administrator's; the others take certificates (mutual TLS), and names
    with passwords over TLS (PLAIN, SCRAM).
    """

    def __init__(self, folder: Path) -> None:
        self.certificates = Certificates(folder / "certificates")
        self._tls, self._sasl = free_ports(2)
        more = folder / "broker"
        more.mkdir()
        lines = "\n".join(f"{name}={value}" for name, value in self._properties().items())
        (more / "more.properties").write_text(lines)
        self.broker = Broker(more)
        self._admin = AdminClient({"bootstrap.servers": self.broker.address})

    def close(self) -> None:
        self.broker.close()

    def plain(self, name: str) -> dict[str, str]:
        """The agent's settings for a user of PLAIN: there is one, `plain`."""
        return self._login("PLAIN", name, f"{name}-secret")

    def scram(self, mechanism: str, name: str) -> dict[str, str]:
        """The agent's settings for a user of SCRAM who is made known for it."""
        self.know(mechanism, name)
        return self._login(mechanism, name, f"{name}-secret")

    def know(self, mechanism: str, name: str) -> None:
        info = ScramCredentialInfo(_SCRAM[mechanism], 4096)
        password = f"{name}-secret".encode()
        self._alter(UserScramCredentialUpsertion(name, info, password))

    def forget(self, mechanism: str, name: str) -> None:
        self._alter(UserScramCredentialDeletion(name, _SCRAM[mechanism]))

    def mutual_tls(self, name: str) -> dict[str, str]:
        """The agent's settings with a certificate of that name."""
        return {
            "HOGNOSE_BOOTSTRAP_SERVERS": f"127.0.0.1:{self._tls}",
            "HOGNOSE_KAFKA_SECURITY_PROTOCOL": "SSL",
            "HOGNOSE_KAFKA_SSL_CA_LOCATION": str(self.certificates.authority),
            "HOGNOSE_KAFKA_SSL_KEYSTORE_LOCATION": str(self.certificates.signed(name)),
            "HOGNOSE_KAFKA_SSL_KEYSTORE_PASSWORD": PASSWORD,
        }

    def grant(self, principal: str, *topics: str) -> None:
        """The right to write, as `hognose acls` gives it to agents."""
        bindings = [_write(principal, topic) for topic in topics]
        for granted in self._admin.create_acls(bindings, request_timeout=DEADLINE).values():
            granted.result(DEADLINE)

    def _alter(self, alteration: UserScramCredentialAlteration) -> None:
        altered = self._admin.alter_user_scram_credentials([alteration], request_timeout=DEADLINE)
        for each in altered.values():
            each.result(DEADLINE)

    def _login(self, mechanism: str, name: str, password: str) -> dict[str, str]:
        return {
            "HOGNOSE_BOOTSTRAP_SERVERS": f"127.0.0.1:{self._sasl}",
            "HOGNOSE_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
            "HOGNOSE_KAFKA_SASL_MECHANISM": mechanism,
            "HOGNOSE_KAFKA_SASL_USERNAME": name,
            "HOGNOSE_KAFKA_SASL_PASSWORD": password,
            "HOGNOSE_KAFKA_SSL_CA_LOCATION": str(self.certificates.authority),
        }

    def _properties(self) -> Mapping[str, str]:
        store = self.certificates.signed("broker")
        stores = {
            f"ssl.{kind}.{name}": value
            for kind in ("keystore", "truststore")
            for name, value in
            {"type": "PKCS12", "location": str(store), "password": PASSWORD}.items()
        }  # fmt: skip
        scram = f"{_MODULES}.scram.ScramLoginModule required;"
        plain = f'{_MODULES}.plain.PlainLoginModule required user_plain="plain-secret";'
        protocols = ("CONTROLLER:PLAINTEXT", "PLAINTEXT:PLAINTEXT", "SSL:SSL", "SASL_SSL:SASL_SSL")
        return {
            **stores,
            "listeners": f"SSL://127.0.0.1:{self._tls},SASL_SSL://127.0.0.1:{self._sasl}",
            "listener.security.protocol.map": ",".join(protocols),
            "listener.name.ssl.ssl.client.auth": "required",
            "sasl.enabled.mechanisms": ",".join(["PLAIN", *_SCRAM]),
            "listener.name.sasl_ssl.plain.sasl.jaas.config": plain,
            "listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config": scram,
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": scram,
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": "User:ANONYMOUS",
            # A user who is forgotten is asked again this soon.
            "connections.max.reauth.ms": "1000",
        }


def _write(principal: str, topic: str) -> AclBinding:
    return AclBinding(
        restype=ResourceType.TOPIC,
        name=topic,
        resource_pattern_type=ResourcePatternType.LITERAL,
        principal=principal,
        host="*",
        operation=AclOperation.WRITE,
        permission_type=AclPermissionType.ALLOW,
    )


_SCRAM = {
    "SCRAM-SHA-256": ScramMechanism.SCRAM_SHA_256,
    "SCRAM-SHA-512": ScramMechanism.SCRAM_SHA_512,
}
