"""No namespace is shared with the host.

Namespaces give a process its own view of network, processes, mounts and users. Sharing the host's removes that wall:
the host's network reaches services on loopback and abstract sockets, its pid namespace shows (and can signal) every
process, and its user namespace makes ids real.

Bad:

    host_namespaces = ["network", "pid"]

Good:

    host_namespaces = []

Bad, compose:

    services:
      web:
        image: example/web:1.4
        network_mode: host

Good, compose:

    services:
      web:
        image: example/web:1.4
        networks: [front]
    networks:
      front: {}

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      hostNetwork: false
      hostPID: true
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
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, man, pod_security
from ringfence.model import Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """Nothing may be shared with the host."""
    for name in sorted(workload.host_namespaces):
        yield Fault(path=f"host_namespaces[{name}]", found=f"shares the host's {name} namespace", want=REMOVE)


CONTROL = Control(
    id="no-host-namespaces",
    title="No namespace is shared with the host",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("host_namespaces",),
    references=(
        cis("5.10, 5.16, 5.17, 5.21 and 5.31"),
        pod_security("Host Namespaces"),
        man("namespaces", 7),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED, Standard.CIS, Standard.NSA}),
    exempt=((Standard.BASELINE, "host_namespaces[user]"), (Standard.RESTRICTED, "host_namespaces[user]")),
)
