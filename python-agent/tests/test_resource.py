"""What other instrumentation has in the environment is not asked for twice."""

from __future__ import annotations

import pytest

from hognose._run import with_service
from hognose._settings import SettingsError, read_settings

ATTRIBUTES = "deployment.environment=prod,service.name=sh%6Fp,service.version=2026.11"


@pytest.mark.parametrize(
    ("environ", "service", "version"),
    [
        ({"OTEL_SERVICE_NAME": "shop", "OTEL_RESOURCE_ATTRIBUTES": "service.name=x"}, "shop", ""),
        ({"OTEL_RESOURCE_ATTRIBUTES": ATTRIBUTES, "DD_SERVICE": "x"}, "shop", "2026.11"),
        ({"DD_SERVICE": "shop", "DD_VERSION": "7"}, "shop", "7"),
        ({"HOGNOSE_SERVICE": "shop", "OTEL_SERVICE_NAME": "x", "DD_VERSION": "7"}, "shop", "7"),
        ({"HOGNOSE_SERVICE": " ", "OTEL_SERVICE_NAME": "shop"}, "shop", ""),
        ({"DD_SERVICE": "shop", "HOGNOSE_VERSION": "8", "DD_VERSION": "7"}, "shop", "8"),
    ],
)
def test_service_and_version_are_those_of_other_instrumentation(
    environ: dict[str, str], service: str, version: str
) -> None:
    """Where ours are not set; OpenTelemetry's before Datadog's."""
    settings = read_settings(environ)

    assert (settings.service, settings.version) == (service, version)
    assert with_service(environ, ["uvicorn", "app:app"])["HOGNOSE_SERVICE"] == service


def test_a_keyword_goes_before_them() -> None:
    """As it goes before ours."""
    assert read_settings({"DD_SERVICE": "till"}, service="shop").service == "shop"


def test_a_name_that_cannot_be_used_is_told_by_its_variable() -> None:
    """And not by one that nobody has set."""
    with pytest.raises(SettingsError, match=r"OTEL_SERVICE_NAME=a/b: expected a name"):
        read_settings({"OTEL_SERVICE_NAME": "a/b"})
    with pytest.raises(SettingsError, match="HOGNOSE_SERVICE is not set"):
        read_settings({"OTEL_RESOURCE_ATTRIBUTES": "nonsense,service.namespace=x"})
