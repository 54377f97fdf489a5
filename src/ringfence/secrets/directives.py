"""Secrets that no telling name announces: commands, calls and files whose lines mean something of their own."""

import re
from collections.abc import Iterable, Iterator

from ringfence.secrets import checks, easy, values
from ringfence.secrets.passwords import is_two_words
from ringfence.secrets.vocabulary import ALGORITHM, USED, WEAK

#: Characters of one command.
_COMMAND = 1500

_USER = re.compile(
    r"\s(?:-[a-zA-Z]{0,3}[uU]|--user"
    r"|--proxy-user)[ \t=]{0,4}[\"']?[^\s:\"']{0,80}[\"']?:[\"']?(?P<value>[^\s\"']{3,100})"
)
_VALUE = r"[\"']?(?P<value>[^\s\"'$<>{}()|;&`-][^\s\"']{2,100})"
_REMOTE = re.compile(rf"\s-p[ \t]{{1,3}}{_VALUE}")
_JOINED = re.compile(rf"\s-p[ \t]?{_VALUE}")
#: Where a blank between would make it something else.
_CLOSE = re.compile(rf"\s-p{_VALUE}")
_CACHE = re.compile(rf"\s-a[ \t]{{1,3}}{_VALUE}")
_BIND = re.compile(rf"\s-w[ \t]{{1,3}}{_VALUE}")
_SQL = re.compile(
    r"(?i:(?<!index )(?<!key )(?<!is )(?<!are )(?<!be )(?<!, )identified "
    r"(?:with \S{1,40} )?(?:by|as)(?=[ ]{1,4}\S{0,10}')|(?:login|encrypted|with|(?:user|role) \S{1,60}) password"
    r"|(?:user|role|grant)\b[^\n]{1,90} identified by|set password(?: for \S{1,60})? ?=)"
    r"[ ]{0,4}(?:=[ ]?)?N?(?i:password\()?\\?['\"](?P<value>[^'\"\n]{4,100})['\"]"
)
_DIRECTIVE = re.compile(
    r"(?:^[ \t]*[\"']?|[ ]--)(?:(?:requirepass|masterauth|rpcpassword|bindpw)[ \t=]+"
    r"|userPassword: )[\"']?(?P<value>[^\s\"'<;\\]{4,200})",
    re.MULTILINE,
)
#: The lines of switches and routers; a digit before the value says how it is disguised.
_DEVICE = re.compile(
    r"^[ \t]*(?:enable (?:password|secret)(?: level \d{1,2})?"
    r"|username \S{1,60}(?: privilege \d{1,2})? (?:password|secret)|snmp-server community|pac key|key-string"
    r"|pre-shared-key|(?:tacacs|radius)-server key|crypto isakmp key)"
    r"(?: \d)? (?P<value>\S{4,128})",
    re.MULTILINE,
)
_CALL = re.compile(
    r"(?:NetworkCredential|[bB]asic_?[aA]uth\w{0,20}|BasicAuthenticationHeaderValue|UsernamePassword\w{0,30}"
    r"|PasswordAuthentication|PlainTextAuthProvider|[sS]etCredentials|\.login|\.authenticate"
    r"|DirectoryEntry)[( ][ \t]*(?:\"[^\"\n]{1,100}\"[ \t]*,\s{0,40}(?=\"[^\"\n]{1,100}\"[ \t]*,))?"
    r"[\"'][^\"'\n]{1,100}[\"'][ \t]*,\s{0,40}[\"'](?P<value>[^\"'\n]{4,100})[\"'][ \t]*(?:[,)\r\n]|\Z)"
)
#: Somebody whose name is worked out, and a password with a digit.
_LOGIN = re.compile(r"\.login\([\w.]{1,60},[ ]?[\"'](?P<value>(?=[^\"'\n]{0,60}\d)[^\"'\s]{6,60})[\"']")
#: A function that tests have for it, perhaps with what it is to be done in.
_LOGGED = re.compile(
    r"(?<![\w.])(?:log_?[iI]n|sign_?[iI]n|authenticate|login_?[aA]s)\([ ]?(?:\w{1,20},[ ]?)?"
    r"[\"'][^\"'\n]{1,100}[\"'],[ ]?[\"'](?P<value>(?=[^\"'\n]{0,60}\d)[^\"'\s]{6,60})[\"']"
)
#: The same by whatever name, with who is logged in.
_LOGS_IN = re.compile(
    r"(?:log_?in|sign_?in|log_?in_?as)\([ ]?(?P<user>[\"'][^\"'\n]{1,60}[\"']),[ ]?[\"'](?P<value>[^\s\"']{2,60})[\"'][ ]?[,)]",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(r"PasswordCredentialsImpl\((?:[^,()\n]{1,80},){4}[ ]?[\"'](?P<value>[^\"'\n]{4,100})[\"']")
_LINKED = re.compile(r"identified by (?P<value>[A-Za-z_$#][\w$#]{0,60}[0-9][\w$#]{0,60})(?=[\s;]|$)", re.IGNORECASE)
#: A name and its value as members of their own, in lines or in one.
_NAMES = (
    r"[\"']?(?:name|Name|key|Key"
    r"|ParameterKey)[\"']?[ \t]{0,20}[:=][ \t]{0,4}[\"']?(?P<name>[A-Za-z0-9_.-]{3,100})[\"']?"
)
_VALUES = (
    r"[\"']?(?:value|Value|ParameterValue)[\"']?[ \t]{0,20}[:=][ \t]{0,4}"
    r"(?:(?P<quote>[\"'])(?P<quoted>[^\s\"']{6,2000})(?P=quote)|(?P<bare>[^\s\"'{}\[\],]{6,2000}))"
)
_BETWEEN = r"(?:[ \t]{0,20},\s{0,60}|\s{1,60})"
_NAME = re.compile(r"(?<![\w-])[\"']?(?:name|Name|key|Key|ParameterKey)[\"']?[ \t]{0,20}[:=]")
#: What else may be said of it before its value.
_OTHERS = r"(?:,\s{0,60}\"\w{1,20}\"[ ]?:[ ]?(?:\"[^\"\n]{0,60}\"|\w{1,10})){0,3}"
_NAME_FIRST = re.compile(rf"(?<![\w-]){_NAMES}{_OTHERS}{_BETWEEN}{_VALUES}")
#: Only at the beginning of something, so that it is not the value of what stands before.
_VALUE_FIRST = re.compile(
    rf"(?:[{{\[(]|^[ \t]{{0,60}}-|<\w{{1,30}})\s{{0,60}}{_VALUES}{_BETWEEN}{_NAMES}", re.MULTILINE
)
_IN_LONG = re.compile(
    r"[A-Za-z0-9_.-]{0,60}\"[ ]?,[ ]?\"(?:v|V|ParameterV)alue\"[ ]?:[ ]?\"(?P<value>[^\"\\\s]{6,2000})\""
)
OF_VALUES = "alue"
_GIVEN = re.compile(r"alue[\"']?[ \t]{0,20}[:=]")
_NAMED = re.compile(r"(?:[nN]ame|[kK]ey)[\"']?[ \t]{0,20}[:=][ \t]{0,4}[\"']?[\w.-]{0,50}\Z")
#: Characters before a name in which its value is looked for.
_BACK = 420
_NETRC = re.compile(
    r"\bmachine[ \t]+\S{1,200}[ \t\r\n]+login[ \t]+\S{1,200}(?:[ \t\r\n]+port[ \t]+\S{1,20})?[ \t\r\n]+password[ "
    r"\t]+(?P<value>\S{4,200})"
)
_PGPASS = re.compile(r"^[^\s:#]{1,200}:(?:\d{1,5}|\*):[^\s:]{1,100}:[^\s:]{1,100}:(?P<value>\S{3,200})$", re.MULTILINE)
_HTPASSWD = re.compile(r"^[^\s:#]{1,100}:(?P<value>\$(?:apr1|2[aby]|5|6)\$\S{10,200}|\{SHA\}\S{20,60})$", re.MULTILINE)
_SECURED = re.compile(
    r"(?i:ConvertTo-SecureString)\s{1,4}(?:-\w{1,20}\s{1,4}){0,3}[\"'](?P<value>[^\"'\n]{4,200})[\"']"
)
#: A name and a password, or a key, among what a call is given.
_CONNECTS = re.compile(
    r"(?:mysqli?_connect|MySQLdb\.connect|new PDO|new mysqli"
    r"|\.getConnection)\([ \t]*[^,\n]{1,200},[ \t]*(?P<user>[^,\n]{1,100}),[ \t]*"
    r"[\"'](?P<value>[^\"'\n]{2,100})[\"']"
)
_SIGNS = re.compile(
    r"(?:jwt\.(?:sign|verify|encode|decode)\([^,\n]{1,100},|createHmac\([\"'][\w-]{2,10}[\"'],|hmac\.new\(|Fernet\("
    r"|cookieParser\()"
    r"[ ]?b?[\"'](?P<value>[^\"'\n]{4,200})[\"']"
)
#: What opens a key for OpenSSL, what the root of MySQL is given, and the answer to an installer's question.
_OPENSSL = re.compile(r"(?:(?<=-passin)|(?<=-passout)|(?<=-pass))[ ]pass:(?P<value>[^\s\"'$`\\]{4,100})")
_ROOT = re.compile(
    r"mysqladmin\b[^\n|;&]{0,120}?\spassword[ ]{1,4}[\"']?(?P<value>[^\s\"'$`;|&<>-][^\s\"'$`;|&<>]{3,60})"
)
_ANSWER = re.compile(
    r"\S/[\w.-]{0,60}(?:pass|password|again)[ \t]{1,4}password[ \t]{1,4}(?P<value>[^\s\"'$`<>]{4,60})", re.IGNORECASE
)
#: Somebody who is made in a test, with a password that is mixed.
_MADE = re.compile(
    r"(?<![\w.])(?:[A-Z]\w{0,20})?(?:User|Account|Credentials?|LoginRequest)\([ ]?\"[^\"\n]{1,60}\",[ ]?"
    r"\"(?P<value>(?=[^\"]{0,40}[0-9])(?=[^\"]{0,40}[A-Z!@#$%^&*])(?=[^\"]{0,40}[a-z])[^\"\s./:-]{6,40})\"[ ]?[,)]"
)
#: What sessions are signed with may be words.
_SESSIONS = re.compile(
    r"session\(\s{0,20}\{[^{}]{0,200}?\bsecret:[ ]?(?:process\.env\.\w{1,60} (?:\|\||\?\?) )?[\"'`](?P<value>[^\"'`\n]{4,100})[\"'`]",
    re.IGNORECASE,
)
_FLASK = re.compile(
    r"app\.(?:secret_key|config\[[\"']\w{0,20}SECRET_KEY[\"']\])[ ]?=[ ]?[\"'](?P<value>[^\"'\n]{4,100})[\"']",
    re.IGNORECASE,
)
#: What nodes of Erlang know each other by.
_NODES = re.compile(r"-setcookie[ ]{1,4}[\"']?(?P<value>[A-Za-z0-9_-]{12,80})")
_GO = re.compile(r"[\"'`][^\s:@\"'/]{1,60}:(?P<value>[^\s@\"'/]{3,100})@(?:tcp|unix)\(")
#: What passwords are set with.
_PIPED = re.compile(
    r"echo[ ](?:-n )?[\"']?(?:[^\s:\"']{1,60}:(?=[^\n]*chpasswd))?(?P<value>[^\s\"'|]{4,100})[\"']?[ ]?\|[ ]?(?:sudo "
    r")?(?:chpasswd|passwd --stdin)"
)
_KEPT = re.compile(
    r"htpasswd[ ]+-\w{0,3}b\w{0,3}[ ]+(?:\S{1,200}[ ]+)?\S{1,60}[ ]+[\"']?(?P<value>[^\s\"']{4,100})[\"']?[ \t]*$",
    re.MULTILINE,
)
#: A network and what opens it; a name and a password on their way into a header.
_WIRELESS = re.compile(r"\([ ]?([\"'])[^\"'\n]{1,40}\1,[ ]?\1(?P<value>[^\"'\n]{8,64})\1")
_ENCODED = re.compile(
    r"echo[ ](?:-ne? )?[\"'][^\s:\"'$]{1,60}:(?P<value>[^\s\"'$]{4,100})[\"'][ ]?\|[ ]?(?:openssl )?base64"
)
_NET = re.compile(r"net user [\w.$%][\w.$%@\\-]{0,60} (?P<value>[^\s/*]{4,60})")
_SHARED = re.compile(r"-U[ ]?[\"']?[^\s%\"']{1,60}%(?P<value>[^\s\"'%]{4,60})")
_CONFIGURED = re.compile(
    r"configure set [\w.]{0,40}(?:secret|token|password)\w{0,20}[ ]+[\"']?(?P<value>[^\s\"'$]{16,200})"
)
_NPMRC = re.compile(
    r"^[^\s=#;]{0,200}:?_(?:auth|authToken|password)[ ]?=[ ]?[\"']?(?P<value>[^\s\"']{8,2000})", re.MULTILINE
)
_RAILS = re.compile(r"^(?P<value>[0-9a-f]{32})\s*\Z")
_DOCKER = re.compile(r"\"auth\"[ \t]{0,4}:[ \t]{0,4}\"(?P<value>[A-Za-z0-9+/]{8,400}={0,2})\"")

#: What stands in lines with a telling name, by the words of which one is in the line.
_IN_LINES = (
    (("requirepass", "masterauth", "rpcpassword", "bindpw", "userPassword: "), _DIRECTIVE),
    (("enable ", "username ", "pac key ", "key-string ", "-shared-key ", "-server key ", "isakmp key "), _DEVICE),
    (("redential", "asicAuth", "asic_auth", "uthentication(", ".authenticate("), _CALL),
)
#: What stands anywhere, by a word in lower case: in every file, in calls of programs, in notes and configurations.
_COMMON = (
    ("curl ", _USER),
    ("wget ", _USER),
    ("identified ", _SQL),
    ("identified by ", _LINKED),
    ("passwordcredentialsimpl(", _CREDENTIALS),
    ("password '", _SQL),
    ("with password", _SQL),
    ("set password", _SQL),
    ("convertto-securestring", _SECURED),
    ("chpasswd", _PIPED),
    ("passwd --stdin", _PIPED),
    ("htpasswd -", _KEPT),
    ("net user ", _NET),
    ("smbclient ", _SHARED),
    ("configure set ", _CONFIGURED),
    ("wifi.begin(", _WIRELESS),
    ("sta.config(", _WIRELESS),
    (" pass:", _OPENSSL),
    ("mysqladmin ", _ROOT),
    ("-setcookie ", _NODES),
    ("password password ", _ANSWER),
    ("again password ", _ANSWER),
    ("pass password ", _ANSWER),
    ("ap.config(", _WIRELESS),
    (".addap(", _WIRELESS),
    ("| base64", _ENCODED),
    ("|base64", _ENCODED),
    ("@tcp(", _GO),
    ("@unix(", _GO),
)
_CONNECTING = (
    ("mysql_connect(", _CONNECTS), ("mysqli_connect(", _CONNECTS), ("mysqldb.connect(", _CONNECTS), ("new pdo(", _CONNECTS),
    ("new mysqli(", _CONNECTS), (".getconnection(", _CONNECTS), ("jwt.", _SIGNS), ("createhmac(", _SIGNS), ("hmac.new(", _SIGNS),
    ("fernet(", _SIGNS), ("cookieparser(", _SIGNS), ("session(", _SESSIONS),
    ("app.secret_key", _FLASK), ("app.config[", _FLASK),
)  # fmt: skip
_LOGGING = tuple(
    (word, pattern)
    for word in ("login(", "log_in(", "signin(", "sign_in(", "authenticate(", "loginas(", "login_as(")
    for pattern in (_LOGGED, _LOGS_IN)
)
_MAKING = tuple((word, _MADE) for word in ("user(", "account(", "credentials(", "credential(", "loginrequest("))
_IN_PROGRAMS = ((".login(", _CALL), (".login(", _LOGIN), *_LOGGING, *_MAKING, *_CONNECTING)
_IN_DOTNET = ((".login(", _CALL), ("directoryentry(", _CALL), *_LOGGING, *_MAKING, *_CONNECTING)
_IN_NOTES = (
    ("psexec", _REMOTE), ("mongo", _REMOTE), (" login ", _REMOTE), ("mysql", _CLOSE), ("mariadb", _CLOSE), ("sshpass", _JOINED),
    ("redis-cli", _CACHE), ("ldap", _BIND), ("snmp-server", _DEVICE), ("key-string ", _DEVICE), ("server key ", _DEVICE),
    ("isakmp key ", _DEVICE), ("pac key ", _DEVICE), ("requirepass", _DIRECTIVE), ("masterauth", _DIRECTIVE), ("bindpw", _DIRECTIVE),
)  # fmt: skip
#: Those that begin before the word that they are found by.
_OF_A_LINE = (_ANSWER, _MADE, _DEVICE, _SQL, _DIRECTIVE, _PIPED, _KEPT, _GO, _CONNECTS, _ENCODED)
_COMMAND_WORDS = frozenset(word for word, _ in (*_COMMON, *_IN_PROGRAMS, *_IN_DOTNET, *_IN_NOTES))
_LINE_WORDS = frozenset(word.lower() for words, _ in _IN_LINES for word in words)
#: The words, in lower case, of which this is told the places, and those that are looked for as they are.
WORDS = (*_COMMAND_WORDS, *_LINE_WORDS, OF_VALUES)
OF_FILES = ("machine ", "login ", '"auths"')


class Lines:
    """What the lines of a text with a telling name tell in ways of their own. `folded`: where words stand in the text in
    lower case."""

    def __init__(self, text: str, folded: dict[str, list[int]]) -> None:
        self._text, self._valued = text, OF_VALUES in folded
        self._rows = list[tuple[str, re.Pattern[str]]]()
        if not _LINE_WORDS.isdisjoint(folded):
            self._rows = [(word, pattern) for words, pattern in _IN_LINES for word in words if word.lower() in folded]

    def of(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """(start, end, kind) of what is in a line."""
        text = self._text
        for pattern in dict.fromkeys(pattern for word, pattern in self._rows if text.find(word, start, end) >= 0):
            yield from _passwords(text, pattern, start, min(end + 300, len(text)))
        if not self._valued:
            return
        low = max(start - _BACK, 0)
        given = text.find(OF_VALUES, low, end) >= 0 and _GIVEN.search(text, low, end)
        if given or text[end : end + 80].lstrip(" \t\r\n\"'").lower().startswith(("value", "parametervalue")):
            for found in _named_first(text, start, end):
                yield from _member(found)
        if given:
            for found in _VALUE_FIRST.finditer(text, low, end):
                yield from _member(found)


def _named_first(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The members of a line whose name stands before their value."""
    behind = start
    for name in _NAME.finditer(text, start, min(end + 40, len(text))):
        at = name.start()
        if at > end:
            return
        found = _NAME_FIRST.match(text, at, min(end + 2300, len(text))) if at >= behind else None
        if found is not None:
            behind = found.end()
            yield found


def _member(found: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    kind, which = values.class_of(found["name"]), "quoted" if found["quote"] else "bare"
    if "authenticity" in found["name"]:
        return  # of a form, for one request
    if kind is not None and values.is_secret(kind, found[which], quoted=bool(found["quote"])):
        yield *found.span(which), "a password" if kind == values.PASSWORD else "a key or token"


def is_named(text: str, at: int) -> bool:
    """Whether the word at a place stands in the name of a member whose value stands before it."""
    low = max(at - _BACK, 0)
    return (
        text.find(OF_VALUES, low, at) >= 0
        and _GIVEN.search(text, low, at) is not None
        and _NAMED.search(text[max(at - 80, 0) : at]) is not None
    )


def in_long_line(text: str, name: int, at: int) -> Iterator[tuple[int, int, str]]:
    """The value of a member that is named so: the name begins at a place, and has its telling word at another."""
    found = _IN_LONG.match(text, at)
    if found is not None:
        kind = values.class_of(text[name : text.find('"', at)])
        if kind is not None and values.is_secret(kind, found["value"], quoted=True):
            yield *found.span("value"), "a password" if kind == values.PASSWORD else "a key or token"


def commanded(text: str, folded: dict[str, list[int]], base: str, *, bare: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of what commands and calls tell. `folded`: where words stand in the text in lower case;
    `base`: the file's name."""
    if _COMMAND_WORDS.isdisjoint(folded):
        return
    programs = _IN_DOTNET if base.endswith((".cs", ".vb", ".java", ".ps1")) else _IN_PROGRAMS
    for word, pattern in (*_COMMON, *programs, *(_IN_NOTES if bare else ())):
        if word not in folded:
            continue
        for start, end in _commands(text, folded[word]):
            begin = _beginning(text, start) if pattern in _OF_A_LINE else start
            end = start + 400 if pattern is _SESSIONS else end
            yield from _passwords(text, pattern, begin, end)


def _beginning(text: str, at: int) -> int:
    """Where the line of a place begins, if not too far before it."""
    low = max(at - 100, 0)
    return max(text.rfind("\n", low, at) + 1, low)


def of_file(text: str, exact: dict[str, list[int]], base: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of what the lines of a file of this name, in lower case, are. `exact`: where words stand in the text."""
    rows = list[tuple[re.Pattern[str], str]]()
    bare = "." not in base or base.startswith(".") or base.endswith((".txt", ".json", ".yaml", ".yml", ".sh", ".md"))
    if "netrc" in base or "authinfo" in base:
        rows.append((_NETRC, "a password"))
    elif bare and "login " in exact:
        yield from _told_of_machines(text, exact.get("machine ", ()))
    if base.endswith("pgpass") or base == "pgpass.conf":
        rows.append((_PGPASS, "a password"))
    if base.endswith("htpasswd"):
        rows.append((_HTPASSWD, "a password's hash"))
    if base.endswith("npmrc"):
        rows.append((_NPMRC, "a registry's password"))
    if base == "master.key" or base.endswith(".yml.key"):
        rows.append((_RAILS, "a key or token"))
    for pattern, kind in rows:
        for found in pattern.finditer(text):
            if pattern is _HTPASSWD or not values.is_nothing(found["value"]):
                yield *found.span("value"), kind
    if (bare and '"auths"' in exact) or base in (".dockercfg", ".dockerconfigjson"):
        yield from _registries(text)


def _told_of_machines(text: str, places: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    for at in places:
        found = _NETRC.match(text, at)
        if found is not None and not values.is_nothing(found["value"].strip("\"'")):
            yield *found.span("value"), "a password"


def _passwords(text: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for found in pattern.finditer(text, start, end):
        plain = pattern in (_DEVICE, _LOGS_IN) and not any(one.isdigit() for one in found["value"])
        drawn = pattern is _NODES or (pattern is _SIGNS and not _is_chosen(found["value"]))
        kind = values.TOKEN if drawn else values.PASSWORD
        weak = pattern in _OF_ACCOUNTS and found["value"] in USED
        weak = weak or (pattern in (_CONNECTS, _LOGS_IN) and easy.is_told_by(found["user"], found["value"]))
        weak = weak or (pattern is _SIGNS and _is_signed_with(found))
        weak = weak or (pattern is _USER and found["value"] in WEAK)
        weak = weak or (pattern in (_SESSIONS, _FLASK) and not values.stands_for_some(found["value"]))
        # What a login is typed with may be words, written together.
        weak = weak or (pattern is _WIRELESS and found["value"].isdigit())
        weak = weak or (
            pattern in (_JOINED, _SESSIONS, _FLASK)
            and is_two_words(found["value"])
            and not values.is_nothing(found["value"])
        )
        told, whose = pattern is not _DEVICE, pattern in (_SESSIONS, _FLASK, _OPENSSL, _ROOT, _ANSWER)
        if weak or (not plain and values.is_secret(kind, found["value"], quoted=True, told=told, beside=whose)):
            yield *found.span("value"), "a password" if kind == values.PASSWORD else "a key or token"


#: What makes or uses an account: whatever word it is told is its password.
_OF_ACCOUNTS = (_SQL, _CLOSE, _OPENSSL, _ROOT, _ANSWER)


def _is_signed_with(found: re.Match[str]) -> bool:
    """Whether tokens are signed with a text, whatever it says."""
    value = found["value"]
    if not found.group().startswith(("jwt", "cookieParser")) or ALGORITHM.fullmatch(value) or "-----" in value:
        return False
    return value not in easy.UNSET and not values.stands_for_some(value)


def _is_chosen(value: str) -> bool:
    """Whether somebody thought of a key, as of a password."""
    return any(one.isdigit() for one in value) and len(value) < 40 and "-----" not in value


def _commands(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """From where a word stands to the end of the command, over lines that a backslash continues."""
    behind = 0
    for at in places:
        if at < behind:
            continue
        end = text.find("\n", at, at + _COMMAND)
        while end > at and (text[end - 1] in "\\^`" or text[end - 1] in "(,"):
            end = text.find("\n", end + 1, at + _COMMAND)
        behind = min(at + _COMMAND, len(text)) if end < 0 else end
        yield at, behind


def _registries(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _DOCKER.finditer(text):
        said = checks.decoded(found["value"])
        if said is not None and ":" in said and len(said.partition(":")[2]) > 3:
            yield *found.span("value"), "a registry's password"
