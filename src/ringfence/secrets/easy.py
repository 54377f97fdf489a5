"""Texts that open or sign something whatever they say: short and plain ones beside an account or a host, those that are taken where
nothing else is set, and those that are made the bytes of a key.

What is to be filled in is nothing anywhere.
"""

import re

from ringfence.secrets import values
from ringfence.secrets.lines import Line, is_somebody
from ringfence.secrets.vocabulary import OF_CODE, USED, WORDS

#: A host, and who is it that nobody is.
_HOST = re.compile(
    r"(?:host|server)(?:_?(?:name|address))?[\"'`\])]{0,3}[ \t]{0,20}(?:=>|:=|[:=,(])[ \t]{0,10}[bfru@]{0,2}[\"'`]"
    r"(?:localhost|[\w-]+(?:\.[\w-]+)+)[\"'`:]|[\"']jdbc:[a-z]{2,12}:",
    re.IGNORECASE,
)
_USER = re.compile(r"user(?:_?name)?[\"'`\])]{0,3}[ \t]{0,20}(?:=>|:=|[:=,(])[ \t]{0,10}[\"'`]", re.IGNORECASE)
_JOINED = re.compile(r"[a-z]{2,20}(?:[_-][a-z]{2,20}){1,3}")

#: What says that it is what was made of a password.
_MADE_OF = frozenset("encoded encrypted hashed hash crypted stored salted".split())
#: What is asked for first, where nobody set it: `getenv("X", "`, `process.env.X || "`.
_UNSET = re.compile(
    r"(?:(?:get_?env|environ\.get|env\.get|env|ENV\.fetch|(?:get|lookup|read)_?env\w*)\([ ]?[\"']\w+[\"'],[ ]?"
    r"|(?:process\.env|import\.meta\.env|\bENV\b|[gG]et_?[eE]nv|environ)\b[^\n;]{0,80}?"
    r"(?:\|\||\?\?|\?:|[ ]or|getOrDefault\(\"\w+\",)[ ]?)[bru]?[\"'`]$",
)
#: What is done with a secret that tokens are signed with.
_SIGNS = re.compile(r"jwt|jsonwebtoken|hmac|signwith", re.IGNORECASE)
#: What makes the bytes of a key of a text, before and behind it.
_BYTES_OF = re.compile(r"(?:\[\]byte\(|Buffer\.from\(|\bbytes\(|[gG]etBytes\(|=[ ]?b)[\"'`]$")
_INTO_BYTES = re.compile(r"[\"'`](?:\.as_bytes\(|\.getBytes\(|\.encode\(|\.toByteArray\(|\.data\(using|\.bytes\b)")
#: What says that nothing is set.
UNSET = frozenset(
    "none null undefined nil false true unset unknown disabled error missing optional required string text empty".split()
)


def is_used(value: str, line: Line) -> bool:
    """Whether a text under the name of a password, and of nothing else, is one though it is a word, two or a few characters."""
    if value not in USED and not (len(value) < 4 and value.isalnum() and value.isascii() and value not in WORDS):
        if _JOINED.fullmatch(value) is None or values.stands_for_some(value):
            return False
        said = re.split("[_-]", value)
        if all(word in OF_CODE for word in said) or not _MADE_OF.isdisjoint(said):
            return False
    return not line.example and (line.accounts() or _is_of_host(line.near()))


#: What tokens and sessions are signed with, in one or two words; and what the names of such are made of.
_PLAIN = re.compile(r"[A-Za-z0-9]{4,40}(?:[_-][A-Za-z0-9]{2,20}){0,2}")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_OF_NAMES = frozenset(
    "jwt session cookie secret key token auth access refresh app api client signing sign env var name prod dev test base super my very long"
    " strong some your aws azure gcp google github facebook twitter".split()
)


def is_signing(name: str, value: str, line: Line, between: str) -> bool:
    """Whether a word is what tokens or sessions are signed with: where it is certain that it is no name of something."""
    if (name.lower() == "secret" and not name.isupper()) or name.lower() == "x-api-key" or values.is_of_service(name):
        return False
    if not any(sign in between for sign in "=:|?{"):
        return False  # one of a list
    if name.lower() == value and not _SIGNS.search(line.around(800)):
        return False  # one of some kinds
    if not values.is_of_signing(name) or _PLAIN.fullmatch(value) is None or line.example or value in UNSET:
        return False
    if line.bare and (name.endswith("Key") or ("=" not in between and not value.isalnum())):
        return False  # what may be called so in a store of secrets
    if (
        value.istitle()
        or (value.isupper() and ("_" in value or (value.isalpha() and len(value) > 11)))
        or values.stands_for_some(value)
        or "change" in value.lower()
    ):
        return False
    said = {one.lower() for one in _PART.findall(value)}
    if value in ("secret", "supersecret", "mysecret") or (said and not said <= _OF_NAMES | OF_CODE | WORDS):
        return True
    return any(one.isdigit() for one in value) and (not said or len(value) > 7)


def _is_of_host(near: str) -> bool:
    """Whether a host is told, and nobody that is none."""
    return _HOST.search(near) is not None and _USER.search(near) is None


def called(name: str, line: Line) -> str:
    """What a secret is called in full, where it is said nearby what is done with it."""
    return "jwt_secret" if name.lower() == "secret" and _SIGNS.search(line.around(800)) else name


def is_opening(line: str, start: int, end: int) -> bool:
    """Whether a text of a line is taken where the environment has none, or is made the bytes of something."""
    return _is_made_bytes(line, start, end) or _is_fallback(line, start)


def _is_fallback(line: str, at: int) -> bool:
    """Whether the text at a place of a line is what is taken where the environment has none."""
    before = line[max(at - 160, 0) : at]
    return ("env" in before or "Env" in before or "ENV" in before) and _UNSET.search(before) is not None


def _is_made_bytes(line: str, start: int, end: int) -> bool:
    """Whether a text of a line is made the bytes of something."""
    if "%" in line[start:end]:
        return False
    return _BYTES_OF.search(line[max(start - 20, 0) : start]) is not None or _INTO_BYTES.match(line, end) is not None


def is_told_by(user: str, value: str) -> bool:
    """Whether a call is told somebody, in quotes, and with them one of the passwords that are tried first."""
    who = user.strip(" \t@NbuU")
    named = who[:1] in "\"'" and is_somebody(who.strip("\"'"))
    joined = _JOINED.fullmatch(value) is not None and not values.stands_for_some(value)
    return named and (value in USED or joined or (len(value) < 4 and value.isalnum()))
