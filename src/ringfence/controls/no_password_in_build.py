"""No password is set in a build.

A password in an instruction is in the image's history for anybody who can pull it, and the same in every container
ever started from it.

Bad, dockerfile:

    FROM debian:12
    RUN echo "root:vT9-kQz7" | chpasswd

Good, dockerfile:

    FROM debian:12
    RUN passwd -l root
"""

import re
from collections.abc import Iterator

from ringfence.controls.commands.shell import program, started
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.build import Build

_VARIABLE = re.compile(r"\$[({]?[A-Za-z_]")
_LOCKED = frozenset({"", "!", "*", "!!", "x"})
_SPEAKS = frozenset({"echo", "printf", "yes"})


def faults(build: Build) -> Iterator[Fault]:
    """Nothing may be fed to chpasswd or passwd, no account be given a password, and none be left without one."""
    for number, one in enumerate(build.instructions):
        for index in range(len(one.commands)):
            said = _sets(one.commands, index)
            if said:
                yield Fault(path=f"instructions[{number}].commands[{index}]", found=said, want=_QUESTION)


def _sets(commands: tuple[tuple[str, ...], ...], index: int) -> str:
    """What a command does to a password; "" where it leaves it. What a variable holds is judged where it is set."""
    run = started(commands[index])
    name = run[0].rpartition("/")[2]
    if name == "chpasswd" or (name == "passwd" and not {"-l", "--lock", "-S"} & set(run)):
        if name == "passwd" and {"-d", "--delete"} & set(run):
            return "passwd leaves an account without a password"
        said = [word for word in run[1:] if ":" in word] if name == "chpasswd" else []
        if index > 1 and commands[index - 1] == ("|",) and program(commands[index - 2]) in _SPEAKS:
            said += [" ".join(commands[index - 2][1:])]
        return f"{name} sets a password" if any(not _VARIABLE.search(text) for text in said) else ""
    if name in ("useradd", "usermod", "adduser"):
        given = [value for option, value in _pairs(run) if option in ("-p", "--password")]
        return f"{name} sets a password" if any(_is_said(value) for value in given) else ""
    return ""


def _pairs(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for word, following in zip(words, (*words[1:], ""), strict=True):
        option, equals, value = word.partition("=")
        yield (option, value) if equals else (word, following)


def _is_said(value: str) -> bool:
    """Whether it is a password, or its hash: no variable, and not what locks an account."""
    return value not in _LOCKED and (not _VARIABLE.match(value) or value.startswith("$("))


_QUESTION = Decision("who has to log in, and can a key be mounted at run time instead?")


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
