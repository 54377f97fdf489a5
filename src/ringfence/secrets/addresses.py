"""Passwords and tokens in addresses: `scheme://somebody:X@host`, `https://X@host`."""

import re
from collections.abc import Iterator

from ringfence.secrets import checks, values
from ringfence.secrets.lines import is_somebody
from ringfence.secrets.passwords import is_of_somebody
from ringfence.secrets.vocabulary import OF_CODE, USED

#: What stands before a host, and the same in JSON of some writers.
WORDS = ("://", ":\\/\\/")
_ADDRESS = re.compile(
    r"([A-Za-z][A-Za-z0-9+.-]{1,30}):(?://"
    r"|\\/\\/)([^\s:/?#\"'`<>\\]{0,80}):([^\s/:\"'`<>\\]{3,200})@([^\s/\"'`<>:@\\]{1,200})"
)
#: Who logs in stands before the first `@`, and before any path.
_LOGIN = re.compile(r"[^\s/\"'`<>\\@]{1,290}@")
_LITERAL = re.compile(
    r"^[$<{*\[]|\$\{|\$\(|\{\{|%\(|^%(?![2-7][0-9A-Fa-f])|[*]{3}"
    r"|^(?:pass(?:word|wd)?|pwd?|secret|token|user(?:name)?|xxx+|\.+|test|changeme|guest|root|admin|postgres"
    r"|contrase\w{1,3}|usuario|senha|passwort"
    r"|(?:api|app|auth|access|bot|client|account|project|private|secret)[_-]?(?:key|id|sid|token|secret)|x-oauth-\w+"
    r"|x-access-token|[a-z]{2,20}[-_](?:password|passwd|secret))$"
    r"|(?-i:^[A-Z]+(?:_[A-Z]+)+$|^My[A-Z]\w+$)|\]$|^\d{2,5}\?",
    re.IGNORECASE,
)


def told(text: str, exact: dict[str, list[int]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of what the addresses of a text tell. `exact`: where words stand in it."""
    if "@" not in text:
        return
    for sign in WORDS:
        for at in exact.get(sign, ()):
            if _LOGIN.match(text, at + len(sign)) is None:
                continue
            scheme = _scheme(text, at)
            alone = _ALONE.match(text, scheme)
            if alone and not _OF_REPORTS.search(alone["host"]) and _is_token(alone["value"]):
                yield *alone.span("value"), "a token in an address"
                continue
            found = _ADDRESS.match(text, scheme)
            if found and _opens(found):
                yield found.start(3), found.end(3), "a password in an address"


def _opens(found: re.Match[str]) -> bool:
    """Whether what stands in an address is a password, and somebody's. A name that is its own password opens no host of nobody."""
    scheme, user, said, host = found[1].lower(), found[2], found[3], found[4].lower()
    if user.isalpha() and said.isalpha() and (user + said).isupper():
        return False  # what is to be filled in
    if _OF_STORES.match(scheme) and _is_used(user, said):
        return host not in ("host", "hostname")
    if user == said and (_AFAR.search(host) is None or len(said) < 6):
        return False
    afar = said.isdigit() and scheme not in _OF_PAGES and len(set(said)) > 2 and _AFAR.search(host) is not None
    return ((afar and len(said) > 3) or _is_password(said)) and not _is_example(host, said)


#: Addresses of databases and queues: nobody but their accounts logs in there.
_OF_STORES = re.compile(
    r"(?:postgres|mysql|mariadb|mongodb|rediss?|amqp|mssql|sqlserver|oracle|clickhouse|cockroach|pgsql|neo4j|bolt|db2|nats|ldap)",
)


def _is_used(user: str, said: str) -> bool:
    """Whether a password of words is that of an account that has a name of its own: `root:root`, `shop:shop_password`."""
    folded = user.lower()
    if folded == said == "guest":
        return False  # of whoever stands beside a queue
    if not is_somebody(folded) or not user.isascii() or not said.isascii() or not re.fullmatch(r"[\w.-]+", user):
        return False
    if said.isdigit():
        return len(said) > 3
    if said.lower() in USED:
        return not said.isupper()
    if said == user:
        return len(said) > 2 and said.islower() and folded not in OF_CODE
    return is_of_somebody(said)


_OF_PAGES = frozenset(("http", "https", "ws", "wss", "tcp", "ssl", "tls", "udp"))
#: A host that is somewhere in the world.
_AFAR = re.compile(
    r"[a-z0-9-]\.(?!example|local|test|internal|invalid)[a-z]{2,}(?::|$)"
    r"|^(?!0\.|10\.|127\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|1\.2\.3\.4)"
    r"\d{1,3}(?:\.\d{1,3}){3}(?::|$)"
)


#: A token alone, as hosts of code take it for somebody's name.
_ALONE = re.compile(
    r"https?:(?://|\\/\\/)(?P<value>[A-Za-z0-9_-]{20,200})(?::x-oauth-basic"
    r"|:)?@(?P<host>[\w.-]{3,200})(?!(?::\d{1,5})?/\d{1,20}\b)(?=[^\w.-]|\Z)"
)
#: Whose addresses hold keys that everybody may know; others of the kind end in a number.
_OF_REPORTS = re.compile(r"sentry|ingest|bugsink|glitchtip", re.IGNORECASE)


def _is_token(said: str) -> bool:
    return checks.drawn(said) and values.is_secret(values.TOKEN, said, quoted=True)


def _is_example(host: str, password: str) -> bool:
    """Whether an address is nobody's: what is mixed of more than letters may be a password there, too."""
    if host not in ("example.com", "host", "hostname"):
        return False
    return password.isalnum() or not any(one.isdigit() for one in password)


def _scheme(text: str, at: int) -> int:
    start = at
    while start > 0 and at - start < 31 and (text[start - 1].isalnum() or text[start - 1] in "+.-"):
        start -= 1
    while start < at and not text[start].isalpha():
        start += 1
    return start


def _is_password(said: str) -> bool:
    if said.isdigit() and (len(said) < 6 or len(set(said)) < 5 or said in "01234567890"):
        return False
    return _LITERAL.search(said) is None and not values.is_nothing(said)
