"""What is assigned to a telling name, in the many ways of languages, configuration files and notes."""

import re
from collections.abc import Iterator

from ringfence.secrets import checks, directives, filekinds, passwords, patterns, values, vocabulary, words
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
    r"[\w.-]{0,40}[\"'`\\\])]{0,4}[ \t]{0,20}(?:=>|:=|==|->|\?=|!==?[ ]?(?=[\"'])|[:=][ ]{0,2}[\[{(][ ]|[:=,(>?|\[]|is:? |to |(?=[\"'`])|value=(?=[\"'])|content=(?=[\"'])|\[\d{0,4}\][ ]?=(?=[ ]?[\"'])|As String =|[A-Za-z]{4,8} [A-Za-z0-9+/=._~-]{8}|[A-Za-z0-9+/=_~-]{20}|[A-Za-z][^<>\n]{0,60}>|,?\r?\n[ \t]{0,40}[\"']?[vV]alue[\"']?[ \t]{0,20}[:=])"
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
#: The patterns that begin with a name: how many signs stand before it, and the signs of which one is behind it.
_SIGNS = {
    patterns.QUOTED: (0, "\"'`])\\[ \t:=>?|!,("),
    patterns.BARE: (1, "\"') \t:=?"),
    patterns.QUERY: (1, "="),
    patterns.HEADED: (1, " :"),
}


def assigned(text: str, folded: dict[str, list[int]], name: str = "") -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of the values under telling names. `folded`: where words stand in the text in lower case."""
    base = name.rpartition("/")[2].lower()
    if filekinds.is_generated(base):
        return
    bare = not filekinds.is_code(base)
    yield from directives.commanded(text, folded, base, bare=bare)
    settings = filekinds.is_settings(base)
    led = directives.Lines(text, folded)
    for start, end, at in _lines(text, folded, bare=bare):
        if not end:
            yield from _in_long_line(text, at)
            continue
        line = _Line(text, start, end)
        yield from _in_line(line, led, bare=bare)
        if bare and patterns.OF_WEAK.search(line.text) and (word := _weak(line, settings=settings)):
            yield start + word[0], start + word[1], "a password"


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
    r"(?:p(?:ass|wd?|sw|(?<=\bp)in|(?<=\bp)at\b)|secret|token|key|auth|cred|bearer|salt|nonce|seed|cookie|o(?<=\bo)tp)"
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
            yield found


#: Whose a password is, or what it opens: what stands beside it where it is used.
_OPENS = re.compile(
    r"(?<![A-Za-z])\w{0,20}?(?:user|login|e?mail|account|host(?:name)?|database|db|bind_?dn|dsn)(?:_?(?:name|id))?[\"'`\])]{0,3}[ \t]{0,10}"
    r"(?:=>|:=|[:=,(>])[ \t]{0,10}[bfru@]{0,2}[\"'`]?[A-Za-z0-9]|(?<![\w.])[\"']?name[\"']?[ ]?(?::|=>)[ ]?[\"'][a-z]",
    re.IGNORECASE,
)
_TOLD = re.compile(r"(?:pass(?:word|wd|phrase|wort|code)?|pwd|pw|psw)[0-9]?s?$", re.IGNORECASE)


class _Line:
    """A line, and what stands around it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end, self._whole = text[start:end], start, end, text
        self._opens: bool | None = None

    def opens(self) -> bool:
        """Whether it is said in the line, or in three before and behind it, whose a password is."""
        if self._opens is None:
            low, high = self.start, self.end
            for _ in range(3):
                before = self._whole.rfind("\n", max(low - 200, 0), max(low - 1, 0)) + 1
                low = before if before or low < 200 else low
                behind = self._whole.find("\n", high + 1, high + 200)
                high = high if behind < 0 else behind
            self._opens = _OPENS.search(self._whole, low, high) is not None
        return self._opens


def _in_line(line: _Line, led: directives.Lines, *, bare: bool) -> Iterator[tuple[int, int, str]]:
    start, lower = line.start, line.text.lower()
    if len(lower) != len(line.text):
        lower = line.text
    names: list[tuple[int, str]] | None = None
    taken = list[tuple[int, int]]()
    for one in led.of(start, line.end):
        taken.append((one[0] - start, one[1] - start))
        yield one
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
                    "a password" if values.class_of(_name(found) or "password") == values.PASSWORD else "a key or token"
                )
                yield start + where[0], start + where[1], kind


