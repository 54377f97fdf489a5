"""Bounded memory.

Without a limit one call can take all the memory there is, and the kernel then kills whatever it chooses, possibly the
database next door. A plugin's call gets 256 MiB by default, and 8 GiB is the most that still counts as a limit; a
service needs a limit of any size. Zero or less means "unlimited" to most platforms, so it does not count.

Bad:

    [limits]
    memory_bytes = "unbounded"

Bad:

    [limits]
    memory_bytes = 1_099_511_627_776

Good:

    [limits]
    memory_bytes = 268_435_456

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        mem_limit: 512m

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
          resources:
            limits: {memory: 512Mi}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, owasp
from ringfence.controls.workloads.bounds import Bound, unbounded
from ringfence.model import Workload

BOUND = Bound(default=256 * 1024**2, ceiling=8 * 1024**3, service=512 * 1024**2, assumes="memory")


def faults(workload: Workload) -> Iterator[Fault]:
    """There must be a limit, and one that can be reached."""
    yield from unbounded("limits.memory_bytes", workload.limits.memory_bytes, BOUND, workload)


CONTROL = Control(
    id="bounded-memory",
    title="Memory is bounded",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("limits.memory_bytes",),
    references=(
        cis("5.11"),
        nsa("Resource policies"),
        owasp("rule 7"),
        cwe(770),
    ),
    unsafe_fix=True,
    faults=faults,
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
