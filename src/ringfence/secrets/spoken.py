"""Secrets that sentences tell, and texts that are compared with a password from the other side."""

import re
from collections.abc import Iterator

from ringfence.secrets import filekinds, values
from ringfence.secrets.lines import is_somebody
from ringfence.secrets.vocabulary import OF_CODE, OF_FIELDS, USED
from ringfence.secrets.vocabulary import WORDS as NOTHING

_PASSWORD = (
    r"(?:pass(?:word|wd|wort|phrase|code|e)?|pwd|p/w|pw|contrase(?:ñ|n)a|senha|wachtwoord|kennwort|has(?:ł|l)o|heslo"
    r"|salasana|parola)"
)
#: A password that is said, with what may stand between; and what may stand behind it.
_SAYS = re.compile(
    rf"(?<![A-Za-z_.-]){_PASSWORD}[\"'`*]{{0,3}}(?:[ ](?:for|of|to)[ ][^\n:.]{{1,40}}?|[ ]?\([^()\n:]{{1,40}}\))?"
    r"(?:[ ]?(?::|=|is:?|was|has been|-{1,2}"
    r"|(?:is|was|has been|will be|to be)?[ ]?(?:set|changed|reset|initialized)[ ](?:to|as)|becomes)[*]{0,2})[ ]{1,4}"
    r"(?P<quote>[\"'`*]{0,2})(?P<value>[^\s\"'`*,;()<>{}\[\]=]{6,60}?)(?P=quote)(?P<behind>[.!]?[)]?(?:\s|\Z|\\n|</"
    r"|[,;\"'`]))",
    re.IGNORECASE,
)
#: Whose it is, and it: `admin / X`, `log in with bob:X`.
_BOTH = re.compile(
    r"\b(?:credentials?|creds|log[ ]?in|login|sign in"
    r"|account)\b(?:[ ](?:with|as|are|is|using|via))?[ ]?[:=]?[ ]{1,3}[`\"']?"
    r"(?P<who>[A-Za-z][\w.@-]{1,40})[`\"']?(?:[ ]?/[ ]?|:"
    r"|[ ]and[ ])[`\"']?(?P<value>[^\s\"'`,;()<>{}\[\]=/:]{4,60})[`\"']?(?P<behind>[.!]?(?:\s|\Z|[,;)]))",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"(?:api[ _-]?key|token|secret(?:[ ]key)?|access[ ]key)[ ](?:is|was"
    r"|=)[ ][\"'`]?(?P<value>[A-Za-z0-9+/_.~-]{16,200})(?P<behind>[\"'`]?[.,;)!]?(?:\s|\Z))",
    re.IGNORECASE,
)
_KEY_QUOTED = re.compile(
    r"(?:api[ _-]?key|token|secret(?:[ ]key)?|access[ ]key)[ ]`(?P<value>[A-Za-z0-9+/_.~-]{16,200})`", re.IGNORECASE
)

_EQUAL = re.compile(
    r"(?P<quote>[\"'])(?P<value>[^\"'\n\\]{4,100})(?P=quote)[ ]?(?:===?|!==?"
    r"|-[ci]?(?:eq|ne)[ ])[ ]?(?P<name>[A-Za-z_$@][\w.$@]{0,60}(?:\[[\"':]{0,2}\w{1,40}[\"']?\])?)"
)
_EQUALS = re.compile(
    r"\"(?P<value>[^\"\n\\]{4,100})\"\.equals(?:IgnoreCase)?\([ ]?(?P<name>[A-Za-z_][\w.]{0,60})(?:\(\))?[ ]?\)"
)
_FUNCTION = re.compile(
    r"(?:str(?:n?case)?cmp|strncmp|compare_digest|timingSafeEqual|hash_equals|secure_compare|ConstantTimeCompare"
    r"|memcmp)\([ ]?"
    r"(?:\[\]byte\("
    r"|Buffer\.from\()?(?:[\"'](?P<value>[^\"'\n\\]{4,100})[\"'][ )]*,[ "
    r"]?(?:\[\]byte\()?(?P<name>[A-Za-z_$][\w.$\[\]\"'>-]{0,60})"
    r"|(?P<name2>[A-Za-z_$][\w.$\[\]\"'>-]{0,60})\)?,[ ]?(?:\[\]byte\("
    r"|Buffer\.from\()?[\"'](?P<value2>[^\"'\n\\]{4,100})[\"'])"
)
_METHOD = re.compile(
    r"(?P<name>[A-Za-z_$@][\w.$]{0,60})(?:\.[eE]quals\("
    r"|[ ]-[ci]?(?:eq|ne|ceq)[ ])[ ]?[\"'](?P<value>[^\"'\n\\]{4,100})[\"']"
)

