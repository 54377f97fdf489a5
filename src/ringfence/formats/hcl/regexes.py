"""Regular expressions as Terraform has them (RE2's syntax), in time that grows with the text and not faster.

A pattern becomes a small program that is run over the text once, all its ways side by side (Thompson's construction
with captures, as Pike did it), so that no pattern can make it slow. Raises EvaluationError for what RE2 refuses,
TooMuchError for what is too large or not supported here.
"""

from collections.abc import Iterator
from functools import lru_cache

from ringfence.dataclasses import dataclass
from ringfence.formats.hcl.regexsyntax import Node, Reader, is_word
from ringfence.formats.hcl.values import EvaluationError, TooMuchError, Work

MAX_PATTERN = 2000
_MAX_PROGRAM = 5000

Groups = tuple[int, ...]

_CHAR, _SPLIT, _JUMP, _SAVE, _ASSERT, _MATCH = range(6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Regex:
    """A program: (operation, argument, other argument) each; `names`: that of each group, "" where it has none."""

    program: list[tuple[int, object, int]]
    names: tuple[str, ...]

    def search(self, text: str, start: int, work: Work) -> Groups | None:
        """Where the first match and its groups begin and end, -1 for a group that took no part; None for no match."""
        return _Run(self, text, work).search(start)

    def find_all(self, text: str, work: Work) -> Iterator[Groups]:
        """All matches that do not overlap; an empty one right behind another does not count."""
        at, behind = 0, -1
        while at <= len(text):
            found = self.search(text, at, work)
            if found is None:
                return
            if found[1] > found[0] or found[0] != behind:
                yield found
            behind = found[1]
            at = found[1] if found[1] > at else found[1] + 1


class _Run:
    """One search."""

    def __init__(self, regex: Regex, text: str, work: Work) -> None:
        self.program, self.text, self.work = regex.program, text, work
        self.size = 2 * len(regex.names)

    def search(self, start: int) -> Groups | None:
        """The leftmost match at or behind `start`."""
        text, best = self.text, None
        threads, seen = list[tuple[int, Groups]](), set[int]()
        for pos in range(start, len(text) + 1):
            if best is None:
                self._add(threads, seen, 0, pos, (-1,) * self.size)
            elif not threads:
                break
            char = text[pos] if pos < len(text) else ""
            following, ahead = list[tuple[int, Groups]](), set[int]()
            self.work.spend(1 + len(threads))
            for pc, saved in threads:
                operation, argument, _ = self.program[pc]
                if operation == _MATCH:
                    best = saved
                    break
                if char and argument(char):  # type: ignore[operator]
                    self._add(following, ahead, pc + 1, pos + 1, saved)
            threads, seen = following, ahead
        return best

    def _add(self, threads: list[tuple[int, Groups]], seen: set[int], pc: int, pos: int, saved: Groups) -> None:
        """Follow all that takes no character from `pc` on, the preferred way first."""
        waiting = [(pc, saved)]
        while waiting:
            pc, saved = waiting.pop()
            if pc in seen:
                continue
            seen.add(pc)
            self.work.spend()
            operation, argument, other = self.program[pc]
            if operation == _SPLIT:
                waiting += [(other, saved), (argument, saved)]  # type: ignore[list-item]
            elif operation == _JUMP:
                waiting.append((other, saved))
            elif operation == _SAVE:
                waiting.append((pc + 1, (*saved[:other], pos, *saved[other + 1 :])))
            elif operation == _ASSERT:
                if _holds(str(argument), self.text, pos):
                    waiting.append((pc + 1, saved))
            else:
                threads.append((pc, saved))


def _holds(assertion: str, text: str, pos: int) -> bool:
    before, after = text[pos - 1 : pos] if pos else "", text[pos : pos + 1]
    match assertion:
        case "A":
            return pos == 0
        case "z":
            return pos == len(text)
        case "^":
            return before in ("", "\n")
        case "$":
            return after in ("", "\n")
        case _:
            return (is_word(before) is not is_word(after)) is (assertion == "b")


@lru_cache(maxsize=64)
def compiled(pattern: str) -> Regex:
    """The program of a pattern. Raises EvaluationError and TooMuchError."""
    if len(pattern) > MAX_PATTERN:
        raise TooMuchError("a regular expression is too long")
    reader = Reader(pattern)
    node = reader.alternatives(0)
    if reader.pos < len(pattern):
        raise EvaluationError("a regular expression closes a group that it has not opened")
    writer = _Writer()
    writer.add(_SAVE, None, 0)
    writer.write(node)
    writer.add(_SAVE, None, 1)
    writer.add(_MATCH, None, 0)
    return Regex(program=writer.program, names=tuple(reader.names))


class _Writer:
    """Writes a program."""

    def __init__(self) -> None:
        self.program = list[tuple[int, object, int]]()

    def add(self, operation: int, argument: object, other: int) -> int:
        """One more step; gives where it stands."""
        if len(self.program) >= _MAX_PROGRAM:
            raise TooMuchError("a regular expression is too large")
        self.program.append((operation, argument, other))
        return len(self.program) - 1

    def write(self, node: Node) -> None:
        """The steps of a node."""
        if node.kind == "char":
            self.add(_CHAR, node.test, 0)
        elif node.kind == "assert":
            self.add(_ASSERT, node.text, 0)
        elif node.kind == "all":
            for part in node.parts:
                self.write(part)
        elif node.kind == "any":
            self._any(node.parts)
        elif node.kind == "group":
            self.add(_SAVE, None, 2 * node.index)
            self.write(node.parts[0])
            self.add(_SAVE, None, 2 * node.index + 1)
        else:
            self._repeat(node)

    def _any(self, parts: list[Node]) -> None:
        ends = list[int]()
        for part in parts[:-1]:
            split = self.add(_SPLIT, 0, 0)
            self.write(part)
            ends.append(self.add(_JUMP, None, 0))
            self.program[split] = (_SPLIT, split + 1, len(self.program))
        self.write(parts[-1])
        for end in ends:
            self.program[end] = (_JUMP, None, len(self.program))

    def _repeat(self, node: Node) -> None:
        for _ in range(node.least):
            self.write(node.parts[0])
        if node.most < 0:
            split = self.add(_SPLIT, 0, 0)
            self.write(node.parts[0])
            self.add(_JUMP, None, split)
            self._branch(split, node.greedy)
        else:
            splits = list[int]()
            for _ in range(node.most - node.least):
                splits.append(self.add(_SPLIT, 0, 0))
                self.write(node.parts[0])
            for split in splits:
                self._branch(split, node.greedy)

    def _branch(self, split: int, greedy: bool) -> None:
        inside, behind = split + 1, len(self.program)
        self.program[split] = (_SPLIT, inside, behind) if greedy else (_SPLIT, behind, inside)
