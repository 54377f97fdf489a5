"""It does not run as root.

Whatever escapes from a sandbox escapes as the user it ran as; uid 0 inside is one kernel vulnerability away from uid
0 outside. An unset user counts as root, because in most images it is. So do ids that the kernel does not take
literally: 4294967295 means "leave it as it is" to setresuid(2), and larger numbers wrap around.

Bad:

    user = 0
    group = "unset"

Good:

    user = 65532
    group = 65532

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        user: "65532:65532"

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext: {runAsUser: 65532}

Bad, dockerfile:

    FROM example/base:1.4
    USER app
    USER root

Good, dockerfile:

    FROM example/base:1.4
    USER 65532:65532
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, man, nsa, owasp, pod_security
from ringfence.model import Workload

if TYPE_CHECKING:
    from ringfence.models.build import Build
    from ringfence.models.cluster import PodContext

#: The id that distroless images call `nonroot`.
NONROOT = 65532

_HIGHEST = 2**32 - 2


def faults(model: "Workload | Build | PodContext") -> Iterator[Fault]:
    """Both ids must be set, above 0 and below (uid_t) -1."""
    for path in ("user", "group") if hasattr(model, "group") else ("user",):
        value = getattr(model, path)
        if value is None:
            # An image may name a user of its own, so silence weighs less there than it does for a plugin.
            severity = Severity.MEDIUM if type(model) is not Workload else None
            found = f"no {path} set, so the platform chooses"
            yield Fault(path=path, found=found, want=NONROOT, severity=severity, assumes=path)
        elif value == 0:
            yield Fault(path=path, found="user id 0 is root", want=NONROOT, assumes=path)
        elif not 0 < value <= _HIGHEST:
            found = f"{value}, which the kernel does not take as an id"
            yield Fault(path=path, found=found, want=NONROOT, assumes=path)


CONTROL = Control(
    id="non-root-user",
    title="It does not run as root",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.PLUGIN, Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES}),
    guards=("user", "group"),
    references=(
        cis("4.1"),
        pod_security("Running as Non-root"),
        nsa("Non-root containers and rootless container engines"),
        owasp("rule 2"),
        man("setresuid", 2),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=(
        "Workload",
        "Build",
        "PodContext",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.RESTRICTED, Standard.CIS, Standard.NSA}),
    exempt=((Standard.RESTRICTED, "group"),),
)
