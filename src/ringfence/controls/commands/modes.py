"""The file modes that a build sets, for the controls that judge them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ringfence.controls.commands.shell import started
from ringfence.models.build import Build

_MODE = re.compile(r"[0-7]{1,5}|[ugoa]*[-+=][rwxXstugo]*(?:[-+=][rwxXstugo]*)*(?:,[ugoa]*[-+=][rwxXstugo]*)*")
_CLAUSE = re.compile(r"([ugoa]*)([-+=])([rwxXst]*)")
_WITH_MODE = frozenset({"install", "mkdir", "mkfifo", "mknod"})

SET_USER, SET_GROUP, STICKY, OTHERS_WRITE = 0o4000, 0o2000, 0o1000, 0o002


_MAX_CHARS = 60


class Mode(NamedTuple):
    """A mode as written, the bits of it that are set or added, what they are set of, and the model path."""

    said: str
    bits: int
    targets: tuple[str, ...]
    path: str


def modes(build: Build) -> Iterator[Mode]:
    """Every mode of chmod, `install -m`, `mkdir -m`, and of `--chmod` of COPY and ADD."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            run = started(words)
            name = run[0].rpartition("/")[2]
            found = _of_chmod(run) if name == "chmod" else _of_option(run) if name in _WITH_MODE else None
            if found:
                yield Mode(f"{name} {found[0]}", bits(found[0]), found[1], f"instructions[{number}].commands[{index}]")
        for index, flag in enumerate(one.flags):
            mode = flag.removeprefix("chmod=")
            if mode != flag and _is_mode(mode):
                yield Mode(f"--{flag}", bits(mode), one.words[-1:], f"instructions[{number}].flags[{index}]")


def bits(mode: str) -> int:
    """The bits that a mode sets or adds; without `ugoa` those that the usual umask of 022 lets through."""
    if mode.isdecimal():
        return int(mode, 8) & 0o7777
    found = 0
    for who, operator, what in _CLAUSE.findall(mode):
        if operator != "-":
            found |= _added(who, what)
    return found


def _added(who: str, what: str) -> int:
    each = sum({"r": 4, "w": 2, "x": 1, "X": 1}.get(letter, 0) for letter in set(what))
    users = set("ugo" if not who or "a" in who else who)
    found = sum(each << {"u": 6, "g": 3, "o": 0}[user] for user in users)
    found = found if who else found & ~0o022
    if "s" in what:
        found |= (SET_USER if "u" in users else 0) | (SET_GROUP if "g" in users else 0)
    return found | (STICKY if "t" in what else 0)


def _of_chmod(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """The first word that is no option: `-R`, `-v` and their kin, and modes that only take away."""
    at = next((at for at, word in enumerate(words) if at and not word.startswith("-")), 0)
    return (words[at], words[at + 1 :]) if at and _is_mode(words[at]) else None


def _is_mode(word: str) -> bool:
    return len(word) <= _MAX_CHARS and _MODE.fullmatch(word) is not None


def _of_option(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    for word, following in zip(words[1:], (*words[2:], ""), strict=False):
        said = following if word in ("-m", "--mode") else word.removeprefix("--mode=").removeprefix("-m")
        if said != word and _is_mode(said):
            return said, words[-1:]
    return None
