"""What an operator may choose of container cells; what is not chosen is as it is found."""

import os

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """The engine's socket, the guest's image by digest, an OCI runtime of the engine.

    `allow_host_cgroup_namespace` gives that wall up, for Podman 4 on cgroup v1, whose API has no word for it.
    `allow_unexamined_runtime` gives up that a cell is examined from outside, for a runtime with a kernel of its own
    (gVisor, Kata) that is named.
    """

    engine: str | None = None
    image: str | None = None
    runtime: str | None = None
    allow_host_cgroup_namespace: bool = False
    allow_unexamined_runtime: bool = False


def sockets() -> list[str]:
    """Where engines of this machine may listen, the operator's own choice first."""
    named = [os.environ.get("RINGFENCE_ENGINE", ""), os.environ.get("DOCKER_HOST", "")]
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    rootless = [f"{own}/docker.sock", f"{own}/podman/podman.sock"] if own else []
    chosen = [name.removeprefix("unix://") for name in named if name]
    return chosen or [*rootless, "/var/run/docker.sock", "/run/podman/podman.sock"]
