"""What is assigned to a telling name, in the many ways of languages, configuration files and notes."""

import re
from collections.abc import Iterator

from ringfence.secrets import checks, directives, values
from ringfence.secrets.words import worded

#: Words of which one stands in every telling name, lower case.
_WORDS = (
    "pass",
    "psw",
    "secret",
    "token",
    "key",
    "auth",
    "cred",
    "bearer",
    "salt",
    "nonce",
    "seed",
    "cookie",
    "pw",
    "비밀번호",
    "비번",
    "암호",
    "패스워드",
    "密码",
    "密碼",
    "パスワード",
    "пароль",
)
ASCII_WORDS = tuple(word for word in _WORDS if word.isascii())
_OTHER_WORDS = tuple(word for word in _WORDS if not word.isascii())
_LINES = 40_000
#: Lines longer than this are minified, data, or generated: only forms count there.
_MINIFIED = 5000

#: What may follow a telling word where something is assigned to it.
_FOLLOWS = re.compile(
    r"[\w.-]{0,40}[\"'`\\\])]{0,4}[ \t]{0,20}(?:=>|:=|==|->|\?=|[:=,(>?|\[]|is |to |(?=[\"'`])|[A-Za-z]{4,8} [A-Za-z0-9+/=._~-]{8}|[A-Za-z0-9+/=_~-]{20}|[A-Za-z][^<>\n]{0,60}>|,?\r?\n[ \t]{0,40}[\"']?[vV]alue[\"']?[ \t]{0,20}[:=])"
    r"[ \t]{0,20}[^\s)\]}]{2}"
)
#: The same in notes, where any word may stand between what speaks of a password and it.
_NOTED = re.compile(r"[^\n]{0,80}?[0-9]")
_OF_PASSWORDS = (
    "pass",
    "pwd",
    "psw",
    "pw",
    "secret",
    "비밀번호",
    "비번",
    "암호",
    "패스워드",
    "密码",
    "密碼",
    "パスワード",
    "пароль",
)
_NAME = (
    r"[A-Za-z0-9_.$-]{0,50}(?i:pass|pwd|psw|pw|secret|token|key|auth|cred|bearer|salt|nonce|seed|cookie|\botp|\bpin|\bpat\b)"
    r"[A-Za-z0-9_.-]{0,40}"
)
#: Functions that give back the text they are given, in another type.
_WRAPPER = (
    r"(?:(?:new |await )?(?:[A-Za-z_0-9]{1,20}\.){0,3}(?:String|str|bytes|bytearray|from|b64decode|fromhex|unhexlify|SecretStr"
    r"|SecureString|ConvertTo-SecureString|GuardedString|to_bytes|strdup|byte|\[\]byte|default|Some|Ok|b|u|_)\()?"
)
_QUOTED = re.compile(
    rf"(?P<name>{_NAME})(?:[\"'`\])]|\\\"|\[\d{{0,4}}\]){{0,3}}[ \t]{{0,20}}(?::[ \t]{{0,4}}[A-Za-z_&][\w.<>\[\], |?&']{{0,40}}?(?=[ \t]{{0,20}}=))?[ \t]{{0,20}}"
    r"(?:=>|:=|->|\?=|\|\|=|={1,3}|!==?|[:,(]|\.equals\(|\bis\b|\bto\b|[ \t])[ \t]{0,20}"
    rf"{_WRAPPER}[bBrRuUfFL@$]{{0,2}}(?:'(?=\\?\")|\"(?='|\\\"))?"
    r"(?P<quote>\\?[\"'`])(?P<value>(?:(?!(?P=quote))[^\n]){4,400}?)(?P=quote)"
)
_BARE = re.compile(
    rf"(?:^|[\s;,&:\"'?(/|\[])(?P<name>(?:export |set |ENV |ARG |-D|--?)?{_NAME})[\"')]?[ \t]{{0,10}}(?::=|\?=|[:=])[ \t]{{0,10}}"
    r"(?P<value>[^\s\"'`<>,;(){}\[\]]{4,400})(?=[\s,;\"'`}\])<&]|\\n|$)"
)
#: A line that is nothing but a name and a value of any characters.
_WHOLE = re.compile(
    rf"^[ \t]{{0,40}}(?:- )?(?:export )?(?P<name>{_NAME})[ \t]{{0,10}}[:=][ \t]{{0,10}}(?P<value>[^\s\"'#<$\[{{(][^\s\"']{{5,200}})[ \t\r]*$"
)
_WORD = re.compile(
    rf"^[ \t]{{0,40}}(?:- |# ?)?(?:export )?(?P<name>{_NAME})[ \t]{{0,10}}[:=][ \t]{{0,10}}(?P<value>[A-Za-z]{{5,30}})[ \t\r]*(?:#|$)"
)
_MEMBER = re.compile(
    r"(?P<name>[A-Za-z0-9_.$-]{1,100})(?P<quote>\\?\")[ ]?:[ ]?(?P=quote)(?P<value>[^\"\\\n]{4,400})(?P=quote)"
)
_QUERY = re.compile(rf"[?&](?P<name>{_NAME})=(?P<value>[A-Za-z0-9%+/=._~-]{{8,400}})")
#: A header that is one text: "X-Api-Key: X".
_HEADED = re.compile(rf"[\"'](?P<name>{_NAME})[ ]?:[ ]?(?P<value>[A-Za-z0-9+/=._~-]{{16,400}})[\"'\\]")
_ELEMENT = re.compile(
    rf"<(?P<name>{_NAME})(?: [^<>\n]{{0,100}})?>(?P<value>[^<>\n]{{4,400}})</|(?:key|name)=\"(?P<name2>{_NAME})\"[^<>\n]{{0,60}}value=\"(?P<value2>[^\"\n]{{4,400}})\""
    rf"|(?:key|name)=\"(?P<name3>{_NAME})\"[^<>\n]{{0,60}}>(?P<value3>[^<>\n]{{4,400}})</"
)
_OPTION = re.compile(
    r"(?<![\w-])--?(?P<name>[A-Za-z][A-Za-z0-9-]{1,40})(?:[ \t]{1,4}|=)[\"']?(?P<value>(?!-)[^\s\"'`<>;|&$(){}]{4,200})"
)
_CONNECTION = re.compile(r"(?i:(?<![A-Za-z])(?:password|pwd))[ ]?=[ ]?(?P<value>[^;\"'\s$<{%\[(]{4,100})(?=[;\"'])")
_PAIR = re.compile(r"auth[ ]?=[ ]?\([ ]?[\"'][^\"'\n]{1,80}[\"'],[ ]?[\"'](?P<value>[^\"'\n]{4,100})[\"']")
_SQL = re.compile(r"(?i:identified by|with password|set password =)[ ](?:password\()?'(?P<value>[^'\n]{4,100})'")
_HEADER = re.compile(
    r"(?i:authorization)[\"'\]]{0,3}[ \t]{0,4}[:=,][ \t]{0,4}[\"'`]?(?P<scheme>[A-Za-z][A-Za-z-]{2,12}) (?P<value>[A-Za-z0-9+/=_.~-]{8,2000})"
)
_BEARER = re.compile(r"(?<![A-Za-z])(?P<scheme>Bearer|Basic) (?P<value>[A-Za-z0-9+/=_.~-]{20,2000})")
#: What people write down: `password for the lab is X`, `id/pw: me/X`.
_SAID = re.compile(
    r"(?:(?<![A-Za-z])(?i:pass(?:word|wd|phrase|code)?|pwd?)|비밀번호|비번|암호|패스워드|密码|密碼|パスワード|[Пп]ароль)(?:[ ](?:for|of|in|to|on)[ ][^\n:]{1,40}?)?"
    r"(?:\)?[ ]?[:=]|[ ]is|[ ]{0,16}-{1,6}>?|\)|\(|[ ])[ ]{0,16}[\"'`]?(?P<value>[^\s\"'`,;()<>{}\[\]=/]{6,60})(?![\w({\[=/.])"
)
_BOTH = re.compile(
    r"(?<![A-Za-z])(?i:\w{0,10}id|user(?:name)?|login|account)\)?[ ]?[/,&:(+ ][ ]?(?i:pw|pwd|pass(?:word|wd)?)\)?[ ]?(?:[:=(-]>?|[ ]is|[ ]are|[ ])"
    r"[ ]?[\"']?[^\s/,:()\"']{2,40}[ ]?(?:/{1,2}|[,(:|]|[ ]and[ ])[ ]?[\"']?(?P<value>[^\s,()\"'<>]{4,60})"
)

