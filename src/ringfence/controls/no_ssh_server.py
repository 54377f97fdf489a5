"""No SSH server runs in the container.

A second way in has its own users, keys and updates, and bypasses what the engine records. `docker exec` and `kubectl
exec` already provide one way in, with the engine's own checks.

Bad, dockerfile:

    FROM debian:12
    RUN apt-get update && apt-get install -y --no-install-recommends openssh-server
    EXPOSE 8080 22

Good, dockerfile:

    FROM debian:12
    EXPOSE 8080
"""

import re
from collections.abc import Iterator

from ringfence.controls.commands.shell import started
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.build import Build, Verb

_MANAGERS = frozenset("apt-get apt apk yum dnf microdnf zypper pacman emerge".split())
_SERVERS = re.compile(r"(openssh-server|dropbear|tinysshd)([=~<>:-].*)?|ssh-?server")
_STARTERS = frozenset({"service", "systemctl", "rc-service", "rc-update"})
_SERVICES = frozenset({"ssh", "sshd", "dropbear", "ssh.service", "sshd.service"})


def faults(build: Build) -> Iterator[Fault]:
    """Port 22 may not be exposed, and no server be installed or started, in what becomes the image."""
    for number, one in enumerate(build.instructions):
        if not one.final:
            continue
        for index, word in enumerate(one.words if one.verb is Verb.EXPOSE else ()):
            if _has_22(word):
                yield Fault(path=f"instructions[{number}].words[{index}]", found="exposes port 22", want=_QUESTION)
        for index, words in enumerate(one.commands):
            said = _server(started(words))
            if said:
                yield Fault(path=f"instructions[{number}].commands[{index}]", found=said, want=_QUESTION)


def _has_22(word: str) -> bool:
    ports, _, protocol = word.partition("/")
    first, _, last = ports.partition("-")
    if protocol not in ("tcp", "") or not (first.isdecimal() and (last or first).isdecimal() and len(ports) < 12):
        return False
    return int(first) <= 22 <= int(last or first)


def _server(words: tuple[str, ...]) -> str:
    """What a command does with an SSH server; "" where it has nothing to do with one."""
    name = words[0].rpartition("/")[2]
    if name in ("sshd", "dropbear"):
        return f"starts {name}"
    if name in _STARTERS and _SERVICES.intersection(words):
        return "starts an SSH server"
    if name in _MANAGERS and {"install", "add", "in", "-S", "-Sy"}.intersection(words):
        found = next((word for word in words if _SERVERS.fullmatch(word)), "")
        return f"installs {found}" if found else ""
    return ""


_QUESTION = Decision("what is the SSH access for? the engine's own exec needs no server")


CONTROL = Control(
    id="no-ssh-server",
    title="No SSH server runs in the container",
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
