"""Functions that encode, decode and digest."""

import base64
import hashlib
import json
import urllib.parse
import zlib
from collections.abc import Callable

from ringfence.formats.hcl.values import (
    MAX_TEXT,
    EvaluationError,
    TooMuchError,
    Unknown,
    Value,
    Work,
    parse_number,
    references_in,
    text_of,
    to_text,
)

_STEPS = 100_000
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_text(value: Value) -> str:
    """A known value as Terraform writes JSON: keys sorted, no blanks, what HTML could misread escaped."""
    Work(_STEPS).spend()
    references_in([value], Work(_STEPS))
    said = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if len(said) > MAX_TEXT:
        raise TooMuchError("a text is too long")
    return said.translate(_ESCAPED)


def _jsonencode(value: Value) -> Value:
    references = references_in([value], Work(_STEPS))
    if references is not None:
        return Unknown(references=references, decoded=value, why="JSON that holds something unknown")
    return json_text(value)


def from_json(text: str) -> Value:
    """What a JSON text holds. Raises EvaluationError."""
    if len(text) > MAX_TEXT or text.count("[") + text.count("{") > 50_000:
        raise TooMuchError("a text is too long")
    try:
        value: Value = json.loads(text)
    except (ValueError, RecursionError):
        raise EvaluationError("this is no JSON") from None
    return value


_MARK = "\ue000"


def _jsondecode(value: Value) -> Value:
    if not isinstance(value, Unknown):
        return from_json(to_text(value))
    return value.decoded if value.decoded is not None else decoded(value)


def decoded(value: Unknown) -> Value:
    """What a JSON text with unknown pieces holds, those as unknown values or in texts; Unknown where that cannot be said."""
    if value.decoded is not None:
        return value.decoded
    if value.pieces is None:
        return Unknown(references=value.references)
    unknowns, said = list[Unknown](), ""
    for piece in value.pieces:
        if isinstance(piece, str):
            said += piece.replace(_MARK, "")
        else:
            quoted = said.rpartition("\n")[2].replace('\\"', "").count('"') % 2 == 1
            said += f"{_MARK}{len(unknowns)}{_MARK}" if quoted else f'"{_MARK}{len(unknowns)}{_MARK}"'
            unknowns.append(piece)
    try:
        return _restored(from_json(said), unknowns)
    except (EvaluationError, TooMuchError):
        return Unknown(references=value.references)


def _restored(value: Value, unknowns: list[Unknown]) -> Value:
    if isinstance(value, dict):
        return {key.replace(_MARK, ""): _restored(one, unknowns) for key, one in value.items()}
    if isinstance(value, list):
        return [_restored(one, unknowns) for one in value]
    if isinstance(value, str) and _MARK in value:
        parts = value.split(_MARK)
        return text_of([unknowns[int(part)] if n % 2 else part for n, part in enumerate(parts)])
    return value


def _yamldecode(text: Value) -> Value:
    from ringfence.formats.yamltree import parse

    read = parse(to_text(text))
    if read.broken or len(read.documents) != 1:
        raise EvaluationError("this is no YAML document")
    return _plain(read.documents[0])


def _plain(node: object) -> Value:
    from ringfence.formats.yamltree import Mapping, Scalar, Sequence, resolved

    found = resolved(node)  # type: ignore[arg-type]
    if isinstance(found, Mapping):
        return {to_text(_plain(key)): _plain(value) for key, value in found.pairs}
    if isinstance(found, Sequence):
        return [_plain(one) for one in found.items]
    if not isinstance(found, Scalar) or found.style:
        return found.value if isinstance(found, Scalar) else None
    words: dict[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}
    if found.value.lower() in words:
        return words[found.value.lower()]
    try:
        return parse_number(found.value)
    except EvaluationError:
        return found.value


def _yamlencode(value: Value) -> Value:
    references = references_in([value], Work(_STEPS))
    if references is not None:
        return Unknown(references=references, decoded=value)
    import yaml

    return str(yaml.safe_dump(json.loads(json_text(value)), sort_keys=True, default_flow_style=False))


def _bytes(value: Value) -> bytes:
    return to_text(value).encode()


def _base64decode(value: Value) -> Value:
    try:
        return base64.b64decode(_bytes(value), validate=True).decode()
    except ValueError:
        raise EvaluationError("this is no base64 of a text") from None


def _base64encode(value: Value) -> Value:
    if isinstance(value, Unknown):
        return Unknown(references=value.references, why="base64 of something unknown")
    return base64.b64encode(_bytes(value)).decode()


def _base64gzip(value: Value) -> Value:
    return base64.b64encode(zlib.compress(_bytes(value), 9, 31)).decode()


def _csvdecode(text: Value) -> Value:
    import csv
    import io

    rows = list(csv.reader(io.StringIO(to_text(text))))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] if rows else []


def _digest(name: str, value: Value) -> Value:
    return hashlib.new(name, _bytes(value), usedforsecurity=False).hexdigest()


def _digest64(name: str, value: Value) -> Value:
    return base64.b64encode(hashlib.new(name, _bytes(value), usedforsecurity=False).digest()).decode()


KNOWN: dict[str, Callable[..., Value]] = {
    "base64decode": _base64decode,
    "base64gzip": _base64gzip,
    "csvdecode": _csvdecode,
    "yamldecode": _yamldecode,
    "urlencode": lambda t: urllib.parse.quote_plus(to_text(t), safe="").replace("%7E", "~"),
    "urldecode": lambda t: urllib.parse.unquote_plus(to_text(t)),
    "md5": lambda t: _digest("md5", t),
    "sha1": lambda t: _digest("sha1", t),
    "sha256": lambda t: _digest("sha256", t),
    "sha512": lambda t: _digest("sha512", t),
    "base64sha256": lambda t: _digest64("sha256", t),
    "base64sha512": lambda t: _digest64("sha512", t),
    "textencodebase64": lambda t, e: base64.b64encode(to_text(t).encode(to_text(e))).decode(),
    "textdecodebase64": lambda t, e: base64.b64decode(_bytes(t)).decode(to_text(e)),
}
PARTLY: dict[str, Callable[..., Value]] = {
    "jsonencode": _jsonencode,
    "jsondecode": _jsondecode,
    "yamlencode": _yamlencode,
    "base64encode": _base64encode,
}