#: The patterns that begin with a name, and how many signs stand before it.
_SIGNS = {_QUOTED: 0, _BARE: 1, _QUERY: 1, _HEADED: 1}

_CONFIGURATION = (
    ".env", ".ini", ".cfg", ".conf", ".cnf", ".config", ".properties", ".toml", ".yaml", ".yml", ".tfvars", ".netrc", ".npmrc",
    ".pypirc", ".envrc", ".sh", ".bash", ".zsh", ".profile", ".bat", ".cmd", ".ps1", ".txt", ".log", ".service", ".plist", ".md",
    ".rst", ".csv", ".sql", ".http", ".rest", ".dockerfile", ".credentials", ".secrets", ".adoc", ".asciidoc", ".template", ".example",
)  # fmt: skip
#: Those of them in which what stands behind a name is a text, quoted or not.
_SETTINGS = (".env", ".ini", ".cfg", ".cnf", ".properties", ".yaml", ".yml", ".tfvars", ".credentials", ".secrets")
_LOCKS = re.compile(
    r"(?:package-lock|npm-shrinkwrap|composer|pnpm-lock|yarn|poetry|pdm|uv|cargo|gemfile|pipfile|podfile|mix|flake|bun)[.-]?(?:lock)?(?:\.json|\.ya?ml|\.lock|b)?$"
    r"|go\.sum$|gradle\.lockfile$|\.min\.(?:js|css)$|\.(?:svg|map|snap|lock|po|pot|xliff?|resx|ipynb|wasm|pem|crt|cer|sum)$",
    re.IGNORECASE,
)


