"""The engine's default capabilities are dropped.

A container starts with fourteen slices of root's power, from changing the owner of any file to forging packets. Most
programs use none of them. `drop: [ALL]` takes them away, and what a program really needs is added back by name, for
everybody to see.

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        cap_drop: [ALL]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext:
            capabilities:
              drop: [NET_RAW]

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext:
            capabilities:
              drop: [ALL]
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, owasp, pod_security
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """ALL must be among what is dropped: a list of names forgets what comes next year."""
    if "ALL" not in service.dropped:
        said = ", ".join(sorted(service.dropped))
        found = f"drops only {said}" if said else "keeps the engine's default capabilities"
        yield Fault(path="dropped", found=found, want=frozenset({"ALL"}))


CONTROL = Control(
    id="capabilities-dropped",
    title="The engine's default capabilities are dropped",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("dropped",),
    references=(
        cis("5.4"),
        pod_security("Capabilities (v1.22+)"),
        nsa("Pod security"),
        owasp("rule 3"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.RESTRICTED, Standard.CIS, Standard.NSA}),
)
