"""The container engine's socket is not mounted.

Whoever can talk to the engine's socket can start a privileged container and own the host; mounting it read-only
changes nothing, because clients write to a socket by connecting. Tools that must query the engine can go through a
proxy that allows a few read-only requests.

Bad, compose:

    services:
      dashboard:
        image: example/dashboard:1.4
        volumes:
          - data:/data
          - /var/run/docker.sock:/var/run/docker.sock:ro
    volumes:
      data: {}

Good, compose:

    services:
      dashboard:
        image: example/dashboard:1.4
        environment:
          DOCKER_HOST: tcp://socket-proxy:2375

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: agent}
    spec:
      volumes:
        - name: engine
          hostPath: {path: /run/containerd/containerd.sock}
      containers:
        - name: agent
          image: example/agent:1.4
          volumeMounts:
            - {name: engine, mountPath: /run/containerd/containerd.sock}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: agent}
    spec:
      containers:
        - name: agent
          image: example/agent:1.4
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.service import Service

_NAMES = re.compile(r"/(docker|podman|containerd|crio|cri-dockerd|dockershim|buildkitd|balena-engine)[\w.-]*\.sock$")


def faults(service: Service) -> Iterator[Fault]:
    """No mount may be an engine's socket, writable or not."""
    for index, mount in enumerate(service.mounts):
        if _NAMES.search(mount.source):
            yield Fault(path=f"mounts[{index}]", found=f"{mount.source} exposes the host", want=REMOVE)


CONTROL = Control(
    id="no-engine-socket",
    title="The container engine's socket is not mounted",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("mounts",),
    references=(
        cis("5.32"),
        owasp("rule 1"),
        cwe(250),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
