"""No host ports are used.

`hostPort` opens the port on every node that the pod runs on, bypassing every NetworkPolicy, and ties the pod to nodes
where the port is free. A Service reaches the pod without that.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          ports:
            - containerPort: 9000
            - {containerPort: 8080, hostPort: 80}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          ports:
            - containerPort: 8080
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, pod_security
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """No container port may be published on the node."""
    for index, port in enumerate(service.ports):
        yield Fault(path=f"ports[{index}]", found=f"takes port {port.published} of the node", want=REMOVE)


CONTROL = Control(
    id="no-host-ports",
    title="No host ports are used",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("ports",),
    references=(
        pod_security("Host Ports"),
        kubernetes("concepts/configuration/overview"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED}),
)
