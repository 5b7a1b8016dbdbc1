from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from hognose._whereabouts import container_id, whereabouts

ID = "3f4a9d0c17be5a62" * 4
SANDBOX = "0123456789abcdef" * 4


def root(folder: Path, texts: Mapping[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_instrumentation_that_is_there_is_believed(tmp_path: Path) -> None:
    """OpenTelemetry's attributes go first; both of its names for the environment count."""
    environ = {
        "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment=staging,k8s.pod.name=shop-1,"
        "k8s.node.name=n%2F4,k8s.namespace.name=shops,container.id=c1",
        "DD_ENV": "production",
        "POD_NAME": "other",
    }

    assert whereabouts(environ, tmp_path) == {
        "environment": "staging",
        "pod": "shop-1",
        "node": "n/4",
        "namespace": "shops",
        "container": "c1",
    }


def test_a_pod_is_known_by_what_kubernetes_gives_it(tmp_path: Path) -> None:
    """Variables of the downward API, else the host's name and the service account's file."""
    mounted = root(tmp_path, {"var/run/secrets/kubernetes.io/serviceaccount/namespace": "shops\n"})
    given = {"HOSTNAME": "shop-7c9f-2x", "KUBERNETES_SERVICE_HOST": "10.0.0.1", "DD_ENV": "prod"}

    told = whereabouts(given, mounted)

    assert (told["environment"], told["pod"], told["node"]) == ("prod", "shop-7c9f-2x", "")
    assert told["namespace"] == "shops"
    downward = {**given, "POD_NAME": "web-0", "NODE_NAME": "n4", "POD_NAMESPACE": "till"}
    told = whereabouts(downward, mounted)
    assert (told["pod"], told["node"], told["namespace"]) == ("web-0", "n4", "till")


def test_outside_of_a_container_nothing_is_made_up(tmp_path: Path) -> None:
    """A machine's host name is no pod, and an empty variable says nothing."""
    told = whereabouts({"HOSTNAME": "desk", "POD_NAME": " ", "DD_ENV": "\n"}, tmp_path)

    assert set(told.values()) == {""}


def test_a_name_is_plain_and_bounded(tmp_path: Path) -> None:
    """What comes from outside ends up as a label."""
    told = whereabouts({"DD_ENV": "a\tb" * 200, "POD_NAME": "web\x00"}, tmp_path)

    assert told["environment"] == "ab" * 128
    assert told["pod"] == "web"


@pytest.mark.parametrize(
    ("cgroup", "expected"),
    [
        (f"12:memory:/docker/{ID}\n0::/docker/{ID}\n", ID),
        (f"0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-{ID}.scope\n", ID),
        (f"1:cpu:/kubepods/burstable/pod0d5f1a3e-1c2d-4e5f-8a9b-0c1d2e3f4a5b/{ID}\n", ID),
        (f"0::/system.slice/docker-{ID}.scope\n", ID),
        (f"0::/user.slice/user-1000.slice/libpod-{ID}.scope/container\n", ""),
        ("9:cpu:/ecs/0a1b/" + "ab" * 16 + "-2871293847\n", "ab" * 16 + "-2871293847"),
        ("0::/user.slice/user-1000.slice/session-4.scope\n", ""),
        ("0::/\n", ""),
        ("", ""),
    ],
)
def test_a_container_is_known_by_its_cgroup(tmp_path: Path, cgroup: str, expected: str) -> None:
    """As Docker, containerd, systemd, Podman and Fargate write it."""
    assert container_id(root(tmp_path, {"proc/self/cgroup": cgroup})) == expected


@pytest.mark.parametrize(
    ("mount", "expected"),
    [
        (f"/var/lib/docker/containers/{ID}/hostname /etc/hostname rw", ID),
        (f"/run/containers/storage/overlay-containers/{ID}/userdata/hosts /etc/hosts rw", ID),
        (f"/containerd/io.containerd.grpc.v1.cri/sandboxes/{SANDBOX}/hostname /etc/hostname", ""),
        ("/ / rw,relatime - ext4 /dev/sda1 rw", ""),
    ],
)
def test_with_a_cgroup_namespace_its_mounts_tell(tmp_path: Path, mount: str, expected: str) -> None:
    """A pod's sandbox is not the container."""
    texts = {"proc/self/cgroup": "0::/\n", "proc/self/mountinfo": f"1 2 8:1 {mount}\n"}

    assert container_id(root(tmp_path, texts)) == expected