def _weak(line: _Line, *, settings: bool) -> tuple[int, int] | None:
    """Where the word stands that is the whole value of a password."""
    found = patterns.WORD.match(line.text)
    if found is None or values.class_of(found["name"]) != values.PASSWORD or not _NAMED_SO.search(found["name"]):
        return None
    if not settings and found["blank"] and not line.opens():
        return None
    return found.span("value") if _is_weak(found["value"], line) else None


def _is_weak(value: str, line: _Line) -> bool:
    """Whether a word is a password where no code is, so that it is the name of nothing."""
    return values.is_secret(values.PASSWORD, value, quoted=True, told=True, beside=line.opens()) or (
        passwords.is_two_words(value) and not values.is_nothing(value)
    )


#: What a line may match, by words of which one is in it, in lower case, and a sign that is in it, too; and whether the values
#: are written as texts.
_BY_WORDS = (
    ("", ("uthoriz",), patterns.HEADER, True),
    ("", ("bearer ", "basic "), patterns.BEARER, True),
    ("=", ("assword=", "assword =", "pwd=", "pwd ="), patterns.CONNECTION, True),
    ("(", ("auth",), patterns.PAIR, True),
    ("", ('"', "'", "`"), patterns.QUOTED, True),
    (":", ('"', "'"), patterns.HEADED, True),
    (">", ("<", "name=", "key="), patterns.ELEMENT, True),
    (
        "=",
        (
            "?",
            "&",
            ";s",
            ";t",
            ";p",
            ";k",
            ";a",
            "#s",
            "#t",
            "#p",
            "#k",
            "#a",
            '"s',
            '"t',
            '"p',
            '"a',
            "'s",
            "'t",
            "'p",
            "'a",
        ),
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
_DECLARES = re.compile(r"^(?:export |set |ENV |ARG )")
_SETS = re.compile(r"^(?:[\w.]{0,60}\.)?(?:set_?|(?:with|add|use|put)(?:_|(?-i:(?=[A-Z]))))(?=[A-Za-z])", re.IGNORECASE)
_NAMED_SO = re.compile(
    r"(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|key|credential|auth)s?[0-9]?$", re.IGNORECASE
)


def _judged(found: re.Match[str], *, quoted: bool, line: _Line, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Where a match's value stands, if it is a secret."""
    which = next((one for one in ("value", "value2", "value3") if found.groupdict().get(one)), None)
    if which is None:
        return None
    value = found[which]
    if pattern in (patterns.HEADER, patterns.BEARER):
        secret = _header(found["scheme"].lower(), value)
    elif pattern in (patterns.SAID, patterns.BOTH):
        return _said(found, value)
    elif pattern in (patterns.CONNECTION, patterns.PAIR):
        secret = _connects(found, value, line, pattern)
    elif pattern is patterns.QUOTED and (last := _last_of_call(found, line.text)):
        return last.span("value") if values.is_secret(values.PASSWORD, last["value"], quoted=True) else None
    else:
        secret = _is_named(found, which, quoted=quoted, line=line, pattern=pattern)
    return found.span(which) if secret else None


#: What a function is given behind a text: the last of them.
_LAST = re.compile(r"(?:[ ]?,[ ]?b?[\"'][^\"'\n]{1,100}[\"'])?[ ]?,[ ]?b?[\"'](?P<value>[^\"'\n]{4,100})[\"'][ ]?\)")


_OF_SOMEBODY = re.compile(r"(?:set|check|verify|change|update|compare|user)_?pass", re.IGNORECASE)


def _last_of_call(found: re.Match[str], line: str) -> re.Match[str] | None:
    """Of what sets the password of somebody, the text that it is given last."""
    if line[found.end("name") : found.end("name") + 1] != "(" or not _OF_SOMEBODY.search(found["name"]):
        return None
    return _LAST.match(line, found.end())


def _is_named(found: re.Match[str], which: str, *, quoted: bool, line: _Line, pattern: re.Pattern[str]) -> bool:
    """Whether a value that stands under a name is what the name says."""
    value, name = found[which], _called(found, line.text)
    kind = values.class_of(name)
    if kind is None or _is_named_after(value, name):
        return False
    if _is_for_all(found, value, name, line):
        return False
    told = kind == values.PASSWORD and _TOLD.search(name) is not None
    if pattern is patterns.ELEMENT and kind == values.PASSWORD and which == "value" and _is_weak(value, line):
        return True
    if pattern is patterns.WHOLE and kind == values.PASSWORD:
        quoted = _COMPUTED.search(value) is None
    given = pattern is patterns.OPTION and "=" in found.group()
    if told and not quoted:
        beside = pattern in (patterns.QUERY, patterns.BARE) and "=" in found.group() and line.opens()
        drawn = (
            pattern in (patterns.BARE, patterns.OPTION)
            and words.is_no_word(value.lower())
            and _ENDS.match(line.text, found.end())
        )
        quoted = bool(given or beside or drawn)
    if not quoted and not _bare(kind, value):
        return False
    if pattern is patterns.QUOTED:
        if value[0] == " " or value[-1] == " ":
            return False
        vector = name.lower() in _OF_VECTORS and (kind == values.PASSWORD or _DIGEST.fullmatch(value) is not None)
        if _is_comparison(line.text, found) and (vector or not _long_and_random(value)):
            return False
        if found["call"] is not None:
            return _given(kind, value, told=told)
        told = told and _is_given(line.text, found)
        if kind == values.KEY and _SALT.search(name) and _is_short_and_random(value):
            return True
    # What stands beside it is only asked for words.
    beside = told and quoted and not passwords.has_digit(value) and (given or line.opens())
    return values.is_secret(kind, value, quoted=quoted, told=told, beside=beside)


#: What in a cookie is for who is logged in, not for who is counted.
_LOGGED_IN = re.compile(r"sess|auth|(?<![cx]srf)token|sid|jwt", re.IGNORECASE)


#: Of a key, as OpenPGP writes it, and what such keys are called.
_FINGERPRINT = re.compile(r"[0-9A-F]{40}")
_OF_SIGNERS = re.compile(r"gpg|pgp|sign|key_?id|(?:install|local|default|trusted)-?key", re.IGNORECASE)


def _is_for_all(found: re.Match[str], value: str, name: str, line: _Line) -> bool:
    """Whether it is what a badge is shown with, a cookie of whoever counts visits, or the fingerprint of a key."""
    if _FINGERPRINT.fullmatch(value):
        return _OF_SIGNERS.search(name) is not None
    if "badge" in line.text[max(found.start() - 80, 0) : found.start()]:
        return True
    return "=" in value and name.lower().endswith("cookie") and _LOGGED_IN.search(value) is None


#: What is hashed in a list of vectors, and what comes of it.
_OF_VECTORS = frozenset((*vocabulary.WORDS, "salt", "nonce", "seed"))
_DIGEST = re.compile(r"(?:[0-9a-fA-F]{8}){4,16}")

#: What may stand behind a value that is no part of a sentence.
_ENDS = re.compile(r"[ \t]*(?:$|[#,;&|)\\\r-]|\S+=)")


def _connects(found: re.Match[str], value: str, line: _Line, pattern: re.Pattern[str]) -> bool:
    """Whether it is the password of a text that says how to connect, or of a pair of a name and a password."""
    whole = pattern is patterns.PAIR or _CONNECTED.search(line.text) is not None
    if not whole and line.text[found.end() : found.end() + 1] not in (";", '"', "'"):
        return False
    return values.is_secret(values.PASSWORD, value, quoted=whole, told=whole, beside=whole)


#: What stands beside a password in a text that says how to connect.
_CONNECTED = re.compile(
    r"(?i:server|data source|address|host|port|user(?: ?id|name)?|uid|database|initial catalog|dbq|dsn|driver)[ ]?=[^=]"
)


def _is_named_after(value: str, name: str) -> bool:
    """Whether a value only says again what its name says, or goes on as it begins."""
    if len(name) > 15 and value[:14].lower() == name[:14].lower():
        return True
    if len(value) < 4 or (_NAMED_SO.search(value) is None and not passwords.is_two_words(value)):
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
    secret = _mixed(said) and values.is_secret(values.PASSWORD, said, quoted=False)
    return (found.start("value"), found.start("value") + len(said)) if secret else None


#: Functions that say a text in the language of whoever reads it, or make something else of it.
_TRANSLATES = re.compile(
    r"(?<!\w)(?:_|__|t|tr|t_[a-z]|i18n|n?p?gettext|translate|trans|\w{0,20}(?:crypt|hash)\w{0,20})\([\"']?$"
)


#: What stands before a name that its value follows with nothing between.
_ANNOUNCED = re.compile(r"(?:[ ](?:with|and)|#[ ]?define)[ \t]{1,4}$")


def _is_given(line: str, found: re.Match[str]) -> bool:
    """Whether a name is given a text, so that this may be a word: a sign stands between, or what sets is called."""
    between = line[found.end("name") : found.start("value")].strip(" \"'`")
    if between.startswith("("):
        return _SETS.sub("", found["name"]) != found["name"]
    if between == "":
        return _ANNOUNCED.search(line[: found.start("name")]) is not None
    return True


def _given(kind: str, value: str, *, told: bool) -> bool:
    """Whether what a function is given, or what stands first in a list, is a secret: it may as well be the name of one."""
    if values.is_nothing(value):
        return False
    return _long_and_random(value) or (kind == values.PASSWORD and told and _mixed(value) and " " not in value)


_SALT = re.compile(r"(?:salt|nonce|iv|seed)$", re.IGNORECASE)


def _is_short_and_random(value: str) -> bool:
    """Whether a few characters look drawn, as salts and nonces are."""
    if (
        not 8 <= len(value) < 40
        or value.count(":") > 1
        or values.is_nothing(value)
        or not any(c.isdigit() for c in value)
    ):
        return False
    return value.isascii() and worded(value) < 0.3 and any(c.isalpha() for c in value) and " " not in value


def _called(found: re.Match[str], line: str) -> str:
    """The name without what declares it; of a function's, only where it sets what it is named after."""
    name = _DECLARES.sub("", _name(found)).removesuffix(".equals")
    if "<" in line and "authenticity" in name.lower():
        return ""  # of a form, for one request
    if "name" in found.re.groupindex and line[found.end("name") : found.end("name") + 1] == "(" and found["name"]:
        setter = _SETS.sub("", name)
        return setter if setter != name or _NAMED_SO.search(name) else ""
    return name


def _bare(kind: str, value: str) -> bool:
    """What stands without quotes is a secret where it is no word, and under a key's name where it is long and random."""
    if kind == values.PASSWORD:
        mixed = any(c.isdigit() or c in "!@#$%^&*+=~?|" for c in value)
        return mixed or any(words.looks_drawn(word) for word in re.split("[._-]", value))
    return kind != values.KEY or (_long_and_random(value) and any(c.isdigit() for c in value))


def _mixed(value: str) -> bool:
    """Letters of a word and digits or signs, as no word, number, date or path has them."""
    digits, letters = sum(c.isdigit() for c in value), sum(c.isalpha() for c in value)
    if letters > 9 and words.switches("".join(c for c in value if c.isalpha())) > letters / 3:
        return True
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
        if _STATEMENT.search(found["name"]) is not None:
            return False
        announced = _ANNOUNCED.search(line[: found.start("name")])
        return announced is None or (found["name"] == "pass" and "and" in announced.group())
    if "," not in between:
        return found["name"] == "pass" and not any(sign in between for sign in "=:>")
    if _NAMED_SO.search(found["name"]) is None or _TRANSLATES.search(line[: found.start("name")]):
        return True
    before = line[: found.start("name")].rstrip("\"'`")
    first = before.endswith("(") and before[:-1].rstrip()[-1:].isalnum()
    return not (first and (between[:1] in "\"'`" or found["name"].rpartition(".")[2].isupper()))


#: How the message begins that answers with what a password makes of a challenge.
_NTLM = "TlRMTVNTUAAD"


def _header(scheme: str, value: str) -> bool:
    if scheme == "ntlm":
        return value.startswith(_NTLM) or _long_and_random(value)
    if scheme != "basic":
        return values.is_secret(values.TOKEN, value, quoted=True)
    said = checks.decoded(value)
    if said is None:
        mixed = value.lower() != value and any(c.isdigit() or c == "=" for c in value)
        return len(value) > 9 and mixed and worded(value) < 0.4 and not values.is_nothing(value)
    _, colon, password = said.partition(":")
    return bool(colon) and len(password) > 2 and not values.is_nothing(password, weak=True)
