"""Bounded processes.

A one-line fork bomb fills the host's process table, and then nobody can log in to stop it. Threads count too, as they
do for the kernel's pids controller and RLIMIT_NPROC. A plugin's call gets 16 by default, and 512 is the most that
still counts as a limit; a service needs a limit of any size.

Bad:

    [limits]
    processes = "unbounded"

Bad:

    [limits]
    processes = -1

Good:

    [limits]
    processes = 16

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        pids_limit: 200
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, man, owasp
from ringfence.controls.workloads.bounds import Bound, unbounded
from ringfence.model import Workload

BOUND = Bound(default=16, ceiling=512, service=200, assumes="pids")


def faults(workload: Workload) -> Iterator[Fault]:
    """There must be a limit, and one that can be reached."""
    yield from unbounded("limits.processes", workload.limits.processes, BOUND, workload)


CONTROL = Control(
    id="bounded-processes",
    title="Processes and threads are bounded",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.PLUGIN, Scope.COMPOSE}),
    guards=("limits.processes",),
    references=(
        cis("5.29"),
        owasp("rule 7"),
        man("getrlimit", 2, "RLIMIT_NPROC"),
        cwe(770),
    ),
    unsafe_fix=True,
    faults=faults,
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
