"""What is assigned to a telling name, in the many ways of languages and configuration files."""

import re
from collections.abc import Iterator

from ringfence.secrets import checks, values

#: Words of which one stands in every telling name, lower case.
_WORDS = (
    "pass",
    "pwd",
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
    "pw=",
    "pw:",
)
_LINE = 1200
_LINES = 20_000
#: Lines longer than this are minified, data, or generated: only forms count there.
_MINIFIED = 5000

#: What may follow a telling word where something is assigned to it.
_FOLLOWS = re.compile(
    r"[\w.-]{0,40}[\"'`\\\])]{0,4}[ \t]{0,20}(?:=>|:=|==|->|\?=|[:=,(>?|]|is |to |(?=[\"'`])|[A-Za-z]{4,8} [A-Za-z0-9+/=._~-]{8})"
    r"[ \t]{0,20}[^\s)\]}]{2}"
)
_NAME = (
    r"[A-Za-z0-9_.$-]{0,50}(?i:pass|pwd|psw|pw|secret|token|key|auth|cred|bearer|salt|nonce|seed|cookie|\botp|\bpin)"
    r"[A-Za-z0-9_.-]{0,40}"
)
_QUOTED = re.compile(
    rf"(?P<name>{_NAME})(?:[\"'`\])]|\\\"){{0,3}}[ \t]{{0,20}}(?::[ \t]{{0,4}}[A-Za-z_][\w.<>\[\], |?]{{0,40}}?)?[ \t]{{0,20}}"
    r"(?:=>|:=|->|\?=|\|\|=|[:=,(]|\bis\b|\bto\b|==|[ \t])[ \t]{0,20}(?:[A-Za-z_.]{0,30}\()?(?:[bBrRuUfFL@$]{0,2})?"
    r"(?P<quote>\\?[\"'`])(?P<value>(?:(?!(?P=quote))[^\n]){4,400}?)(?P=quote)"
)
_BARE = re.compile(
    rf"(?:^|[\s;,&:\"'])(?P<name>(?:export |set |ENV |ARG |-D|--?)?{_NAME})[\"']?[ \t]{{0,10}}(?::=|\?=|[:=])[ \t]{{0,10}}"
    r"(?P<value>[^\s\"'`<>,;(){}\[\]]{4,400})(?=[\s,;\"'`}\])<&]|\\n|$)"
)
_ELEMENT = re.compile(
    rf"<(?P<name>{_NAME})(?: [^<>\n]{{0,100}})?>(?P<value>[^<>\n]{{4,400}})</|(?:key|name)=\"(?P<name2>{_NAME})\"[^<>\n]{{0,60}}value=\"(?P<value2>[^\"\n]{{4,400}})\""
    rf"|(?:key|name)=\"(?P<name3>{_NAME})\"[^<>\n]{{0,60}}>(?P<value3>[^<>\n]{{4,400}})</"
)
_OPTION = re.compile(
    r"(?<![\w-])--?(?P<name>[A-Za-z][A-Za-z0-9-]{1,40})[ \t]{1,4}[\"']?(?P<value>[^\s\"'`<>;|&$(){}]{4,200})"
)
_CONNECTION = re.compile(r"(?i:(?<![A-Za-z])(?:password|pwd))[ ]?=[ ]?(?P<value>[^;\"'\s$<{%\[(]{4,100})(?=[;\"'])")
_PAIR = re.compile(r"auth[ ]?=[ ]?\([ ]?[\"'][^\"'\n]{1,80}[\"'],[ ]?[\"'](?P<value>[^\"'\n]{4,100})[\"']")
_SQL = re.compile(r"(?i:identified by|with password|set password =)[ ](?:password\()?'(?P<value>[^'\n]{4,100})'")
_DIRECTIVE = re.compile(
    r"^[ \t]*(?:requirepass|masterauth|rpcpassword|bindpw)[ \t=]+[\"']?(?P<value>[^\s\"']{4,200})", re.MULTILINE
)
_USER = re.compile(
    r"(?:curl|wget|http)\b[^\n]{0,300}?(?:-u|--user)[ =]{0,2}[\"']?[^\s:\"']{1,60}:(?P<value>[^\s\"'@$<{]{4,100})"
)
_HEADER = re.compile(
    r"(?i:authorization)[\"']?[ \t]{0,4}[:=,][ \t]{0,4}[\"']?(?i:(?P<scheme>basic|bearer|token|apikey)) (?P<value>[A-Za-z0-9+/=_.~-]{8,2000})"
)
_NETRC = re.compile(
    r"\bmachine[ \t]+\S{1,200}[ \t\r\n]+login[ \t]+\S{1,200}[ \t\r\n]+password[ \t]+(?P<value>\S{4,200})"
)
_PGPASS = re.compile(r"^[^\s:#]{1,200}:(?:\d{1,5}|\*):[^\s:]{1,100}:[^\s:]{1,100}:(?P<value>\S{3,200})$", re.MULTILINE)
_HTPASSWD = re.compile(r"^[^\s:#]{1,100}:(?P<value>\$(?:apr1|2[aby]|5|6)\$\S{10,200}|\{SHA\}\S{20,60})$", re.MULTILINE)
_DOCKER = re.compile(r"\"auth\"[ \t]{0,4}:[ \t]{0,4}\"(?P<value>[A-Za-z0-9+/]{8,400}={0,2})\"")

