"""Lines that hold a secret by what kind of file they stand in: settings of networks, installers, mail, directories."""

import re
from collections.abc import Iterator

from ringfence.secrets import checks, filekinds, values

_PASSWORD = "a password"
#: By a word in lower case that the text has.
_BY_WORD: dict[str, re.Pattern[str]] = {word: re.compile(expression, re.MULTILINE) for word, expression in (
    ("psk", r"^[ \t]*(?:wpa_)?psk[ ]?=[ ]?(?P<quote>[\"']?)(?P<value>(?!ext:)[^\s\"']{8,64})(?P=quote)[ \t\r]*$"),
    ("rootpw", r"^rootpw[ \t]+(?:--plaintext[ \t]+)?(?P<value>[^\s-]\S{3,100})(?:[ \t]+--plaintext)?[ \t\r]*$"),
    ("51:b:", r"^password 51:b:(?P<value>[0-9A-Fa-f]{16,4000})[ \t\r]*$"),
    ("passwd/root-password", r"\bpasswd/root-password(?:-again)?[ \t]+password[ \t]+(?P<value>\S{4,100})"),
    ("passwd/user-password", r"\bpasswd/user-password(?:-again)?[ \t]+password[ \t]+(?P<value>\S{4,100})"),
    ("<auth-user-pass>", r"<auth-user-pass>\s{1,4}[^\s<]{1,80}\s{1,4}(?P<value>[^\s<]{4,100})\s{1,4}</auth-user-pass>"),
    (" on >", r"^user \S{1,60} on (?:[^\n>]{0,60} )?>(?P<value>\S{4,100})"),
    (": psk", r"^[^#\n]{0,200}: PSK \"(?P<value>[^\"\n]{4,200})\""),
    (": eap", r"^[^#\n]{0,200}: (?:EAP|XAUTH|NTLM) \"(?P<value>[^\"\n]{4,200})\""),
    ("insecure-password ", r"^[ \t]*user \S{1,60} insecure-password (?P<value>\S{4,100})"),
    ("auth-pass ", r"^[ \t]*sentinel auth-pass \S{1,60} (?P<value>\S{4,100})"),
    ("superdigest=", r"superDigest=[^\s:]{1,60}:(?P<value>\S{4,100})"),
    ("stats auth ", r"^[ \t]*stats auth [^\s:]{1,60}:(?P<value>\S{4,100})"),
    ("neighbor ", r"^[ \t]*neighbor \S{1,60} password (?:\d )?(?P<value>\S{4,100})[ \t\r]*$"),
    ("rocommunity", r"^[ \t]*rocommunity6?[ \t]+(?P<value>\S{4,60})"),
    ("rwcommunity", r"^[ \t]*rwcommunity6?[ \t]+(?P<value>\S{4,60})"),
    ("createuser ", r"^[ \t]*createUser \S{1,60} \w{2,10} \"?(?P<value>[^\s\"]{8,100})"),
    ("userpassword:: ", r"^userPassword:: (?P<value>[A-Za-z0-9+/]{8,200}={0,2})[ \t\r]*$"),
    ("chpasswd:", r"^[ \t]{1,20}(?:- )?[a-z_][a-z0-9_-]{0,30}:(?P<value>[^\s:{}\[\]\"',]{4,100})[ \t\r]*$"),
)}  # fmt: skip
#: A name and a value with nothing but blanks between.
_DIRECTIVE = re.compile(
    r"^[ \t]*[\w.-]{0,40}(?:(?:password|passwd|passphrase|secret)[ \t]+"
    r"|secret[ \t]*=[ \t]*)\"?(?P<value>[^\s\";=:]{6,100})\"?[ \t\r;]*$",
    re.MULTILINE,
)
#: By the name of the file, in lower case.
_BY_NAME: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple((re.compile(name), re.compile(expression, re.MULTILINE)) for name, expression in (
    (r"sasl[_-]?passwd", r"^\S{1,200}[ \t]+\S{1,100}:(?P<value>\S{4,100})[ \t\r]*$"),
    (r"userlist\.txt$", r"^\"[^\"\n]{1,60}\" \"(?P<value>[^\"\n]{4,100})\"[ \t\r]*$"),
    (r"proxychains4?\.conf$", (
        r"^(?:socks[45]|https?)[ \t]+\S{1,100}[ \t]+\d{1,5}[ \t]+\S{1,60}[ \t]+(?P<value>\S{4,100})"
    )),
    (r"^secrets$", r"^(?:https?://|/)\S{1,200}[ \t]+\S{1,60}[ \t]+\"?(?P<value>[^\s\"]{4,100})\"?[ \t\r]*$"),
    (r"fetchmailrc$", r"\b(?:pass|password)[ ](?:is )?\"(?P<value>[^\"\n]{4,100})\""),
    (r"\.(?:robot|resource)$", (
        r"^\$\{\w{0,40}(?:PASSWORD|PASSWD|PWD|SECRET)\w{0,10}\}[ ]{2,40}(?P<value>[^\s$]{6,100})[ \t\r]*$"
    )),
    (r"(?:chap|pap)-secrets$", r"^[^\s#]{1,100}[ \t]+\S{1,100}[ \t]+\"?(?P<value>[^\s\"*]{4,100})\"?"),
    (r"\.(?:conf|cnf|cfg|ini|inc)$|rc$|^[^.]+$", _DIRECTIVE.pattern),
))  # fmt: skip
_ANY_NAME = re.compile("|".join(name.pattern for name, _ in _BY_NAME))
_HASHED = re.compile(
    r"^[^\s:#]{1,100}:(?P<value>\$(?:apr1|2[aby]|1|5|6|7|y|argon2\w{0,2})\$[^\s:]{10,200})(?::[^\n]{0,300})?$",
    re.MULTILINE,
)
_HASH_FILES = re.compile(r"(?:passwd|shadow)[-~]?$|\.passwd$|\.shadow$")


