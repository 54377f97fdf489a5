"""No role can escalate its rights.

`escalate` lets its holder put more rights into a role than they have, `bind` hands out any role, `impersonate` acts
as anybody, `approve` and `sign` issue certificates. Whoever has one of them has the cluster.

Bad, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: worker, namespace: shop}
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [clusterroles]
        verbs: [bind]

Good, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: worker, namespace: shop}
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import Role

_VERBS = ("approve", "bind", "escalate", "impersonate", "sign")


def faults(role: Role) -> Iterator[Fault]:
    """None of the verbs that go around the checks of rights."""
    for index, rule in enumerate(role.rules):
        held = sorted(set(rule.verbs) & set(_VERBS))
        if held:
            yield Fault(path=f"rules[{index}].verbs", found=f"may {', '.join(held)}", want=_QUESTION)


_QUESTION = Decision("which permission should be granted directly instead?")


CONTROL = Control(
    id="no-escalation-verbs",
    title="No role can escalate its rights",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("rules",),
    references=(
        nsa("Role-based access control"),
        kubernetes("concepts/security/rbac-good-practices"),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Role",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
