"""It is not privileged.

A privileged container has every capability, every device of the host and no seccomp or AppArmor profile: anybody who
runs code in it owns the host. Whatever needs one device or one capability can be given just that.

Bad, compose:

    services:
      builder:
        image: example/builder:1.4
        privileged: true

Good, compose:

    services:
      builder:
        image: example/builder:1.4
        privileged: false

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: builder}
    spec:
      containers:
        - name: builder
          image: example/builder:1.4
          securityContext: {privileged: true}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: builder}
    spec:
      containers:
        - name: builder
          image: example/builder:1.4
          securityContext: {privileged: false}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, owasp, pod_security
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """The flag must not be set."""
    if service.privileged:
        yield Fault(path="privileged", found="has all the host's devices and every capability", want=False)


CONTROL = Control(
    id="no-privileged",
    title="It is not privileged",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("privileged",),
    references=(
        cis("5.5"),
        pod_security("Privileged Containers"),
        nsa("Pod security"),
        owasp("rule 3"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED, Standard.CIS, Standard.NSA}),
)
