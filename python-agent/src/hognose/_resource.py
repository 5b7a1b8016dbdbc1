"""
Name and version of the service as other instrumentation has them in the environment.

OpenTelemetry's `OTEL_SERVICE_NAME` goes before its `OTEL_RESOURCE_ATTRIBUTES`, as its specification
has it, and both before Datadog's variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

_ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES"


def service_names(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Variables that name the service, and the name; the best first."""
    return _present(
        ("OTEL_SERVICE_NAME", environ.get("OTEL_SERVICE_NAME", "")),
        (_ATTRIBUTES, attribute(environ, "service.name")),
        ("DD_SERVICE", environ.get("DD_SERVICE", "")),
    )


def service_versions(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The same for its version."""
    return _present(
        (_ATTRIBUTES, attribute(environ, "service.version")),
        ("DD_VERSION", environ.get("DD_VERSION", "")),
    )


def _present(*named: tuple[str, str]) -> Iterator[tuple[str, str]]:
    return ((variable, value) for variable, value in named if value.strip())


def attribute(environ: Mapping[str, str], wanted: str) -> str:
    """
    One of OpenTelemetry's `key=value,key=value` with percent-encoded values.

    Empty when it is not there.
    """
    for pair in environ.get(_ATTRIBUTES, "").split(","):
        key, _, value = pair.partition("=")
        if key.strip() == wanted:
            return unquote(value.strip())
    return ""
