"""A seccomp profile is set.

If a pod says nothing, Kubernetes leaves the choice to the node, and unless its kubelet was started with
SeccompDefault that means no filter at all.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext:
            seccompProfile: {type: RuntimeDefault}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, pod_security
from ringfence.model import Seccomp
from ringfence.models.cluster import PodContext
from ringfence.models.service import Service


def faults(service: "Service | PodContext") -> Iterator[Fault]:
    """A profile must be named, for the pod or for the container."""
    if service.seccomp is Seccomp.NODE_DEFAULT:
        yield Fault(path="seccomp", found="no profile is set, so the node chooses", want=Seccomp.RUNTIME_DEFAULT)


CONTROL = Control(
    id="seccomp-profile-set",
    title="A seccomp profile is set",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("seccomp",),
    references=(
        pod_security("Seccomp (v1.19+)"),
        nsa("Pod security"),
        cis("5.22"),
        cwe(653),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Service", "PodContext"),
    standards=frozenset({Standard.DEFAULT, Standard.RESTRICTED, Standard.NSA}),
)
