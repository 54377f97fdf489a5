"""Shell text taken apart into simple commands, as far as its own text says.

Not a shell: nothing is expanded, and a word keeps its `$name` as written. What stands in `$( )`, backquotes,
`( )` and `{ }`, in the bodies of `if`, `for`, `while` and behind `&&`, `||`, `;` and `|` are commands too. For POSIX
shells and bash; what a PowerShell means by the same characters is not known here.
"""

from typing import NamedTuple

MAX_CHARS = 256 * 1024
MAX_COMMANDS = 5000
MAX_DEPTH = 8

_KEYWORDS = frozenset("if then elif else fi for while until do done case esac in { } ! time function select".split())
_ENDS = frozenset(";&\n()")


class Command(NamedTuple):
    """The words of a simple command without quotes, assignments before it and redirections; where it begins and ends.

    A pipe between two commands is a command of its own: `("|",)`.
    """

    words: tuple[str, ...]
    offset: int
    end: int


def commands(text: str) -> tuple[Command, ...]:
    """Every simple command of a shell text, those inside of others behind them. Never raises."""
    found = list[Command]()
    _Reader(text[:MAX_CHARS], 0, found, MAX_DEPTH).read()
    return tuple(found[:MAX_COMMANDS])


class _Reader:
    def __init__(self, text: str, base: int, found: list[Command], depth: int) -> None:
        self._text = text
        self._base = base
        self._found = found
        self._depth = depth
        self._words = list[str]()
        self._begin = self._stop = -1
        self._inner = list[tuple[str, int]]()
        self._at = 0

    def read(self) -> None:
        """Read to the end; what is nested comes after what it stands in."""
        while self._at < len(self._text) and len(self._found) < MAX_COMMANDS:
            self._token(self._text[self._at])
        self._end()
        if self._depth:
            for inner, offset in self._inner:
                _Reader(inner, self._base + offset, self._found, self._depth - 1).read()

    def _token(self, character: str) -> None:
        if character in " \t\r":
            self._at += 1
        elif character == "#":
            end = self._text.find("\n", self._at)
            self._at = len(self._text) if end < 0 else end
        elif character == "|":
            self._pipe()
        elif character in _ENDS and not self._text.startswith("&>", self._at):
            self._end()
            self._at += 1
        elif character in "<>" or self._text.startswith("&>", self._at):
            self._redirection()
        else:
            self._word()

    def _pipe(self) -> None:
        self._end()
        if self._text.startswith("||", self._at):
            self._at += 2
            return
        if self._found and self._found[-1].words != ("|",):
            self._found.append(Command(("|",), self._base + self._at, self._base + self._at + 1))
        self._at += 2 if self._text.startswith("|&", self._at) else 1

    def _redirection(self) -> None:
        """An operator and the word that it leads to or from; `<( )` holds commands."""
        start = self._at
        while self._at < len(self._text) and self._text[self._at] in "<>&|-":
            self._at += 1
        if self._text.startswith("(", self._at):
            self._nested(")", 1)
            self._begin = start if not self._words else self._begin
            self._words.append(self._text[start : self._at])
            self._stop = min(self._at, len(self._text))
            return
        while self._at < len(self._text) and self._text[self._at] in " \t":
            self._at += 1
        if self._at < len(self._text) and self._text[self._at] not in "\n;|&":
            self._scan()

    def _word(self) -> None:
        start = self._at
        said = self._scan()
        if self._at == start:  # nothing that a word may begin with
            self._at += 1
            return
        if said.isdecimal() and self._text[self._at : self._at + 1] in ("<", ">"):
            return  # a descriptor's number
        if not self._words and (said in _KEYWORDS or _is_assignment(said)):
            return
        if not self._words:
            self._begin = start
        self._stop = min(self._at, len(self._text))  # a quote or backslash at the end closes itself
        self._words.append(said)

    def _scan(self) -> str:
        """One word without its quotes."""
        parts = list[str]()
        while self._at < len(self._text):
            character = self._text[self._at]
            if character in " \t\r\n;|&<>()":
                break
            if character == "\\":
                parts.append("" if self._text.startswith("\\\n", self._at) else self._text[self._at + 1 : self._at + 2])
                self._at += 2
            elif character == "'":
                end = self._text.find("'", self._at + 1)
                end = len(self._text) if end < 0 else end
                parts.append(self._text[self._at + 1 : end])
                self._at = end + 1
            elif character == '"':
                parts.append(self._double())
            elif character in "$`":
                parts.append(self._expansion())
            else:
                parts.append(character)
                self._at += 1
        return "".join(parts)

    def _double(self) -> str:
        parts = list[str]()
        self._at += 1
        while self._at < len(self._text) and self._text[self._at] != '"':
            character = self._text[self._at]
            if character == "\\" and self._text[self._at + 1 : self._at + 2] in ('"', "\\", "$", "`", "\n"):
                parts.append(self._text[self._at + 1].replace("\n", ""))
                self._at += 2
            elif character in "$`":
                parts.append(self._expansion())
            else:
                parts.append(character)
                self._at += 1
        self._at += 1
        return "".join(parts)

    def _expansion(self) -> str:
        start = self._at
        if self._text.startswith("$(", start) and not self._text.startswith("$((", start):
            self._at += 1
            self._nested(")", 1)
        elif self._text.startswith("${", start):
            end = self._text.find("}", start)
            self._at = len(self._text) if end < 0 else end + 1
        elif self._text.startswith("`", start):
            end = self._text.find("`", start + 1)
            end = len(self._text) if end < 0 else end
            self._inner.append((self._text[start + 1 : end], start + 1))
            self._at = end + 1
        else:
            self._at += 1
        return self._text[start : self._at]

    def _nested(self, close: str, depth: int) -> None:
        """Note what stands between the parenthesis here and the one that closes it, and step behind it."""
        start = self._at + 1
        at, quote = start, ""
        while at < len(self._text) and depth:
            character = self._text[at]
            if quote:
                quote = "" if character == quote else quote
            elif character in "'\"":
                quote = character
            elif character == "\\":
                at += 1
            elif character in "()":
                depth += 1 if character == "(" else -1
            at += 1
        self._inner.append((self._text[start : at - 1] if not depth else self._text[start:], start))
        self._at = at

    def _end(self) -> None:
        if self._words:
            self._found.append(Command(tuple(self._words), self._base + self._begin, self._base + self._stop))
        self._words = []


def _is_assignment(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and name.replace("_", "a").isalnum() and not name[:1].isdigit()
