"""What is assigned to a telling name, in the many ways of languages, configuration files and notes."""

import re
from collections.abc import Iterator

from ringfence.secrets import (
    beside,
    connecting,
    directives,
    easy,
    filekinds,
    headers,
    passwords,
    patterns,
    values,
    weak,
    words,
)
from ringfence.secrets.lines import Line, Within
from ringfence.secrets.prospects import Prospects

#: Words of which one stands in every telling name, lower case.
_WORDS = (
    "pass", "psw", "secret", "token", "key", "auth", "cred", "bearer", "salt", "nonce", "seed", "cookie", "pw", "senha", "contrase", "kennwort", "wachtwoord",
    "비밀번호", "비번", "암호", "패스워드", "密码", "密碼", "パスワード", "пароль",
)  # fmt: skip
ASCII_WORDS = tuple(word for word in _WORDS if word.isascii())
_OTHER_WORDS = tuple(word for word in _WORDS if not word.isascii())
_LINES = 40_000
#: Lines longer than this are minified, data, or generated: only forms count there.
_MINIFIED = 5000

#: What may follow a telling word where something is assigned to it.
_FOLLOWS = re.compile(
    r"[\w.-]{0,40}[\"'`*\\\])]{0,4}[ \t]{0,20}(?:=>|\uff1a|:[=-]|==|->|<{1,2}-|\?[=:?]|\|\||!==?[ ]?(?=[\"'])|[:=][ ]{0,2}[\[{(][ ]|[:=,(>?|\[]"
    r"|is:? |to |@?(?=[\"'`])|(?:\w{1,12}:)?value=(?=[\"'])|content=(?=[\"'])|\{(?=[\"'])|\[\d{0,4}\][ ]?=(?=[ ]?[\"'])|(?:As String|string) ="
    r"|[A-Za-z]{4,8} [A-Za-z0-9+/=._~-]{8}|[A-Za-z0-9+/=_~-]{20}|[A-Za-z][^<>\n]{0,60}>"
    r"|[:=(][ \t]{0,4}\r?\n[ \t]{0,80}(?=[\"'`])|,?\r?\n[ \t]{0,40}[\"']?[vV]alue[\"']?[ \t]{0,20}[:=])"
    r"[ \t]{0,20}(?:[^\s)\]}]{2}|\[\]|[\"'][)\]}][^\s;,])"
)
#: The same in notes, where any word may stand between what speaks of a password and it.
_NOTED = re.compile(r"[^\n]{0,80}?[0-9]")
_OF_PASSWORDS = ("pass", "pwd", "psw", "pw", "senha", "contrase", "secret", *_OTHER_WORDS)
#: The patterns that begin with a name: how many signs stand before it, and the signs of which one is behind it.
_SIGNS = {
    patterns.QUOTED: (0, "\"'`])\\[ \t:=<>?|!,({"),
    patterns.BARE: (1, "\"') \t:=?"),
    patterns.QUERY: (1, "="),
    patterns.HEADED: (1, " :"),
}


