"""Only safe sysctls are set.

Most kernel parameters belong to the whole node: a pod that sets them changes or breaks its neighbours. Only a few are
kept separate for each pod, and the Pod Security Standards allow only those.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      securityContext:
        sysctls:
          - {name: net.ipv4.tcp_syncookies, value: "1"}
          - {name: kernel.msgmax, value: "65536"}
      containers:
        - name: web
          image: example/web:1.4

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      securityContext:
        sysctls:
          - {name: net.ipv4.tcp_syncookies, value: "1"}
      containers:
        - name: web
          image: example/web:1.4
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, pod_security
from ringfence.models.service import Service

SAFE = frozenset(
    {
        "kernel.shm_rmid_forced",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_notsent_lowat",
        "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_slow_start_after_idle",
        "net.ipv4.tcp_syncookies",
        "net.ipv4.tcp_wmem",
    }
)


def faults(service: Service) -> Iterator[Fault]:
    """Every sysctl must be one that is kept apart for each pod."""
    for index, (name, _) in enumerate(service.sysctls):
        if name not in SAFE:
            yield Fault(path=f"sysctls[{index}]", found=f"sets {name}", want=REMOVE)


CONTROL = Control(
    id="safe-sysctls",
    title="Only safe sysctls are set",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("sysctls",),
    references=(
        pod_security("Sysctls"),
        kubernetes("tasks/administer-cluster/sysctl-cluster"),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED}),
)
