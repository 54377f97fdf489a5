"""The namespace enforces a Pod Security Standard.

With the label `pod-security.kubernetes.io/enforce`, the cluster itself refuses privileged pods in a namespace,
whoever submits them. Without it everything is admitted.

Bad, kubernetes:

    apiVersion: v1
    kind: Namespace
    metadata: {name: shop}

Good, kubernetes:

    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: restricted
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import Tenancy


def faults(tenancy: Tenancy) -> Iterator[Fault]:
    """The label must say baseline or restricted."""
    if tenancy.enforce == "privileged":
        yield Fault(path="enforce", found="it admits every pod", want="baseline", severity=Severity.MEDIUM)
    elif tenancy.enforce not in {"baseline", "restricted"}:
        yield Fault(path="enforce", found="it enforces no Pod Security Standard", want="baseline")


CONTROL = Control(
    id="pod-security-labels",
    title="The namespace enforces a Pod Security Standard",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("enforce",),
    references=(
        kubernetes("concepts/security/pod-security-admission"),
        nsa("Pod security enforcement"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Tenancy",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