def assigned(text: str, folded: dict[str, list[int]], name: str = "") -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of the values under telling names. `folded`: where words stand in the text in lower case."""
    base = name.rpartition("/")[2].lower()
    if filekinds.is_generated(base):
        return
    bare = not filekinds.is_code(base) or base.endswith(".ipynb")
    yield from directives.commanded(text, folded, base, bare=bare)
    within: Within | None = None
    led, hopeful = directives.Lines(text, folded), Prospects(text, folded)
    for start, end, at in _lines(text, folded, bare=bare):
        if not end:
            yield from _in_long_line(text, at)
            continue
        told = list(led.of(start, end))
        yield from told
        if not hopeful.has_any(text[start:end], start):
            continue
        within = within or Within(bare, filekinds.is_settings(base), filekinds.is_example(base))
        line = Line(text, start, end, within)
        yield from _in_line(line, [(first - start, last - start) for first, last, _ in told], bare=bare)
        if bare and patterns.OF_WEAK.search(line.text) and (word := weak.word(line)):
            yield start + word[0], start + word[1], "a password"


_GOES_ON = frozenset("=(:\r ")
#: The next line, where it is a text that is given to what the line before ends with.
_NEXT = re.compile(r"[=(:][ ]*\r?\n[ \t]{0,80}[\"'`][^\n]{2,400}")


def _lines(text: str, folded: dict[str, list[int]], *, bare: bool) -> Iterator[tuple[int, int, int]]:
    """The lines in which a telling word stands, and where it does; of long ones only the place of the word (end 0)."""
    count = behind_line = 0
    valued = directives.OF_VALUES in folded
    for at, word in _told(text, folded):
        if at < behind_line:
            continue
        noted = bare and word in _OF_PASSWORDS
        if not _may_tell(text, at, at + len(word), noted=noted) and not (valued and directives.is_named(text, at)):
            continue
        start = text.rfind("\n", max(at - _MINIFIED, 0), at) + 1
        end = text.find("\n", at, at + _MINIFIED)
        end = min(at + _MINIFIED, len(text)) if end < 0 else end
        if not bare and text[end - 1 : end] in _GOES_ON:
            more = _NEXT.match(text, len(text[start:end].rstrip("\r ")) + start - 1)
            end = more.end() if more else end
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
        for word in [word for word in _OTHER_WORDS if word[0] in text or word[0].upper() in text]:
            told += [(found.start(), word) for found in re.finditer(word, text, re.IGNORECASE)]
    return sorted(told)


def _may_tell(text: str, at: int, behind: int, *, noted: bool) -> bool:
    """Whether something may be assigned to the name of which a telling word is a part."""
    return (
        _FOLLOWS.match(text, behind) is not None
        or text.find(" -", max(at - 30, 0), at) >= 0
        or (noted and _NOTED.match(text, behind) is not None)
    )


def _in_long_line(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """What is assigned in JSON around a telling word; other long lines are minified or generated, and only forms count."""
    name = text.rfind('"', max(at - 60, 0), at) + 1
    yield from directives.in_long_line(text, name, at)
    found = patterns.MEMBER.match(text, name)
    if found is not None:
        kind = values.class_of(found["name"])
        if kind in (values.PASSWORD, values.TOKEN) and values.is_secret(kind, found["value"], quoted=True):
            yield *found.span("value"), "a password" if kind == values.PASSWORD else "a key or token"


#: What a name may be written with, and what is telling in it, in lower case, with what stands behind it.
_OF_NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$-"
_TELLING = re.compile(
    r"(?:p(?:ass|wd?|sw|(?<=\bp)in|(?<=\bp)at\b)|secret|token|key|auth|cred|bearer|salt|nonce|seed|cookie|o(?<=\bo)tp|senha|contrase|kennwort|wachtwoord)"
    r"[a-z0-9_.$-]{0,86}"
)


def _names(line: str, lower: str) -> list[tuple[int, str]]:
    """Where the telling names of a line begin, and the sign behind each."""
    names = list[tuple[int, str]]()
    for word in _TELLING.finditer(lower):
        at, end = word.span()
        before = line[max(at - 50, 0) : at]
        names.append((at - len(before) + len(before.rstrip(_OF_NAMES)), line[end : end + 1]))
    return names


#: What stands behind a text that is the name of what follows.
_NAMES = re.compile(r"[ ]?(?::(?!:)|=>)[ ]?\S")


def _found(pattern: re.Pattern[str], line: str, names: list[tuple[int, str]]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with a name, or with a sign before it."""
    before, signs = _SIGNS[pattern]
    behind, quotes = 0, max(map(line.rfind, "\"'`")) if pattern is patterns.QUOTED else len(line)
    for start, sign in names:
        # In a name so long that it goes on there, a pattern may end before.
        if start < behind or start > quotes or (sign not in signs and sign not in _OF_NAMES):
            continue
        found = pattern.match(line, max(start - before, behind))
        if found is not None:
            called = pattern is patterns.QUOTED and found["call"] is not None
            behind = found.end("call") if called else found.end()
            if pattern is patterns.QUOTED and _NAMES.match(line, behind):
                behind = found.start("value")
            yield found


