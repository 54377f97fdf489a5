"""A plugin cannot change its own code.

A grant pins the hash of a plugin's files. Code that can write to them can make the next call run something that
nobody vetted. So whatever is mounted at `/plugin` is read-only, and so is every other mount of the same host folder,
a folder above it or one inside it.

Bad:

    [[mounts]]
    source = "/srv/plugins/report"
    target = "/plugin"
    writable = true
    grant = "plugin"

Bad:

    [[mounts]]
    source = "/srv/plugins/report"
    target = "/plugin"
    writable = false
    grant = "plugin"

    [[mounts]]
    source = "/srv/plugins"
    target = "/granted/plugins"
    writable = true
    grant = "write.plugins"

Good:

    [[mounts]]
    source = "/srv/plugins/report"
    target = "/plugin"
    writable = false
    grant = "plugin"
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cwe, nsa, owasp
from ringfence.controls.workloads.hostpath import is_within, overlap
from ringfence.model import Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """No writable mount may show the plugin's own folder."""
    code = [mount.source for mount in workload.mounts if is_within(mount.target, "/plugin")]
    for index, mount in enumerate(workload.mounts):
        if mount.writable and any(overlap(mount.source, source) for source in code):
            yield Fault(path=f"mounts[{index}].writable", found="the plugin's own code can be written", want=False)


CONTROL = Control(
    id="read-only-plugin",
    title="A plugin cannot change its own code",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("mounts",),
    references=(
        nsa("Immutable container file systems"),
        owasp("rule 8"),
        cwe(732),
    ),
    unsafe_fix=True,
    faults=faults,
)
