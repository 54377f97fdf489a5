"""Bounded open files.

Every open file, socket and pipe takes kernel memory that no memory limit of the process counts, and the host has one
table for all. A plugin's process gets 256 by default, and 4096 is the most that still counts as a limit; a service
needs a limit of any size.

Bad:

    [limits]
    open_files = "unbounded"

Bad:

    [limits]
    open_files = 0

Good:

    [limits]
    open_files = 256

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        ulimits: {nofile: 1024}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, man, owasp
from ringfence.controls.workloads.bounds import Bound, unbounded
from ringfence.model import Workload

BOUND = Bound(default=256, ceiling=4096, service=1024, assumes="open-files")


def faults(workload: Workload) -> Iterator[Fault]:
    """There must be a limit, and one that can be reached."""
    yield from unbounded("limits.open_files", workload.limits.open_files, BOUND, workload)


CONTROL = Control(
    id="bounded-open-files",
    title="Open files are bounded",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.PLUGIN, Scope.COMPOSE}),
    guards=("limits.open_files",),
    references=(
        cis("5.19"),
        owasp("rule 7"),
        man("getrlimit", 2, "RLIMIT_NOFILE"),
        cwe(774),
    ),
    unsafe_fix=True,
    faults=faults,
    standards=frozenset({Standard.CIS}),
)
