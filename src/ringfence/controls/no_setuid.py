"""No program gets the set-user-ID bit.

A set-user-ID program runs as its owner for whoever starts it: one mistake in it is root. Images need none, and
`no-new-privileges` makes them useless anyway.

Bad, dockerfile:

    FROM alpine:3.20
    RUN chmod u+s /usr/bin/tool

Good, dockerfile:

    FROM alpine:3.20
    RUN chmod u-s /usr/bin/tool
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.controls.shell import program
from ringfence.models.build import Build

_MODE = re.compile(r"0?[2-7][0-7]{3}|[ugoa]*[+=][rwXxt]*s[rwXxst]*")
_STICKY = re.compile(r"0?1[0-7]{3}")


def faults(build: Build) -> Iterator[Fault]:
    """No chmod may set the bit, for user or group."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            modes = [word for word in words[1:] if not word.startswith("-")][:1]
            if program(words) == "chmod" and modes and _MODE.fullmatch(modes[0]) and not _STICKY.fullmatch(modes[0]):
                found = f"chmod {modes[0]} sets the bit"
                yield Fault(path=f"instructions[{number}].commands[{index}]", found=found, want=_QUESTION)


_QUESTION = Decision("which capability, or which user, does the program need instead?")


CONTROL = Control(
    id="no-setuid",
    title="No program gets the set-user-ID bit",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("4.8"),
        owasp("rule 4"),
        cwe(250),
        cwe(732),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
