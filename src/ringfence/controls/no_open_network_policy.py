"""Network policies restrict something.

Policies add up: one with an empty rule (`ingress: [{}]`) lets everything in, and every other policy for those pods
becomes irrelevant.

Bad, kubernetes:

    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web, namespace: shop}
    spec:
      podSelector: {}
      policyTypes: [Ingress]
      ingress: [{}]

Good, kubernetes:

    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web, namespace: shop}
    spec:
      podSelector: {}
      policyTypes: [Ingress]
      ingress:
        - from: [{podSelector: {matchLabels: {app: proxy}}}]
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import TrafficPolicy


def faults(policy: TrafficPolicy) -> Iterator[Fault]:
    """No rule may let everything through; outgoing traffic weighs less."""
    if policy.allows_all_ingress:
        yield Fault(path="allows_all_ingress", found="all inbound traffic is allowed", want=_QUESTION)
    if policy.allows_all_egress:
        yield Fault(
            path="allows_all_egress", found="all outbound traffic is allowed", want=_QUESTION, severity=Severity.LOW
        )


_QUESTION = Decision("who needs to reach these pods?")


CONTROL = Control(
    id="no-open-network-policy",
    title="Network policies restrict something",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=(
        "allows_all_ingress",
        "allows_all_egress",
    ),
    references=(
        nsa("Network policies"),
        kubernetes("concepts/services-networking/network-policies"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TrafficPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
