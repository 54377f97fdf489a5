"""No role creates pods without need.

Anybody who can create a pod in a namespace can mount every secret and use every service account there. Deployment
tools need that; most programs do not.

Bad, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: worker, namespace: shop}
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
      - apiGroups: [apps]
        resources: [deployments]
        verbs: [get, create]

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

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import Role

_KINDS = frozenset(
    "pods deployments daemonsets statefulsets replicasets replicationcontrollers jobs cronjobs podtemplates".split()
)


def faults(role: Role) -> Iterator[Fault]:
    """Nothing that becomes a pod may be created or changed."""
    for index, rule in enumerate(role.rules):
        held = sorted(set(rule.resources) & _KINDS)
        if held and {"create", "patch", "update", "*"} & set(rule.verbs):
            yield Fault(path=f"rules[{index}].verbs", found=f"may start {', '.join(held)}", want=_QUESTION)


_QUESTION = Decision("does this program deploy others? then waive this")


CONTROL = Control(
    id="no-workload-creation",
    title="No role creates pods without need",
    severity=Severity.LOW,
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
)
