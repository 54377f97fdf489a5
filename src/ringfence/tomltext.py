"""TOML with positions: the standard parser's data, and the line on which every key stands.

The standard library parses (`tomllib`); a small scanner, which runs only when a line is asked for or when a
text looks hostile, finds the keys. Sizes are bounded first, and whatever the text, the only exception that
leaves `load` is `ConfigError`.

What does not belong here: what the keys mean.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator

from ringfence.errors import ConfigError

MAX_BYTES = 256 * 1024
MAX_KEY_PARTS = 32

Path = tuple[str | int, ...]
"""Where a value stands: keys and, in arrays, indices from 0."""

_INT64 = 1 << 63
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class Document:
    """Parsed TOML. `data` is the table of the whole file; `file` is the name used in errors."""

    def __init__(self, text: str, data: dict[str, object], file: str) -> None:
        self.data = data
        self.file = file
        self._text = text
        self._lines: dict[Path, int] | None = None

    def line_of(self, path: Path) -> int:
        """The line (1-based) of the key or element at `path`, else of its nearest ancestor, else 1."""
        if self._lines is None:
            self._lines = _Scanner(self._text, self.file).scan()
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def load(text: str | bytes, *, file: str) -> Document:
    """Parse TOML 1.0. Raises ConfigError with `file` and line for a text that is not sound TOML.

    Beyond the standard: at most MAX_BYTES, at most MAX_KEY_PARTS parts in a dotted key, integers of 64
    bits, no nan and inf.
    """
    import tomllib  # 3 ms that commands without configuration do not pay

    text = _decoded(text, file)
    if any(line.count(".") > MAX_KEY_PARTS for line in text.split("\n")):
        _Scanner(text, file).scan()  # long dotted keys make the standard parser take quadratic time
    try:
        document = Document(text, tomllib.loads(text), file)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), text, file) from None
    except RecursionError:
        raise ConfigError("nested too deeply", file=file, line=1) from None
    except ValueError:  # int() on more digits than the interpreter allows
        raise ConfigError("a number is too long", file=file, line=1) from None
    for path, fault in _odd_numbers(document.data, ()):
        raise ConfigError(fault, file=file, line=document.line_of(path))
    return document


def _decoded(text: str | bytes, file: str) -> str:
    if len(text) > MAX_BYTES:
        raise ConfigError(f"larger than {MAX_BYTES // 1024} KiB", file=file, line=1)
    if isinstance(text, bytes):
        text = _text(text, file)
    if text.startswith("\ufeff"):
        raise ConfigError("starts with a byte order mark", file=file, line=1, hint="save it without one")
    return text.replace("\r\n", "\n")


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError("not UTF-8 text", file=file, line=line) from None


def _syntax_error(message: str, text: str, file: str) -> ConfigError:
    place = _PLACE.search(message)
    last = text.rstrip().count("\n") + 1
    line = last if place is None or place[1] is None else int(place[1])
    said = message if place is None else message[: place.start()]
    return ConfigError(f"not TOML: {said[:200]}", file=file, line=line)


def _odd_numbers(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _odd_numbers(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _odd_numbers(item, (*path, index))
    elif isinstance(value, float) and not math.isfinite(value):
        yield path, "nan and inf are not accepted"
    elif isinstance(value, int) and not -_INT64 <= value < _INT64:
        yield path, "an integer must fit into 64 bits"


# Without possessive quantifiers, which CPython 3.11.2 (Debian 12) gets wrong; no two alternatives begin alike.
_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|""?(?!"))*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']|''?(?!'))*'{3,5}")
_PLAIN = re.compile(r"[^\s,\]}#=\"'\[{](?:[^,\]}#\n]*)")


class _Scanner:
    """Walks the statements of a TOML text and notes the line of each key and element.

    It knows only as much TOML as that needs, so on its own it accepts more than TOML; what it cannot
    follow it reports as ConfigError.
    """

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._at = 0
        self._newlines = [match.start() for match in re.finditer("\n", text)]
        self._lines: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        """All paths and their lines."""
        table: Path = ()
        try:
            self._skip(_BLANK)
            while self._at < len(self._text):
                if self._peek("["):
                    table = self._header()
                else:
                    self._pair(table)
                self._skip(_BLANK)
        except RecursionError:
            raise ConfigError("nested too deeply", file=self._file, line=1) from None
        return self._lines

    def _header(self) -> Path:
        begun, mark = self._at, "[[" if self._peek("[[") else "["
        self._at += len(mark)
        table: Path = ()
        keys = self._keys()
        self._expect("]" * len(mark))
        for key in keys[:-1]:
            table = self._into((*table, key), begun)
        table = (*table, keys[-1])
        if len(mark) == 2:
            self._lines.setdefault(table, self._line(begun))
            index = self._lengths.get(table, 0)
            self._lengths[table] = index + 1
            table = (*table, index)
        self._lines[table] = self._line(begun)
        return table

    def _into(self, table: Path, at: int) -> Path:
        """The table that a header's key leads into: in an array of tables, its last element."""
        self._lines.setdefault(table, self._line(at))
        return (*table, self._lengths[table] - 1) if table in self._lengths else table

    def _pair(self, table: Path) -> None:
        begun, path = self._at, table
        for key in self._keys():
            path = (*path, key)
            self._lines.setdefault(path, self._line(begun))
        self._expect("=")
        self._skip(_SPACE)
        self._value(path)

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self._peek("."):
            self._at += 1
            keys.append(self._key())
            if len(keys) > MAX_KEY_PARTS:
                raise self._lost(f"a dotted key has more than {MAX_KEY_PARTS} parts")
        return keys

    def _key(self) -> str:
        self._skip(_SPACE)
        for pattern in (_BARE_KEY, _BASIC, _LITERAL):
            if match := pattern.match(self._text, self._at):
                self._at = match.end()
                self._skip(_SPACE)
                return self._unquoted(match[0])
        raise self._lost("a key is expected")

    def _unquoted(self, key: str) -> str:
        if key[0] not in "\"'":
            return key
        if key[0] == "'" or "\\" not in key:
            return key[1:-1]
        import tomllib

        try:
            return str(tomllib.loads(f"key = {key}")["key"])
        except ValueError:
            raise self._lost("a key has an escape that TOML does not know") from None

    def _value(self, path: Path) -> None:
        if self._peek("["):
            self._array(path)
        elif self._peek("{"):
            self._inline_table(path)
        else:
            self._scalar()

    def _scalar(self) -> None:
        for pattern in (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL, _PLAIN):
            if match := pattern.match(self._text, self._at):
                self._at = match.end()
                return
        raise self._lost("a value is expected")

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        self._skip(_BLANK)
        while not self._peek("]"):
            self._lines[*path, index] = self._line(self._at)
            self._value((*path, index))
            index += 1
            self._skip(_BLANK)
            if not self._peek("]"):
                self._expect(",")
                self._skip(_BLANK)
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANK)
        while not self._peek("}"):
            self._pair(path)
            self._skip(_BLANK)
            if not self._peek("}"):
                self._expect(",")
                self._skip(_BLANK)
        self._at += 1

    def _peek(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _expect(self, text: str) -> None:
        if not self._peek(text):
            raise self._lost(f"{text!r} is expected")
        self._at += len(text)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _line(self, at: int) -> int:
        return bisect_right(self._newlines, at - 1) + 1

    def _lost(self, message: str) -> ConfigError:
        return ConfigError(f"not TOML: {message}", file=self._file, line=self._line(self._at))
