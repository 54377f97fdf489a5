"""None of the host's namespaces.

A namespace is what makes a process see its own network, processes, mounts and users. Sharing
the host's takes that wall away: the host's network reaches services on loopback and abstract
sockets, its pid namespace shows (and signals) every process, its user namespace makes ids real.

Bad:

    host_namespaces = ["network", "pid"]

Good:

    host_namespaces = []
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cis, cwe, man, pod_security
from ringfence.model import Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """Nothing may be shared with the host."""
    if workload.host_namespaces:
        shared = ", ".join(sorted(workload.host_namespaces))
        yield Fault(path="host_namespaces", found=f"shares the host's {shared}", want=frozenset())


CONTROL = Control(
    id="no-host-namespaces",
    title="No namespace is shared with the host",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("host_namespaces",),
    references=(
        cis("5.10, 5.16, 5.17, 5.21 and 5.31"),
        pod_security("Host Namespaces"),
        man("namespaces", 7),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
)
