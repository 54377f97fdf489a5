"""No capabilities beyond the baseline are added.

SYS_ADMIN mounts file systems, SYS_MODULE loads kernel code, SYS_PTRACE reads other processes, NET_ADMIN rewrites the
firewall, DAC_READ_SEARCH opens any file of the host by its inode. Each is a known way out of a container. The Pod
Security Standards name thirteen that are not.

Bad, compose:

    services:
      vpn:
        image: example/vpn:1.4
        cap_drop: [ALL]
        cap_add: [NET_BIND_SERVICE, SYS_ADMIN]

Good, compose:

    services:
      web:
        image: example/web:1.4
        cap_drop: [ALL]
        cap_add: [NET_BIND_SERVICE]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: vpn}
    spec:
      containers:
        - name: vpn
          image: example/vpn:1.4
          securityContext:
            capabilities:
              add: [NET_ADMIN]

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
              add: [NET_BIND_SERVICE]
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, man, pod_security
from ringfence.models.service import Service

#: What the Pod Security Standards allow to be added at the level baseline.
BASELINE = frozenset(
    "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID"
    " SYS_CHROOT".split()
)
_HOST = frozenset("ALL BPF DAC_READ_SEARCH SYS_ADMIN SYS_BOOT SYS_MODULE SYS_PTRACE SYS_RAWIO".split())


def faults(service: Service) -> Iterator[Fault]:
    """Only capabilities of the baseline may be added."""
    for name in sorted(service.capabilities - BASELINE):
        severity = Severity.CRITICAL if name in _HOST else None
        yield Fault(path=f"capabilities[{name}]", found=f"adds {name}", want=REMOVE, severity=severity)


CONTROL = Control(
    id="no-added-capabilities",
    title="No capabilities beyond the baseline are added",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("capabilities",),
    references=(
        cis("5.4"),
        pod_security("Capabilities"),
        man("capabilities", 7),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED, Standard.CIS}),
)
