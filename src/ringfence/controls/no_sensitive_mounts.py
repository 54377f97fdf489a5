"""No sensitive host path is mounted, even if granted.

Some paths are the host itself: `/proc`, `/sys` and `/dev` are its kernel, `/run` holds the sockets of its services (a
container engine's is root), `/` and `/var` contain all of these, a home folder contains keys, Ringfence's journal is
the proof of what ran. No grant makes them safe. Others, such as `/usr`, `/etc` and Ringfence's own folders, may be
read if granted, but never written. Names ending in `.sock` are services, and folders such as `.ssh` and `.aws` are
keys, wherever they are.

Bad:

    [[mounts]]
    source = "/srv/data"
    target = "/granted/data"
    writable = false
    grant = "read.data"

    [[mounts]]
    source = "/var/run/docker.sock"
    target = "/granted/engine"
    writable = false
    grant = "read.engine"

Bad:

    [[mounts]]
    source = "/etc"
    target = "/granted/etc"
    writable = true
    grant = "write.etc"

Good:

    [[mounts]]
    source = "/usr/lib/python3/dist-packages"
    target = "/granted/packages"
    writable = false
    grant = "read.packages"
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity
from ringfence.controls.references import cis, cwe, owasp, pod_security
from ringfence.controls.workloads.hostpath import is_within, overlap
from ringfence.model import Workload

_KEEPERS = ("containerd", "containers", "docker", "kubelet", "ringfence/journal")
_NEVER = ("/boot", "/dev", "/proc", "/run", "/sys", "/var/run", *(f"/var/lib/{name}" for name in _KEEPERS))
_NEVER_WRITTEN = ("/bin", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/sbin", "/usr", "/var/lib/ringfence")
_HOMES = re.compile(r"/root|/home(/[^/]+)?")
_SECRETS = re.compile(
    r"/\.(ssh|gnupg|aws|azure|kube|docker|config/gcloud|local/state/ringfence/journal)(/|$)"
    r"|/\.local/state/ringfence$|\.sock$"
)
_OWN = re.compile(r"/\.(local/state|config)/ringfence(/|$)")


def faults(workload: Workload) -> Iterator[Fault]:
    """No mount's source may be, contain or lie in a sensitive place."""
    for index, mount in enumerate(workload.mounts):
        if _is_sensitive(mount.source):
            yield Fault(path=f"mounts[{index}]", found=f"{mount.source} exposes the host", want=REMOVE)
        elif mount.writable and _is_read_only(mount.source):
            yield Fault(path=f"mounts[{index}].writable", found=f"{mount.source} can be written", want=False)


def _is_sensitive(source: str) -> bool:
    if any(overlap(source, tree) for tree in _NEVER) or _HOMES.fullmatch(source):
        return True
    return _SECRETS.search(source) is not None


def _is_read_only(source: str) -> bool:
    return any(is_within(source, tree) for tree in _NEVER_WRITTEN) or _OWN.search(source) is not None


CONTROL = Control(
    id="no-sensitive-mounts",
    title="No sensitive host path is mounted, even if granted",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("mounts",),
    references=(
        cis("5.6 and 5.32"),
        pod_security("HostPath Volumes"),
        owasp("rule 1"),
        cwe(552),
    ),
    unsafe_fix=True,
    faults=faults,
)
