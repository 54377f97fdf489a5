"""AppArmor is not switched off.

Where the host has AppArmor, the engine's profile keeps a container from mounting, from writing to
`/proc/sys` and from tracing others, whatever capabilities it has. `unconfined` takes that away.

Bad, compose:

    services:
      web:
        image: example/web:1.4
        security_opt: ["apparmor:unconfined"]

Good, compose:

    services:
      web:
        image: example/web:1.4
        security_opt: ["apparmor:docker-default"]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext:
            appArmorProfile: {type: Unconfined}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext:
            appArmorProfile: {type: RuntimeDefault}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp, pod_security
from ringfence.models.cluster import PodContext
from ringfence.models.service import Confinement, Service


def faults(service: "Service | PodContext") -> Iterator[Fault]:
    """Nobody may have switched it off."""
    if service.apparmor is Confinement.UNCONFINED:
        yield Fault(path="apparmor", found="AppArmor is switched off", want=Confinement.PLATFORM_DEFAULT)


CONTROL = Control(
    id="apparmor-confined",
    title="AppArmor is not switched off",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("apparmor",),
    references=(
        cis("5.2"),
        pod_security("AppArmor"),
        owasp("rule 6"),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service", "PodContext"),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED, Standard.CIS}),
)
