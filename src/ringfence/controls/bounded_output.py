"""Bounded output.

What a plugin prints and returns is kept in the caller's memory and in the journal. A plugin that prints gigabytes
attacks both without breaking out of anything. The default is 1 MiB for stdout and stderr together and 8 MiB for the
result; 64 MiB is the most that still counts as a limit.

Bad:

    [limits]
    output_bytes = "unbounded"

Bad:

    [limits]
    output_bytes = 1_048_576
    result_bytes = 1_099_511_627_776

Good:

    [limits]
    output_bytes = 1_048_576
    result_bytes = 8_388_608
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cwe
from ringfence.controls.workloads.bounds import Bound, unbounded
from ringfence.model import Workload

OUTPUT = Bound(default=1024**2, ceiling=64 * 1024**2)
RESULT = Bound(default=8 * 1024**2, ceiling=64 * 1024**2)


def faults(workload: Workload) -> Iterator[Fault]:
    """What is printed and what is returned must both be limited."""
    yield from unbounded("limits.output_bytes", workload.limits.output_bytes, OUTPUT, workload)
    yield from unbounded("limits.result_bytes", workload.limits.result_bytes, RESULT, workload)


CONTROL = Control(
    id="bounded-output",
    title="Output and results are bounded",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("limits.output_bytes", "limits.result_bytes"),
    references=(
        cwe(770),
        cwe(779),
    ),
    unsafe_fix=True,
    faults=faults,
)
