"""The commands of a text for POSIX shells and bash."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ringfence.shellwords.scanner import BLANK, SHELLS, Command, Scanner, script_of

MAX_CHARS = 512 * 1024
MAX_COMMANDS = 5000
MAX_DEPTH = 8
_MAX_TRIES = 20

_OPENING = frozenset("if then elif else do while until { ! time".split())
_CLOSING = frozenset("fi done esac }".split())
_HEADS = frozenset("for select case function [[".split())
_REDIRECTION = re.compile(r"[0-9]*(&>>?|<<<|<<-?|<>|>>|>&|<&|>\||[<>])")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*(?:\[[^]\s]*\])?\+?=")


def commands(text: str) -> tuple[Command, ...]:
    """Every simple command of a shell text, those inside of others behind them. Never raises."""
    text = text[:MAX_CHARS]
    found = list[Command]()
    _Reader(text, 0, found, MAX_DEPTH, [4 * len(text)]).read()
    return tuple(found[:MAX_COMMANDS])


class _Heredoc(NamedTuple):
    delimiter: str
    tabs: bool
    reader: list[str]


class _Reader(Scanner):
    """Reads one text; what is nested in it is read when it is through.

    `left` has one number, of the characters that may still be read: nested text is read once for each level.
    """

    def __init__(self, text: str, base: int, found: list[Command], depth: int, left: list[int]) -> None:
        super().__init__(text, depth)
        self._left = left
        self._tries = _MAX_TRIES
        self._base = base
        self._found = found
        self._own = len(found)
        self._words = list[str]()
        self._spans = list[tuple[int, int]]()
        self._assigned = list[Command]()
        self._scripts = list[Command]()
        self._heredocs = list[_Heredoc]()
        self._cases = 0

    def read(self) -> None:
        """Read to the end; what is nested comes after what it stands in."""
        text, end = self.text, len(self.text)
        self._left[0] -= end
        if self._left[0] < 0:
            return
        while self.at < end and len(self._found) < MAX_COMMANDS:
            blank = BLANK.match(text, self.at)
            if blank:
                self.at = blank.end()
            else:
                self._token(text[self.at])
        self._end()
        self._found += self._assigned
        if self.depth:
            for inner, offset in self.inner:
                _Reader(inner, self._base + offset, self._found, self.depth - 1, self._left).read()
            for script in self._scripts:
                self._script(script)

    def _script(self, script: Command) -> None:
        """What a shell gets as an argument: its commands stand where the argument does."""
        inner = list[Command]()
        _Reader(script.words[0], 0, inner, self.depth - 1, self._left).read()
        self._found += [Command(one.words, script.offset, script.end) for one in inner]

    def _token(self, character: str) -> None:
        if character == "\n":
            self._newline()
        elif character == "#":
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
        elif character == "|":
            self._pipe()
        elif character == ";" or (character == "&" and not self.text.startswith("&>", self.at)):
            self._separator()
        elif character in "()":
            self._bracket(character)
        elif character in "<>&":
            self._redirection()
        else:
            self._word()

    def _newline(self) -> None:
        """The end of a command, and the place where here-documents begin."""
        self._end()
        self.at += 1
        for heredoc in self._heredocs:
            start, stop = self.at, self._end_of(heredoc)
            if _is_shell(heredoc.reader) or (self._is_piped() and _is_shell(self._found[-1].words)):
                self.inner.append((self.text[start:stop], start))
            following = self.text.find("\n", stop)
            self.at = len(self.text) if following < 0 else following + 1
        self._heredocs.clear()

    def _end_of(self, heredoc: _Heredoc) -> int:
        """Where the line of its delimiter begins; the end of the text without one."""
        at = self.at
        while at < len(self.text):
            found = self.text.find("\n", at)
            stop = len(self.text) if found < 0 else found
            line = self.text[at:stop].rstrip("\r")
            if (line.lstrip("\t") if heredoc.tabs else line) == heredoc.delimiter:
                return at
            at = stop + 1
        return len(self.text)

    def _is_piped(self) -> bool:
        return len(self._found) - self._own > 1 and self._found[-2].words == ("|",)

    def _pipe(self) -> None:
        self._end()
        if self.text.startswith("||", self.at):
            self.at += 2
            return
        if len(self._found) > self._own and self._found[-1].words != ("|",):
            self._found.append(Command(("|",), self._base + self.at, self._base + self.at + 1))
        self.at += 2 if self.text.startswith("|&", self.at) else 1

    def _separator(self) -> None:
        self._end()
        double = self.text.startswith((";;", ";&"), self.at)
        self.at += 2 if double else 1
        if double and self._cases:
            self._pattern()

    def _bracket(self, character: str) -> None:
        if character == "(" and not self._words and self.text.startswith("((", self.at) and self._arithmetic():
            return
        if character == "(" and len(self._words) == 1 and self.text.startswith("()", self.at):
            self._words, self._spans = [], []  # the name of a function
            self.at += 2
            return
        self._end()
        self.at += 1

    def _arithmetic(self) -> bool:
        """Go over `(( … ))`. Looking for its end costs as much as it is long, so it is not done for ever in vain."""
        end = self.closing(self.at) if self._tries else 0
        if not self.text.startswith("))", end - 2) or end < self.at + 4:
            self._tries = max(0, self._tries - 1)
            return False
        self.nested()
        return True

    def _redirection(self) -> None:
        """An operator and the word that it leads to or from, which is dropped; `<( )` holds commands and is a word."""
        start = self.at
        if self.text.startswith(("<(", ">("), start):
            self.at += 1
            self.nested()
            self._add(self.text[start : self.at], start)
            return
        match = _REDIRECTION.match(self.text, start)
        if match is None:
            self.at += 1
            return
        self.at = match.end()
        self.step()
        start = self.at
        if match[1] == "<" and self.text.startswith("<(", start):
            self._redirection()  # `sh < <(curl …)`: what is read stays among the words
            return
        said = self.scan()
        if match[1] in ("<<", "<<-") and said:
            self._heredocs.append(_Heredoc(said, match[1] == "<<-", self._words))
        elif match[1] == "<<<" and said:
            self._add(said, start)

    def _word(self) -> None:
        start = self.at
        if _REDIRECTION.match(self.text, start):  # one with the number of its descriptor
            self._redirection()
            return
        said = self.scan()
        if self.at == start:  # nothing that a word may begin with
            self.at += 1
            return
        if not self._words:
            if said == self.text[start : self.at] and self._is_keyword(said):
                return
            if _ASSIGNMENT.match(self.text, start):
                self._assign(said, start)
                return
        self._add(said, start)

    def _add(self, said: str, start: int) -> None:
        self._words.append(said)
        self._spans.append((start, self.at))

    def _assign(self, said: str, start: int) -> None:
        if said.endswith("=") and self.text.startswith("(", self.at):  # an array
            self.nested(script=False)
        self._assigned.append(Command((said,), self._base + start, self._base + self.at))

    def _is_keyword(self, said: str) -> bool:
        """Whether a word that may begin a command is one of the language; go behind what belongs to it."""
        if said in _OPENING:
            return True
        if said in _HEADS:
            self._head(said)
            return True
        if said == "esac":
            self._cases = max(0, self._cases - 1)
        return said in _CLOSING

    def _head(self, said: str) -> None:
        """`for NAME in WORDS`, `case WORD in` with its first pattern, `function NAME`, `[[ … ]]`."""
        if said == "[[":
            self._test()
            return
        self.step()
        if self.text.startswith("((", self.at):
            self.at = self.closing(self.at)
            return
        self.scan()
        if said == "function":
            return
        self.step(lines=said == "case")
        if self.text.startswith("in", self.at):
            self.at += 2
        if said == "case":
            self._cases += 1
            self._pattern()
            return
        while self.at < len(self.text) and self.text[self.at] not in ";\n":
            self._over()

    def _over(self) -> None:
        """Go over a word, or what is none."""
        start = self.at
        self.step()
        self.scan()
        self.at = max(self.at, start + 1)

    def _pattern(self) -> None:
        """Go behind the `)` of a pattern of `case`, or stay before its `esac`."""
        while self.at < len(self.text):
            self.step(lines=True)
            if self.text.startswith("esac", self.at):
                return
            if self.text.startswith("#", self.at):
                found = self.text.find("\n", self.at)
                self.at = len(self.text) if found < 0 else found
            elif self.text.startswith(")", self.at):
                self.at += 1
                return
            else:
                self._over()

    def _test(self) -> None:
        """Go over the words of `[[ … ]]`, whose operators are none of the shell's."""
        while self.at < len(self.text):
            start = self.at
            self.step(lines=True)
            if self.scan() == "]]":
                return
            self.at = max(self.at, start + 1)

    def _end(self) -> None:
        if not self._words:
            return
        base = self._base
        self._found.append(Command(tuple(self._words), base + self._spans[0][0], base + self._spans[-1][1]))
        script = script_of(self._words)
        if script is not None:
            start, end = self._spans[script]
            self._scripts.append(Command((self._words[script],), base + start, base + end))
        self._words, self._spans = [], []


def _is_shell(words: Sequence[str]) -> bool:
    return any(word.rpartition("/")[2] in SHELLS for word in words[:3])
