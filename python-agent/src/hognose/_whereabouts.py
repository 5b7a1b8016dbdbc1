"""
Where the process runs: environment, pod, node, namespace and container.

What other instrumentation says goes first (OpenTelemetry's resource attributes, Datadog's
variables), then the variables that pods are usually given through Kubernetes' downward API, then
what the kernel and Kubernetes leave in files. Cost: three small files, once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from hognose._happenings import Whereabouts
from hognose._resource import attribute

_ROOT = Path("/")
_NAMESPACE = "var/run/secrets/kubernetes.io/serviceaccount/namespace"

# By figure: OpenTelemetry's attributes, then variables; the first that says something counts.
_ATTRIBUTES = {
    "environment": ("deployment.environment.name", "deployment.environment"),
    "pod": ("k8s.pod.name",),
    "node": ("k8s.node.name",),
    "namespace": ("k8s.namespace.name",),
    "container": ("container.id",),
}
_VARIABLES = {
    "environment": ("DD_ENV",),
    "pod": ("POD_NAME", "K8S_POD_NAME", "MY_POD_NAME", "KUBERNETES_POD_NAME"),
    "node": (
        "NODE_NAME", "K8S_NODE_NAME", "MY_NODE_NAME", "KUBERNETES_NODE_NAME",
        "DD_KUBERNETES_KUBELET_NODENAME",
    ),
    "namespace": (
        "POD_NAMESPACE", "K8S_POD_NAMESPACE", "K8S_NAMESPACE_NAME", "K8S_NAMESPACE",
        "MY_POD_NAMESPACE", "KUBERNETES_NAMESPACE", "DD_KUBE_NAMESPACE",
    ),
}  # fmt: skip

# A pod's host is called after the pod unless it uses its node's network.
_IN_KUBERNETES = "KUBERNETES_SERVICE_HOST"

# Docker, containerd, CRI-O, Podman; then Fargate's tasks; then Garden's.
_CONTAINER = re.compile(
    r"[0-9a-f]{64}|[0-9a-f]{32}-\d{1,10}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3,4}(?:-[0-9a-f]{12})?"
)
_IN_CGROUP = re.compile(rf"(?:.*[/-])?({_CONTAINER.pattern})(?:\.scope)?$")

# With a cgroup namespace the path says nothing; files that the engine mounts still do.
_MOUNTED = re.compile(r"/(?:overlay-)?containers/([0-9a-f]{64})/(?:userdata/)?(?:hostname|hosts|resolv\.conf)\b")  # fmt: skip  # noqa: E501

# A name from outside is no longer than this; Kubernetes' own are at most 253.
_LONGEST = 256


def whereabouts(environ: Mapping[str, str] = os.environ, root: Path = _ROOT) -> Whereabouts:
    """What is known; empty strings for the rest."""
    told = {
        name: _first(
            *(attribute(environ, each) for each in attributes),
            *(environ.get(each, "") for each in _VARIABLES.get(name, ())),
        )
        for name, attributes in _ATTRIBUTES.items()
    }
    in_kubernetes = _IN_KUBERNETES in environ
    return {
        "environment": told["environment"],
        "pod": told["pod"] or _first(environ.get("HOSTNAME", "") if in_kubernetes else ""),
        "node": told["node"],
        "namespace": told["namespace"] or _first(_text(root / _NAMESPACE)),
        "container": told["container"] or container_id(root),
    }


def container_id(root: Path = _ROOT) -> str:
    """The container's own number, as its engine knows it; empty outside of any."""
    for line in _lines(root / "proc/self/cgroup"):
        match = _IN_CGROUP.match(line.rpartition(":")[2])
        if match:
            return match[1]
    for line in _lines(root / "proc/self/mountinfo"):
        match = _MOUNTED.search(line)
        if match:
            return match[1]
    return ""


def _first(*values: str) -> str:
    cleaned = ("".join(each for each in value if each.isprintable()).strip() for value in values)
    return next((value[:_LONGEST] for value in cleaned if value), "")


def _lines(path: Path) -> Iterable[str]:
    return _text(path).splitlines()


def _text(path: Path) -> str:
    """What the file says; nothing where it is not there or not for us."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
