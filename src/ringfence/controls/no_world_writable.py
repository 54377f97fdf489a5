"""Nothing is made writable for everybody.

`chmod 777` lets any user of the container change a file, programs and configuration among them. The user that
needs to write can own it.

Bad, dockerfile:

    FROM alpine:3.20
    RUN mkdir /data && chmod -R 777 /data

Good, dockerfile:

    FROM alpine:3.20
    RUN mkdir /data && chown 65532 /data
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, docker
from ringfence.controls.shell import program
from ringfence.models.build import Build

_MODE = re.compile(r"0?[0-7]{2}[2367]|[augo]*[ao][ugoa]*[+=][rXxst]*w[rwXxst]*|\+w[rwXxst]*")


def faults(build: Build) -> Iterator[Fault]:
    """No mode of chmod, COPY or ADD may give writing to others, but with the sticky bit."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            mode = next((word for word in words[1:] if not word.startswith("-")), "")
            if program(words) == "chmod" and _MODE.fullmatch(mode.partition(",")[0]) and not mode.startswith("+w"):
                found = f"chmod {mode} lets everybody write"
                yield Fault(path=f"instructions[{number}].commands[{index}]", found=found, want=_QUESTION)
        for flag in one.flags:
            if flag.startswith("chmod=") and _MODE.fullmatch(flag.removeprefix("chmod=")):
                yield Fault(path=f"instructions[{number}]", found=f"--{flag} lets everybody write", want=_QUESTION)


_QUESTION = Decision("which user needs to write there? Give it to that user with chown")


CONTROL = Control(
    id="no-world-writable",
    title="Nothing is made writable for everybody",
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