def assigned(text: str, folded: dict[str, list[int]], name: str = "") -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of the values under telling names. `folded`: where words stand in the text in lower case."""
    base = name.rpartition("/")[2].lower()
    if _LOCKS.search(base):
        return
    bare = not base or "." not in base or base.startswith(".") or base.endswith(_CONFIGURATION)
    yield from directives.commanded(text, folded, base, bare=bare)
    settings = base.endswith(_SETTINGS) or base.startswith(".env")
    led = directives.Lines(text, folded)
    for start, end, at in _lines(text, folded, bare=bare):
        if not end:
            yield from _in_long_line(text, at)
            continue
        yield from _in_line(text, led, start, end, bare=bare)
        if settings and (word := _weak(text[start:end])):
            yield start + word[0], start + word[1], "a password"


def _lines(text: str, folded: dict[str, list[int]], *, bare: bool) -> Iterator[tuple[int, int, int]]:
    """The lines in which a telling word stands, and where it does; of long ones only the place of the word (end 0)."""
    count = behind_line = 0
    for at, word in _told(text, folded):
        if at < behind_line or not _may_tell(text, at, at + len(word), noted=bare and word in _OF_PASSWORDS):
            continue
        start = text.rfind("\n", max(at - _MINIFIED, 0), at) + 1
        end = text.find("\n", at, at + _MINIFIED)
        end = min(at + _MINIFIED, len(text)) if end < 0 else end
        if end - start >= _MINIFIED:
            yield start, 0, at
            continue
        yield start, end, at
        behind_line, count = end + 1, count + 1
        if count > _LINES:
            return


def _told(text: str, folded: dict[str, list[int]]) -> list[tuple[int, str]]:
    """Where the telling words of a text stand, in order."""
    told = [(at, word) for word in ASCII_WORDS if word in folded for at in folded[word]]
    if not text.isascii():
        lower = text.lower()
        if len(lower) != len(text):  # some letters change their length
            lower = text
        told += [(found.start(), word) for word in _OTHER_WORDS for found in re.finditer(word, lower)]
    return sorted(told)


def _may_tell(text: str, at: int, behind: int, *, noted: bool) -> bool:
    """Whether something may be assigned to the name of which a telling word is a part."""
    return (
        _FOLLOWS.match(text, behind) is not None
        or text.find(" -", max(at - 30, 0), at) >= 0
        or (noted and _NOTED.match(text, behind) is not None)
        or directives.is_named(text, at)
    )


def _in_long_line(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """What is assigned in JSON around a telling word; other long lines are minified or generated, and only forms count."""
    name = text.rfind('"', max(at - 60, 0), at) + 1
    yield from directives.in_long_line(text, name, at)
    found = _MEMBER.match(text, name)
    if found is not None:
        kind = values.class_of(found["name"])
        if kind in (values.PASSWORD, values.TOKEN) and values.is_secret(kind, found["value"], quoted=True):
            yield *found.span("value"), "a password" if kind == values.PASSWORD else "a key or token"


#: What a name may be written with, and what is telling in it, in lower case, with what stands behind it.
_OF_NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$-"
_TELLING = re.compile(
    r"(?:p(?:ass|wd?|sw|(?<=\bp)in|(?<=\bp)at\b)|secret|token|key|auth|cred|bearer|salt|nonce|seed|cookie|o(?<=\bo)tp)"
    r"[a-z0-9_.$-]{0,86}"
)


def _names(line: str, lower: str) -> list[int]:
    """Where the telling names of a line begin."""
    starts = list[int]()
    for word in _TELLING.finditer(lower):
        before = line[max(word.start() - 50, 0) : word.start()]
        starts.append(word.start() - len(before) + len(before.rstrip(_OF_NAMES)))
    return starts


def _found(pattern: re.Pattern[str], line: str, names: list[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with a name, or with a sign before it."""
    behind = 0
    quotes = max(map(line.rfind, "\"'`")) if pattern is _QUOTED else len(line)
    for start in names:
        if start < behind or start > quotes:
            continue
        found = pattern.match(line, max(start - _SIGNS[pattern], behind))
        if found is not None:
            behind = found.end()
            yield found


