"""Every call ends in time.

A call that waits for ever uses no processor time, so no CPU limit ends it; it still holds a cell, a caller and
memory. Wall-clock time counts from request to result. The default is 30 seconds; an hour is the most that still
counts as a limit.

Bad:

    [limits]
    wall_millis = "unbounded"

Bad:

    [limits]
    wall_millis = 86_400_000

Good:

    [limits]
    wall_millis = 30_000
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cwe
from ringfence.controls.workloads.bounds import Bound, unbounded
from ringfence.model import Workload

BOUND = Bound(default=30 * 1000, ceiling=60 * 60 * 1000)


def faults(workload: Workload) -> Iterator[Fault]:
    """There must be a limit, and one that can be reached."""
    yield from unbounded("limits.wall_millis", workload.limits.wall_millis, BOUND, workload)


CONTROL = Control(
    id="bounded-time",
    title="Every call ends in time",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("limits.wall_millis",),
    references=(
        cwe(400),
        cwe(835),
    ),
    unsafe_fix=True,
    faults=faults,
)
