"""No role can read secrets broadly.

Service account tokens and database passwords are Secrets; `list` and `watch` return their contents too. A role that
needs one of them can name it in `resourceNames`.

Bad, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: worker, namespace: shop}
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
      - apiGroups: [""]
        resources: [secrets]
        verbs: [get, list]

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


def faults(role: Role) -> Iterator[Fault]:
    """`get`, `list` and `watch` of secrets only by name."""
    for index, rule in enumerate(role.rules):
        if "secrets" in rule.resources and not rule.names and {"get", "list", "watch", "*"} & set(rule.verbs):
            yield Fault(path=f"rules[{index}].resources", found="may read every secret", want=_QUESTION)


_QUESTION = Decision("which secrets does it need? name them in resourceNames")


CONTROL = Control(
    id="no-secret-reading",
    title="No role can read secrets broadly",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("rules",),
    references=(
        nsa("Role-based access control"),
        kubernetes("concepts/security/rbac-good-practices"),
        cwe(522),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Role",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
