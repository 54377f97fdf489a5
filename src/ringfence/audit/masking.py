"""Secrets out of what is said of a file: names, commands and addresses that a finding repeats can hold them.

A report goes to logs and mailboxes that the file itself does not go to.
"""

import re
from collections.abc import Callable, Iterable

from ringfence.audit.finding import Finding, Unread
from ringfence.dataclasses import replace
from ringfence.formats.document import Document

#: Shorter ones, and words of a dictionary, stand in any sentence by chance.
_SHORTEST = 6
_WORD = re.compile(r"[a-z]+|[A-Z]+")
#: What is said may end in the middle of a secret: so many of its characters tell it.
_BEGINNING = 8
_MOST = 500
#: What quotes something of the file.
_QUOTES = ("`", "://", "=")


def masked(findings: list[Finding], secrets: Iterable[str]) -> list[Finding]:
    """The findings of a file without its secrets in their words."""
    hide = _hider(telling(secrets))
    return [_masked(one, hide) for one in findings]


def masked_unread(unread: Iterable[Unread], secrets: Iterable[str]) -> tuple[Unread, ...]:
    """What could not be read of a file, told without its secrets."""
    hide = _hider(telling(secrets))
    return tuple(replace(one, message=hide(one.message)) for one in unread)


def secrets_of(source: Document, file: str) -> list[str]:
    """The secrets of a file, also where nobody asked for them."""
    if (known := getattr(source, "secrets", None)) is not None:
        return list(known)
    from ringfence.secrets.scan import scan

    return [source.text[one.start : one.end] for one in scan(source.text, file)]


def telling(secrets: Iterable[str]) -> list[str]:
    """Those that can be looked for in a text, the longest first."""
    known = {one for one in secrets if len(one) >= _SHORTEST and not _WORD.fullmatch(one)}
    return sorted(known, key=len, reverse=True)[:_MOST]


def without(said: str, secrets: Iterable[str]) -> str:
    """A sentence with "*" for every character of these secrets, and of what begins as one of them."""
    for secret in secrets:
        head = secret[:_BEGINNING]
        at = said.find(head)
        while at >= 0:
            end = at + len(head)
            while end - at < len(secret) and said[end : end + 1] == secret[end - at]:
                end += 1
            said = said[:at] + "*" * (end - at) + said[end:]
            at = said.find(head, end)
    return said


def _hider(secrets: list[str]) -> Callable[[str], str]:
    def hide(said: str) -> str:
        said = without(said, secrets)
        if any(sign in said for sign in _QUOTES):
            from ringfence.secrets.scan import scan

            for one in reversed(scan(said, "")):
                said = said[: one.start] + "*" * (one.end - one.start) + said[one.end :]
        return said

    return hide


def _masked(one: Finding, hide: Callable[[str], str]) -> Finding:
    message, subject = hide(one.message), hide(one.subject)
    fix = one.fix
    if fix is not None and (left := tuple((path, hide(why)) for path, why in fix.left)) != fix.left:
        fix = replace(fix, left=left)
    if message == one.message and subject == one.subject and fix is one.fix:
        return one
    return replace(one, message=message, subject=subject, fix=fix)
