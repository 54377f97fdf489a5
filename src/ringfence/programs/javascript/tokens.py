"""JavaScript's tokens, and what is literal among them computed: the ways in which text is hidden, undone."""

import base64
import binascii
import re
import urllib.parse
from typing import NamedTuple

MAX_TOKENS = 2_000_000
_PASSES = 6

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?(?:\*/|\Z)|\#![^\n]*)
    |(?P<string>"(?:[^"\\\n]|\\.|\\\n)*"|'(?:[^'\\\n]|\\.|\\\n)*')
    |(?P<template>`(?:[^`\\]|\\.)*`)
    |(?P<number>0[xX][0-9a-fA-F_]+n?|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?n?)
    |(?P<name>[A-Za-z_$\u0080-\U0010ffff\\#@][\w$\u0080-\U0010ffff\\]*)
    |(?P<mark>=>|\?\.(?!\d)|\.\.\.|[-+*/%&|^!=<>?]=+|&&|\|\||\?\?|\+\+|--|[-+*/%&|^!=<>?~.,;:(){}\[\]])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_BEFORE_REGEX = frozenset(
    "( , = : [ ! & | ? { } ; + - * / % ^ ~ < > => && || ?? == === != !== return typeof case in of delete void throw "
    "do else".split()
)
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-7]{1,3}|\r\n|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": "", "\r\n": ""}
_HOLE = re.compile(r"\$\{[^}]*\}")


class Token(NamedTuple):
    """One token. `kind`: "name", "string", "template", "number", "regex" or "mark". Of a string `text` is what it
    says; `how` says how it came about: "joined", "decoded"."""

    kind: str
    text: str
    line: int
    how: frozenset[str] = frozenset()


def tokens(text: str) -> list[Token]:
    """All tokens of a text. Never raises."""
    found, at, line = list[Token](), 0, 1
    while at < len(text) and len(found) < MAX_TOKENS:
        if text[at] == "/" and (not found or found[-1].text in _BEFORE_REGEX or found[-1].kind == "none"):
            match = _REGEX.match(text, at)
            if match is not None:
                found.append(Token("regex", match[0], line))
                at = match.end()
                continue
        match = _TOKEN.match(text, at)
        if match is None:
            break
        kind, said = match.lastgroup or "other", match[0]
        if kind in ("string", "template"):
            found.append(Token(kind, unescaped(said[1:-1]), line))
        elif kind == "name":
            found.append(Token(kind, unescaped(said) if "\\" in said else said, line))
        elif kind in ("number", "mark"):
            found.append(Token(kind, said, line))
        line += said.count("\n")
        at = match.end()
    return found


def unescaped(text: str) -> str:
    """What an escaped text says."""
    return _ESCAPE.sub(_escape, text) if "\\" in text else text


def _escape(found: re.Match[str]) -> str:
    said = found[1]
    if said[0] == "u" and len(said) > 1:
        number = int(said[1:].strip("{}"), 16)
        return chr(number) if number < 0x110000 else ""
    if said[0] == "x" and len(said) > 1:
        return chr(int(said[1:], 16))
    if said[0] in "01234567" and said.isdigit():
        return chr(int(said, 8) & 0xFF)
    return _PLAIN.get(said, said)


def holes(text: str) -> str:
    """A template with NUL for what is computed."""
    return _HOLE.sub("\0", text)


def folded(found: list[Token], known: dict[str, Token]) -> list[Token]:
    """The tokens with what is literal computed. `known` are names of constants."""
    for _ in range(_PASSES):
        made = _once(found, known)
        if len(made) == len(found):
            return made
        found = made
    return found


def _once(found: list[Token], known: dict[str, Token]) -> list[Token]:
    made, at = list[Token](), 0
    while at < len(found):
        one = found[at]
        if one.kind == "name" and one.text not in _BEGINNINGS and one.text not in known:
            made.append(one)
            at += 1
            continue
        if one.kind == "mark" and one.text not in ("[", "("):
            made.append(one)
            at += 1
            continue
        step = next((each for rule in _RULES if (each := rule(found, at, known)) is not None), None)
        if step is None:
            made.append(one)
            at += 1
        else:
            token, width = step
            made.append(token)
            at += width
    return made


def _texts(found: list[Token], at: int, count: int) -> list[str]:
    return [one.text if one.kind in ("mark", "name") else "\0" + one.kind for one in found[at : at + count]]


def _literal(found: list[Token], at: int, known: dict[str, Token]) -> Token | None:
    """The string at a place, or the constant that a name there stands for."""
    if at >= len(found):
        return None
    one = found[at]
    if one.kind == "string" or (one.kind == "template" and "${" not in one.text):
        return one
    before = found[at - 1].text if at else ""
    after = found[at + 1].text if at + 1 < len(found) else ""
    if (
        one.kind == "name"
        and one.text in known
        and before not in (".", "const", "let", "var", "function")
        and after not in ("=", ":", "=>", "(")
    ):
        return known[one.text]
    return None


_Step = tuple[Token, int] | None


def _added(found: list[Token], at: int, known: dict[str, Token]) -> _Step:
    """`"a" + "b"`."""
    if at + 2 >= len(found) or found[at + 1].text != "+" or found[at + 1].kind != "mark":
        return None
    if at and found[at - 1].text in ("*", "/", "-", "%", "."):
        return None
    left, right = _literal(found, at, known), _literal(found, at + 2, known)
    if left is None or right is None or (at + 3 < len(found) and found[at + 3].text in (".", "[", "(", "?.")):
        return None
    return Token("string", left.text + right.text, left.line, left.how | right.how | {"joined"}), 3


def _grouped(found: list[Token], at: int, known: dict[str, Token]) -> _Step:
    """`("a")`."""
    if _texts(found, at, 3) in (["(", "\0string", ")"], ["(", "\0template", ")"]) and (
        at == 0 or (found[at - 1].kind == "mark" and found[at - 1].text not in (")", "]"))
    ):
        return found[at + 1], 3
    return None


def _joined(found: list[Token], at: int, known: dict[str, Token]) -> _Step:
    """`["a", "b"].join("")`, with `.reverse()` before it."""
    if found[at].text != "[" or found[at].kind != "mark" or (at and found[at - 1].kind in ("name", "string")):
        return None
    parts, place = list[str](), at + 1
    while place < len(found) and len(parts) < 4096:
        one = _literal(found, place, known)
        if one is None:
            return None
        parts.append(one.text)
        place += 1
        if place < len(found) and found[place].text == "]":
            break
        if place >= len(found) or found[place].text != ",":
            return None
        place += 1
    backwards = _texts(found, place + 1, 4) == [".", "reverse", "(", ")"]
    place += 4 if backwards else 0
    if _texts(found, place + 1, 3) != [".", "join", "("] or place + 5 >= len(found):
        return None
    glue = "" if found[place + 4].text == ")" else found[place + 4].text
    width = place + (5 if found[place + 4].text == ")" and found[place + 4].kind == "mark" else 6) - at
    text = glue.join(parts[::-1] if backwards else parts)
    return Token("string", text, found[at].line, frozenset(["joined"])), width


def _reversed(found: list[Token], at: int, known: dict[str, Token]) -> _Step:
    """`"abc".split("").reverse().join("")`."""
    one = _literal(found, at, known)
    if one is None:
        return None
    shape = [".", "split", "(", "\0string", ")", ".", "reverse", "(", ")", ".", "join", "(", "\0string", ")"]
    if _texts(found, at + 1, len(shape)) != shape:
        return None
    return Token("string", one.text[::-1], one.line, one.how | {"joined", "decoded"}), 1 + len(shape)


def _characters(found: list[Token], at: int, known: dict[str, Token]) -> _Step:
    """`String.fromCharCode(1, 2)`."""
    if _texts(found, at, 4) != ["String", ".", "fromCharCode", "("]:
        return None
    place, said = at + 4, list[str]()
    while place < len(found) and found[place].kind == "number":
        number = _number(found[place].text)
        if not 0 <= number < 0x110000:
            return None
        said.append(chr(number))
        place += 1
        if place < len(found) and found[place].text == ",":
            place += 1
    if not said or place >= len(found) or found[place].text != ")":
        return None
    return Token("string", "".join(said), found[at].line, frozenset(["joined", "decoded"])), place + 1 - at


def _decoded(found: list[Token], at: int, known: dict[str, Token]) -> _Step:
    """`atob("…")`, `Buffer.from("…", "base64")` with or without `.toString()`, `unescape("…")`."""
    words = _texts(found, at, 4)
    if words[:2] in (["atob", "("], ["unescape", "("], ["decodeURIComponent", "("], ["decodeURI", "("]):
        one = _literal(found, at + 2, known)
        if one is None or _texts(found, at + 3, 1) != [")"]:
            return None
        said = decoded(one.text, "base64" if words[0] == "atob" else "url")
        return (Token("string", said, one.line, one.how | {"decoded", "joined"}), 4) if said is not None else None
    if words != ["Buffer", ".", "from", "("] or at + 7 >= len(found):
        return None
    one, form = _literal(found, at + 4, known), _literal(found, at + 6, known)
    if one is None or form is None or found[at + 5].text != "," or found[at + 7].text != ")":
        return None
    said = decoded(one.text, form.text)
    width = 8
    if _texts(found, at + 8, 3) == [".", "toString", "("]:
        width = 12 if _texts(found, at + 11, 1) == [")"] else 13
    return (Token("string", said, one.line, one.how | {"decoded", "joined"}), width) if said is not None else None


def _indexed(found: list[Token], at: int, known: dict[str, Token]) -> _Step:
    """`["name"]` behind a value is `.name`."""
    if (
        found[at].text != "["
        or found[at].kind != "mark"
        or not at
        or not (found[at - 1].kind == "name" or found[at - 1].text in (")", "]"))
    ):
        return None
    one = _literal(found, at + 1, known)
    if one is None or _texts(found, at + 2, 1) != ["]"] or not re.fullmatch(r"[A-Za-z_$][\w$]*", one.text):
        return None
    return Token("index", one.text, one.line, one.how), 3


def _argument(found: list[Token], at: int, known: dict[str, Token]) -> _Step:
    """A constant's name as an argument."""
    if found[at].kind != "name" or not 0 < at < len(found) - 1:
        return None
    if found[at - 1].text not in ("(", ",") or found[at + 1].text not in (")", ","):
        return None
    one = _literal(found, at, known)
    return None if one is None else (one, 1)


_RULES = (_argument, _characters, _decoded, _reversed, _joined, _added, _grouped, _indexed)


_BEGINNINGS = frozenset("String atob unescape decodeURIComponent decodeURI Buffer".split())


def decoded(text: str, form: str) -> str | None:
    """A text without its encoding; None where it is in none."""
    try:
        if form in ("base64", "base64url"):
            return base64.b64decode(text.replace("-", "+").replace("_", "/") + "===").decode("utf-8", "replace")
        if form == "hex":
            return bytes.fromhex(text).decode("utf-8", "replace")
        return urllib.parse.unquote(text) if form == "url" and "%" in text else None
    except (ValueError, binascii.Error):
        return None


def _number(text: str) -> int:
    try:
        return int(text.replace("_", "").rstrip("n"), 0)
    except ValueError:
        return -1
