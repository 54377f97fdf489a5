"""A user and a group that are not root.

Whatever gets out of a sandbox gets out as the user it ran as; uid 0 inside is one kernel
defect away from uid 0 outside. An unset user counts as root, because most images mean root.
So do ids that the kernel does not take at their word: 4294967295 is "leave it as it is" to
setresuid(2), and larger numbers wrap around.

Bad:

    user = 0
    group = "unset"

Good:

    user = 65532
    group = 65532
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cis, cwe, man, nsa, owasp, pod_security
from ringfence.model import Workload

#: The id that distroless images call `nonroot`.
NONROOT = 65532

_HIGHEST = 2**32 - 2


def faults(workload: Workload) -> Iterator[Fault]:
    """Both ids must be set, above 0 and below (uid_t) -1."""
    for path, value in (("user", workload.user), ("group", workload.group)):
        if value is None:
            yield Fault(path=path, found=f"no {path} set, so the platform chooses", want=NONROOT)
        elif value == 0:
            yield Fault(path=path, found="0, which is root", want=NONROOT)
        elif not 0 < value <= _HIGHEST:
            yield Fault(path=path, found=f"{value}, which the kernel does not take as an id", want=NONROOT)


CONTROL = Control(
    id="non-root-user",
    title="It does not run as root",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("user", "group"),
    references=(
        cis("4.1"),
        pod_security("Running as Non-root"),
        nsa("Non-root containers and rootless container engines"),
        owasp("rule 2"),
        man("setresuid", 2),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
)
