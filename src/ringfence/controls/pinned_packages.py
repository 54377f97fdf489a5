"""Packages are pinned to a version.

A package without a version is one thing today and another tomorrow: a build that worked cannot be repeated, and a
package that was taken over arrives by itself.

Bad, dockerfile:

    FROM python:3.12.7
    RUN pip install flask==3.0.3 requests

Good, dockerfile:

    FROM python:3.12.7
    RUN pip install flask==3.0.3 requests==2.32.3
"""

from collections.abc import Iterator

from ringfence.controls.commands.packages import loose
from ringfence.controls.commands.shell import started
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, docker, owasp
from ringfence.models.build import Build


def faults(build: Build) -> Iterator[Fault]:
    """Each package that is named in a command needs a version. Files of requirements are judged where they stand."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            names = loose(started(words))
            if names:
                found = f"{', '.join(names[:5])} without a version"
                yield Fault(path=f"instructions[{number}].commands[{index}]", found=found, want=_QUESTION)


_QUESTION = Decision("which version did you test?")


CONTROL = Control(
    id="pinned-packages",
    title="Packages are pinned to a version",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("4.7"),
        owasp("rule 13"),
        docker("build/building/best-practices"),
        cwe(1357),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