def of_file(text: str, folded: dict[str, list[int]], base: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of what such lines hold. `folded`: where words stand in the text in lower case; `base`: the
    file's name."""
    if _HASH_FILES.search(base):
        for found in _HASHED.finditer(text):
            yield *found.span("value"), "a password's hash"
    if filekinds.is_code(base):
        return
    for word in [one for one in folded if one in _BY_WORD]:
        pattern, places = _BY_WORD[word], folded[word]
        start = text.rfind("\n", 0, places[0]) + 1
        for found in pattern.finditer(text, start, min(places[-1] + 5000, len(text))):
            yield from _judged(found, drawn=word == "51:b:", named=word == "chpasswd:")
    for name, pattern in _BY_NAME if _ANY_NAME.search(base) else ():
        if name.search(base) and (pattern is not _DIRECTIVE or "pass" in folded or "secret" in folded):
            for found in pattern.finditer(text):
                yield from _judged(found)
    if "kind: secret" in folded:
        yield from _of_kubernetes(text, folded["kind: secret"])


#: `kpasswd 464/tcp`, as services are listed.
_PORT = re.compile(r"\d{1,5}/(?:tcp|udp|sctp|dccp)")


def _judged(found: re.Match[str], *, drawn: bool = False, named: bool = False) -> Iterator[tuple[int, int, str]]:
    value = found["value"]
    if not any(one.isdigit() for one in value) or (named and value.isdigit()) or _PORT.fullmatch(value):
        return
    if drawn or values.is_secret(values.PASSWORD, value, quoted=True, told=True):
        yield *found.span("value"), _PASSWORD


_DATA = re.compile(r"^data:[ \t]*\r?\n(?P<lines>(?:[ \t]+[^\n]{0,100000}\n?){1,200})", re.MULTILINE)
_MEMBER = re.compile(
    r"^[ \t]+[\w.\"'-]{1,100}:[ \t]*[\"']?(?P<value>[A-Za-z0-9+/]{20,20000}={0,2})[\"']?[ \t\r]*$", re.MULTILINE
)

#: What is a password by its name, and is too short for another secret to be in it.
_SHORT = re.compile(
    r"^[ \t]+[\w.\"'-]{0,60}(?i:password|passwd|passphrase|pass|pwd)[\"']?:[ \t]*[\"']?(?P<value>[A-Za-z0-9+/]{4,60}={0,2})[\"']?[ \t\r]*$",
    re.MULTILINE,
)


def _of_kubernetes(text: str, places: list[int]) -> Iterator[tuple[int, int, str]]:
    """Members of secrets whose text, in base64, holds others."""
    from ringfence.secrets.scan import scan

    behind = 0
    for at in places:
        if at < behind:
            continue
        end = text.find("\n---", at)
        begin = max(text.rfind("\n---", behind, at), behind)
        behind = len(text) if end < 0 else end
        for data in _DATA.finditer(text, begin, behind):
            for found in _SHORT.finditer(text, *data.span("lines")):
                said = checks.decoded(found["value"])
                if said and len(said) > 2 and not values.stands_for_some(said):
                    yield *found.span("value"), f"{_PASSWORD}, in base64"
            for found in _MEMBER.finditer(text, *data.span("lines")):
                said = checks.decoded(found["value"])
                inner = scan(said, "a.conf") if said else []
                if inner:
                    yield *found.span("value"), f"{inner[0].kind}, in base64"


WORDS = (*_BY_WORD, "kind: secret")