def _in_line(text: str, led: directives.Lines, start: int, end: int, *, bare: bool) -> Iterator[tuple[int, int, str]]:
    line = text[start:end]
    lower = line.lower()
    if len(lower) != len(line):
        lower = line
    names = _names(line, lower)
    taken = list[tuple[int, int]]()
    for one in led.of(start, end):
        taken.append((one[0] - start, one[1] - start))
        yield one
    for pattern, quoted in _patterns(lower, bare=bare):
        for found in _found(pattern, line, names) if pattern in _SIGNS else pattern.finditer(line):
            where = _judged(found, quoted=quoted, line=line, pattern=pattern)
            if where is not None and not any(where[0] < b and a < where[1] for a, b in taken):
                taken.append(where)
                kind = (
                    "a password" if values.class_of(_name(found) or "password") == values.PASSWORD else "a key or token"
                )
                yield start + where[0], start + where[1], kind


def _weak(line: str) -> tuple[int, int] | None:
    """Where the word stands that is the whole value of a password."""
    found = _WORD.match(line)
    if found is None or values.class_of(found["name"]) != values.PASSWORD or not _NAMED_SO.search(found["name"]):
        return None
    return found.span("value") if _is_weak(found["value"]) else None


def _is_weak(value: str) -> bool:
    """Whether a word is a password where no code is, so that it is the name of nothing."""
    return values.is_secret(values.PASSWORD, value, quoted=True) or (
        values.is_two_words(value) and not values.is_nothing(value)
    )


#: What a line may match, by words of which one is in it, in lower case; and whether the values are written as texts.
_BY_WORDS = (
    (("uthoriz",), _HEADER, True),
    (("bearer ", "basic "), _BEARER, True),
    ((";",), _CONNECTION, True),
    (("auth",), _PAIR, True),
    ((" '",), _SQL, True),
    (('"', "'", "`"), _QUOTED, True),
    (('"', "'"), _HEADED, True),
    (("<", "name=", "key="), _ELEMENT, True),
    (("?", "&"), _QUERY, False),
)
_OF_BARE = (
    (("=", ":"), _BARE, False),
    (("=", ":"), _WHOLE, False),
    (("pass", "pw"), _BOTH, False),
    (("pass", "pw", *_OTHER_WORDS), _SAID, False),
)


def _patterns(line: str, *, bare: bool) -> Iterator[tuple[re.Pattern[str], bool]]:
    """What a line, in lower case, may match, by what it has; and whether the values are written as texts."""
    for words, pattern, quoted in (*_BY_WORDS, *_OF_BARE) if bare else _BY_WORDS:
        for word in words:
            if word in line:
                yield pattern, quoted
                break
    if " -" in line or line.startswith("-"):
        yield _OPTION, False


