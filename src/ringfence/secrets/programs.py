"""Secrets in what programs are told: `mysql -pX`, `curl -u name:X`, and the options of scripts in one word."""

import re
import shlex
from collections.abc import Iterator, Sequence

from ringfence.secrets import MAX_CHARS, named, secret_in

# What comes between the program and its option stays in one command, and is short: both are untrusted.
_BETWEEN = r"\b[^|;&\n]{0,300}?[\s\0]"
_VALUE = r"""['"]?(?P<value>[^\s\0'"$<>{}()|;&`-][^\s\0'"]*)"""
_APART = r"[\s\0=]['\"]?"
_FORMS = tuple(
    re.compile(rf"(?<![\w./-])(?:[\w./-]*/)?{program}{_BETWEEN}{option}{_VALUE}")
    for program, option in (
        (r"(?:mysql|mysqldump|mysqladmin|mysqlimport|mysqlcheck|mariadb|mariadb-dump|mariadb-admin)", "-p"),
        (r"curl", rf"(?:-u|--user){_APART}[^\s\0:'\"$]{{1,100}}:"),
        (r"sshpass", rf"-p(?:{_APART})?"),
        (r"(?:docker|podman|buildah|nerdctl|oras|skopeo)[\s\0]+login", rf"-p{_APART}"),
        (r"redis-cli", rf"-a{_APART}"),
        (r"(?:mongo|mongosh|mongodump|mongorestore)", rf"-p{_APART}"),
        (r"ldap(?:search|add|modify|delete|whoami|passwd)", rf"-w{_APART}"),
    )
)
_PROGRAMS = ("mysql", "mariadb", "curl", "sshpass", "login", "redis-cli", "mongo", "ldap")


# What is given to a program that asks for a secret and does not use it, as builds do; and what a shell works out.
_IDLE = re.compile(
    r"^`|(?:^|[_ -])(?:dummy|placeholder|precompile|fake|ignored|unused)(?:[_ -]|$)|^.{1,2}$", re.IGNORECASE
)


def _secret(name: str, value: str) -> str | None:
    return None if _IDLE.search(value[:100]) else secret_in(name, value)


def spoken(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(index of the word, what it is) of every secret in a command."""
    for index, (name, value) in enumerate(named(words)):
        kind = _secret(name, value)
        if kind:
            yield index, kind
    yield from told(words)


def told(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(index of the word, what it is) of every secret that the words of a command, or a script in one of them, tell
    a program. An option that is a word of its own is `named`'s."""
    for index, word in enumerate(words):
        if "=" in word or "--" in word:
            for name, value in named(_parts(word)):
                kind = _secret(name, value) if name else None
                if kind:
                    yield index, kind
    text = "\0".join(words)[:MAX_CHARS]
    if not any(name in text for name in _PROGRAMS):
        return
    for form in _FORMS:
        for match in form.finditer(text):
            kind = _secret("password", match["value"])
            if kind:
                yield text.count("\0", 0, match.start("value")), kind


def _parts(script: str) -> list[str]:
    """The words of a script that is one word; none of any other word."""
    script = script[:MAX_CHARS]
    if not any(blank in script for blank in " \t\n"):
        return []
    try:
        return shlex.split(script, comments=True)
    except ValueError:
        return script.split()
