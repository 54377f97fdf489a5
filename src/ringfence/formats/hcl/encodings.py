"""JSON and YAML texts from values, and values from such texts, also where a text is known in parts only."""

import json
import re

from ringfence.formats.hcl.values import (
    MAX_TEXT,
    EvaluationError,
    TooMuchError,
    Unknown,
    Value,
    number_text,
    parse_number,
    text_of,
    to_text,
)

_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
#: Stand for unknown pieces within and outside the texts of a JSON text, each with a number between two of them.
_WITHIN, _OUTSIDE = "\ue000", "\ue001"
#: Stands around a number that Python would write with an exponent.
_NUMBER = "\ue002"
_NUMBERS = re.compile(f'"{_NUMBER}([0-9.-]*){_NUMBER}"')
_MARKS = str.maketrans("", "", _WITHIN + _OUTSIDE)


def json_text(value: Value) -> str:
    """A known value as Terraform writes JSON: keys sorted, no blanks, what HTML could misread escaped."""
    said = json.dumps(_exact(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if len(said) > MAX_TEXT:
        raise TooMuchError("a text is too long")
    if _NUMBER in said:
        said = _NUMBERS.sub(r"\1", said)
    return said.translate(_ESCAPED)


def _exact(value: Value) -> object:
    if isinstance(value, dict):
        return {key: _exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_exact(item) for item in value]
    if isinstance(value, float) and "e" in repr(value):
        return f"{_NUMBER}{number_text(value)}{_NUMBER}"
    return value


def from_json(text: str) -> Value:
    """What a JSON text holds. Raises EvaluationError, TooMuchError."""
    if len(text) > MAX_TEXT or text.count("[") + text.count("{") > 50_000:
        raise TooMuchError("a text is too long")
    try:
        value: Value = json.loads(text, parse_float=parse_number, parse_int=parse_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise EvaluationError("this is no JSON") from None
    return value


def _no_number(text: str) -> Value:
    raise ValueError(text)


def decoded(value: Unknown) -> Value:
    """What a JSON text with unknown pieces holds, with unknown values and texts in it; Unknown where it is no JSON."""
    if value.decoded is not None:
        return value.decoded
    unknown = Unknown(references=value.references, why=value.why)
    if value.pieces is None:
        return unknown
    said, within = list[str](), False
    for count, piece in enumerate(value.pieces):
        if isinstance(piece, str):
            within = _ends_within(piece, within)
            said.append(piece.translate(_MARKS))
        else:
            said.append(f"{_WITHIN}{count}{_WITHIN}" if within else f'"{_OUTSIDE}{count}{_OUTSIDE}"')
    try:
        return _restored(from_json("".join(said)), value.pieces)
    except EvaluationError:
        return unknown


def _ends_within(piece: str, within: bool) -> bool:
    """Whether a text of JSON stands open at the end of a piece."""
    return (len(re.sub(r"\\.", "", piece, flags=re.DOTALL).split('"')) % 2 == 0) is not within


def _restored(value: Value, pieces: "tuple[str | Unknown, ...]") -> Value:
    if isinstance(value, dict):
        known = {key: item for key, item in value.items() if _WITHIN not in key and _OUTSIDE not in key}
        if len(known) == len(value):
            return {key: _restored(item, pieces) for key, item in value.items()}
        keys = [_text_with(key, pieces) for key in value]
        return Unknown(
            references=_references([*keys, *(_restored(item, pieces) for item in value.values())]),
            why="a key is unknown",
        )
    if isinstance(value, list):
        return [_restored(item, pieces) for item in value]
    return _text_with(value, pieces) if isinstance(value, str) else value


def _text_with(text: str, pieces: "tuple[str | Unknown, ...]") -> Value:
    if text.startswith(_OUTSIDE):
        piece = pieces[int(text[1:-1])]
        return piece.decoded if isinstance(piece, Unknown) and piece.decoded is not None else piece
    parts = text.split(_WITHIN)
    return text_of(pieces[int(part)] if count % 2 else part for count, part in enumerate(parts))


def _references(values: list[Value]) -> frozenset[str]:
    from ringfence.formats.hcl.values import Work, references_in

    return references_in(values, Work(MAX_TEXT)) or frozenset()


_WORDS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **{form: True for one in ("true", "yes", "on", "y") for form in (one, one.title(), one.upper())},
    **{form: False for one in ("false", "no", "off", "n") for form in (one, one.title(), one.upper())},
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def from_yaml(text: str) -> Value:
    """What a YAML document holds. Raises EvaluationError, TooMuchError."""
    from ringfence.formats.yamltree import parse

    if len(text) > MAX_TEXT:
        raise TooMuchError("a text is too long")
    read = parse(text)
    if read.broken or len(read.documents) != 1:
        raise EvaluationError("this is no YAML document")
    return _plain(read.documents[0])


def _plain(node: object) -> Value:
    from ringfence.formats.yamltree import Mapping, Scalar, Sequence, resolved

    found = resolved(node)  # type: ignore[arg-type]
    if isinstance(found, Mapping):
        return _mapping(found.pairs)
    if isinstance(found, Sequence):
        return [_plain(one) for one in found.items]
    if not isinstance(found, Scalar):
        return None
    if found.tag and not found.tag.startswith("tag:yaml.org,2002:"):
        raise EvaluationError("a tag of YAML is not known")
    return found.value if found.style or found.tag.endswith(":str") else _scalar(found.value)


def _mapping(pairs: object) -> Value:
    made, merged = dict[str, Value](), dict[str, Value]()
    for key, value in pairs:  # type: ignore[attr-defined]
        name, item = _plain(key), _plain(value)
        if getattr(key, "value", "") == "<<" and not key.style:
            for one in item if isinstance(item, list) else [item]:
                merged = {**(one if isinstance(one, dict) else {}), **merged}
        else:
            made[to_text(name)] = item
    return {**merged, **made}


def _scalar(text: str) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if _DATE.fullmatch(text):
        return f"{text}T00:00:00Z"
    for prefix, base in (("0x", 16), ("0o", 8)):
        if text.startswith(prefix) and 2 < len(text) < 60:
            try:
                return int(text[2:].replace("_", "x"), base)
            except ValueError:
                return text
    try:
        return parse_number(text)
    except EvaluationError:
        return text


_UNPRINTABLE = re.compile("[^\\n\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd]")
_YAML_ESCAPES = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e", "\x85": "N",
    "\u2028": "L", "\u2029": "P",
}  # fmt: skip
#: What is written between quotes, whatever it holds.
_NO_BLOCK = re.compile(rf" \n| \Z|{_UNPRINTABLE.pattern}")


def yaml_text(value: Value) -> str:
    """A known value as Terraform writes YAML."""
    first, *others = _yaml(value)
    deeper = "  " if isinstance(value, str) else ""
    text = "\n".join([first, *(deeper + line if line else line for line in others)]) + "\n"
    if value is None or isinstance(value, bool | int | float):
        text += "...\n"
    if len(text) > MAX_TEXT:
        raise TooMuchError("a text is too long")
    return text


def _yaml(value: Value) -> list[str]:
    """The lines of a value; those of a nested one are indented by who holds it."""
    if isinstance(value, dict) and value:
        found = list[str]()
        for key in sorted(value):
            lines, nested = _yaml(value[key]), isinstance(value[key], list | dict) and bool(value[key])
            if nested:
                deeper = "  " if isinstance(value[key], dict) else ""
                found += [f"{_quoted(key)}:", *(deeper + line for line in lines)]
            else:
                found += [f"{_quoted(key)}: {lines[0]}", *("  " + line if line else line for line in lines[1:])]
        return found
    if isinstance(value, list) and value:
        found = []
        for item in value:
            lines = _yaml(item)
            found += [f"- {lines[0]}", *("  " + line if line else line for line in lines[1:])]
        return found
    return _yaml_leaf(value)


def _yaml_leaf(value: Value) -> list[str]:
    if isinstance(value, str) and "\n" in value and not _NO_BLOCK.search(value):
        return _literal_block(value)
    if isinstance(value, str):
        return [_quoted(value)]
    if isinstance(value, list | dict):
        return ["[]" if isinstance(value, list) else "{}"]
    return ["null" if value is None else to_text(value)]


def _literal_block(text: str) -> list[str]:
    body = text.removesuffix("\n")
    sign = "-" if body == text else "+" if body.endswith("\n") or not body else ""
    indentation = "2" if text[0] in " \n" else ""
    return [f"|{indentation}{sign}", *body.split("\n")]


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{_UNPRINTABLE.sub(_escape, plain)}"'


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    if char in _YAML_ESCAPES:
        return "\\" + _YAML_ESCAPES[char]
    code = ord(char)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
