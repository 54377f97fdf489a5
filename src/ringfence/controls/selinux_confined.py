"""SELinux confinement is not weakened.

SELinux gives each container a label of its own, so that one cannot read what belongs to another. A different user,
role or type, such as `spc_t` (super-privileged container), or `label:disable`, removes that wall.

Bad, compose:

    services:
      backup:
        image: example/backup:1.4
        security_opt: ["label:disable"]

Good, compose:

    services:
      backup:
        image: example/backup:1.4
        security_opt: ["label:level:s0:c100,c200"]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: backup}
    spec:
      securityContext:
        seLinuxOptions: {type: spc_t}
      containers:
        - name: backup
          image: example/backup:1.4

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: backup}
    spec:
      securityContext:
        seLinuxOptions: {level: "s0:c123,c456"}
      containers:
        - name: backup
          image: example/backup:1.4
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, pod_security
from ringfence.models.cluster import PodContext
from ringfence.models.service import Service

_TYPES = frozenset({"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"})


def faults(service: "Service | PodContext") -> Iterator[Fault]:
    """The type must be one for containers; user and role must not be set."""
    selinux = service.selinux
    if selinux.disabled:
        yield Fault(path="selinux.disabled", found="label separation is switched off", want=False)
    if selinux.type not in _TYPES:
        yield Fault(path="selinux.type", found=f"runs as the type {selinux.type}", want="")
    if selinux.user:
        yield Fault(path="selinux.user", found=f"runs as the SELinux user {selinux.user}", want="")
    if selinux.role:
        yield Fault(path="selinux.role", found=f"runs in the SELinux role {selinux.role}", want="")


CONTROL = Control(
    id="selinux-confined",
    title="SELinux confinement is not weakened",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("selinux",),
    references=(
        cis("5.3"),
        pod_security("SELinux"),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service", "PodContext"),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED, Standard.CIS}),
)
