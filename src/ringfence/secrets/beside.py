"""What stands around a telling name in its line: whether it is given a value there, or only stands beside one."""

import re

from ringfence.secrets.lines import Line
from ringfence.secrets.vocabulary import USED, WEAK, WORDS

#: What the functions are called that set what they are named after.
SETS = re.compile(r"^(?:[\w.]{0,60}\.)?(?:set_?|(?:with|add|use|put)(?:_|(?-i:(?=[A-Z]))))(?=[A-Za-z])", re.IGNORECASE)
#: And of those that compare what they are given with a password.
ASKS = re.compile(r"^(?:[\w.]{0,60}\.)?(?:check|verify|validate|compare|match(?:es)?)_?(?=pass|pwd)", re.IGNORECASE)
#: Names that say so and no more.
NAMED_SO = re.compile(
    r"(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|key|credential|auth)s?[0-9]?$", re.IGNORECASE
)

#: What images of databases make their first account with.
_FIRST = re.compile(
    r"(?:^|[^A-Za-z])(?:(?:MYSQL|MARIADB)(?:_ROOT)?|POSTGRES(?:QL)?|MONGO_INITDB_ROOT|PGADMIN_DEFAULT|RABBITMQ_DEFAULT"
    r"|MINIO_ROOT|(?:MS)?SQL_SA|SA|ORACLE|KEYCLOAK_ADMIN|GF_SECURITY_ADMIN)_PASS(?:WORD)?$"
    r"|(?:^|[^a-z])(?:admin|root)(?:Pass(?:word)?|_pass(?:word)?)$"
)


def is_first(name: str) -> bool:
    """Whether it is the password of an account that is made with it."""
    return _FIRST.search(name) is not None


def is_weak(name: str, value: str, line: Line) -> bool:
    """Whether it is a password that everybody knows, of who may do everything."""
    known = value.lower() in WEAK or value == "test"
    if not known and (value not in USED or line.example or line.text.lstrip().startswith(("#", ";"))):
        return False
    return (
        is_first(name)
        or (known and (line.administers() or "jdbc:" in line.around(300)))
        or (not value[0].isupper() and line.accounts())
    )


#: What few drawn characters may stand for.
SALT = re.compile(r"(?:salt|nonce|iv|seed)$", re.IGNORECASE)

#: An element of a page that says with a number that it is the page's own.
_ELEMENT = re.compile(r"<(?:script|style|link)\b[^<>]*\Z")


def is_of_element(line: str, at: int) -> bool:
    """Whether the place is in an element that a page marks as its own, for one answer."""
    return _ELEMENT.search(line[max(at - 400, 0) : at]) is not None


#: What a function is given behind a text: the last of them.
_LAST = re.compile(r"(?:[ ]?,[ ]?b?[\"'][^\"'\n]{1,100}[\"'])?[ ]?,[ ]?b?[\"'](?P<value>[^\"'\n]{4,100})[\"'][ ]?\)")


#: What the functions are called that are told somebody and a password.
_OF_SOMEBODY = re.compile(r"(?:set|check|verify|change|update|compare|user)_?pass", re.IGNORECASE)


def last_of_call(found: re.Match[str], line: str) -> re.Match[str] | None:
    """Of what sets the password of somebody, the text that it is given last."""
    if line[found.end("name") : found.end("name") + 1] != "(" or not _OF_SOMEBODY.search(found["name"]):
        return None
    return _LAST.match(line, found.end())


#: What stands beside what passes a test.
_FAILS = re.compile(r"[\"' ]fail(?:ed|ure|s)?[\"']?[ ]{0,8}[:=]", re.IGNORECASE)
#: How else a test ends.
_ENDS = re.compile(
    r"[\"' .](?:warn(?:ing)?|block(?:ed)?|skip(?:ped)?|deny|denied|reject(?:ed)?)[\"']?[ ]{0,8}[:=]", re.IGNORECASE
)
#: What a licence is called, which its key says elsewhere: `ms-webview2-eula`.
_LICENCE = re.compile(r"(?:LicenseRef-)?[a-z][a-z0-9.]*(?:[.-][a-z0-9.]+)*")


#: What in a cookie is for who is logged in, not for who is counted.
_LOGGED_IN = re.compile(r"sess|auth|(?<![cx]srf)token|sid|jwt", re.IGNORECASE)


