"""All capabilities are dropped.

Capabilities are slices of root's power. CAP_SYS_ADMIN mounts, CAP_NET_RAW forges packets, CAP_SYS_PTRACE reads other
processes, CAP_DAC_OVERRIDE reads every file. A plugin needs none.

Bad:

    capabilities = ["CAP_NET_RAW"]

Good:

    capabilities = []
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cis, cwe, man, owasp, pod_security
from ringfence.model import Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """The set must be empty."""
    if workload.capabilities:
        kept = ", ".join(sorted(workload.capabilities))
        yield Fault(path="capabilities", found=f"keeps {kept}", want=frozenset())


CONTROL = Control(
    id="no-capabilities",
    title="All capabilities are dropped",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("capabilities",),
    references=(
        cis("5.4"),
        pod_security("Capabilities"),
        owasp("rule 3"),
        man("capabilities", 7),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
)
