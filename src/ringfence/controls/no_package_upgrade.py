"""Package lists are updated with what they are for.

`apt-get update` alone is kept in the build's cache, and later installs take from an old list packages whose fixes
they miss. A newer base image brings upgrades for everybody; `dist-upgrade` changes what nobody tried.

Bad, dockerfile:

    FROM debian:12
    RUN apt-get update
    RUN apt-get install -y curl

Good, dockerfile:

    FROM debian:12
    RUN apt-get update && apt-get install -y --no-install-recommends curl
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, docker
from ringfence.controls.shell import program
from ringfence.models.build import Build

_MANAGERS = frozenset({"apt-get", "apt", "aptitude"})


def faults(build: Build) -> Iterator[Fault]:
    """No update without an install in the same instruction, and no upgrade of the whole distribution."""
    for number, one in enumerate(build.instructions):
        verbs = [_verb(words) for words in one.commands]
        for index, verb in enumerate(verbs):
            path = f"instructions[{number}].commands[{index}]"
            if verb == "update" and not {"install", "upgrade", "build-dep", "source"} & set(verbs):
                yield Fault(path=path, found="updates the lists and installs nothing", want=_TOGETHER)
            elif verb in ("dist-upgrade", "full-upgrade"):
                yield Fault(path=path, found=f"{verb} changes what nobody tried", want=_NEWER)


def _verb(words: tuple[str, ...]) -> str:
    if program(words) not in _MANAGERS:
        return ""
    verbs = [word for word in words[1:] if not word.startswith("-")]
    return verbs[0] if verbs else ""


_TOGETHER = Decision("which packages is the list for? Install them in the same RUN")
_NEWER = Decision("which newer base image has the fixes?")


CONTROL = Control(
    id="no-package-upgrade",
    title="Package lists are updated with what they are for",
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
