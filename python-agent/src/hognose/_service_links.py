"""
What Kubernetes tells each pod of the Services in its namespace.

One that is called `hognose-collector` sets `HOGNOSE_COLLECTOR_SERVICE_HOST` and its like, which
nobody meant as settings. A Service has a host and a port in any case: without both a name is none,
and may be misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_HOST = "_SERVICE_HOST"
_PORT = "_SERVICE_PORT"

# What follows a Service's name, with the value.
_OF_A_SERVICE = re.compile(
    r"_SERVICE_HOST=.*"
    r"|_SERVICE_PORT(_\w+)?=.*"
    r"|_PORT(_\d+_(TCP|UDP|SCTP))?=(tcp|udp|sctp)://.*"
    r"|_PORT_\d+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)=.*",
    re.DOTALL,
)


def without_service_links(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables that are none."""
    hosts = (name.removesuffix(_HOST) for name in variables if name.endswith(_HOST))
    services = [name for name in hosts if name + _PORT in variables]
    return {
        name: value
        for name, value in variables.items()
        if not any(_is_of(service, f"{name}={value}") for service in services)
    }


def _is_of(service: str, variable: str) -> bool:
    return variable.startswith(service) and bool(_OF_A_SERVICE.fullmatch(variable, len(service)))