#: Who logs in, before a stroke, and the password behind it: `otter@holt.internal / X`, `Login: otter / X`.
_WHO = re.compile(
    r"(?:(?P<mail>[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4})"
    r"|\b(?i:log[ -]?in|credentials?|creds|account|user(?:name)?|default|demo|admin)\b[^\n:/]{0,24}[:=][*_ ]{1,4}[\"'`*]{0,3}(?P<who>[A-Za-z][\w.-]{1,40}))"
    r"[\"'`*_]{0,3}\Z"
)
_BEHIND = re.compile(
    r"[\"'`*_]{0,3}(?P<value>[^\s\"'`,;()<>{}\[\]=/|]{4,60}?)(?P<behind>[*_.]{0,3}(?:[\"'`,;)<\s\\]|\Z))"
)
_STROKE = " / "
_COMPARING = (
    *((word, _EQUAL) for word in ("\" ==", "' ==", "\"==", "'==", "\" !=", "' !=", "\" -eq", "' -eq", "\" -ne", "' -ne")),
    ("\".equals", _EQUALS),
    *((word, _FUNCTION) for word in ("strcmp(", "strcasecmp(", "strncmp(", "compare_digest(", "timingsafeequal(", "hash_equals(", "secure_compare(", "constanttimecompare(")),
    *((word, _METHOD) for word in ("word.equals(", "secret.equals(", "token.equals(", " -eq ", " -ceq ", " -ne ")),
)  # fmt: skip
_SAYING = (
    *((word, _SAYS) for word in ("pass", "pwd", "p/w", "pw", "contrase", "senha", "wachtwoord", "kennwort", "heslo", "haslo", "salasana", "parola")),
    *((word, _BOTH) for word in ("credential", "creds", "log in", "login", "sign in")),
    *((word, pattern) for pattern in (_KEY, _KEY_QUOTED) for word in ("key is ", "key was ", "token is ", "secret is ", "token `", "key `", "secret `")),
)  # fmt: skip
_PATTERNS = dict[str, list[re.Pattern[str]]]()
for _word, _pattern in (*_COMPARING, *_SAYING):
    _PATTERNS.setdefault(_word, []).append(_pattern)
WORDS = (_STROKE, *_PATTERNS)
_OF_LINES, _OF_SENTENCES = (_EQUAL, _EQUALS, _FUNCTION, _METHOD), (_SAYS, _BOTH)
#: What is numbered in sentences, and is no password.
_NUMBERED = frozenset(
    "sha md base oauth openid version step utf python java level section chapter part phase stage rfc http https ipv "
    "ssl tls aes rsa v ver argon bcrypt"
    " pbkdf web api days day hours hour minutes minute min max chars characters bit bits byte bytes ec sso mfa totp "
    "fido pkcs php node windows rev release"
    " line lines item point page table figure test tests case q r c d p u h iso ascii x ntlmv mschapv scram win mac "
    "os ps vs".split()
)


