"""The cluster refuses to run it as root.

With `runAsNonRoot: true` the kubelet checks at every start that the user is not root, whatever a new version of the
image says. The "restricted" level of the Pod Security Standards requires it even if `runAsUser` is set.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext: {runAsUser: 65532}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext: {runAsUser: 65532, runAsNonRoot: true}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, nsa, pod_security
from ringfence.models.cluster import PodContext
from ringfence.models.service import Service


def faults(service: "Service | PodContext") -> Iterator[Fault]:
    """The flag must be set, for the pod or for the container."""
    if not service.non_root_required:
        yield Fault(path="non_root_required", found="runAsNonRoot is not set", want=True)


CONTROL = Control(
    id="non-root-required",
    title="The cluster refuses to run it as root",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("non_root_required",),
    references=(
        pod_security("Running as Non-root"),
        nsa("Non-root containers and rootless container engines"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service", "PodContext"),
    standards=frozenset({Standard.DEFAULT, Standard.RESTRICTED}),
)
