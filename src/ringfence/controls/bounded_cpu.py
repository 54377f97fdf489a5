"""Bounded processor time.

A rate limit keeps one service or call from taking every core from its neighbours. A plugin's call also has a total,
which ends a loop that would otherwise spin within its rate for ever: one core (1000 millis) and 30 seconds by
default; 8 cores and an hour are the highest values that still count as a limit.

Bad:

    [limits]
    cpu_millis = "unbounded"
    cpu_seconds = 0

Good:

    [limits]
    cpu_millis = 1000
    cpu_seconds = 30

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        cpus: 0.5

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
            limits: {cpu: 500m}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, owasp
from ringfence.controls.workloads.bounds import Bound, is_service, unbounded
from ringfence.model import Workload

RATE = Bound(default=1000, ceiling=8 * 1000, service=1000, assumes="cpus")
TOTAL = Bound(default=30, ceiling=60 * 60)


def faults(workload: Workload) -> Iterator[Fault]:
    """Both the rate and the total must be limited."""
    yield from unbounded("limits.cpu_millis", workload.limits.cpu_millis, RATE, workload)
    if not is_service(workload):  # a service runs for ever
        yield from unbounded("limits.cpu_seconds", workload.limits.cpu_seconds, TOTAL, workload)


CONTROL = Control(
    id="bounded-cpu",
    title="Processor time is bounded",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("limits.cpu_millis", "limits.cpu_seconds"),
    references=(
        cis("5.12"),
        nsa("Resource policies"),
        owasp("rule 7"),
        cwe(770),
    ),
    unsafe_fix=True,
    faults=faults,
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