def said(text: str, folded: dict[str, list[int]], base: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of such secrets. `folded`: where words stand in the text in lower case; `base`: the file's name."""
    code = filekinds.is_code(base) and not base.endswith((".json", ".jsonl", ".ndjson", ".ipynb"))
    for at in folded.get(_STROKE, ()):
        if text.find("@", max(at - 60, 0), at) >= 0 or text.find(":", max(at - 60, 0), at) >= 0:
            yield from _paired(text, at, code=code)
    for word in [one for one in folded if one in _PATTERNS]:
        for pattern in _PATTERNS[word]:
            if pattern in _OF_LINES:
                for start, end in _lines(text, folded[word]):
                    for found in pattern.finditer(text, start, end):
                        yield from _compared(found)
                continue
            for at in folded[word]:
                told = (
                    pattern.match(text, at)
                    if pattern in _OF_SENTENCES
                    else pattern.search(text, max(at - 12, 0), at + 240)
                )
                if told is None:
                    continue
                printed = code and not _is_comment(text, at)
                if not printed or _is_text(told, at):
                    yield from _told(told, pattern, printed=printed)


def _paired(text: str, at: int, *, code: bool) -> Iterator[tuple[int, int, str]]:
    """What stands behind a stroke, where who logs in stands before it."""
    line = text[max(text.rfind("\n", max(at - 120, 0), at) + 1, at - 120, 0) : at]
    who, found = _WHO.search(line), _BEHIND.match(text, at + len(_STROKE))
    if who is None or found is None:
        return
    if code and not (_is_comment(text, at) or ">" in line or any(line.count(sign) % 2 for sign in "\"'`")):
        return
    value = found["value"]
    digit = any(one.isdigit() for one in value) and any(one.isalpha() for one in value)
    known = is_somebody(who["mail"] or who["who"]) and (value in USED or value == who["who"])
    if (known or (digit and (who["mail"] or is_somebody(who["who"])))) and not values.stands_for_some(value):
        yield *found.span("value"), "a password"


def _told(found: re.Match[str], pattern: re.Pattern[str], *, printed: bool) -> Iterator[tuple[int, int, str]]:
    if pattern in _OF_SENTENCES:
        if _is_spoken(found, printed=printed):
            yield *found.span("value"), "a password"
    elif values.is_secret(values.TOKEN, found["value"], quoted=True) and any(one.isdigit() for one in found["value"]):
        yield *found.span("value"), "a key or token"


def _lines(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    behind = 0
    for at in places:
        if at < behind:
            continue
        start = max(text.rfind("\n", max(at - 200, 0), at) + 1, at - 200, 0)
        end = text.find("\n", at, at + 300)
        behind = at + 300 if end < 0 else end
        yield start, min(behind, len(text))


def _compared(found: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    which = "value" if found["value"] else "value2"
    name = re.sub(r"[\[\]\"':>]", ".", found["name"] or found["name2"]).rstrip(".")
    kind, value = values.class_of(name.rpartition(".")[2]), found[which]
    if kind not in (values.PASSWORD, values.TOKEN) and name.endswith((".text", ".value")):
        kind = values.class_of(name.split(".")[-2])
    if kind not in (values.PASSWORD, values.TOKEN) or not any(one.isdigit() for one in value):
        return
    if values.is_secret(kind, value, quoted=True, told=kind == values.PASSWORD):
        yield *found.span(which), "a password" if kind == values.PASSWORD else "a key or token"


def _is_comment(text: str, at: int) -> bool:
    start = text.rfind("\n", max(at - 200, 0), at) + 1
    return text[start:at].lstrip().startswith(("#", "//", "*", "/*", "--"))


def _is_text(found: re.Match[str], at: int) -> bool:
    """Whether it is all that is left of a text, or of a line of one, in code: what a program prints."""
    behind = found["behind"].lstrip(".!)") if found.re is _SAYS else ""
    if not behind.startswith(("\\n", "</", '"', "'", "`")):
        return False
    start = found.string.rfind("\n", max(at - 200, 0), at) + 1
    before = found.string[start:at]
    if behind == "</":
        return ">" in before
    return any(before.count(sign) % 2 for sign in (behind[0] if behind[0] in "\"'`" else "\"'`"))


def _is_spoken(found: re.Match[str], *, printed: bool) -> bool:
    """Whether what a sentence tells is a password: letters and digits, that are no name of something numbered."""
    value = found["value"].rstrip(".!?:")
    who = found.groupdict().get("who")
    if value in USED and found.re is _SAYS and any(one.isdigit() for one in value) and ":" in found[0] and not printed:
        return value.isalnum() and not value.isdigit()
    if who and is_somebody(who) and value in USED:
        return "cred" in found[0].lower() and not printed
    if who and len(value) < 6:
        return False
    open_ended = found["behind"] in (" ", "\t") and not (
        found.groupdict().get("quote") or ":" in found[0][: -len(value) - 2]
    )
    if open_ended and " to " not in found[0] and "/" not in found[0]:
        return False
    letters = sum(one.isalpha() for one in value)
    if letters < 3 or value[0] == "#" or not any(one.isdigit() for one in value) or not value[-1:].strip():
        return False
    pieces = [one.lower() for one in re.findall("[A-Za-z]+", value)]
    if printed:
        if all(one in OF_CODE or one in _NUMBERED for one in pieces):
            return False
    elif any(
        one in NOTHING or one in OF_CODE or one in OF_FIELDS or one in _NUMBERED for one in pieces if len(one) > 1
    ):
        return False
    return values.is_secret(values.PASSWORD, value, quoted=False)
