"""Every namespace has a network policy for all of its pods.

Without a NetworkPolicy every pod of the cluster can reach every other one. A policy with an empty selector closes a
namespace; further policies then open what is needed. It may be in any file of the audited tree.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web, namespace: shop}
    spec:
      containers:
        - name: web
          image: example/web:1.4

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web, namespace: shop}
    spec:
      containers:
        - name: web
          image: example/web:1.4
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: default-deny, namespace: shop}
    spec:
      podSelector: {}
      policyTypes: [Ingress, Egress]
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import TrafficPolicy


def faults(policy: TrafficPolicy) -> Iterator[Fault]:
    """A policy without a name is the one that a namespace has not."""
    if not policy.name and not policy.selects_all:
        yield Fault(path="selects_all", found="no network policy covers all of its pods", want=_QUESTION)


_QUESTION = Decision("who needs to reach these pods? deny the rest with a policy whose podSelector is empty")


CONTROL = Control(
    id="network-policy-present",
    title="Every namespace has a network policy for all of its pods",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("selects_all",),
    references=(
        nsa("Network policies"),
        kubernetes("concepts/services-networking/network-policies"),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("TrafficPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
