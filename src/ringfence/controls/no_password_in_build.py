"""No password is set in a build.

A password in an instruction is in the image's history for everybody who can pull it, and the same in every
container that was ever started from it.

Bad, dockerfile:

    FROM debian:12
    RUN echo "root:vT9-kQz7" | chpasswd

Good, dockerfile:

    FROM debian:12
    RUN passwd -l root
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.controls.shell import program
from ringfence.models.build import Build


def faults(build: Build) -> Iterator[Fault]:
    """Nothing may be fed to chpasswd or passwd, and no useradd may be given a password."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            if _sets(one.commands, index, words):
                found = f"{program(words)} sets a password"
                yield Fault(path=f"instructions[{number}].commands[{index}]", found=found, want=_QUESTION)


def _sets(commands: tuple[tuple[str, ...], ...], index: int, words: tuple[str, ...]) -> bool:
    fed = index > 1 and commands[index - 1] == ("|",) and commands[index - 2][0] in ("echo", "printf", "yes")
    if program(words) == "chpasswd":
        return fed and not any("$" in word for word in commands[index - 2][1:])
    if program(words) == "passwd":
        return fed
    return program(words) in ("useradd", "usermod") and bool({"-p", "--password"} & set(words))


_QUESTION = Decision("who has to log in, and can it be a key that is mounted at run time?")


CONTROL = Control(
    id="no-password-in-build",
    title="No password is set in a build",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("4.10"),
        owasp("rule 12"),
        cwe(259),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
