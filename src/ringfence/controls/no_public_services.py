"""Services are not exposed on nodes or public load balancers.

A NodePort opens a port on every node, a LoadBalancer usually one on the internet, and external IPs let a Service
intercept traffic meant for others (CVE-2020-8554). An Ingress or gateway with TLS is a single door that can be
watched; an internal load balancer, or one with a list of source addresses, is not public.

Bad, kubernetes:

    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      type: NodePort
      ports: [{port: 80, nodePort: 30080}]

Good, kubernetes:

    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      ports: [{port: 80}]
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import Exposure, ExposureKind


def faults(exposure: Exposure) -> Iterator[Fault]:
    """Only a cluster address, or a load balancer that is not public."""
    if exposure.kind is ExposureKind.NODE_PORT:
        yield Fault(path="kind", found="it opens a port on every node", want=ExposureKind.CLUSTER)
    elif exposure.kind is ExposureKind.LOAD_BALANCER and not (exposure.internal or _is_bounded(exposure.sources)):
        yield Fault(path="kind", found="its load balancer is public", want=ExposureKind.CLUSTER)
    for index, address in enumerate(exposure.external_ips):
        yield Fault(path=f"external_ips[{index}]", found=f"takes the address {address}", want=REMOVE)


def _is_bounded(sources: tuple[str, ...]) -> bool:
    return bool(sources) and not {"0.0.0.0/0", "::/0"} & set(sources)


CONTROL = Control(
    id="no-public-services",
    title="Services are not exposed on nodes or public load balancers",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=(
        "kind",
        "external_ips",
    ),
    references=(
        kubernetes("concepts/services-networking/service"),
        nsa("Network separation and hardening"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Exposure",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
