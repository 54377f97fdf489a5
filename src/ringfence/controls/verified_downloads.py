"""Downloads are verified.

Without verification of certificates and signatures, anybody on the way can substitute their own package. When a check
fails, it has done its job.

Bad, dockerfile:

    FROM debian:12
    RUN curl -fsSk -o /tool https://example.com/tool

Good, dockerfile:

    FROM debian:12
    RUN curl -fsS -o /tool https://example.com/tool
"""

from collections.abc import Iterator

from ringfence.controls.commands.verification import is_off, unchecked
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.build import Build, Verb


def faults(build: Build) -> Iterator[Fault]:
    """No option, no setting and no variable may switch a check off."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            said = unchecked(words)
            if said:
                path = f"instructions[{number}].commands[{index}]"
                yield Fault(path=path, found=f"{said} checks nothing", want=_QUESTION)
        for index, word in enumerate(one.words if one.verb in {Verb.ENV, Verb.ARG} else ()):
            if is_off(word):
                path = f"instructions[{number}].words[{index}]"
                yield Fault(path=path, found=f"{word} checks nothing", want=_QUESTION)


_QUESTION = Decision("which certificate or key is missing? install it instead")


CONTROL = Control(
    id="verified-downloads",
    title="Downloads are verified",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("4.11"),
        owasp("rule 13"),
        cwe(295),
        cwe(345),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
