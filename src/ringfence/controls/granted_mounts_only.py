"""Only granted paths of the host are mounted.

Every host path inside a cell is a way for data to get in or out, so each one carries the grant by which an operator
allowed it. Mounts appear below `/granted`, the plugin itself at `/plugin`, and nowhere else: a mount over `/usr`
would replace the interpreter. A path must be absolute and plain; `..`, `//` and the like are refused, not resolved.

Bad:

    [[mounts]]
    source = "/srv/reports"
    target = "/granted/reports"
    writable = false
    grant = "read.reports"

    [[mounts]]
    source = "/srv/private"
    target = "/granted/private"
    writable = false

Bad:

    [[mounts]]
    source = "/srv/python"
    target = "/granted/../usr/lib/python3"
    writable = false
    grant = "read.python"

Good:

    [[mounts]]
    source = "/srv/reports"
    target = "/granted/reports"
    writable = true
    grant = "write.reports"
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity
from ringfence.controls.references import cis, cwe, pod_security
from ringfence.controls.workloads.hostpath import is_plain
from ringfence.model import Mount, Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """Every mount needs a grant, plain paths, and a target of its own below /plugin or /granted."""
    taken: set[str] = set()
    for index, mount in enumerate(workload.mounts):
        found = _why(mount, taken)
        if found:
            yield Fault(path=f"mounts[{index}]", found=found, want=REMOVE)
        else:
            taken.add(mount.target)


def _why(mount: Mount, taken: set[str]) -> str:
    if not mount.grant:
        return f"nobody granted {mount.source}"
    if not (is_plain(mount.source) and is_plain(mount.target)):
        return f"{mount.source!r} at {mount.target!r} is not a pair of plain absolute paths"
    if mount.target != "/plugin" and not mount.target.startswith(("/plugin/", "/granted/")):
        return f"{mount.target} is not a place for granted paths"
    return f"{mount.target} is mounted twice" if mount.target in taken else ""


CONTROL = Control(
    id="granted-mounts-only",
    title="Only granted paths of the host are mounted",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("mounts",),
    references=(
        cis("5.6"),
        pod_security("HostPath Volumes"),
        cwe(22),
        cwe(552),
    ),
    unsafe_fix=True,
    faults=faults,
)
