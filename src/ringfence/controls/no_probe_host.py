"""Probes and hooks call their own pod.

The `host` field of a probe or hook makes the kubelet, which is on the node's network and is trusted there, send
requests to any address that the pod's author chooses.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          livenessProbe:
            httpGet: {host: 169.254.169.254, path: /latest/meta-data, port: 80}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          livenessProbe:
            httpGet: {path: /healthz, port: 8080}
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, pod_security
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """No probe and no hook may name a host."""
    for index, host in enumerate(service.probe_hosts):
        yield Fault(path=f"probe_hosts[{index}]", found=f"the kubelet sends requests to {host}", want=REMOVE)


CONTROL = Control(
    id="no-probe-host",
    title="Probes and hooks call their own pod",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("probe_hosts",),
    references=(
        pod_security("Host Probes / Lifecycle Hooks (v1.34+)"),
        kubernetes("tasks/configure-pod-container/configure-liveness-readiness-startup-probes"),
        cwe(918),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED}),
)
