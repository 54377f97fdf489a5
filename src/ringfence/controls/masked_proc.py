"""Sensitive parts of /proc are masked.

The engine hides whatever in `/proc` and `/sys` reveals or changes the host: keys, timers, `/proc/sysrq-trigger`,
firmware. An unmasked `/proc` exposes all of it.

Bad, compose:

    services:
      web:
        image: example/web:1.4
        security_opt: ["systempaths=unconfined"]

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
      containers:
        - name: web
          image: example/web:1.4
          securityContext: {procMount: Unmasked}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext: {procMount: Default}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, man, pod_security
from ringfence.models.cluster import PodContext
from ringfence.models.service import Service


def faults(service: Service | PodContext) -> Iterator[Fault]:
    """The masks must be left on."""
    found = "/proc is not masked"
    if isinstance(service, PodContext):
        if not service.own_users_proc_masked:
            question = "does it need the whole of /proc in its user namespace?"
            yield Fault(path="own_users_proc_masked", found=found, want=Decision(question))
    elif not service.proc_masked:
        yield Fault(path="proc_masked", found=found, want=True)


CONTROL = Control(
    id="masked-proc",
    title="Sensitive parts of /proc are masked",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("proc_masked", "own_users_proc_masked"),
    references=(
        pod_security("/proc Mount Type"),
        cwe(497),
        man("proc", 5),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service", "PodContext"),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED}),
    exempt=((Standard.BASELINE, "own_users_proc_masked"),),
)