_TOLD = re.compile(
    r"(?:pass(?:word|wd|phrase|wort|code)?|pwd|pw|psw|senha|contrasen[ay]a?|kennwort|wachtwoord)[0-9]?s?$",
    re.IGNORECASE,
)


def _in_line(line: Line, taken: list[tuple[int, int]], *, bare: bool) -> Iterator[tuple[int, int, str]]:
    """What is assigned in a line. `taken`: places of it in which something was found before."""
    start, lower = line.start, line.text.lower()
    if len(lower) != len(line.text):
        lower = line.text
    names: list[tuple[int, str]] | None = None
    if not taken and _is_nothing_of_json(line.text):
        return
    for pattern, quoted in _patterns(lower, bare=bare):
        if pattern in _SIGNS:
            names = _names(line.text, lower) if names is None else names
            every = _found(pattern, line.text, names)
        else:
            every = pattern.finditer(line.text)
        for found in every:
            where = _judged(found, quoted=quoted, line=line, pattern=pattern)
            if where is not None and not any(where[0] < b and a < where[1] for a, b in taken):
                taken.append(where)
                kind = (
                    "a password"
                    if values.class_of(_called(found, line.text) or "password") == values.PASSWORD
                    else "a key or token"
                )
                yield start + where[0], start + where[1], kind


#: A line that is one member, of whose value nothing but a text can be made.
_MEMBER = re.compile(r"[ \t]*\"(?P<name>[\w.$-]{1,100})\"[ ]?:[ ]?\"(?P<value>[\w+/.~-]{0,400})\",?[ \t\r]*")


def _is_nothing_of_json(line: str) -> bool:
    """Whether a line is a member of JSON that is no secret: most lines of data are told so at once."""
    found = _MEMBER.fullmatch(line)
    if found is None:
        return False
    kind = values.class_of(found["name"])
    if kind == values.PASSWORD or beside.SALT.search(found["name"]):
        return False
    if kind == values.TOKEN and values.is_of_signing(found["name"]):
        return False
    return kind is None or not values.is_secret(kind, found["value"], quoted=True)


#: What a line may match, by words of which one is in it, in lower case, and a sign that is in it, too; and whether the values
#: are written as texts.
_BY_WORDS = (
    ("", ("uthoriz",), patterns.HEADER, True),
    ("", ("bearer ", "basic "), patterns.BEARER, True),
    ("=", ("assword=", "assword =", "pwd=", "pwd ="), patterns.CONNECTION, True),
    ("(", ("auth",), patterns.PAIR, True),
    ("", ('"', "'", "`"), patterns.QUOTED, True),
    (":", ('"', "'"), patterns.HEADED, True),
    ("=", ("[[", "q{", "q(", "q["), patterns.LONG, True),
    (">", ("<", "name=", "key="), patterns.ELEMENT, True),
    (
        "=",
        ("?", "&", ";s", ";t", ";p", ";k", ";a", "#", '"s', '"t', '"p', '"a', "'s", "'t", "'p", "'a"),
        patterns.QUERY,
        False,
    ),
    ("=", (" -e", "--env", " -d", "'-d", '"-d'), patterns.ENVIRONMENT, True),
)
_OF_BARE = (
    *_BY_WORDS,
    ("", ("=", ":"), patterns.BARE, False),
    ("", ("=", ":"), patterns.WHOLE, False),
    ("", ("pass", "pw"), patterns.BOTH, False),
    ("", ("pass", "pw", *_OTHER_WORDS), patterns.SAID, False),
    ("", ("pass", "pw", "senha", "contrase", "kennwort", "wachtwoord", *_OTHER_WORDS), patterns.NOTED, False),
)


#: A line of code that says something beside it.
_COMMENTED = re.compile(r"[ \t]*(?://|/?\*|# )[^\n]*[:=]")


def _patterns(line: str, *, bare: bool) -> Iterator[tuple[re.Pattern[str], bool]]:
    """What a line, in lower case, may match, by what it has; and whether the values are written as texts."""
    for sign, telling, pattern, quoted in _OF_BARE if bare else _BY_WORDS:
        if sign in line:
            for word in telling:
                if word in line:
                    yield pattern, quoted
                    break
    if "--" in line or " -" in line or line.startswith("-"):
        yield patterns.OPTION, False
    if not bare and ("//" in line or "*" in line or "# " in line) and _COMMENTED.match(line):
        yield patterns.BARE, False