#: Of a key, as OpenPGP writes it, and what such keys are called.
_FINGERPRINT = re.compile(r"(?:0x)?[0-9A-F]{16}(?:[0-9A-F]{24})?")
_OF_SIGNERS = re.compile(r"^key$|gpg|pgp|sign|key_?id|(?:install|local|default|trusted)-?key", re.IGNORECASE)


def is_for_all(found: re.Match[str], value: str, name: str, near: Line) -> bool:
    """Whether it is what a badge is shown with, a cookie of whoever counts visits, or the fingerprint of a key."""
    if _FINGERPRINT.fullmatch(value):
        return _OF_SIGNERS.search(name) is not None
    lower = name.lower()
    if "licen" in lower and _LICENCE.fullmatch(value) and max(map(len, value.split("-"))) < 16:
        return True
    if lower.rpartition(".")[2] == "pass" and value.isalpha() and _ENDS.search(near.around(200)):
        return True
    if lower == "pass" and _FAILS.search(near.around(200)):
        return True
    if "badge" in near.text[max(found.start() - 80, 0) : found.start()]:
        return True
    return "=" in value and lower.endswith("cookie") and _LOGGED_IN.search(value) is None


#: What is hashed in a list of vectors, and what comes of it.
OF_VECTORS = frozenset((*WORDS, "salt", "nonce", "seed"))
HEXADECIMAL = re.compile(r"(?:0x)?[0-9a-fA-F]+")
_OF_CIPHERS = re.compile(
    r"(?:^|[^a-z])(?:key|k|iv|salt(?:val)?|nonce|seed|hash|entropy\w*|additional\w*|(?:pre_?)?master_?secret"
    r"|key_?block)s?[0-9]?$",
    re.IGNORECASE,
)


def is_of_ciphers(name: str) -> bool:
    """Whether a name says no more than what a cipher is given."""
    return _OF_CIPHERS.search(name) is not None


DIGEST = re.compile(r"(?:[0-9a-fA-F]{8}){4,16}")

#: Functions that say a text in the language of whoever reads it, or make something else of it.
_TRANSLATES = re.compile(
    r"(?<!\w)(?:_|__|t|tr|t_[a-z]|i18n|n?p?gettext|translate|trans|\w{0,20}(?:crypt|hash)\w{0,20})\([\"']?$"
)


#: What stands before a name that its value follows with nothing between.
_ANNOUNCED = re.compile(r"(?:[ ](?:with|and)|#[ ]?define)[ \t]{1,4}$")


def is_given(line: str, found: re.Match[str]) -> bool:
    """Whether a name is given a text, so that this may be a word: a sign stands between, or what sets is called."""
    between = line[found.end("name") : found.start("value")].strip(" \"'`")
    if between.startswith("("):
        return SETS.sub("", found["name"]) != found["name"]
    if between == "":
        return _ANNOUNCED.search(line[: found.start("name")]) is not None
    return True


#: Words that stand before a list, and call nothing.
_NO_CALL = re.compile(r"(?<!\w)(?:in|and|or|not|return|if|elif|while|yield)$")
#: Names that a value may follow with nothing between.
_STATEMENT = re.compile(r"(?:password|passwd|secret|token|api_?key)$", re.IGNORECASE)


def is_comparison(line: str, found: re.Match[str]) -> bool:
    """Texts beside each other are a list; only the first two of a call are a name and its value (`put("password", "x")`)."""
    between = line[found.end("name") : found.start("quote")]
    if not between.strip(" \t\"'`)]rbuf@$"):
        if _STATEMENT.search(found["name"]) is not None:
            return False
        announced = _ANNOUNCED.search(line[: found.start("name")])
        return announced is None or (found["name"] == "pass" and "and" in announced.group())
    if "," not in between:
        return found["name"].lower() == "pass" and not any(sign in between for sign in "=:>")
    if NAMED_SO.search(found["name"]) is None or _TRANSLATES.search(line[: found.start("name")]):
        return True
    if line[found.end() : found.end() + 4].lstrip().startswith("=>"):
        return True  # the name of what follows
    before = line[: found.start("name")].rstrip("\"'`")
    opened = before.rstrip()
    called = opened[:-1].rstrip()
    first = opened.endswith("(") and called[-1:].isalnum() and _NO_CALL.search(called) is None
    if opened.endswith("{") and between[:1] == ",":
        return False  # a pair of Erlang
    return not (first and (between[:1] in "\"'`" or found["name"].rpartition(".")[2].isupper()))
