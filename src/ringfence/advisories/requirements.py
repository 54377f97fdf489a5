"""`requirements.lock` and `requirements.txt`: pip's lines, of which only pinned and hashed packages are a lock.

A line is judged as it stands: nothing is included, fetched, expanded or asked of the machine.
"""

import re
from collections.abc import Iterator

from ringfence.advisories.pins import LockFault, Pin

MAX_LINE = 64 * 1024
_COMMENT = re.compile(r"(^|\s)#.*$")
_HASH = re.compile(r"(?:^|\s)--hash[= ](\S*)")
_STRONG = re.compile(r"sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}")
_MORE_PLACES = ("--extra-index-url", "--find-links", "-f", "--trusted-host")
_ELSEWHERE = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]*:|\.{0,2}/|~|\\)")
_HARMLESS = ("--require-hashes", "--only-binary", "--prefer-binary", "--no-deps")
_PIN = "for example name==1.2.3 --hash=sha256:…; pip-compile --generate-hashes and uv pip compile write such lines"


def read(text: str) -> tuple[list[Pin], list[LockFault]]:
    """The pins of a requirements file, and what is wrong with it. Raises nothing."""
    pins: list[Pin] = []
    faults: list[LockFault] = []
    for line, whole in _joined(text):
        if len(whole) > MAX_LINE:
            faults.append(_fault("unreadable-lock", line, "", f"the line is longer than {MAX_LINE} characters"))
        elif whole.startswith("-"):
            faults.extend(_option(line, whole))
        else:
            pin, found = _requirement(line, whole)
            faults.extend(found)
            if pin:
                pins.append(pin)
    return pins, faults


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """(first line's number, the whole of it) with continuations joined and comments gone."""
    parts: list[str] = []
    begun = 0
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        bare = _COMMENT.sub("", line[: MAX_LINE + 1]).rstrip()
        begun = begun or number
        parts.append(bare.removesuffix("\\").strip())
        if bare.endswith("\\"):
            continue
        if whole := " ".join(filter(None, parts)):
            yield begun, whole
        parts, begun = [], 0
    if whole := " ".join(filter(None, parts)):
        yield begun, whole


def _option(line: int, whole: str) -> Iterator[LockFault]:
    name, _, value = re.sub(r"^(-\w)(?=\S)", r"\1 ", whole).replace("=", " ", 1).partition(" ")
    value = value.strip()
    if name in _MORE_PLACES:
        hint = "name one index, and put private packages behind it"
        yield _fault("extra-index", line, "", f"{name} lets packages come from a second place", hint)
    elif name in ("-i", "--index-url"):
        if not value.startswith("https://"):
            yield _fault("extra-index", line, "", f"{name} names an index that is not reached over https")
    elif name in ("-e", "--editable"):
        yield _fault("dependency-outside-index", line, "", "an editable package is whatever stands in its folder", _PIN)
    elif name == "--no-binary":
        yield _fault("source-only-dependency", line, value[:100], f"--no-binary {value[:60]} builds from source")
    elif name not in _HARMLESS:
        yield _fault("unreadable-lock", line, "", f"{name[:40]} is not followed here", "a lock names packages itself")


def _requirement(line: int, whole: str) -> tuple[Pin | None, list[LockFault]]:
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name

    hashes = _HASH.findall(whole)
    bare = _HASH.sub("", whole).strip()
    if len(bare) > 4096:
        return None, [_fault("unreadable-lock", line, "", "a requirement is longer than 4096 characters")]
    try:
        wanted = Requirement(bare)
    except (InvalidRequirement, RecursionError):
        if _ELSEWHERE.match(bare):
            return None, [_outside(line, bare)]
        return None, [_fault("unreadable-lock", line, "", f"not a package with a version: {bare[:80]!r}", _PIN)]
    if "${" in bare:
        return None, [_fault("unreadable-lock", line, wanted.name, "a variable of the environment decides here")]
    name = canonicalize_name(wanted.name)
    strong = tuple(one for one in hashes if _STRONG.fullmatch(one))
    version = _exact(str(wanted.specifier))
    faults = [_outside(line, name)] if wanted.url else []
    if not version and not wanted.url:
        faults.append(_fault("unpinned-dependency", line, name, f"{name} has no exact version", _PIN))
    if not strong:
        faults.append(_fault("unhashed-dependency", line, name, f"{name} has no SHA-256 hash", _PIN))
    pin = Pin(
        name=name,
        version=version,
        hashes=strong,
        urls=(wanted.url,) if wanted.url else (),
        marker=str(wanted.marker or ""),
        line=line,
    )
    return pin, faults


def _exact(specifier: str) -> str:
    """The version of `==1.2.3`; "" for everything else, `===` and `==1.*` too."""
    from packaging.version import InvalidVersion, Version

    if not specifier.startswith("==") or specifier.startswith("===") or "," in specifier:
        return ""
    try:
        return str(Version(specifier[2:]))
    except InvalidVersion:
        return ""


def _outside(line: int, what: str) -> LockFault:
    message = f"{what[:80]!r} comes from an address or a path of its own, not from an index"
    return _fault("dependency-outside-index", line, "", message, _PIN)


def _fault(rule: str, line: int, package: str, message: str, hint: str = "") -> LockFault:
    return LockFault(rule=rule, line=line, package=package, message=message, hint=hint)
