"""No program gets the set-user-ID bit.

A set-user-ID program runs with its owner's rights for whoever starts it: one flaw in it gives root. Images need none,
and `no-new-privileges` makes them useless anyway.

Bad, dockerfile:

    FROM alpine:3.20
    RUN chmod u+s /usr/bin/tool

Good, dockerfile:

    FROM alpine:3.20
    RUN chmod u-s /usr/bin/tool
"""

import re
from collections.abc import Iterator

from ringfence.controls.commands.modes import SET_GROUP, SET_USER, modes
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.build import Build

_PROGRAM = re.compile(r"(^|/)(s?bin|libexec)/|\.so(\.|$)")


def faults(build: Build) -> Iterator[Fault]:
    """No mode may set the bit for the user; nor that for the group, which on a folder only hands its group down."""
    for mode in modes(build):
        if mode.bits & SET_USER or (mode.bits & SET_GROUP and any(_PROGRAM.search(target) for target in mode.targets)):
            yield Fault(path=mode.path, found=f"{mode.said} sets the bit", want=_QUESTION)


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
