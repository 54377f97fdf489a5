"""System calls are limited to an allow-list.

The kernel has some 350 system calls, and the rarely used ones are where the vulnerabilities are: io_uring,
userfaultfd, bpf, keyctl, nested namespaces. An allow-list also keeps out what is invented next year; a deny-list does
not. A container engine's default profile is made for every program there is, and so allows far more than a plugin
needs.

Bad:

    seccomp = "runtime-default"

Bad:

    seccomp = "unconfined"

Good:

    seccomp = "allow-list"
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cis, cwe, man, owasp, pod_security
from ringfence.model import Seccomp, Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """Only the allow-list will do."""
    if workload.seccomp is not Seccomp.ALLOW_LIST:
        yield Fault(path="seccomp", found=f"{workload.seccomp.value}", want=Seccomp.ALLOW_LIST)


CONTROL = Control(
    id="seccomp-allow-list",
    title="System calls are limited to an allow-list",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("seccomp",),
    references=(
        cis("5.22"),
        pod_security("Seccomp"),
        owasp("rule 6"),
        man("seccomp", 2),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
)
