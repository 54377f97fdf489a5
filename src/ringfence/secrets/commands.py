"""Secrets that programs are told in notes and scripts, by the program: one line a way to tell."""

import re
from collections.abc import Iterator

from ringfence.secrets import values

_VALUE = r"[\"']?(?P<value>[^\s\"'$<>{}()|;&`-][^\s\"'|;&]{3,100})"
_SMALL = re.compile(rf"\s-p[ \t]{{1,3}}{_VALUE}")
_LARGE = re.compile(rf"\s-P[ \t]{{0,3}}{_VALUE}")
_JOINED = re.compile(rf"\s-p{_VALUE}")
_SHARED = re.compile(r"\s-U[ ]?[\"']?[^\s%\"']{1,60}%(?P<value>[^\s\"'%]{4,60})")
_ORACLE = re.compile(r"\s[\"']?[A-Za-z][\w$#]{1,30}/(?P<value>[^\s\"'/@$&]{4,60})(?=@|[\"'\s]|$)")
_PIPED = re.compile(
    r"\becho[ ](?:-[neE]{1,3}[ ])?[\"']?(?P<value>[^\s\"'|$`]{4,200})[\"']?[ ]?\|[ "
    r"]?(?:sudo[ ])?(?:[\w.-]{1,30}[ ][^\n|]{0,120}(?:--password-stdin|--with-token)|sudo[ ](?:-\w{1,8}[ ]){0,3}-S\b"
    r"|sudo[ ]-\w{0,4}S\b)"
)
#: By a word in lower case.
_ROWS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *((word, re.compile(
        rf"https?[ ][^\n]{{0,100}}?(?:-a|--auth)[ =][\"']?[^\s:\"']{{1,60}}:{_VALUE}"
    )) for word in ("http -a", "https -a", " --auth")),
    ("openssl ", re.compile(rf"openssl[ ](?:enc|aes\S{{0,20}}|des\S{{0,20}})[ ][^\n]{{0,200}}?\s-k[ ]{_VALUE}")),
    ("password-stdin", _PIPED),
    ("--with-token", _PIPED),
    ("sudo -s", _PIPED),
    ("net use ", re.compile((
        r"net use [^\n]{0,60}?\\\\[^\s\\]{1,60}\\\S{1,60}[ ](?P<value>[^\s/*]{4,60})(?=[ ]/|\s*$)"
    ), re.MULTILINE | re.IGNORECASE)),
    ("schtasks", re.compile(rf"\s/rp[ ]{_VALUE}", re.IGNORECASE)),
    ("xfreerdp", re.compile(rf"\s/p:{_VALUE}")),
    *((word, _LARGE) for word in ("mosquitto_pub", "mosquitto_sub", "sqlcmd ", "bcp ", "ipmitool ", "zip -p", "isql ", "tsql ")),
    *((word, _JOINED) for word in ("7z ", "7za ", "7zz ")),
    *((word, _SMALL) for word in ("cqlsh ", "rdesktop ", "crackmapexec ", "netexec ", "twine upload", "evil-winrm ", "useradd ", "usermod ")),
    *((word, _SHARED) for word in ("winexe ", "rpcclient ", "smbget ", "smbpasswd ")),
    *((word, _ORACLE) for word in ("sqlplus ", "impdp ", "expdp ", "sqlldr ", "rman target")),
    ("oracle:thin:", re.compile(r"oracle:thin:[A-Za-z][\w$#]{1,30}/(?P<value>[^\s\"'/@$&{]{4,60})@")),
    ("mysqladmin ", re.compile(rf"mysqladmin[ ][^\n]{{0,100}}?\bpassword[ ]{_VALUE}")),
    ("wpa_passphrase ", re.compile(rf"wpa_passphrase[ ]\S{{1,60}}[ ]{_VALUE}")),
    ("sp_addlogin", re.compile((
        r"sp_addlogin\s{1,4}(?:@\w{1,20}\s?=\s?)?N?'[^'\n]{1,60}',\s{0,4}(?:@\w{1,20}\s?=\s?)?N?'"
        r"(?P<value>[^'\n]{4,100})'"
    ), re.IGNORECASE)),
    ("rabbitmqctl ", re.compile(rf"rabbitmqctl[ ](?:add_user|change_password)[ ]\S{{1,60}}[ ]{_VALUE}")),
    ("lftp ", re.compile(r"\s-u[ ][\"']?[^\s,\"']{1,60},(?P<value>[^\s\"'$]{4,60})")),
    ("vault login", re.compile(r"vault login (?:-\S{1,40} ){0,3}(?:token=)?(?P<value>[a-z]{1,4}\.[A-Za-z0-9]{20,})")),
    ("--from-literal", re.compile(
        r"--from-literal[= ][\"']?(?P<name>[\w.-]{2,60})=[\"']?(?P<value>[^\s\"'$<{]{4,200})"
    )),
    ("gh secret set", re.compile(rf"gh secret set[ ][^\n]{{0,80}}?(?:--body|-b)[ =]{_VALUE}")),
    ("nmcli ", re.compile(rf"\spassword[ ]{_VALUE}")),
    *((word, re.compile(rf"\s-[AX][ ]{_VALUE}")) for word in ("snmpget ", "snmpwalk ", "snmpset ", "snmpbulkwalk ")),
    *((word, re.compile((
        r"^[ \t]*(?:setenv|set[ ]-\w{1,4}|ENV"
        r"|ARG)[ ](?P<name>[A-Za-z_]\w{2,60})[ ]{1,4}[\"']?(?P<value>[^\s\"'$<{(=]{4,200})[\"']?[ \t\r]*$"
    ), re.MULTILINE)) for word in ("setenv ", "set -x ", "set -gx ", "set -ux ", "env ", "arg ")),
    *((word, re.compile(
        r"\s(?:[\w.-]{1,40}/)?[\w.-]{1,40}:(?P<value>[^\s@:/\"']{4,60})@[\w.-]{2,}"
    )) for word in ("secretsdump", "wmiexec", "smbexec", "atexec")),
)  # fmt: skip
_PATTERNS = dict(_ROWS)
WORDS = tuple(_PATTERNS)
#: Characters of one command.
_COMMAND = 600


def told(text: str, folded: dict[str, list[int]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of what commands tell. `folded`: where words stand in the text in lower case."""
    for word in [one for one in folded if one in _PATTERNS]:
        pattern, behind = _PATTERNS[word], 0
        for at in folded[word]:
            if at < behind:
                continue
            start = text.rfind("\n", max(at - 300, 0), at) + 1
            behind = _end(text, at)
            for found in pattern.finditer(text, start, behind):
                name = found["name"] if "name" in pattern.groupindex else "password"
                kind, value = values.class_of(name), found["value"]
                # What has no digit may be anything else that a command is told.
                if kind is None or not any(one.isdigit() for one in value) or value.isdigit():
                    continue
                if values.is_secret(values.PASSWORD, value, quoted=True, told=True):
                    yield *found.span("value"), "a password" if kind == values.PASSWORD else "a key or token"


def _end(text: str, at: int) -> int:
    """The end of a command, over lines that a backslash continues."""
    limit = min(at + _COMMAND, len(text))
    end = text.find("\n", at, limit)
    while end > at and text[end - 1] in "\\^`":
        end = text.find("\n", end + 1, limit)
    return limit if end < 0 else end
