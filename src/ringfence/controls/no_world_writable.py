"""Nothing is made world-writable.

`chmod 777` lets any user in the container change a file, including programs and configuration. Make the user that
needs to write the owner instead.

Bad, dockerfile:

    FROM alpine:3.20
    RUN mkdir /data && chmod -R 777 /data

Good, dockerfile:

    FROM alpine:3.20
    RUN mkdir /data && chown 65532 /data
"""

from collections.abc import Iterator

from ringfence.controls.commands.modes import OTHERS_WRITE, STICKY, modes
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, docker
from ringfence.models.build import Build


def faults(build: Build) -> Iterator[Fault]:
    """No mode may give writing to others, but with the sticky bit, as /tmp has it."""
    for mode in modes(build):
        if mode.bits & OTHERS_WRITE and not mode.bits & STICKY:
            yield Fault(path=mode.path, found=f"{mode.said} lets everybody write", want=_QUESTION)


_QUESTION = Decision("which user needs to write there? make that user the owner with chown")


CONTROL = Control(
    id="no-world-writable",
    title="Nothing is made world-writable",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        docker("build/building/best-practices"),
        cwe(276),
        cwe(732),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
