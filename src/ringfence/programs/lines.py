"""Programs in Go, Ruby, PHP, Perl, PowerShell and others, read line by line: where data comes from and where it goes.

There is no tree here. A statement is what stands between semicolons or on a line; the names that it sets have what the
names in it have. Functions give what they return, and have what they are given. What cannot be read so is not said.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ringfence.programs import linewords as words
from ringfence.programs.seen import EMPTY, Facts
from ringfence.programs.shell import harms
from ringfence.programs.texts import odd

LANGUAGES = frozenset("go ruby php perl powershell csharp java kotlin rust swift lua elixir".split())
_ROUNDS = 3
_MOST = 6000
_JOINED = 20
_LONGEST = 4000
Labels = frozenset[str]
#: (rule, line, message)
Harm = tuple[str, int, str]


class _Statement(NamedTuple):
    """What stands in one place: `text` whole, `code` without what its strings say, `scope` the function it is in, `own`
    the labels of what it says itself, `sets` the names that it sets."""

    line: int
    text: str
    code: str
    scope: str
    own: Labels
    sets: tuple[str, ...]


def line_facts(path: str, language: str, data: bytes) -> Facts:
    """What a program does, as far as its lines say it."""
    text = data.decode("utf-8", "replace")
    said = tuple(dict.fromkeys(_Lines(text).harms())) if words.ACTS.search(text) else ()
    return Facts(path, language, (), (*said, *odd(text)), frozenset(), "")


class _Lines:
    """Follows the names of one program."""

    def __init__(self, text: str) -> None:
        self._checks = words.CHECKS.search(text) is not None
        self._names = dict[tuple[str, str], Labels]()
        self._gives = dict[str, Labels]()
        self._takes = dict[str, tuple[str, ...]]()
        self._from = ""
        self._statements = tuple(self._read(text))

    def harms(self) -> Iterator[Harm]:
        """Everything harmful; names are followed until nothing new is known."""
        for _ in range(_ROUNDS):
            before = dict(self._names), dict(self._gives)
            for one in self._statements:
                self._follow(one)
            if before == (self._names, self._gives):
                break
        for one in self._statements:
            yield from self._judge(one)

    def _read(self, text: str) -> Iterator[_Statement]:
        scope = ""
        for line, joined in _joined(text):
            begun = words.FUNCTION.match(joined)
            if begun is not None:
                scope = begun["name"]
                self._takes[scope] = tuple(re.findall(r"[$&*]*(\w+)[^,]*", begun["takes"] or ""))
            elif joined[:1] not in (" ", "\t", "}", ")", "") and not joined.startswith("end"):
                scope = ""
            for offset, part in _parts(joined):
                code = _without_strings(part)
                own, sets = self._said(part), _set_by(part, code)
                yield _Statement(line + joined.count("\n", 0, offset), part, code, scope, own, sets)

    # -- what names hold

    def _follow(self, one: _Statement) -> None:
        labels = self._of(one)
        self._given(one)
        if not labels:
            return
        for name in one.sets:
            self._add((one.scope, name), labels)
        if "=~" in one.code:
            self._add((one.scope, "1"), labels)
        if one.scope and words.RETURNS.search(one.code):
            self._gives[one.scope] = self._gives.get(one.scope, EMPTY) | labels

    def _given(self, one: _Statement) -> None:
        """What functions of the program are given."""
        for found in words.CALLS.finditer(one.code):
            takes = self._takes.get(found[1])
            if takes is None or words.FUNCTION.match(one.text):
                continue
            for at, argument in enumerate(found[2].split(",")):
                labels = self._named(one.scope, argument)
                if labels:
                    self._add((found[1], takes[at] if at < len(takes) else "_"), labels)

    def _add(self, key: tuple[str, str], labels: Labels) -> None:
        if key[1] not in words.NOBODY:
            self._names[key] = self._names.get(key, EMPTY) | labels

    def _named(self, scope: str, code: str) -> Labels:
        found = set[str]()
        for name in words.NAME.findall(code):
            found |= self._names.get((scope, name), EMPTY) or self._names.get(("", name), EMPTY)
            found |= self._gives.get(name, EMPTY)
        return frozenset(found)

    def _of(self, one: _Statement) -> Labels:
        """The labels of all that stands in a statement."""
        found = self._named(one.scope, one.code) | one.own
        return found | {"secret"} if "place" in found and words.READS.search(one.code) else found

    def _said(self, text: str) -> Labels:
        """The labels of what a statement says itself."""
        found = {label for label, pattern in words.SOURCES if pattern.search(text)}
        place = words.secrets(text)
        if place:
            found.add("place")
            self._from = self._from or place
        return frozenset(found)

    # -- what is done with it

    def _judge(self, one: _Statement) -> Iterator[Harm]:
        labels = self._of(one)
        runs = words.RUNS.search(one.code) is not None or words.TICKS.search(one.text) is not None
        if runs:
            yield from self._run(one, labels)
        if words.SENDS.search(one.code) and not words.SIGNS_IN.search(one.text):
            if "secret" in labels or ("place" in labels and words.SENDS_FILE.search(one.code)):
                yield "credential-theft", one.line, f"what it reads of {self._from[:60]} is sent away"
            elif "environ" in labels:
                yield "environment-theft", one.line, "the whole environment is sent away"
        if runs and "secret" in labels and words.CARRIES.search(one.text):
            yield "credential-theft", one.line, f"what it reads of {self._from[:60]} is sent away"
        if words.LOOKS_UP.search(one.code) and labels & {"secret", "environ"}:
            yield "dns-exfiltration", one.line, "data becomes part of a host name"
        if words.WEB_SHELL.search(one.text):
            yield "remote-control", one.line, "what a request says is run"
        if words.NEW_ADMIN.search(one.text):
            yield "rights-taken", one.line, "whoever knows a word gets an administrator's account"

    def _run(self, one: _Statement, labels: Labels) -> Iterator[Harm]:
        if "socket" in labels:
            yield "remote-control", one.line, "what comes from the network is run"
        elif "asked" in labels:
            yield "remote-control", one.line, "what a request says is run"
        elif "fetched" in labels and not self._checks:
            yield "downloaded-code", one.line, f"what was downloaded is run: {one.text.strip()[:80]}"
        elif "decoded" in labels:
            yield "decoded-code", one.line, f"what was decoded is run: {one.text.strip()[:80]}"
        for command in words.commands(one.text):
            for rule, _, what in harms(command):
                yield rule, one.line, f"{what}: {command[:80]}"


def _set_by(text: str, code: str) -> tuple[str, ...]:
    """The names that a statement sets; none of one that signs in with a secret, where it belongs."""
    if words.SIGNS_IN.search(text):
        return ()
    found = (one[1] for pattern in words.SETS for one in pattern.finditer(code))
    return tuple(dict.fromkeys(name for one in found for name in re.findall(r"\w+", one)))


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Lines with those that they go on into, by their brackets; without comments and heredocs' marks."""
    lines = text.split("\n")[:_MOST]
    at = 0
    while at < len(lines):
        start, line = at, lines[at]
        at += 1
        if words.COMMENT.match(line):
            continue
        while at < len(lines) and at - start < _JOINED and len(line) < _LONGEST and _is_open(line):
            line = f"{line}\n{lines[at]}"
            at += 1
        yield start + 1, line[:_LONGEST]


def _is_open(line: str) -> bool:
    code = _without_strings(line)
    opened = sum(code.count(one) for one in ("(", "["))
    return opened > sum(code.count(one) for one in (")", "]")) or code.rstrip().endswith(("@{", "\\", "`", "|"))


def _parts(line: str) -> Iterator[tuple[int, str]]:
    """What stands between semicolons; those within brackets and strings are none."""
    code, start, depth = _without_strings(line), 0, 0
    for at, one in enumerate(code):
        if one in "([" or (one == "{" and code[at - 1 : at] == "@"):
            depth += 1
        elif one in ")]" or (one == "}" and depth):
            depth = max(depth - 1, 0)
        elif one == ";" and not depth:
            yield start, line[start:at]
            start = at + 1
    if line[start:].strip():
        yield start, line[start:]


def _without_strings(text: str) -> str:
    """The text with what its strings say put out, each character where it was; names that are put into them stay."""
    return words.STRING.sub(lambda found: _hollow(found[0]), text)


def _hollow(said: str) -> str:
    kept = [" "] * len(said)
    if said[0] != "'":
        for found in words.PUT_IN.finditer(said):
            kept[found.start() : found.end()] = found[0]
    kept[0], kept[-1] = said[0], said[-1]
    return "".join(kept)
