"""Roles name the resources and verbs they allow.

A `*` allows what exists today and whatever is added tomorrow: new kinds of objects, new verbs, secrets among them.
Most privilege escalations in clusters start from a role that was meant to be narrower.

Bad, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: worker, namespace: shop}
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
      - apiGroups: [apps]
        resources: ["*"]
        verbs: [get]

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
    """No rule may have a wildcard as its verb, resource or URL. One in `apiGroups` alone weighs less."""
    for index, rule in enumerate(role.rules):
        for field, values in (("verbs", rule.verbs), ("resources", rule.resources), ("urls", rule.urls)):
            if "*" in values or "*/*" in values:
                yield Fault(path=f"rules[{index}].{field}", found=f"every one of its {field}", want=_QUESTION)
        if "*" in rule.groups and "*" not in rule.resources:
            found, severity = "resources of every API group", Severity.LOW
            yield Fault(path=f"rules[{index}].groups", found=found, want=_QUESTION, severity=severity)


_QUESTION = Decision("which resources and verbs does it need?")


CONTROL = Control(
    id="no-wildcard-rules",
    title="Roles name the resources and verbs they allow",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("rules",),
    references=(
        nsa("Role-based access control"),
        kubernetes("concepts/security/rbac-good-practices"),
        cwe(250),
        cwe(285),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Role",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
