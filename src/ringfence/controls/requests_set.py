"""Memory and processor time are requested.

A scheduler that does not know what a pod needs puts too many on one node, and pods without requests are the first to
be killed there.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          resources:
            requests: {cpu: 100m}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          resources:
            requests: {cpu: 100m, memory: 128Mi}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """Both must be asked for (a limit counts, because Kubernetes takes it as the request)."""
    requests, limits = service.requests, service.limits
    if requests.memory_bytes is None and limits.memory_bytes is None:
        yield Fault(
            path="requests.memory_bytes",
            found="it requests no memory",
            want=128 * 1024**2,
            assumes="memory",
            rests_on=("limits.memory_bytes",),
        )
    if requests.cpu_millis is None and limits.cpu_millis is None:
        yield Fault(
            path="requests.cpu_millis",
            found="it requests no processor time",
            want=100,
            assumes="cpus",
            rests_on=("limits.cpu_millis",),
        )


CONTROL = Control(
    id="requests-set",
    title="Memory and processor time are requested",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("requests",),
    references=(
        nsa("Resource policies"),
        kubernetes("concepts/configuration/manage-resources-containers"),
        cwe(770),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
