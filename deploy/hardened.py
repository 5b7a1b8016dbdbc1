"""
Hold docker-compose.yml, the images and the manifests to what SECURITY.md says of containers.

Prints a line for each thing that is otherwise, and ends with 1 then.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"
MANIFESTS = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))
IMAGES = [ROOT / "Dockerfile", ROOT / "demo" / "Dockerfile"]

# Of the others, such as Kafka, the image decides what it writes to.
OURS = {
    "read_only": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
}
NOT_GIVEN = {"automountServiceAccountToken": False, "enableServiceLinks": False}
POD = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
CONTAINER = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}
RIGHTS = ("privileged", "cap_add", "pid", "network_mode", "devices")
OF_THE_NODE = ("hostNetwork", "hostPID", "hostIPC")


def main() -> int:
    mistakes = [*_compose(), *_manifests(), *_images()]
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return 1 if mistakes else 0


def _compose() -> Iterator[str]:
    """Each of ours without rights; nobody listens to other machines or takes memory without end."""
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    ours = [name for name, service in services.items() if service["image"].startswith("hognose")]
    if not ours:
        yield "docker-compose.yml: expected services of ours, found none"
    for name, service in services.items():
        where = f"docker-compose.yml, {name}"
        if name in ours:
            yield from _differences(where, service, OURS)
        if "mem_limit" not in service:
            yield f"{where}: expected mem_limit"
        for right in RIGHTS:
            if right in service:
                yield f"{where}: {right}={service[right]}: expected none"
        for port in service.get("ports", []):
            if not str(port).startswith("127.0.0.1:"):
                yield f"{where}: port {port}: expected one of 127.0.0.1"


def _manifests() -> Iterator[str]:
    documents = [part for file in MANIFESTS for part in yaml.safe_load_all(file.read_text())]
    pods = {
        part["metadata"]["name"]: part["spec"]["template"]["spec"]
        for part in documents
        if "template" in part.get("spec", {})
    }
    if not pods:
        yield "deploy/kubernetes: expected pods, found none"
    for name, pod in pods.items():
        yield from _differences(name, pod, NOT_GIVEN)
        yield from _differences(name, pod.get("securityContext", {}), POD)
        for right in OF_THE_NODE:
            if right in pod:
                yield f"{name}: {right}={pod[right]}: expected none"
        for container in pod["containers"]:
            where = f"{name}, container {container['name']}"
            yield from _differences(where, container.get("securityContext", {}), CONTAINER)
            if "memory" not in container.get("resources", {}).get("limits", {}):
                yield f"{where}: expected a limit of memory"


def _images() -> Iterator[str]:
    """The user of a Dockerfile is the last that it names; root when it names none."""
    for file in IMAGES:
        users = re.findall(r"^USER +(\S+)", file.read_text(), re.MULTILINE)
        user = users[-1] if users else "root"
        if user.partition(":")[0] in ("root", "0"):
            yield f"{file.relative_to(ROOT)}: user {user}: expected an ordinary one"


def _differences(where: str, found: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
    for key, value in wanted.items():
        if found.get(key) != value:
            yield f"{where}: {key}={found.get(key)}: expected {value}"


if __name__ == "__main__":
    sys.exit(main())
