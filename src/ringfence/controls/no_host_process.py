"""No Windows HostProcess containers.

A Windows HostProcess container is not isolated: it runs on the node itself, with the node's users and files. The Pod
Security Standards forbid it from the baseline level on.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: agent}
    spec:
      hostNetwork: true
      containers:
        - name: agent
          image: example/agent:1.4
          securityContext:
            windowsOptions: {hostProcess: true}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: agent}
    spec:
      containers:
        - name: agent
          image: example/agent:1.4
          securityContext:
            windowsOptions: {hostProcess: false}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, pod_security
from ringfence.models.cluster import PodContext
from ringfence.models.service import Service


def faults(service: "Service | PodContext") -> Iterator[Fault]:
    """The flag must not be set."""
    if service.windows_host_process:
        yield Fault(path="windows_host_process", found="it runs on the node itself", want=False)


CONTROL = Control(
    id="no-host-process",
    title="No Windows HostProcess containers",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("windows_host_process",),
    references=(
        pod_security("HostProcess"),
        kubernetes("tasks/configure-pod-container/create-hostprocess-pod"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service", "PodContext"),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED}),
)
