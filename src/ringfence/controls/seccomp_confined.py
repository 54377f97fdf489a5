"""The seccomp filter is not switched off.

The engine's seccomp profile refuses some forty system calls that kernel exploits need and containers do not.
Switching it off, often just to make a debugger work, brings all of them back.

Bad, compose:

    services:
      web:
        image: example/web:1.4
        security_opt: ["no-new-privileges:true", "seccomp:unconfined"]

Good, compose:

    services:
      web:
        image: example/web:1.4
        security_opt: ["no-new-privileges:true"]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      securityContext:
        seccompProfile: {type: Unconfined}
      containers:
        - name: web
          image: example/web:1.4

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      securityContext:
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: web
          image: example/web:1.4
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp, pod_security
from ringfence.model import Seccomp
from ringfence.models.cluster import PodContext
from ringfence.models.service import Service


def faults(service: "Service | PodContext") -> Iterator[Fault]:
    """Nobody may have switched the filter off."""
    if service.seccomp is Seccomp.UNCONFINED:
        yield Fault(path="seccomp", found="system calls are not filtered", want=Seccomp.RUNTIME_DEFAULT)


CONTROL = Control(
    id="seccomp-confined",
    title="The seccomp filter is not switched off",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("seccomp",),
    references=(
        cis("5.22"),
        pod_security("Seccomp"),
        owasp("rule 6"),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service", "PodContext"),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED, Standard.CIS}),
)