#: What is looked for in the whole text, by words that are no telling names.
_WITHOUT_NAMES = (
    (("curl ", "wget "), _USER),
    (("dentified by", "DENTIFIED BY"), _SQL),
    (("requirepass", "masterauth"), _DIRECTIVE),
)
_CONFIGURATION = (
    ".env", ".ini", ".cfg", ".conf", ".cnf", ".config", ".properties", ".toml", ".yaml", ".yml", ".tfvars", ".netrc", ".npmrc",
    ".pypirc", ".envrc", ".sh", ".bash", ".zsh", ".profile", ".bat", ".cmd", ".ps1", ".txt", ".log", ".service", ".plist", ".md",
    ".rst", ".csv", ".sql", ".http", ".rest", ".dockerfile", ".credentials", ".secrets",
)  # fmt: skip
_LOCKS = re.compile(
    r"(?:package-lock|npm-shrinkwrap|composer|pnpm-lock|yarn|poetry|pdm|uv|cargo|gemfile|pipfile|podfile|mix|flake|bun)[.-]?(?:lock)?(?:\.json|\.ya?ml|\.lock|b)?$"
    r"|go\.sum$|gradle\.lockfile$|\.min\.(?:js|css)$|\.(?:svg|map|snap|lock|po|pot|xliff?|resx|ipynb|wasm|pem|crt|cer|sum)$",
    re.IGNORECASE,
)


def assigned(text: str, name: str = "") -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of the values under telling names."""
    base = name.rpartition("/")[2].lower()
    yield from _special(text, base)
    if _LOCKS.search(base):
        return
    bare = not base or "." not in base or base.startswith(".") or base.endswith(_CONFIGURATION)
    for start, end in _lines(text):
        yield from _in_line(text, start, end, bare=bare)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines, or stretches of long ones, in which a telling word stands."""
    folded = text.lower()
    if len(folded) != len(text):  # some letters change their length
        folded = text
    seen = set[int]()
    for word in _WORDS:
        at = folded.find(word)
        while at >= 0:
            start = text.rfind("\n", max(at - _MINIFIED, 0), at) + 1
            end = text.find("\n", at, at + _MINIFIED)
            end = min(at + _MINIFIED, len(text)) if end < 0 else end
            if end - start < _MINIFIED and start not in seen:
                if _FOLLOWS.match(text, at + len(word)) or text.find(" -", start, at) >= 0:
                    seen.add(start)
                    yield max(start, at - _LINE), min(end, at + _LINE)
                    if len(seen) > _LINES:
                        return
                    at = end
            elif start in seen or end - start >= _MINIFIED:
                at = end
            at = folded.find(word, at + 1)


def _in_line(text: str, start: int, end: int, *, bare: bool) -> Iterator[tuple[int, int, str]]:
    line = text[start:end]
    taken = list[tuple[int, int]]()
    patterns = list(_patterns(line, bare=bare))
    for pattern, quoted in patterns:
        for found in pattern.finditer(line):
            where = _judged(found, quoted=quoted, line=line, pattern=pattern)
            if where is not None and not any(where[0] < b and a < where[1] for a, b in taken):
                taken.append(where)
                kind = (
                    "a password" if values.class_of(_name(found) or "password") == values.PASSWORD else "a key or token"
                )
                yield start + where[0], start + where[1], kind


