"""What leaves: credentials, the environment, who and where this is, files; and to whom."""

import re
from collections.abc import Iterator

from ringfence.programs.judge.case import Case, Said, shown
from ringfence.programs.seen import IMPORT, INSTALL, Seen
from ringfence.programs.words import ADDRESS, BARE_ADDRESS, COLLECTORS, GRAVE, LOOPBACK, credentials

_SENSITIVE = frozenset(
    ["environ", "environ-some", "file", "credential", "key", "output", "capture", "walked", "walked-home", "input"]
)
#: Whose secrets nobody sends together.
_VENDORS = frozenset(
    "key:" + name
    for name in "AWS GITHUB GH GITLAB NPM PYPI TWINE SLACK DOCKER GOOGLE AZURE ARM OPENAI ANTHROPIC STRIPE HF".split()
)
#: Something computed in front of a domain that is spelled out.
_NAMED = re.compile(r"\x00[\w.{}-]*\.[a-z0-9-]+\.[a-z]{2,}|\{\}[\w.{}-]*\.[a-z0-9-]+\.[a-z]{2,}")
#: Programs that take what they are given somewhere.
_CARRIES = re.compile(r"\b(?:curl|wget|nc|ncat|ftp|scp|nslookup|dig|ping|Invoke-WebRequest|iwr|irm)\b")
_IN_NAMES = _SENSITIVE | {"encoded"}


def said(case: Case) -> Iterator[Said]:
    """Every way out."""
    for one in case.of("net"):
        yield from _sent(case, one)
    for one in case.of("process"):
        if _CARRIES.search(one.detail):
            yield from _carried(case, one)
    for one in case.of("dns"):
        if one.labels & (_IN_NAMES | identities(one)) and _NAMED.search(one.detail):
            yield case.say("dns-exfiltration", one, f"data becomes part of a host name: {shown(one.detail)}")
    yield from _gathered(case)


def _carried(case: Case, one: Seen) -> Iterator[Said]:
    """A program that sends, with something of the machine's among its words."""
    if "environ" in one.labels:
        yield case.say("environment-theft", one, f"{one.name} sends the whole environment: {shown(one.detail)}")
    if "credential" in one.labels:
        yield case.say("credential-theft", one, f"{one.name} sends credentials: {shown(one.detail)}")
    whose = {label for label in one.labels if label.startswith("key:")}
    if len(whose) > 1 and whose & _VENDORS:
        yield case.say("environment-theft", one, f"{one.name} sends secrets of the environment: {shown(one.detail)}")
    if identities(one):
        yield case.say("identity-beacon", one, f"{one.name} reports who or where this is: {shown(one.detail)}")


def identities(one: Seen) -> frozenset[str]:
    """The labels of a value that say who or where this is."""
    return frozenset(label for label in one.labels if label.startswith("identity"))


def _sent(case: Case, one: Seen) -> Iterator[Said]:
    labels = one.labels
    metadata = "metadata" in credentials(one.detail)
    if "credential" in labels and not metadata:
        yield case.say("credential-theft", one, f"{one.name} sends credentials that were read before")
    if "environ" in labels:
        yield case.say("environment-theft", one, f"{one.name} sends the whole environment")
    whose = {label for label in labels if label.startswith("key:")}
    if len(whose) > 1 and any(label in _VENDORS for label in whose):
        words = ", ".join(sorted(label.partition(":")[2] for label in whose))
        yield case.say("environment-theft", one, f"{one.name} sends secrets of the environment: {words}")
    who = identities(one)
    if who:
        grave = len(who) > 1 or one.where in (IMPORT, INSTALL) or _is_suspect(one.detail)
        words = " and ".join(sorted(word.partition(":")[2] for word in who))
        yield case.say("identity-beacon", one, f"{one.name} reports the {words}", soft=not grave)
    if "capture" in labels:
        yield case.say("keylogging", one, f"{one.name} sends what was captured")
    if "walked-home" in labels or ({"walked", "file"} <= labels and _is_suspect(one.detail)):
        yield case.say("file-theft", one, f"{one.name} sends files that were gathered")
    if COLLECTORS.search(one.detail) or BARE_ADDRESS.search(one.detail):
        yield from _collected(case, one)


def _collected(case: Case, one: Seen) -> Iterator[Said]:
    """To a collector, or to a bare address."""
    grave = bool(one.labels & _SENSITIVE) or bool(identities(one))
    if not grave and not COLLECTORS.search(one.detail):
        return
    what = shown((COLLECTORS.search(one.detail) or BARE_ADDRESS.search(one.detail) or [""])[0])
    yield case.say("exfiltration-address", one, f"{one.name} talks to {what}", soft=not grave)


def _is_suspect(detail: str) -> bool:
    return bool(COLLECTORS.search(detail) or BARE_ADDRESS.search(detail))


def is_local(detail: str) -> bool:
    """Whether all that is known of an address is that it is this machine."""
    found = ADDRESS.findall(detail)
    return bool(LOOPBACK.search(detail)) and all(LOOPBACK.search("//" + host) for host, _ in found)


def _gathered(case: Case) -> Iterator[Said]:
    """Credentials of several kinds, or of one that has no honest reader, beside a way out."""
    reached = case.of("credential")
    if not reached:
        return
    families = case.families - {"metadata", "environment"}
    out = case.of("net", "dns")
    grave = families & GRAVE and any(set(one.name.split(", ")) & GRAVE for one in reached)
    if (len(families) > 1 and out) or (grave and (out or case.of("process", "write", "written"))):
        yield case.say("credential-theft", reached[0], f"credentials are gathered: {', '.join(sorted(families))}")
        return
    for one in reached:
        yield case.say("credential-access", one, f"it reads {shown(one.detail) or one.name}")
