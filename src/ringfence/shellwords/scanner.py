"""One word of a shell text at a time: quotes, escapes, expansions, and what is nested in them."""

import re
from typing import NamedTuple

#: Programs that read a script from their input.
SHELLS = frozenset("sh bash ash dash zsh ksh mksh".split())

BLANK = re.compile(r"(?:[ \t\r]|\\\r?\n)+")
_PLAIN = re.compile(r"[^\s;|&<>()\"'\\$`]+")
_IN_DOUBLE = re.compile(r'[^"\\$`]+')
_NAME = re.compile(r"\w+|[@*#?$!-]")
_BRACKETS = re.compile(r"[()'\"\\]")
_BRACES = re.compile(r"[{}'\"\\]")
_OPTION_C = re.compile(r"-[a-z]*c|--command")


class Command(NamedTuple):
    """The words of a simple command without quotes and redirections, and where it begins and ends in the text.

    A pipe between two commands is a command of its own, `("|",)`. Assignments are one too, `("A=b",)`, behind the rest
    of their text, so that they part no pipe.
    """

    words: tuple[str, ...]
    offset: int
    end: int


def script_of(words: "list[str] | tuple[str, ...]") -> int | None:
    """Which word of a command is shell text itself (`sh -c TEXT`, `su -c TEXT`, `eval TEXT`); None where none is."""
    for at, word in enumerate(words[:4]):
        name = word.rpartition("/")[2]
        if name == "eval" and len(words) > at + 1:
            return at + 1
        if name in SHELLS or name == "su":
            found = (one for one in range(at + 1, len(words) - 1) if _OPTION_C.fullmatch(words[one]))
            option = next(found, None)
            return None if option is None else option + 1
    return None


class Scanner:
    """A place in a text. Scripts that are nested in what is scanned are noted in `inner` with their offsets."""

    def __init__(self, text: str, depth: int) -> None:
        self.text = text
        self.depth = depth
        self.at = 0
        self.inner = list[tuple[str, int]]()

    def scan(self) -> str:
        """The word that begins here, without its quotes; "" where none does."""
        parts, text = list[str](), self.text
        while True:
            plain = _PLAIN.match(text, self.at)
            if plain:
                parts.append(plain[0])
                self.at = plain.end()
            character = text[self.at : self.at + 1]
            if character == "\\":
                parts.append(self._escaped())
            elif character == "'":
                parts.append(self._single())
            elif character == '"':
                parts.append(self._double())
            elif character and character in "$`":
                parts.append(self._expansion())
            else:
                return "".join(parts)

    def step(self, *, lines: bool = False) -> None:
        """Go over blanks, and with `lines` over ends of lines."""
        while True:
            blank = BLANK.match(self.text, self.at)
            if blank:
                self.at = blank.end()
            elif lines and self.text.startswith("\n", self.at):
                self.at += 1
            else:
                return

    def nested(self, *, script: bool = True) -> None:
        """Note what stands between the parenthesis here and the one that closes it, and go behind that."""
        start = self.at + 1
        self.at = self.closing(self.at)
        stop = self.at - 1 if self.text.startswith(")", self.at - 1) and self.at > start else self.at
        inner = self.text[start:stop]
        arithmetic = inner.startswith("(") and inner.endswith(")") and self.closing(start) == stop
        if arithmetic or not script:
            self._expansions_of(inner, start)
        else:
            self.inner.append((inner, start))

    def closing(self, at: int) -> int:
        """The offset behind the parenthesis that closes the one at `at`; the end of the text without one."""
        return self._balanced(at, _BRACKETS, "(")

    def _escaped(self) -> str:
        text = self.text
        if text.startswith(("\\\n", "\\\r\n"), self.at):  # a continued line
            self.at = text.index("\n", self.at) + 1
            return ""
        self._go(2)
        return text[self.at - 1] if self.at - 1 > 0 else ""

    def _single(self) -> str:
        start = self.at + 1
        end = self.text.find("'", start)
        said = self.text[start:] if end < 0 else self.text[start:end]
        self._go(len(said) + 2)
        return said

    def _double(self) -> str:
        parts, text = list[str](), self.text
        self._go(1)
        while True:
            plain = _IN_DOUBLE.match(text, self.at)
            if plain:
                parts.append(plain[0])
                self.at = plain.end()
            character = text[self.at : self.at + 1]
            if character == "\\":
                following = text[self.at + 1 : self.at + 2]
                special = following in ('"', "\\", "$", "`", "\n")
                parts.append(following.replace("\n", "") if special else "\\")
                self._go(2 if special else 1)
            elif character and character in "$`":
                parts.append(self._expansion())
            else:
                self._go(1)
                return "".join(parts)

    def _expansion(self) -> str:
        """`$…` or a backquoted command, as written."""
        text, start = self.text, self.at
        if text.startswith("`", start):
            end = text.find("`", start + 1)
            end = len(text) if end < 0 else end
            self.inner.append((text[start + 1 : end], start + 1))
            self.at = min(end + 1, len(text))
        elif text.startswith("$(", start):
            self.at += 1
            self.nested()
        elif text.startswith("${", start):
            self.at = self._balanced(start + 1, _BRACES, "{")
            self._expansions_of(text[start + 2 : self.at], start + 2)
        elif text.startswith("$'", start):
            return self._ansi()
        elif text.startswith('$"', start):
            self.at += 1
            return self._double()
        else:
            name = _NAME.match(text, start + 1)
            self.at = name.end() if name else start + 1
        return text[start : self.at]

    def _ansi(self) -> str:
        """`$'…'`, in which a backslash keeps a quote."""
        start = self.at = self.at + 2
        while self.at < len(self.text) and self.text[self.at] != "'":
            self._go(2 if self.text[self.at] == "\\" else 1)
        said = self.text[start : self.at]
        self._go(1)
        return said

    def _expansions_of(self, inner: str, offset: int) -> None:
        """Note the commands that stand in what is none itself: a default value, a sum, a list of words."""
        if self.depth and ("$" in inner or "`" in inner):
            scanner = Scanner(inner, self.depth - 1)
            while scanner.at < len(inner):
                before = scanner.at
                scanner.scan()
                scanner.at = max(scanner.at, before + 1)
            self.inner += [(said, offset + begin) for said, begin in scanner.inner]

    def _balanced(self, at: int, marks: re.Pattern[str], opening: str) -> int:
        """The offset behind what closes the bracket at `at`; the end of the text without one."""
        depth = 0
        while True:
            mark = marks.search(self.text, at)
            if mark is None:
                return len(self.text)
            character, at = mark[0], mark.end()
            if character == "\\":
                at += 1
            elif character in "'\"":
                at = self._quoted(character, at)
            else:
                depth += 1 if character == opening else -1
                if depth == 0:
                    return at

    def _quoted(self, quote: str, at: int) -> int:
        """The offset behind the quote that closes; a backslash keeps a double one."""
        start = at
        while True:
            found = self.text.find(quote, at)
            if found < 0:
                return len(self.text)
            slashes = found
            while quote == '"' and slashes > start and self.text[slashes - 1] == "\\":
                slashes -= 1
            at = found + 1
            if (found - slashes) % 2 == 0:
                return at

    def _go(self, count: int) -> None:
        self.at = min(self.at + count, len(self.text))