def _patterns(line: str, *, bare: bool) -> Iterator[tuple[re.Pattern[str], bool]]:
    """What a line may match, by the characters that it has; and whether the values are written as texts."""
    if "uthoriz" in line or "UTHORIZ" in line:
        yield _HEADER, True
    if ";" in line and "=" in line:
        yield _CONNECTION, True
    if "auth" in line and "(" in line:
        yield _PAIR, True
    if " '" in line and ("assword" in line or "ASSWORD" in line):
        yield _SQL, True
    if '"' in line or "'" in line or "`" in line:
        yield _QUOTED, True
    if "<" in line or "name=" in line or "key=" in line:
        yield _ELEMENT, True
    if bare and ("=" in line or ":" in line):
        yield _BARE, False
    if " -" in line or line.startswith("-"):
        yield _OPTION, False


def _name(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return groups.get("name") or groups.get("name2") or groups.get("name3") or ""


def _judged(found: re.Match[str], *, quoted: bool, line: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Where a match's value stands, if it is a secret."""
    groups = found.groupdict()
    which = next((one for one in ("value", "value2", "value3") if groups.get(one)), None)
    if which is None:
        return None
    value = found[which]
    if pattern is _HEADER:
        return found.span(which) if _header(groups["scheme"].lower(), value) else None
    if pattern in (_CONNECTION, _PAIR, _SQL):
        return found.span(which) if values.is_secret(values.PASSWORD, value, quoted=True) else None
    kind = values.class_of(_name(found).removeprefix("export ").removeprefix("set "))
    if kind is None:
        return None
    weak = kind == values.KEY or (kind == values.PASSWORD and not _bare_password(value))
    if weak and pattern in (_BARE, _OPTION):
        return None
    if quoted and pattern is _QUOTED and _is_comparison(line, found):
        return None
    return found.span(which) if values.is_secret(kind, value, quoted=quoted) else None


def _bare_password(value: str) -> bool:
    """What stands without quotes under a password's name is a secret where it is no word."""
    mixed = any(c.isdigit() for c in value) or any(not c.isalnum() and c not in "._-" for c in value)
    return mixed or values.looks_drawn(value)


#: Names that a value may follow with nothing between.
_STATEMENT = re.compile(r"(?:password|passwd|secret|token|api_?key)$", re.IGNORECASE)


def _is_comparison(line: str, found: re.Match[str]) -> bool:
    """Texts beside each other are a list; only the first two of a call are a name and its value (`put("password", "x")`)."""
    between = line[found.end("name") : found.start("quote")]
    if not between.strip(" \t\"'`)]rbuf@$"):
        return _STATEMENT.search(found["name"]) is None
    if "," not in between:
        return False
    before = line[: found.start("name")].rstrip("\"'`")
    return not (before.endswith("(") and before[:-1].rstrip()[-1:].isalnum() and between[:1] in "\"'`")


def _header(scheme: str, value: str) -> bool:
    if scheme == "basic":
        said = checks.decoded(value)
        return (
            said is not None and ":" in said and values.is_secret(values.PASSWORD, said.partition(":")[2], quoted=True)
        )
    return values.is_secret(values.TOKEN, value, quoted=True)


def _special(text: str, base: str) -> Iterator[tuple[int, int, str]]:
    """Files and commands whose lines mean something of their own."""
    for words, pattern in _WITHOUT_NAMES:
        if any(word in text for word in words):
            for found in pattern.finditer(text):
                if values.is_secret(values.PASSWORD, found["value"], quoted=True):
                    yield *found.span("value"), "a password"
    for pattern, kind in _of_file(text, base):
        for found in pattern.finditer(text):
            yield *found.span("value"), kind
    if '"auths"' in text or base in (".dockercfg", ".dockerconfigjson"):
        yield from _registries(text)


def _of_file(text: str, base: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """What the lines of a file of this name are."""
    if "machine" in text and "login" in text:
        yield _NETRC, "a password"
    if base in (".pgpass", "pgpass", "pgpass.conf"):
        yield _PGPASS, "a password"
    if base.endswith("htpasswd"):
        yield _HTPASSWD, "a password's hash"


def _registries(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _DOCKER.finditer(text):
        said = checks.decoded(found["value"])
        if said is not None and ":" in said and len(said.partition(":")[2]) > 3:
            yield *found.span("value"), "a registry's password"
