"""Functions of texts."""

import re
import unicodedata

from ringfence.formats.hcl.formatting import formatted
from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.functions.collections import listed
from ringfence.formats.hcl.values import (
    MAX_ITEMS,
    MAX_TEXT,
    EvaluationError,
    TooMuchError,
    Unknown,
    Value,
    Work,
    join_unknown,
    text_of,
    to_text,
)

_WORD = re.compile(r"[^\W]+")
_NEWLINES = re.compile(r"[\r\n]+\Z")


def clusters(text: str) -> list[str]:
    """The characters of a text as a reader counts them: with their accents, flags and joined signs whole."""
    if text.isascii():
        return list(text.replace("\r\n", "\r")) if "\r\n" not in text else re.findall(r"\r\n|[\s\S]", text)
    found = list[str]()
    for char in unicodedata.normalize("NFC", text):
        if found and _extends(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _extends(before: str, char: str) -> bool:
    last = before[-1]
    if char in "\u200d\ufe0f" or last == "\u200d" or 0x1F3FB <= ord(char) <= 0x1F3FF:
        return True
    if 0x1F1E6 <= ord(char) <= 0x1F1FF and 0x1F1E6 <= ord(last) <= 0x1F1FF:
        return len(before) % 2 == 1
    return last + char == "\r\n" or unicodedata.category(char) in ("Mn", "Me", "Mc")


def _title(text: str) -> Value:
    return _WORD.sub(lambda found: found.group()[0].upper() + found.group()[1:], text)


def _mapped(upper: bool, text: str) -> str:
    """Each character for itself, as Go does it: what has no single counterpart stays."""
    if text.isascii():
        return text.upper() if upper else text.lower()
    made = [char.upper() if upper else char.lower() for char in text]
    return "".join(new if len(new) == 1 else _single(char, upper) for char, new in zip(text, made, strict=True))


def _single(char: str, upper: bool) -> str:
    return "i" if char == "\u0130" and not upper else char


def _in_pieces(work: Work, value: Value, upper: bool) -> Value:
    if not isinstance(value, Unknown):
        return _mapped(upper, to_text(value))
    if not value.pieces:
        return join_unknown([value], work)
    return text_of(_mapped(upper, one) if isinstance(one, str) else join_unknown([one], work) for one in value.pieces)


def _upper(work: Work, value: Value) -> Value:
    return _in_pieces(work, value, True)


def _lower(work: Work, value: Value) -> Value:
    return _in_pieces(work, value, False)


def _chomp(text: str) -> Value:
    return _NEWLINES.sub("", text)


def _indent(spaces: int, text: str) -> Value:
    if spaces < 0 or spaces * text.count("\n") > MAX_TEXT:
        raise TooMuchError("a text is too long")
    return text.replace("\n", "\n" + " " * spaces)


def _substr(text: str, offset: int, length: int) -> Value:
    chars = clusters(text)
    start = max(len(chars) + offset, 0) if offset < 0 else offset
    return "".join(chars[start : start + length] if length >= 0 else chars[start:])


def _split(work: Work, separator: Value, text: Value) -> Value:
    if isinstance(separator, Unknown) or isinstance(text, Unknown):
        return join_unknown([separator, text], work)
    said, by = to_text(text), to_text(separator)
    if not by:
        return list(said)
    if said.count(by) > MAX_ITEMS:
        raise TooMuchError("a list is too long")
    return list(said.split(by))


def _join(work: Work, separator: Value, *lists: Value) -> Value:
    pieces = list[Value]()
    if isinstance(separator, Unknown):
        return join_unknown([separator, *lists], work)
    between, size = to_text(separator), 0
    for one in lists:
        if isinstance(one, Unknown):
            pieces += [between, Unknown(references=one.references, why=one.why)]
            continue
        for item in listed(one):
            work.spend()
            size += len(between)
            if size > MAX_TEXT:
                raise TooMuchError("a text is too long")
            pieces += [between, item]
    return text_of(pieces[1:])


def _format(work: Work, pattern: Value, *arguments: Value) -> Value:
    if isinstance(pattern, Unknown):
        return join_unknown([pattern, *arguments], work)
    return formatted(to_text(pattern), list(arguments), work)


def _formatlist(work: Work, pattern: Value, *arguments: Value) -> Value:
    if isinstance(pattern, Unknown) or any(isinstance(one, Unknown) and one.pieces is None for one in arguments):
        return join_unknown([pattern, *arguments], work)
    lengths = {len(one) for one in arguments if isinstance(one, list)}
    if len(lengths) > 1:
        raise EvaluationError("the lists are not equally long")
    count = lengths.pop() if lengths else 1
    if count * len(arguments) > MAX_ITEMS:
        raise TooMuchError("a list is too long")
    rows = [[one[at] if isinstance(one, list) else one for one in arguments] for at in range(count)]
    return [formatted(to_text(pattern), row, work) for row in rows]


def _pieces(value: Value) -> tuple[str | Unknown, ...]:
    return (value.pieces or (value,)) if isinstance(value, Unknown) else (to_text(value),)


def _startswith(work: Work, text: Value, wanted: Value) -> Value:
    return _at_end(work, text, wanted, last=False)


def _endswith(work: Work, text: Value, wanted: Value) -> Value:
    return _at_end(work, text, wanted, last=True)


def _at_end(work: Work, text: Value, wanted: Value, *, last: bool) -> Value:
    if isinstance(wanted, Unknown):
        return join_unknown([text, wanted], work)
    said, pieces = to_text(wanted), _pieces(text)
    known = pieces[-1 if last else 0]
    if not isinstance(known, str):
        return join_unknown([text], work) if said else True
    size = min(len(known), len(said))
    if (known[len(known) - size :] != said[len(said) - size :]) if last else (known[:size] != said[:size]):
        return False
    return True if size == len(said) or (len(pieces) == 1 and size == len(said)) else _short(work, text)


def _short(work: Work, text: Value) -> Value:
    return join_unknown([text], work) if isinstance(text, Unknown) else False


def _strcontains(work: Work, text: Value, wanted: Value) -> Value:
    if isinstance(wanted, Unknown):
        return join_unknown([text, wanted], work)
    said = to_text(wanted)
    if any(isinstance(one, str) and said in one for one in _pieces(text)):
        return True
    return join_unknown([text], work) if isinstance(text, Unknown) else False


def _trim(text: str, characters: str) -> Value:
    return text.strip(characters) if characters else text


def _strrev(text: str) -> Value:
    return "".join(reversed(clusters(text)))


def _clean(path: str) -> str:
    parts = list[str]()
    for one in path.split("/"):
        if one == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif (one == ".." and path.startswith("/")) or one in ("", "."):
            continue
        else:
            parts.append(one)
    return ("/" if path.startswith("/") else "") + "/".join(parts) or "."


def _basename(path: str) -> Value:
    return path.rstrip("/").rpartition("/")[2] or ("/" if path else ".")


def _dirname(path: str) -> Value:
    return _clean(path[: path.rfind("/") + 1])


def _pathexpand(path: str) -> Value:
    return Unknown(why="it depends on whose home it is") if path.startswith("~") else path


TABLE = {
    "basename": Function(body=_basename, takes="s"),
    "chomp": Function(body=_chomp, takes="s"),
    "dirname": Function(body=_dirname, takes="s"),
    "endswith": Function(body=_endswith, takes="aa", partly=True, counts=True),
    "format": Function(body=_format, takes="aa?*", partly=True, counts=True),
    "formatlist": Function(body=_formatlist, takes="aa?*", partly=True, counts=True),
    "indent": Function(body=_indent, takes="is"),
    "join": Function(body=_join, takes="aaa*", partly=True, counts=True),
    "lower": Function(body=_lower, takes="a", partly=True, counts=True),
    "pathexpand": Function(body=_pathexpand, takes="s"),
    "split": Function(body=_split, takes="aa", partly=True, counts=True),
    "startswith": Function(body=_startswith, takes="aa", partly=True, counts=True),
    "strcontains": Function(body=_strcontains, takes="aa", partly=True, counts=True),
    "strrev": Function(body=_strrev, takes="s"),
    "substr": Function(body=_substr, takes="sii"),
    "title": Function(body=_title, takes="s"),
    "trim": Function(body=_trim, takes="ss"),
    "trimprefix": Function(body=str.removeprefix, takes="ss"),
    "trimspace": Function(body=str.strip, takes="s"),
    "trimsuffix": Function(body=str.removesuffix, takes="ss"),
    "upper": Function(body=_upper, takes="a", partly=True, counts=True),
}
