"""No SSH server runs in it.

A second way in has its own users, keys and updates, and goes around what the engine records. `docker exec` and
`kubectl exec` are one way, with the engine's own checks.

Bad, dockerfile:

    FROM debian:12
    EXPOSE 8080 22

Good, dockerfile:

    FROM debian:12
    EXPOSE 8080
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.build import Build, Verb


def faults(build: Build) -> Iterator[Fault]:
    """Port 22 may not be exposed."""
    for number, one in enumerate(build.instructions):
        for index, word in enumerate(one.words if one.verb is Verb.EXPOSE else ()):
            if word == "22/tcp":
                yield Fault(path=f"instructions[{number}].words[{index}]", found="exposes port 22", want=_QUESTION)


_QUESTION = Decision("what is the way in for? The engine's own exec needs no server")


CONTROL = Control(
    id="no-ssh-server",
    title="No SSH server runs in it",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("5.7"),
        owasp("rule 5"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