def _name(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return groups.get("name") or groups.get("name2") or groups.get("name3") or ""


#: What a line of settings computes: a call, an element, a part of something.
_COMPUTED = re.compile(r"^[A-Za-z_$][\w.$]*(?:[(\[].*[)\]];?|(?:\.[A-Za-z_]\w*)+;?)$|->|::|^(?:new|await|lambda) ")
_DECLARES = re.compile(r"^(?:export |set |ENV |ARG )")
_SETS = re.compile(r"^(?:\w{0,30}\.)?(?:set|with|add|use|put)_?(?=[A-Za-z])", re.IGNORECASE)
_NAMED_SO = re.compile(r"(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|key|credential|auth)s?$", re.IGNORECASE)


def _judged(found: re.Match[str], *, quoted: bool, line: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Where a match's value stands, if it is a secret."""
    groups = found.groupdict()
    which = next((one for one in ("value", "value2", "value3") if groups.get(one)), None)
    if which is None:
        return None
    value = found[which]
    if pattern in (_HEADER, _BEARER):
        return found.span(which) if _header(groups["scheme"].lower(), value) else None
    if pattern in (_SAID, _BOTH):
        said = value.rstrip(".:!?") if value[:-1].isalnum() else value
        secret = _mixed(said) and values.is_secret(values.PASSWORD, said, quoted=False)
        return (found.start(which), found.start(which) + len(said)) if secret else None
    if pattern in (_CONNECTION, _PAIR, _SQL):
        return found.span(which) if values.is_secret(values.PASSWORD, value, quoted=True) else None
    kind = values.class_of(_called(found, line))
    if kind == values.PASSWORD and which == "value" and pattern is _ELEMENT and _is_weak(value):
        return found.span(which)
    if kind is None or (not quoted and not _bare(kind, value)):
        return None
    if pattern is _WHOLE and kind == values.PASSWORD:
        quoted = _COMPUTED.search(value) is None
    if quoted and pattern is _QUOTED and _is_comparison(line, found) and not _long_and_random(value):
        return None
    return found.span(which) if values.is_secret(kind, value, quoted=quoted) else None


def _called(found: re.Match[str], line: str) -> str:
    """The name without what declares it; of a function's, only where it sets what it is named after."""
    name = _DECLARES.sub("", _name(found))
    if "name" in found.re.groupindex and line[found.end("name") : found.end("name") + 1] == "(" and found["name"]:
        setter = _SETS.sub("", name)
        return setter if setter != name or _NAMED_SO.search(name) else ""
    return name


def _bare(kind: str, value: str) -> bool:
    """What stands without quotes is a secret where it is no word, and under a key's name where it is long and random."""
    if kind == values.PASSWORD:
        mixed = any(c.isdigit() or c in "!@#$%^&*+=~?|" for c in value)
        return mixed or any(values.looks_drawn(word) for word in re.split("[._-]", value))
    return kind != values.KEY or (_long_and_random(value) and any(c.isdigit() for c in value))


def _mixed(value: str) -> bool:
    """Letters of a word and digits or signs, as no word, number, date or path has them."""
    digits, letters = sum(c.isdigit() for c in value), sum(c.isalpha() for c in value)
    if letters < 3 or not (digits or any(c in "!@#$%^&*+" for c in value)):
        return False
    return worded(value) < 0.5 or (not value.isalnum() and any(c in "!@#$%^&*+" for c in value) and digits > 0)


def _long_and_random(value: str) -> bool:
    return len(value) >= 20 and values.is_random(value, strict=True)


#: Names that a value may follow with nothing between.
_STATEMENT = re.compile(r"(?:password|passwd|secret|token|api_?key)$", re.IGNORECASE)


def _is_comparison(line: str, found: re.Match[str]) -> bool:
    """Texts beside each other are a list; only the first two of a call are a name and its value (`put("password", "x")`)."""
    between = line[found.end("name") : found.start("quote")]
    if not between.strip(" \t\"'`)]rbuf@$"):
        return _STATEMENT.search(found["name"]) is None
    if "," not in between:
        return found["name"] == "pass" and not any(sign in between for sign in "=:>")
    if _NAMED_SO.search(found["name"]) is None:
        return True
    before = line[: found.start("name")].rstrip("\"'`")
    first = before.endswith("(") and before[:-1].rstrip()[-1:].isalnum()
    return not (first and (between[:1] in "\"'`" or found["name"].rpartition(".")[2].isupper()))


def _header(scheme: str, value: str) -> bool:
    if scheme != "basic":
        return values.is_secret(values.TOKEN, value, quoted=True)
    said = checks.decoded(value)
    if said is None:
        return len(value) > 16 and values.is_random(value, strict=True)
    user, colon, password = said.partition(":")
    return bool(colon) and len(password) > 3 and password != user and not values.is_nothing(password)
