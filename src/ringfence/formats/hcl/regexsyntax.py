"""Reads regular expressions in RE2's syntax. Raises EvaluationError for what RE2 refuses."""

import unicodedata
from collections.abc import Callable

from ringfence.dataclasses import dataclass, field
from ringfence.formats.hcl.values import EvaluationError, TooMuchError

_MAX_REPEAT = 1000
_MAX_DEPTH = 100

Test = Callable[[str], bool]


@dataclass(kw_only=True, slots=True)
class Node:
    """A piece of a pattern.

    kind: "char", "assert", "all" (one after the other), "any" (one of), "group", "repeat"."""

    kind: str
    test: Test | None = None
    text: str = ""
    parts: "list[Node]" = field(default_factory=list)
    index: int = -1
    least: int = 0
    most: int = -1
    greedy: bool = True


def is_word(char: str) -> bool:
    """Whether a character is one of a word, as `\\b` and `\\w` mean it."""
    return char.isascii() and (char.isalnum() or char == "_")


class Reader:
    """Reads a pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.pos = pattern, 0
        self.names = [""]
        self.fold = self.lines = self.dot_all = self.lazy = False

    def peek(self, length: int = 1) -> str:
        """The next characters."""
        return self.pattern[self.pos : self.pos + length]

    def alternatives(self, depth: int) -> Node:
        """`a|b|c`, up to the end or a `)`."""
        if depth > _MAX_DEPTH:
            raise TooMuchError("a regular expression is nested too deep")
        flags = (self.fold, self.lines, self.dot_all, self.lazy)
        parts = [self._sequence(depth)]
        while self.peek() == "|":
            self.pos += 1
            parts.append(self._sequence(depth))
        self.fold, self.lines, self.dot_all, self.lazy = flags
        return parts[0] if len(parts) == 1 else Node(kind="any", parts=parts)

    def _sequence(self, depth: int) -> Node:
        parts = list[Node]()
        while self.pos < len(self.pattern) and self.peek() not in ("|", ")"):
            if self.peek(2) == "\\Q":
                end = self.pattern.find("\\E", self.pos)
                quoted = self.pattern[self.pos + 2 : end if end >= 0 else None]
                self.pos = end + 2 if end >= 0 else len(self.pattern)
                parts += [self._literal(char) for char in quoted]
                continue
            node = self._atom(depth)
            if node is not None:
                parts.append(self._repeated(node))
        return Node(kind="all", parts=parts)

    def _repeated(self, node: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return node
        lazy = self.peek() == "?"
        self.pos += lazy
        if self._bounds() is not None:
            raise EvaluationError("a regular expression repeats a repetition")
        return Node(kind="repeat", parts=[node], least=bounds[0], most=bounds[1], greedy=lazy is self.lazy)

    def _bounds(self) -> tuple[int, int] | None:
        sign = self.peek()
        if sign in ("*", "+", "?") and sign:
            self.pos += 1
            return {"*": (0, -1), "+": (1, -1), "?": (0, 1)}[sign]
        if sign != "{":
            return None
        end = self.pattern.find("}", self.pos)
        least, comma, most = self.pattern[self.pos + 1 : end].partition(",")
        if end < 0 or not _is_number(least) or (most and not _is_number(most)):
            return None
        low = int(least)
        high = (int(most) if most else -1) if comma else low
        if max(low, high) > _MAX_REPEAT or 0 <= high < low:
            raise EvaluationError("a regular expression repeats too often")
        self.pos = end + 1
        return low, high

    def _atom(self, depth: int) -> Node | None:
        char = self.peek()
        self.pos += 1
        if char == "(":
            return self._group(depth)
        if char == "[":
            return Node(kind="char", test=self._class())
        if char == ".":
            return Node(kind="char", test=_anything if self.dot_all else _not_newline)
        if char in "^$":
            return Node(kind="assert", text=char if self.lines else "A" if char == "^" else "z")
        if char == "\\":
            return self._escape()
        if char in "*+?":
            raise EvaluationError("a regular expression repeats nothing")
        return self._literal(char)

    def _literal(self, char: str) -> Node:
        if self.fold and char.lower() != char.upper():
            both = {char, char.lower(), char.upper()}
            return Node(kind="char", test=both.__contains__)
        return Node(kind="char", test=char.__eq__)

    def _group(self, depth: int) -> Node | None:
        if self.peek() != "?":
            return self._captured("", depth)
        for opening in ("?P<", "?<"):
            if self.peek(len(opening)) == opening and self.pattern[self.pos + len(opening) :][:1] not in ("=", "!"):
                end = self.pattern.find(">", self.pos)
                name = self.pattern[self.pos + len(opening) : end]
                if end < 0 or not name.isidentifier() or not name.isascii():
                    raise EvaluationError("a group of a regular expression has no proper name")
                self.pos = end + 1
                return self._captured(name, depth)
        return self._flags(depth)

    def _captured(self, name: str, depth: int) -> Node:
        self.names.append(name)
        index = len(self.names) - 1
        inner = self.alternatives(depth + 1)
        self._close()
        return Node(kind="group", index=index, parts=[inner])

    def _close(self) -> None:
        if self.peek() != ")":
            raise EvaluationError("a group of a regular expression is not closed")
        self.pos += 1

    def _flags(self, depth: int) -> Node | None:
        self.pos += 1
        before = (self.fold, self.lines, self.dot_all, self.lazy)
        on = True
        while (char := self.peek()) not in (":", ")"):
            self.pos += 1
            if char == "-" and on:
                on = False
            elif char and char in "imsU":
                self._set(char, on)
            else:
                raise EvaluationError("a regular expression holds what RE2 does not know")
        self.pos += 1
        if char == ")":
            return None
        inner = self.alternatives(depth + 1)
        self._close()
        self.fold, self.lines, self.dot_all, self.lazy = before
        return inner

    def _set(self, flag: str, on: bool) -> None:
        if flag == "i":
            self.fold = on
        elif flag == "m":
            self.lines = on
        elif flag == "s":
            self.dot_all = on
        else:
            self.lazy = on

    def _escape(self) -> Node:
        char = self.peek()
        if char and char in "AzbB":
            self.pos += 1
            return Node(kind="assert", text=char)
        test = self._class_escape()
        return Node(kind="char", test=test) if test else self._literal(self._char_escape())

    def _class_escape(self) -> Test | None:
        """`\\d` and its like, and `\\p{L}`, behind the backslash."""
        char = self.peek()
        if char and char in "dDsSwW":
            self.pos += 1
            test = _PERL[char.lower()]
            return test if char.islower() else _not(test)
        if char not in ("p", "P") or not char:
            return None
        self.pos += 1
        name = self.peek()
        self.pos += 1
        if name == "{":
            end = self.pattern.find("}", self.pos)
            name, self.pos = self.pattern[self.pos : end], end + 1
        wanted = name.removeprefix("^")
        if len(wanted) not in (1, 2) or wanted[0] not in "LMNPSZC":
            raise TooMuchError("a regular expression asks for a script")
        negated = (char == "P") is not name.startswith("^")
        test = _category(wanted)
        return _not(test) if negated else test

    def _char_escape(self) -> str:
        char = self.peek()
        self.pos += 1
        if char in _SIMPLE:
            return _SIMPLE[char]
        if char == "x":
            return self._hex()
        if char and char in "01234567":
            digits = char
            while len(digits) < 3 and self.peek() and self.peek() in "01234567":
                digits += self.peek()
                self.pos += 1
            if char != "0" and len(digits) == 1:
                raise EvaluationError("a regular expression refers back, which RE2 does not know")
            return chr(int(digits, 8))
        if not char or char.isalnum() or not char.isascii():
            raise EvaluationError("a regular expression holds an escape that RE2 does not know")
        return char

    def _hex(self) -> str:
        if self.peek() == "{":
            end = self.pattern.find("}", self.pos)
            digits, self.pos = self.pattern[self.pos + 1 : end], end + 1
        else:
            digits = self.peek(2)
            self.pos += 2
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            raise EvaluationError("a regular expression names no character") from None

    def _class(self) -> Test:
        negated = self.peek() == "^"
        self.pos += negated
        tests, ranges, first = list[Test](), list[tuple[str, str]](), True
        while self.peek() != "]" or first:
            first = False
            if self.pos >= len(self.pattern):
                raise EvaluationError("a class of a regular expression is not closed")
            test = self._named_class()
            if test is not None:
                tests.append(test)
                continue
            low = high = self._class_char()
            if self.peek() == "-" and self.peek(2) not in ("-]", "-"):
                self.pos += 1
                high = self._class_char()
                if high < low:
                    raise EvaluationError("a range of a regular expression is upside down")
            ranges.append((low, high))
        self.pos += 1
        return _class_test(tests, ranges, self.fold, negated)

    def _named_class(self) -> Test | None:
        if self.peek(2) == "[:":
            end = self.pattern.find(":]", self.pos)
            name = self.pattern[self.pos + 2 : end] if end >= 0 else ""
            if name.removeprefix("^") in _POSIX:
                self.pos = end + 2
                test = _POSIX[name.removeprefix("^")]
                return _not(test) if name.startswith("^") else test
        if self.peek() == "\\":
            self.pos += 1
            found = self._class_escape()
            self.pos -= found is None
            return found
        return None

    def _class_char(self) -> str:
        char = self.peek()
        self.pos += 1
        return self._char_escape() if char == "\\" else char


def _class_test(tests: list[Test], ranges: list[tuple[str, str]], fold: bool, negated: bool) -> Test:
    def holds(char: str) -> bool:
        forms = (char, char.lower(), char.upper()) if fold else (char,)
        inside = any(low <= one <= high for one in forms for low, high in ranges) or any(test(char) for test in tests)
        return inside is not negated

    return holds


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6


def _not(test: Test) -> Test:
    return lambda char: not test(char)


def _category(name: str) -> Test:
    return lambda char: unicodedata.category(char).startswith(name)


def _anything(char: str) -> bool:
    return True


def _not_newline(char: str) -> bool:
    return char != "\n"


_SIMPLE = {"a": "\a", "f": "\f", "t": "\t", "n": "\n", "r": "\r", "v": "\v"}
_PERL: dict[str, Test] = {
    "d": frozenset("0123456789").__contains__,
    "s": frozenset("\t\n\f\r ").__contains__,
    "w": is_word,
}
_POSIX: dict[str, Test] = {
    "alnum": lambda char: char.isascii() and char.isalnum(),
    "alpha": lambda char: char.isascii() and char.isalpha(),
    "ascii": str.isascii,
    "blank": frozenset("\t ").__contains__,
    "cntrl": lambda char: char < " " or char == "\x7f",
    "digit": _PERL["d"],
    "graph": lambda char: "!" <= char <= "~",
    "lower": lambda char: "a" <= char <= "z",
    "print": lambda char: " " <= char <= "~",
    "punct": lambda char: "!" <= char <= "~" and not char.isalnum(),
    "space": frozenset("\t\n\v\f\r ").__contains__,
    "upper": lambda char: "A" <= char <= "Z",
    "word": is_word,
    "xdigit": frozenset("0123456789abcdefABCDEF").__contains__,
}
