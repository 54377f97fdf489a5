"""No role can enter running pods.

`pods/exec`, `pods/attach`, `pods/portforward` and ephemeral containers amount to a shell in somebody else's pod, with
its files, its network and its token.

Bad, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: worker, namespace: shop}
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
      - apiGroups: [""]
        resources: [pods, pods/exec]
        verbs: [create]

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

_DOORS = ("pods/attach", "pods/ephemeralcontainers", "pods/exec", "pods/portforward")


def faults(role: Role) -> Iterator[Fault]:
    """None of the doors into pods."""
    for index, rule in enumerate(role.rules):
        held = sorted(set(rule.resources) & set(_DOORS))
        if held:
            yield Fault(path=f"rules[{index}].resources", found=f"may use {', '.join(held)}", want=_QUESTION)


_QUESTION = Decision("can a person's own role do this instead, for a limited time?")


CONTROL = Control(
    id="no-pod-exec",
    title="No role can enter running pods",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("rules",),
    references=(
        kubernetes("concepts/security/rbac-good-practices"),
        nsa("Role-based access control"),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Role",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
