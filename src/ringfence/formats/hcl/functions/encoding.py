"""Functions that encode and decode texts."""

import base64
import binascii
import codecs
from urllib.parse import quote_plus

from ringfence.formats.hcl import encodings
from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.values import (
    EvaluationError,
    TooMuchError,
    Unknown,
    Value,
    Work,
    join_unknown,
    references_in,
    to_text,
)


def _jsonencode(work: Work, value: Value) -> Value:
    references = references_in([value], work)
    if references is not None:
        return Unknown(references=references, decoded=value, why="JSON that holds something unknown")
    return encodings.json_text(value)


def _yamlencode(work: Work, value: Value) -> Value:
    references = references_in([value], work)
    if references is not None:
        return Unknown(references=references, decoded=value, why="YAML that holds something unknown")
    return encodings.yaml_text(value)


def _jsondecode(work: Work, value: Value) -> Value:
    return encodings.decoded(value) if isinstance(value, Unknown) else encodings.from_json(to_text(value))


def _yamldecode(work: Work, value: Value) -> Value:
    if isinstance(value, Unknown):
        return value.decoded if value.decoded is not None else join_unknown([value], work)
    return encodings.from_yaml(to_text(value))


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text.replace("\r", "").replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        raise EvaluationError("this is no base64") from None


def _base64decode(text: str) -> Value:
    try:
        return _from_base64(text).decode()
    except UnicodeDecodeError:
        raise EvaluationError("this is no base64 of a text") from None


def _base64encode(text: str) -> Value:
    return base64.b64encode(text.encode()).decode()


def _base64gzip(text: str) -> Value:
    raise TooMuchError("the bytes of gzip depend on the program that writes them")


def _codec(name: str) -> str:
    plain = {"utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}.get(name.lower(), name)
    try:
        return codecs.lookup(plain).name if len(name) < 40 else ""
    except LookupError:
        raise EvaluationError(f"{name[:40]!r} is no encoding") from None


def _textencode(text: str, encoding: str) -> Value:
    return base64.b64encode(text.encode(_codec(encoding))).decode()


def _textdecode(text: str, encoding: str) -> Value:
    return _from_base64(text).decode(_codec(encoding))


def _urlencode(text: str) -> Value:
    return quote_plus(text, safe="~").replace("%7E", "~")


def _csvdecode(text: str) -> Value:
    import csv
    import io

    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise EvaluationError(str(error)) from None
    if not rows:
        raise EvaluationError("the first line is missing")
    names = rows[0]
    if len(set(names)) != len(names):
        raise EvaluationError("a column stands there twice")
    return [dict(zip(names, row, strict=True)) for row in rows[1:] if row]


TABLE = {
    "base64decode": Function(body=_base64decode, takes="s"),
    "base64encode": Function(body=_base64encode, takes="s"),
    "base64gzip": Function(body=_base64gzip, takes="s"),
    "csvdecode": Function(body=_csvdecode, takes="s"),
    "jsondecode": Function(body=_jsondecode, takes="a", partly=True, counts=True),
    "jsonencode": Function(body=_jsonencode, takes="a?", partly=True, counts=True),
    "textdecodebase64": Function(body=_textdecode, takes="ss"),
    "textencodebase64": Function(body=_textencode, takes="ss"),
    "urlencode": Function(body=_urlencode, takes="s"),
    "yamldecode": Function(body=_yamldecode, takes="a", partly=True, counts=True),
    "yamlencode": Function(body=_yamlencode, takes="a?", partly=True, counts=True),
}
