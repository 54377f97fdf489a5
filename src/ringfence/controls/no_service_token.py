"""No service account token is mounted.

Kubernetes puts a credential for its own API into every pod. Few programs use it; an intruder in any of the others
gets it for free. A pod that does talk to the API says so.

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
      automountServiceAccountToken: false
      containers:
        - name: web
          image: example/web:1.4
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import Account
from ringfence.models.service import Service


def faults(model: Service | Account) -> Iterator[Fault]:
    """The token must be switched off, in the pod or in its account."""
    if model.token:
        yield Fault(path="token", found="a credential for the cluster's API is mounted", want=False)


CONTROL = Control(
    id="no-service-token",
    title="No service account token is mounted",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("token",),
    references=(
        nsa("Protecting Pod service account tokens"),
        kubernetes("tasks/configure-pod-container/configure-service-account"),
        cwe(522),
    ),
    unsafe_fix=True,
    faults=faults,
    models=(
        "Service",
        "Account",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
