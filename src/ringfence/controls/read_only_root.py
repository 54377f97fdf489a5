"""A read-only root.

Code that can write to its own file system can replace the interpreter, plant a module for the
next import, or leave something behind for whoever comes next. With a read-only root only the
small scratch space and what was granted for writing can change.

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

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, owasp
from ringfence.model import Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """The root file system must be mounted read-only."""
    if not workload.read_only_root:
        yield Fault(path="read_only_root", found="the root file system can be written", want=True)


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
