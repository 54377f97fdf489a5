"""No Ingress injects proxy configuration.

A snippet annotation is pasted into the configuration of the ingress controller, which can read every secret of the
cluster: so anybody who may create an Ingress can read them all (CVE-2021-25742).

Bad, kubernetes:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: shop
      annotations:
        nginx.ingress.kubernetes.io/ssl-redirect: "true"
        nginx.ingress.kubernetes.io/server-snippet: "location /x { return 200; }"
    spec:
      tls: [{hosts: [shop.example.com], secretName: shop}]
      rules: [{host: shop.example.com}]

Good, kubernetes:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: shop
      annotations:
        nginx.ingress.kubernetes.io/ssl-redirect: "true"
    spec:
      tls: [{hosts: [shop.example.com], secretName: shop}]
      rules: [{host: shop.example.com}]
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity
from ringfence.controls.references import cwe, kubernetes
from ringfence.models.cluster import Exposure


def faults(exposure: Exposure) -> Iterator[Fault]:
    """No annotation may end in `-snippet`."""
    for index, (name, _) in enumerate(exposure.annotations):
        if name.endswith("-snippet"):
            yield Fault(path=f"annotations[{index}]", found=f"{name} reaches the proxy", want=REMOVE)


CONTROL = Control(
    id="no-ingress-snippets",
    title="No Ingress injects proxy configuration",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("annotations",),
    references=(
        kubernetes("concepts/services-networking/ingress"),
        cwe(94),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Exposure",),
)
