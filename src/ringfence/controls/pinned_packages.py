"""Packages are installed in a version.

A package without a version is today's, and another one tomorrow: a build that worked cannot be made again, and a
package that was taken over arrives by itself.

Bad, dockerfile:

    FROM python:3.12.7
    RUN pip install flask==3.0.3 requests

Good, dockerfile:

    FROM python:3.12.7
    RUN pip install flask==3.0.3 requests==2.32.3
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, docker, owasp
from ringfence.controls.shell import program
from ringfence.models.build import Build

_SKIPPED = frozenset(
    "-r --requirement -c --constraint -e --editable -t --target -i --index-url --prefix --root".split()
)
_INSTALLERS: dict[str, tuple[str, re.Pattern[str]]] = {
    "pip": ("install", re.compile(r"(===?|~=|@ ).+|.*[@].*|.*\.(whl|zip|tar\.gz)$")),
    "npm": ("install", re.compile(r"@?[^@]+@.+")),
    "gem": ("install", re.compile(r".+:.+")),
    "go": ("install", re.compile(r".+@(v[0-9]|[0-9a-f]{7}).*")),
}
_NAMES = {"pip3": "pip", "pip2": "pip", "i": "install"}


def faults(build: Build) -> Iterator[Fault]:
    """Each package that is named in a command needs a version. Files of requirements are judged where they stand."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            loose = _loose(words)
            if loose:
                found = f"{', '.join(loose[:5])} in no version"
                yield Fault(path=f"instructions[{number}].commands[{index}]", found=found, want=_QUESTION)


def _loose(words: tuple[str, ...]) -> list[str]:
    if program(words) in ("python", "python3") and words[1:3] == ("-m", "pip"):
        words = words[2:]
    installer = _INSTALLERS.get(_NAMES.get(program(words), program(words)))
    verbs = [_NAMES.get(word, word) for word in words]
    if installer is None or installer[0] not in verbs[1:]:
        return []
    is_npm = program(words) == "npm"
    if is_npm and not {"-g", "--global"} & set(words):
        return []
    if program(words) == "gem" and {"-v", "--version"} & {word.partition("=")[0] for word in words}:
        return []
    named = _named(words[verbs.index(installer[0], 1) + 1 :])
    return [name for name in named if not _has_version(name, installer[1])]


def _named(words: tuple[str, ...]) -> list[str]:
    found, skip = list[str](), False
    for word in words:
        if skip or word.startswith("-"):
            skip = not skip and word in _SKIPPED
        elif not word.startswith((".", "/", "$", "http", "git+", "file:")) and "$" not in word:
            found.append(word)
    return found


def _has_version(name: str, pattern: re.Pattern[str]) -> bool:
    return pattern.fullmatch(name) is not None or re.search(r"[=<>~]=|[<>]", name) is not None


_QUESTION = Decision("which version was tried?")


CONTROL = Control(
    id="pinned-packages",
    title="Packages are installed in a version",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("4.7"),
        owasp("rule 9"),
        docker("build/building/best-practices"),
        cwe(1357),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
