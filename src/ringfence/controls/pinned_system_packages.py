"""System packages are pinned to a version.

`apt-get install curl` takes what the archive has on the day of the build. A version records what was tested, and a
build that finds a different one stops. Distributions remove old versions, so this takes upkeep: only `--profile cis`
asks for it.

Bad, dockerfile:

    FROM debian:12
    RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10+deb12u8 jq

Good, dockerfile:

    FROM debian:12
    RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10+deb12u8 jq=1.6-2.1
"""

import re
from collections.abc import Iterator

from ringfence.controls.commands.shell import program
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, docker
from ringfence.models.build import Build

#: The verb that installs, and what a name with a version looks like.
_MANAGERS: dict[str, tuple[str, re.Pattern[str]]] = {
    "apt-get": ("install", re.compile(r"[^=]+=.+|.*\.deb")),
    "apt": ("install", re.compile(r"[^=]+=.+|.*\.deb")),
    "apk": ("add", re.compile(r"[^=~<>]+[=~<>].+|.*\.apk")),
    "yum": ("install", re.compile(r".+-[0-9].*|.*\.rpm|@.+")),
    "dnf": ("install", re.compile(r".+-[0-9].*|.*\.rpm|@.+")),
    "zypper": ("install", re.compile(r".+[=<>~].+|.+-[0-9].*|.*\.rpm")),
    "microdnf": ("install", re.compile(r".+-[0-9].*|.*\.rpm")),
}
_VALUED = frozenset("-t --virtual --target-release -o --option -c -X --repository --root -p --keys-dir".split())


def faults(build: Build) -> Iterator[Fault]:
    """Each package that is named needs a version; one that a variable names is not judged."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            loose = _loose(words)
            if loose:
                found = f"{', '.join(loose[:5])} without a version"
                yield Fault(path=f"instructions[{number}].commands[{index}]", found=found, want=_QUESTION)


def _loose(words: tuple[str, ...]) -> list[str]:
    manager = _MANAGERS.get(program(words))
    if manager is None or manager[0] not in words:
        return []
    found, skip = list[str](), False
    for word in words[words.index(manager[0]) + 1 :]:
        if skip or word.startswith("-"):
            skip = not skip and word in _VALUED
        elif "$" not in word and not word.startswith((".", "/", "http")) and not manager[1].fullmatch(word):
            found.append(word)
    return found


_QUESTION = Decision("which version did you test?")


CONTROL = Control(
    id="pinned-system-packages",
    title="System packages are pinned to a version",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("4.7"),
        docker("build/building/best-practices"),
        cwe(1357),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.CIS}),
)
