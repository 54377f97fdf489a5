"""Mounts do not propagate to the host.

With shared propagation (Kubernetes: Bidirectional), whatever a container mounts appears on the host and in every
other container that shares the path: over `/etc`, if it likes.

Bad, compose:

    services:
      storage:
        image: example/storage:1.4
        volumes: ["/srv/data:/data:rshared"]

Good, compose:

    services:
      storage:
        image: example/storage:1.4
        volumes: ["/srv/data:/data"]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: storage}
    spec:
      volumes:
        - name: data
          hostPath: {path: /srv/data}
      containers:
        - name: storage
          image: example/storage:1.4
          volumeMounts:
            - {name: data, mountPath: /data, mountPropagation: Bidirectional}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: storage}
    spec:
      volumes:
        - name: data
          hostPath: {path: /srv/data}
      containers:
        - name: storage
          image: example/storage:1.4
          volumeMounts:
            - {name: data, mountPath: /data, mountPropagation: HostToContainer}
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, kubernetes
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """No mount may be shared in both directions."""
    for index, mode in enumerate(service.propagations):
        if mode in {"shared", "rshared", "bidirectional"}:
            yield Fault(path=f"propagations[{index}]", found=f"mounts propagate to the host ({mode})", want=REMOVE)


CONTROL = Control(
    id="private-mount-propagation",
    title="Mounts do not propagate to the host",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("propagations",),
    references=(
        cis("5.20"),
        kubernetes("concepts/storage/volumes"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
