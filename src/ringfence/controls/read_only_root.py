"""The root file system is read-only.

Code that can write to its own file system can replace the interpreter, plant a module for the next import, or leave
something behind for later. With a read-only root, only the small scratch space and what was granted for writing can
change.

The fix mounts memory where the program must write: at `/tmp`, and for well-known images wherever their own
documentation says so. `--set tmpfs=/tmp,/var/lib/app` does it for others. What must survive a restart needs a volume.

Bad:

    read_only_root = false

Good:

    read_only_root = true

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        read_only: true
        tmpfs: [/tmp]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext: {readOnlyRootFilesystem: true}
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, owasp
from ringfence.model import Workload

if TYPE_CHECKING:
    from ringfence.models.service import Service


def faults(workload: "Workload | Service") -> Iterator[Fault]:
    """The root file system must be mounted read-only."""
    if workload.read_only_root:
        return
    found = "the root file system can be written"
    if type(workload) is Workload:  # a cell has a scratch space anyway
        yield Fault(path="read_only_root", found=found, want=True)
    else:
        yield Fault(path="read_only_root", found=found, want=True, assumes="tmpfs", appends=scratch(workload))


def scratch(service: Any, paths: tuple[str, ...] | None = None) -> tuple[tuple[str, Any], ...]:
    """Memory for the paths that must be written and cannot be otherwise; which they are follows from the image where
    they are not said."""
    from ringfence.controls.known.written import paths_of
    from ringfence.models.service import Volume, VolumeKind

    wanted = paths_of(service.image.name if service.image is not None else "") if paths is None else paths
    return tuple(
        ("volumes", Volume(name="", kind=VolumeKind.TMPFS, type="tmpfs", target=path, writable=True))
        for path in dict.fromkeys(wanted)
        if not any(_covers(one, path) for one in (*service.mounts, *service.volumes))
    )


def _covers(mounted: Any, path: str) -> bool:
    """Whether something is mounted right there, or can be written around it."""
    target, at = _plain(mounted.target), _plain(path)
    return target == at or (mounted.writable and target != "" and at.startswith(target + "/"))


def _plain(path: str) -> str:
    """A path with one spelling: /var/run is a link to /run nearly everywhere."""
    path = path.rstrip("/")
    return path.removeprefix("/var") if path == "/var/run" or path.startswith("/var/run/") else path


CONTROL = Control(
    id="read-only-root",
    title="The root file system is read-only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("read_only_root",),
    references=(
        cis("5.13"),
        nsa("Immutable container file systems"),
        owasp("rule 8"),
        cwe(732),
    ),
    unsafe_fix=True,
    faults=faults,
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
