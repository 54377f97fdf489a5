"""What any text of code can hide from its reader: invisible characters, changed directions, lines without an end."""

import re
import unicodedata
from collections.abc import Iterator

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: A range of them in a class of characters.
_LISTED = re.compile("[\u202a-\u202e\u2066-\u2069]-[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff\u180e\u00ad\u115f\u1160\u3164\uffa0]")
_TAGS = re.compile(
    "[\U000e0000-\U000e007f]{2,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,}|[\u200b-\u200d\u2060\ufeff]{8,}"
    "|[\u3164\uffa0\u115f\u1160]{8,}"
)
_IN_NAME = re.compile("[A-Za-z_][\u200b-\u200d\u2060-\u2064\ufeff]+[A-Za-z_]")
_GIANT = 20_000
_CODE = 3000


def odd(text: str, *, is_code: bool = True) -> Iterator[tuple[str, int, str]]:
    """(rule, line, message) of everything that hides in a text."""
    if not text.isascii():
        yield from _unicode(text)
    for number, line in enumerate(text.split("\n"), 1):
        if is_code and len(line) > _GIANT and not _is_data(line):
            yield "giant-line", number, f"a line of {len(line)} characters"
            return


def _unicode(text: str) -> Iterator[tuple[str, int, str]]:
    body = text.removeprefix("\ufeff")
    for pattern, rule, said in (
        (_TAGS, "hidden-text", "a text is hidden in invisible characters"),
        (_IN_NAME, "hidden-text", "invisible characters stand within a name"),
    ):
        found = pattern.search(body)
        if found is not None:
            yield rule, _line(body, found.start()), said
    for number, line in enumerate(body.split("\n"), 1):
        marks = _BIDI.findall(line)
        if marks and len(line) < 2000 and not _LISTED.search(line):
            unclosed = _is_unbalanced(line)
            rule = "hidden-text" if unclosed else "invisible-text"
            yield rule, number, "characters that change the direction of what follows"
            if unclosed:
                break
    found = _INVISIBLE.search(body)
    if found is not None:
        yield (
            "invisible-text",
            _line(body, found.start()),
            f"{unicodedata.name(found[0], 'a character')} cannot be seen",
        )


def _is_unbalanced(line: str) -> bool:
    """Whether a change of direction is still open where the line ends, or closes within other code."""
    depth = 0
    for one in line:
        if one in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
            depth += 1
        elif one in "\u202c\u2069":
            depth -= 1
        elif one in "\"'#" and depth:
            return True
    return depth != 0


def _is_data(line: str) -> bool:
    """Whether a long line is one literal rather than code."""
    stripped = line.strip()
    return stripped.count("(") < len(stripped) // _CODE + 4


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
