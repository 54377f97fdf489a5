"""Whether a value is a secret: by its form (a provider's token, a private key), or by the name it stands under.

Pure functions over text; nothing here reads a file, and no value is ever given back, only what kind it is.
"""

import re
from collections.abc import Iterator, Sequence

from ringfence.secrets.forms import form_of

#: Values longer than this are judged by their first part only.
MAX_CHARS = 16 * 1024

_SECRET_NAME = re.compile(
    r"pass(word|wd|phrase|code)?s?$|(^|[_.-])pw(d)?$|secrets?$|tokens?$|api[_.-]?keys?$|access[_.-]?keys?$"
    r"|private[_.-]?keys?$|(encryption|signing|master|auth|account|storage|shared|session|license|hmac"
    r"|app)[_.-]?keys?$|^neo4j_auth$"
    r"|secret[_.-]?key(s|[_.-]?base)?$|credentials?$|connection[_.-]?string$|requirepass$|passin$",
    re.IGNORECASE,
)
_NOT_A_SECRET_NAME = re.compile(
    r"(^|[_.-])(max|min|num|total|public|allow|empty|random|use|enable|disable|require|has|is|default)[_.-].*tokens?$"
    r"|^(max|min|num)(?:[_.-]|(?-i:[A-Z][a-z]))|allow[_.-]empty|random[_.-](root[_.-])?password|public[_.-]?key|^pwd$"
    r"|^oldpwd$|bypass$|compass$",
    re.IGNORECASE,
)
# What stands where a value should be filled in, and what is no value.
_PLACEHOLDER = re.compile(
    r"\$\{?[A-Za-z_(]|^\$[0-9@*#]|\$\$|^<[^>]*>$|\{\{|%\(|^%[A-Za-z_]+%$|^\[[^]]*\]$|^[x*.#_-]+$|\*\*\*|xxxx"
    r"|(^|[^a-z])(your|my)[_ -].*|[_ -]here$|replace[_ -]?(me|this|with)|^(todo|tbd|fixme|redacted|placeholder)"
    r"|^(insert|enter|put|set|fill)[_ -]",
    re.IGNORECASE,
)
_NO_VALUE = frozenset(
    "true false yes no on off none null nil undefined enabled disabled required optional auto default random"
    " 0 1".split()
)
_REFERENCE = re.compile(
    r"^(/|\./|\.\./|~/|file:|https?://[^@\s]*$|vault:|ref\+|op://|arn:aws:(secretsmanager|ssm)|secret[s]?[:/]"
    r"|projects/[^/]+/secrets/)",
    re.IGNORECASE,
)


def secret_in(name: str, value: str) -> str | None:
    """What kind of secret `value` is ("a GitHub token", "a password"); None where it is none.

    `name` is the variable, key or option that it is assigned to, "" where there is none.
    """
    value = value[:MAX_CHARS].strip()
    if not value or value.lower() in _NO_VALUE:
        return None
    form = form_of(value)
    if form is not None:
        return form
    if not is_secret_name(name) or _PLACEHOLDER.search(value) or _REFERENCE.match(value):
        return None
    return "a password or key"


def is_secret_name(name: str) -> bool:
    """Whether what stands under this name ought to be a secret."""
    name = name[-80:]
    return _SECRET_NAME.search(name) is not None and _NOT_A_SECRET_NAME.search(name) is None


_OPTION = re.compile(r"-{1,2}([A-Za-z][A-Za-z0-9_.-]*)(?:=(.*))?", re.DOTALL)
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*)=(.*)", re.DOTALL)


def named(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The words of a command as (name, value): `--password x`, `--password=x`, `PASSWORD=x`; others have no name.

    There is exactly one pair a word; an option's own word has an empty value when the next one is its value.
    """
    awaited = ""
    for word in words[:10_000]:
        option = _OPTION.fullmatch(word[:MAX_CHARS])
        assignment = None if option else _ASSIGNMENT.fullmatch(word[:MAX_CHARS])
        if option:
            yield option[1], option[2] or ""
            awaited = "" if option[2] is not None else option[1]
        else:
            yield (assignment[1], assignment[2]) if assignment else (awaited, word)
            awaited = ""
