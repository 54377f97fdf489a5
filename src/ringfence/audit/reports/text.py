"""Text of others, made fit to print: it cannot move the cursor, hide, turn a line round, or command a CI runner.

Everything that comes from a file, its name included, goes through here on its way to a terminal. What does not
belong here: the escaping of a format with a syntax of its own (XML, HTML, Markdown), which its own file does.
"""

import re
import unicodedata

# Letters by their category, but nothing is drawn for them.
_INVISIBLE = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_MARKS = ("Mn", "Me")
# More marks than this on one character draw over the lines around it.
_MARKS_AT_MOST = 2
# Runners of GitHub, Azure and TeamCity obey `##[…]`, `##vso[…]`, `##teamcity[…]` wherever it stands in a line,
# and `::command::` at its beginning.
_ORDER = re.compile(r"##(?=[A-Za-z]*\[)")
_TAB = "    "


def safe(text: str) -> str:
    """One line without anything that a terminal or a CI runner obeys: such characters stand there as escapes.

    A tab becomes four spaces. The result has no control, format, surrogate or invisible character; it may be
    longer than `text`.
    """
    return text if _is_plain(text) else "".join(_pieces(text))


def parts(line: str, start: int, end: int) -> tuple[str, str, str]:
    """A line made safe, in three: before `start`, from there to before `end`, and the rest."""
    if _is_plain(line):
        return line[:start], line[start:end], line[end:]
    pieces = _pieces(line)
    return "".join(pieces[:start]), "".join(pieces[start:end]), "".join(pieces[end:])


def sentence(text: str) -> str:
    """As `safe`, with every run of white space, line ends included, as one space."""
    return safe(" ".join(text.split()))


def beginning(line: str) -> str:
    """A whole line that may begin with text of others, so that no CI runner takes it for a command."""
    words = line.lstrip()
    return line[: -len(words)] + "\\x3a" + words[1:] if words.startswith("::") else line


def unordered(line: str) -> str:
    """A line as it is, but for what a CI runner would obey: for text that a program is to read."""
    return beginning(_ORDER.sub("#\\\\x23", line))


def width(text: str) -> int:
    """How many columns of a terminal a safe text takes: East Asian wide characters two, marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def window(text: str, start: int, columns: int) -> tuple[str, int]:
    """The part of a safe line that fits into `columns` (12 or more) and shows the character at `start`, and how far
    the rest is moved to the left. "..." stands at a cut end."""
    if width(text) <= columns:
        return text, 0
    begin = _first(text, min(start, len(text)), (columns - 12) * 2 // 3)
    head = "..." if begin else ""
    end, room = begin, columns - len(head) - 3
    while end < len(text) and room >= _columns(text[end]):
        room -= _columns(text[end])
        end += 1
    return head + text[begin:end] + ("..." if end < len(text) else ""), begin - len(head)


def clipped(text: str, columns: int) -> str:
    """A safe line cut at its end to `columns`."""
    return window(text, 0, columns)[0]


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "##" not in text


def _pieces(text: str) -> list[str]:
    """What is shown for every character."""
    pieces, marks = list[str](), 0
    for character in text:
        is_mark = unicodedata.category(character) in _MARKS
        marks = marks + 1 if is_mark else 0
        hidden = marks > _MARKS_AT_MOST or "\U000e0100" <= character <= "\U000e01ef" or character in _INVISIBLE
        pieces.append(_shown(character, hidden))
    for order in _ORDER.finditer(text):
        pieces[order.start() + 1] = "\\x23"
    return pieces


def _shown(character: str, hidden: bool) -> str:
    if character == "\t":
        return _TAB
    if character.isprintable() and not hidden:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in _MARKS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _first(text: str, start: int, room: int) -> int:
    """The first character to show, so that `room` columns stand before the one at `start`; 0 where all fit."""
    begin = start
    while begin and room >= _columns(text[begin - 1]):
        begin -= 1
        room -= _columns(text[begin])
    return begin if begin > 3 else 0
