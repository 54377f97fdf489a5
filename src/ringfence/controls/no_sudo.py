"""The build does not use sudo.

A build is already root, or has a USER for a reason. sudo in an image is a set-user-ID program, and a way back to root
for an intruder.

Bad, dockerfile:

    FROM debian:12
    RUN sudo chown app /srv

Good, dockerfile:

    FROM debian:12
    RUN chown app /srv
    USER app
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, docker
from ringfence.models.build import Build


def faults(build: Build) -> Iterator[Fault]:
    """No command may be run by sudo."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            if words[0].rpartition("/")[2] in ("sudo", "doas"):
                yield Fault(path=f"instructions[{number}].commands[{index}]", found=f"runs {words[0]}", want=_QUESTION)


_QUESTION = Decision("which user should run this instruction? set it with USER")


CONTROL = Control(
    id="no-sudo",
    title="The build does not use sudo",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        docker("build/building/best-practices"),
        cwe(250),
        cwe(269),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
