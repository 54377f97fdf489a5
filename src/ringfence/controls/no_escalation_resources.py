"""No role changes objects that grant rights.

Some objects are permissions in disguise: `nodes/proxy` reaches every kubelet, `serviceaccounts/token` issues
credentials, webhooks see and modify every object, roles and bindings are the permissions themselves, and a
PersistentVolume can be any path of a node.

Bad, kubernetes:

    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: worker, namespace: shop}
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
      - apiGroups: [""]
        resources: [serviceaccounts/token]
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

_WRITE = frozenset({"*", "create", "delete", "deletecollection", "patch", "update"})
_DECISIVE = frozenset(
    "certificatesigningrequests/approval clusterrolebindings clusterroles mutatingwebhookconfigurations nodes"
    " nodes/proxy persistentvolumes rolebindings roles serviceaccounts/token validatingadmissionpolicies"
    " validatingwebhookconfigurations".split()
)


def faults(role: Role) -> Iterator[Fault]:
    """None of the decisive objects may be written; `nodes/proxy` may not even be read."""
    for index, rule in enumerate(role.rules):
        written = set(rule.resources) & _DECISIVE if _WRITE & set(rule.verbs) else set[str]()
        held = sorted(written | (set(rule.resources) & {"nodes/proxy"}))
        if held:
            yield Fault(path=f"rules[{index}].resources", found=f"may change {', '.join(held)}", want=_QUESTION)


_QUESTION = Decision("which narrower permission is enough?")


CONTROL = Control(
    id="no-escalation-resources",
    title="No role changes objects that grant rights",
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
