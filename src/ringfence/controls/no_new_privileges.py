"""No new privileges.

A set-user-ID program or a file with capabilities gives whoever starts it more rights than
they had. With `no_new_privileges` the kernel never adds rights on `execve`, so one forgotten
set-user-ID binary in an image is not a way to root.

Bad:

    no_new_privileges = false

Good:

    no_new_privileges = true
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Reference, Scope, Severity
from ringfence.model import Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """The flag must be set."""
    if not workload.no_new_privileges:
        yield Fault(path="no_new_privileges", found="programs may gain privileges", want=True)


CONTROL = Control(
    id="no-new-privileges",
    title="Programs cannot gain privileges",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("no_new_privileges",),
    references=(
        Reference(title="CIS Docker Benchmark 5.25", url="https://www.cisecurity.org/benchmark/docker"),
        Reference(title="prctl(2), PR_SET_NO_NEW_PRIVS", url="https://man7.org/linux/man-pages/man2/prctl.2.html"),
        Reference(title="CWE-250", url="https://cwe.mitre.org/data/definitions/250.html"),
    ),
    unsafe_fix=False,
    faults=faults,
)
