"""Bounded scratch space.

Temporary space lives in memory or on the host's disk. A plugin that fills it takes that away: logging stops,
databases stop. The default is 64 MiB; 4 GiB is the most that still counts as a limit.

Bad:

    [limits]
    scratch_bytes = "unbounded"

Bad:

    [limits]
    scratch_bytes = 1_099_511_627_776

Good:

    [limits]
    scratch_bytes = 67_108_864
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cwe, man, nsa
from ringfence.controls.workloads.bounds import Bound, unbounded
from ringfence.model import Workload

BOUND = Bound(default=64 * 1024**2, ceiling=4 * 1024**3)


def faults(workload: Workload) -> Iterator[Fault]:
    """There must be a limit, and one that can be reached."""
    yield from unbounded("limits.scratch_bytes", workload.limits.scratch_bytes, BOUND, workload)


CONTROL = Control(
    id="bounded-scratch",
    title="Temporary space is bounded",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("limits.scratch_bytes",),
    references=(
        nsa("Resource policies"),
        man("tmpfs", 5),
        cwe(770),
    ),
    unsafe_fix=True,
    faults=faults,
)
