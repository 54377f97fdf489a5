"""Every host of an Ingress has TLS.

Without a certificate, passwords and sessions cross the network in plain text, and can be modified on the way.

Bad, kubernetes:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: shop}
    spec:
      tls:
        - {hosts: [shop.example.com], secretName: shop}
      rules:
        - host: shop.example.com
        - host: admin.example.com

Good, kubernetes:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: shop}
    spec:
      tls:
        - {hosts: [shop.example.com], secretName: shop}
      rules:
        - host: shop.example.com
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import Exposure, ExposureKind


def faults(exposure: Exposure) -> Iterator[Fault]:
    """Each host must be covered by a certificate, by its name or by a wildcard one label up."""
    if exposure.kind is not ExposureKind.INGRESS or "*" in exposure.tls_hosts:
        return
    bare = [host for host in exposure.hosts if not _is_covered(host, exposure.tls_hosts)]
    if bare:
        said = ", ".join(host or "every host" for host in bare)
        yield Fault(path="tls_hosts", found=f"no certificate for {said}", want=_QUESTION)


def _is_covered(host: str, certificates: tuple[str, ...]) -> bool:
    return host in certificates or (bool(host) and "*." + host.partition(".")[2] in certificates)


_QUESTION = Decision("which secret holds the certificate?")


CONTROL = Control(
    id="ingress-tls",
    title="Every host of an Ingress has TLS",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("tls_hosts",),
    references=(
        kubernetes("concepts/services-networking/ingress"),
        nsa("Network separation and hardening"),
        cwe(319),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Exposure",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
