"""Variables that Kubernetes sets; `ServiceLinksTest.java` has the same tables."""

from __future__ import annotations

import pytest

from hognose._service_links import without_service_links
from hognose._settings import SettingsError, read_settings

SERVICES = {
    "HOGNOSE_SERVICE_HOST": "10.0.0.1",
    "HOGNOSE_SERVICE_PORT": "9464",
    "HOGNOSE_COLLECTOR_SERVICE_HOST": "10.0.0.2",
    "HOGNOSE_COLLECTOR_SERVICE_PORT": "9464",
    "HOGNOSE_HTTP_SERVICE_HOST": "10.0.0.3",
    "HOGNOSE_HTTP_SERVICE_PORT": "80",
    "HOGNOSE_SERVICE_PORT_2_SERVICE_HOST": "10.0.0.4",
    "HOGNOSE_SERVICE_PORT_2_SERVICE_PORT": "80",
}

LINKS = [
    "HOGNOSE_SERVICE_PORT_HTTP=9464",
    "HOGNOSE_PORT=tcp://10.0.0.1:9464",
    "HOGNOSE_PORT_9464_TCP=tcp://10.0.0.1:9464",
    "HOGNOSE_COLLECTOR_SERVICE_PORT_HTTP_METRICS=9464",
    "HOGNOSE_COLLECTOR_PORT=tcp://10.0.0.2:9464",
    "HOGNOSE_COLLECTOR_PORT_9464_TCP=tcp://10.0.0.2:9464",
    "HOGNOSE_COLLECTOR_PORT_9464_TCP_PROTO=tcp",
    "HOGNOSE_COLLECTOR_PORT_9464_TCP_PORT=9464",
    "HOGNOSE_COLLECTOR_PORT_9464_TCP_ADDR=10.0.0.2",
    "HOGNOSE_COLLECTOR_PORT_53_UDP=udp://10.0.0.2:53",
    "HOGNOSE_COLLECTOR_PORT_36412_SCTP_PROTO=sctp",
    "HOGNOSE_HTTP_PORT=tcp://10.0.0.3:80",
    "HOGNOSE_SERVICE_PORT_2_PORT=tcp://10.0.0.4:80",
]

OTHERS = [
    "HOGNOSE_SERVICE=orders",
    "HOGNOSE_HTTP_PORT=80",
    "HOGNOSE_HTTP_PORT=80a",
    "HOGNOSE_COLLECTOR_PROT=tcp://10.0.0.2:9464",
    "HOGNOSE_COLLECTOR_PORT=9464",
    "HOGNOSE_COLLECTOR_PORT_HTTP=9464",
    "HOGNOSE_COLLECTOR_PORT_9464_TCP_HOST=10.0.0.2",
    "HOGNOSE_COLLECTORSERVICE_HOST=10.0.0.2",
    "HOGNOSE_KAFKA_SERVICE_HOST=10.0.0.5",
    "HOGNOSE_KAFKA_SERVICE_PORT=9092",
    "HOGNOSE_KAFKA_PORT=tcp://10.0.0.5:9092",
]


@pytest.mark.parametrize("variable", LINKS)
def test_what_kubernetes_sets_for_a_service_is_none(variable: str) -> None:
    """Nor are its host and port."""
    name, _, value = variable.partition("=")

    assert without_service_links({**SERVICES, name: value}) == {}


@pytest.mark.parametrize("variable", OTHERS)
def test_what_no_service_sets_stays(variable: str) -> None:
    """Half of what a Service sets is no Service."""
    name, _, value = variable.partition("=")

    assert without_service_links({**SERVICES, name: value}) == {name: value}


def test_links_to_services_are_neither_settings_nor_properties_of_kafka() -> None:
    """A misspelt one beside them is refused all the same."""
    linked = {
        "HOGNOSE_SERVICE": "shop",
        "HOGNOSE_KAFKA_ACKS": "all",
        "HOGNOSE_KAFKA_SERVICE_HOST": "10.0.0.11",
        "HOGNOSE_KAFKA_SERVICE_PORT": "9092",
        "HOGNOSE_KAFKA_PORT": "tcp://10.0.0.11:9092",
        **SERVICES,
    }

    assert read_settings(linked).kafka == {"acks": "all"}
    with pytest.raises(SettingsError, match=r"^HOGNOSE_HTP_PORT: no such setting"):
        read_settings({**linked, "HOGNOSE_HTP_PORT": "9464"})
