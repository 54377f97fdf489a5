"""Only NET_BIND_SERVICE is added.

At the "restricted" level of the Pod Security Standards a pod may add NET_BIND_SERVICE and nothing else. CHOWN, SETUID
and DAC_OVERRIDE, which the baseline still allows, are what an intruder needs to become another user inside the
container.

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
              drop: [ALL]
              add: [NET_BIND_SERVICE, CHOWN]

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
              add: [NET_BIND_SERVICE]
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.no_added_capabilities import BASELINE
from ringfence.controls.references import cwe, man, pod_security
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """What the baseline allows beyond NET_BIND_SERVICE; the rest is `no-added-capabilities`'s."""
    for name in sorted(service.capabilities & BASELINE - {"NET_BIND_SERVICE"}):
        yield Fault(path=f"capabilities[{name}]", found=f"adds {name}", want=REMOVE)


CONTROL = Control(
    id="only-bind-capability",
    title="Only NET_BIND_SERVICE is added",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("capabilities",),
    references=(
        pod_security("Capabilities (v1.22+)"),
        man("capabilities", 7),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.RESTRICTED}),
)
