"""Nobody is bound to cluster-admin.

The role may do everything everywhere. One stolen token of a program that holds it, and there is nothing left to
protect.

Bad, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: worker}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
    subjects:
      - {kind: ServiceAccount, name: worker, namespace: shop}

Good, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: worker}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    subjects:
      - {kind: ServiceAccount, name: worker, namespace: shop}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import Binding


def faults(binding: Binding) -> Iterator[Fault]:
    """No binding may give it; `admin` over the whole cluster weighs less."""
    if binding.role_kind == "ClusterRole" and binding.role == "cluster-admin":
        yield Fault(path="role", found="grants cluster-admin", want=_QUESTION)
    elif binding.role_kind == "ClusterRole" and binding.role == "admin" and binding.cluster_wide:
        yield Fault(path="role", found="grants admin in every namespace", want=_QUESTION, severity=Severity.MEDIUM)


_QUESTION = Decision("which permissions does it need?")


CONTROL = Control(
    id="no-cluster-admin",
    title="Nobody is bound to cluster-admin",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("role",),
    references=(
        nsa("Role-based access control"),
        kubernetes("concepts/security/rbac-good-practices"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Binding",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
