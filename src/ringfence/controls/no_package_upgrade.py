"""Package lists are updated together with an installation.

`apt-get update` on its own is cached by the build, so later installations pick outdated packages from an old list. A
newer base image brings upgrades for everybody; `dist-upgrade` changes what nobody has tested.

Bad, dockerfile:

    FROM debian:12
    RUN apt-get update
    RUN apt-get install -y curl

Good, dockerfile:

    FROM debian:12
    RUN apt-get update && apt-get install -y --no-install-recommends curl
"""

from collections.abc import Iterator

from ringfence.controls.commands.managers import MANAGERS, NONE, Manager, managed, upgrades_all
from ringfence.controls.commands.shell import program
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, docker
from ringfence.models.build import Build, Instruction

# Beside these a command may install something itself: a script, another installer.
_HARMLESS = frozenset(
    "apt-get apt apk yum dnf microdnf zypper aptitude rm echo printf set true : cat mkdir touch sed cp mv ln chmod"
    " chown dpkg-reconfigure locale-gen test [ cd export sleep tee ls find grep which date apt-key"
    " gpg curl wget".split()
)


def faults(build: Build) -> Iterator[Fault]:
    """No update without an install in the same instruction, and no upgrade of the whole distribution."""
    for number, one in enumerate(build.instructions):
        done = [managed(words) for words in one.commands]
        for index, (name, verb) in enumerate(done):
            manager = MANAGERS.get(name, NONE)
            path = f"instructions[{number}].commands[{index}]"
            if verb in manager.distribution:
                yield Fault(path=path, found=f"{name} {verb} changes what nobody has tested", want=_NEWER)
            elif verb in manager.lists and not _is_used(one, done, manager):
                yield Fault(path=path, found=f"{name} {verb} fetches lists but installs nothing", want=_TOGETHER)
            elif upgrades_all(one.commands[index]) and not _is_used(one, done, manager):
                yield Fault(path=path, found=f"{name} {verb} changes what nobody has tested", want=_NEWER)


def _is_used(one: Instruction, done: list[tuple[str, str]], manager: Manager) -> bool:
    """Whether something in the same instruction may install from the lists, or keeps them out of the image."""
    if any(flag.startswith("mount=type=cache") and "/var/" in flag for flag in one.flags):
        return True
    return any(verb in manager.needs for _, verb in done) or any(
        words != ("|",) and "=" not in words[0] and program(words) not in _HARMLESS for words in one.commands
    )


_TOGETHER = Decision("which packages is the list for? install them in the same RUN")
_NEWER = Decision("which newer base image has the fixes?")


CONTROL = Control(
    id="no-package-upgrade",
    title="Package lists are updated together with an installation",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("4.7"),
        docker("build/building/best-practices"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