def _name(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return groups.get("name") or groups.get("name2") or groups.get("name3") or ""


#: What a line of settings computes: a call, an element, a part of something.
_COMPUTED = re.compile(r"^[A-Za-z_$][\w.$]*(?:[(\[].*[)\]];?|(?:\.[A-Za-z_]\w*)+[;,]?)$|->|::|^(?:new|await|lambda) ")
_UNQUOTED = (patterns.BARE, patterns.WHOLE, patterns.SAID, patterns.BOTH)
_DECLARES = re.compile(r"^(?:export |set |ENV |ARG )")


def _judged(found: re.Match[str], *, quoted: bool, line: Line, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Where a match's value stands, if it is a secret."""
    which = "value" if found["value"] else next((w for w in ("value2", "value3") if found.groupdict().get(w)), None)
    if which is None:
        return None
    value = found[which]
    if value[0] == "#" and pattern in _UNQUOTED and found.string[found.start(which) - 1] in " \t":
        return None  # what is said of it, which is empty
    if pattern in (patterns.HEADER, patterns.BEARER):
        secret = headers.carries(found["scheme"].lower(), value)
    elif pattern in (patterns.SAID, patterns.BOTH):
        return _said(found, value)
    elif pattern is patterns.NOTED:
        return found.span("value") if weak.is_noted(value, line) else None
    elif pattern is patterns.ENVIRONMENT and value.isdigit():
        secret = 4 <= len(value) <= 20 and len(set(value)) > 1 and values.class_of(found["name"]) == values.PASSWORD
    elif pattern in (patterns.CONNECTION, patterns.PAIR):
        secret = connecting.connects(found, line, pair=pattern is patterns.PAIR)
    elif pattern is patterns.QUOTED and (last := beside.last_of_call(found, line.text)):
        return last.span("value") if values.is_secret(values.PASSWORD, last["value"], quoted=True) else None
    else:
        name = _called(found, line.text)
        secret = _is_named(found, value, name, quoted=quoted, line=line, pattern=pattern)
        secret = secret or (pattern is patterns.QUOTED and _is_certain(found, name, line))
        secret = secret and not _is_nobodys(found, value, name, line)
    return found.span(which) if secret else None


def _at_once(
    found: re.Match[str], value: str, kind: str, name: str, line: Line, pattern: re.Pattern[str]
) -> bool | None:
    """Whether it is a secret, where this is known before it is asked what drawn values look like; None where it is not."""
    if kind == values.PASSWORD:
        return _password_at_once(found, value, name, line, pattern)
    between = line.text[found.end("name") : found.start("value")] if found["name"] else ""
    if kind != values.TOKEN or pattern is patterns.OPTION:
        return False if _is_named_after(value, name) else None
    called = pattern is patterns.QUOTED and found["call"] is not None  # by the name under which it is kept
    said = pattern in (patterns.QUOTED, patterns.WHOLE) and not called
    said = said or (pattern is patterns.BARE and _ENDS.match(line.text, found.end()) is not None)
    chosen = said and easy.is_signing(name, value, line, between)
    if not chosen and _is_named_after(value, name):
        return False
    text = pattern is patterns.QUOTED and not called and ("=" in between or not line.bare)
    if chosen or values.is_chosen(easy.called(name, line), value, quoted=text):
        return pattern is not patterns.QUOTED or not _stands_apart(found, kind, name, line)
    return None


def _password_at_once(found: re.Match[str], value: str, name: str, line: Line, pattern: re.Pattern[str]) -> bool | None:
    """The same of what stands under the name of a password."""
    kind, told = values.PASSWORD, _TOLD.search(name) is not None
    if pattern is patterns.ELEMENT:
        return True if weak.is_given(name, value, line) else None
    if told and weak.is_used(name, value, line):
        return pattern is not patterns.QUOTED or not (found["call"] or _stands_apart(found, kind, name, line))
    if pattern is patterns.OPTION and weak.is_option(name, value, line):
        return True
    if pattern is patterns.ENVIRONMENT and weak.is_setting(name) and passwords.is_any_word(value):
        return True
    if told and pattern is patterns.BARE and found.group().startswith("{") and weak.is_default(value):
        return True
    if _is_named_after(value, name):
        return False
    if pattern in (patterns.BARE, patterns.WHOLE) and told and value.isdigit() and 4 <= len(value) <= 20:
        return len(set(value)) > 1 and (line.settings or weak.is_setting(name))
    if pattern is patterns.QUOTED and told and 6 <= len(value) <= 12 and value.isdigit():
        return found["call"] is None and not _stands_apart(found, kind, name, line)
    if pattern is patterns.QUOTED and value.isdigit() and len(value) in (4, 5):
        apart = found["call"] is not None or not told or _stands_apart(found, kind, name, line)
        given = not name.isupper() or line.opens() or weak.is_setting(name)
        return not apart and (len(set(value)) > 1 or not name.isupper()) and given
    return None


def _is_certain(found: re.Match[str], name: str, line: Line) -> bool:
    """Whether it is certain that something is opened with a text, whatever it says."""
    value, kind = found["value"], values.class_of(name)
    told = kind == values.PASSWORD and _TOLD.search(name) is not None
    if kind is None or found["call"] or len(value) > 60 or not (told or values.is_of_signing(name)):
        return False
    if _stands_apart(found, kind, name, line) or not beside.is_given(line.text, found):
        return False
    if told and easy.is_used(value, line):
        return True
    if len(value) < 4 or value in easy.UNSET or values.stands_for_some(value):
        return False
    return easy.is_opening(line.text, *found.span("value"))


def _is_named(
    found: re.Match[str], value: str, name: str, *, quoted: bool, line: Line, pattern: re.Pattern[str]
) -> bool:
    """Whether a value that stands under a name is what the name says."""
    kind = values.class_of(name)
    if kind is None:
        return False
    told = kind == values.PASSWORD and _TOLD.search(name) is not None
    if (said := _at_once(found, value, kind, name, line, pattern)) is not None:
        return said
    if pattern is patterns.WHOLE and kind == values.PASSWORD:
        quoted = _COMPUTED.search(value) is None
    given = pattern is patterns.ENVIRONMENT or (pattern is patterns.OPTION and "=" in found.group())
    if pattern is patterns.BARE and found.group().startswith("{"):  # what a variable is where nobody sets it
        given = quoted = name != "PWD"
    if told and not quoted:
        whose = pattern in (patterns.QUERY, patterns.BARE) and "=" in found.group() and line.opens()
        drawn = (
            pattern in (patterns.BARE, patterns.OPTION)
            and words.is_no_word(value.lower())
            and _ENDS.match(line.text, found.end())
        )
        quoted = bool(given or whose or drawn)
    if not quoted and not _bare(kind, value):
        return False
    if pattern is patterns.QUOTED:
        if _stands_apart(found, kind, name, line):
            return False
        if found["call"] is not None:
            return _given(kind, value, told=told)
        told = told and beside.is_given(line.text, found)
        if kind == values.KEY and beside.SALT.search(name) and values.is_short_and_random(value):
            return not beside.is_of_element(line.text, found.start("name"))
    if given and value.istitle():
        value = value.lower()  # a word that is no name of anything
    # What stands beside it is only asked for words.
    whose = told and quoted and not passwords.has_digit(value) and (given or line.opens())
    return values.is_secret(kind, value, quoted=quoted, told=told, beside=whose)


#: How often a name stands in a table, and how far around it that is counted.
_TABLE, _AROUND = 6, 5_000


def _is_nobodys(found: re.Match[str], value: str, name: str, line: Line) -> bool:
    """Whether it is for everybody, or the same name stands before many values nearby, as in vectors that ciphers are tested
    with; what salts the passwords of a table of users is none of these."""
    if beside.is_for_all(found, value, name, line):
        return True
    if values.class_of(name) == values.PASSWORD or len(value) < 16 or not beside.is_of_ciphers(name):
        return False
    if beside.HEXADECIMAL.fullmatch(value) is None or (beside.SALT.search(name) and "pass" in line.around(300)):
        return False
    return line.around(_AROUND).count(line.text[found.start("name") : found.start("value")]) >= _TABLE


def _stands_apart(found: re.Match[str], kind: str, name: str, line: Line) -> bool:
    """Whether a text is no value of a name: a part of a sentence, or one of a list."""
    value = found["value"]
    if value[0] == " " or value[-1] == " ":
        return True
    if line.text[found.end("name") :][:1] == "{" and (name[0] in "$%@" or line.text[found.end() :][:2] != "};"):
        return True  # the index of something
    if not beside.is_comparison(line.text, found):
        return False
    vector = name.lower() in beside.OF_VECTORS and (kind == values.PASSWORD or beside.DIGEST.fullmatch(value))
    return bool(vector) or not values.is_long_and_random(value)


#: What may stand behind a value that is no part of a sentence.
_ENDS = re.compile(r"[ \t]*(?:$|[#,;&|)\\\r-]|\S+=)")


def _is_named_after(value: str, name: str) -> bool:
    """Whether a value only says again what its name says, or goes on as it begins."""
    if len(name) > 15 and value[:14].lower() == name[:14].lower():
        return True
    if len(value) < 4 or (beside.NAMED_SO.search(value) is None and not passwords.is_two_words(value)):
        return False
    said = re.sub(r"[^a-z0-9]", "", value[:80].lower())
    return said in re.sub(r"[^a-z0-9]", "", name.lower())


#: `password for somebody X`, `pass X`: only where it is said whose it is this is no sentence.
_ONLY_BESIDE = re.compile(r"(?i:pass|pw)[ ]{1,16}[\"'`]?|.*[ ](?:for|of|in|to|on)[ ].*\w(?<! is)[ ]{1,16}", re.DOTALL)
_WHOSE = re.compile(r"(?i:user(?:name)?|login|account|id)\b")


def _said(found: re.Match[str], value: str) -> tuple[int, int] | None:
    """Where what people write down stands, if it is a password and no part of a text in quotes."""
    before, behind = found.string[found.start("value") - 1], found.string[found.end("value") : found.end("value") + 1]
    if before in "\"'`" and behind == " ":
        return None
    between = found.string[found.start() : found.start("value")]
    if _ONLY_BESIDE.fullmatch(between) and _WHOSE.search(found.string, 0, found.start()) is None:
        return None
    said = value.rstrip(".:!?") if value[:-1].isalnum() else value
    secret = values.is_mixed(said) and values.is_secret(values.PASSWORD, said, quoted=False)
    return (found.start("value"), found.start("value") + len(said)) if secret else None


def _given(kind: str, value: str, *, told: bool) -> bool:
    """Whether what a function is given, or what stands first in a list, is a secret: it may as well be the name of one."""
    if values.is_nothing(value):
        return False
    return values.is_long_and_random(value) or (
        kind == values.PASSWORD and told and values.is_mixed(value) and " " not in value
    )


def _called(found: re.Match[str], line: str) -> str:
    """The name without what declares it; of a function's, only where it sets what it is named after."""
    name = _DECLARES.sub("", _name(found)).removesuffix(".equals")
    if "authenticity" in name.lower():
        return ""  # of a form, for one request
    if "name" in found.re.groupindex and line[found.end("name") : found.end("name") + 1] == "(" and found["name"]:
        setter = beside.SETS.sub("", name)
        if setter == name and passwords.has_digit(found["value"]):
            setter = beside.ASKS.sub("", name)
        return setter if setter != name or beside.NAMED_SO.search(name) else ""
    return name


def _bare(kind: str, value: str) -> bool:
    """What stands without quotes is a secret where it is no word, and under a key's name where it is long and random."""
    if kind == values.PASSWORD:
        mixed = any(c.isdigit() or c in "!@#$%^&*+=~?|" for c in value)
        return mixed or any(words.looks_drawn(word) for word in re.split("[._-]", value))
    return kind != values.KEY or (values.is_long_and_random(value) and any(c.isdigit() for c in value))
