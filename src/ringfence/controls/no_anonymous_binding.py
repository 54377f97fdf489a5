"""Permissions are granted to specific subjects.

`system:anonymous` and `system:unauthenticated` are everybody who can reach the API, `system:authenticated` is
everybody with any account, `system:masters` cannot be revoked, and the account `default` is every pod that named
none.

Bad, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata: {name: worker}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    subjects:
      - {kind: ServiceAccount, name: worker, namespace: shop}
      - {kind: Group, name: "system:unauthenticated", apiGroup: rbac.authorization.k8s.io}

Good, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata: {name: worker}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    subjects:
      - {kind: ServiceAccount, name: worker, namespace: shop}
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import Binding

_EVERYBODY = {
    "system:anonymous": Severity.CRITICAL,
    "system:unauthenticated": Severity.CRITICAL,
    "system:authenticated": Severity.HIGH,
    "system:masters": Severity.HIGH,
    "system:serviceaccounts": Severity.HIGH,
}


def faults(binding: Binding) -> Iterator[Fault]:
    """No subject may stand for everybody, nor for the account that pods get by default."""
    for index, subject in enumerate(binding.subjects):
        severity = _EVERYBODY.get(subject.name)
        if subject.kind == "ServiceAccount":
            severity = Severity.MEDIUM if subject.name == "default" else None
        if severity is not None:
            yield Fault(
                path=f"subjects[{index}]", found=f"grants permissions to {subject.name}", want=REMOVE, severity=severity
            )


CONTROL = Control(
    id="no-anonymous-binding",
    title="Permissions are granted to specific subjects",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("subjects",),
    references=(
        kubernetes("concepts/security/rbac-good-practices"),
        nsa("Authentication and authorization"),
        cwe(306),
        cwe(862),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Binding",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
