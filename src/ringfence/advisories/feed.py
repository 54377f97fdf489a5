"""The vulnerability feed of the package index that pip is configured for, where it has one.

PyPI answers `/pypi/NAME/VERSION/json` with `vulnerabilities` and with what was yanked. A plain mirror does not: that is
said in so many words, for "did not answer" must never be read as "nothing is known".
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit

from ringfence.advisories import entry as parts
from ringfence.advisories.entry import BadAdvisory, Entry
from ringfence.advisories.fetch import get
from ringfence.advisories.pins import Pin
from ringfence.advisories.ranges import parsed
from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError
from ringfence.network.addresses import refuse_unsafe
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

PYPI = "https://pypi.org/simple"
MAX_VULNERABILITIES = 1_000
_LIMITS = JsonLimits(max_bytes=16 << 20, max_depth=16, max_items=1_000_000)
_AT_ONCE = 8
#: After so many packages without one answer the rest is not asked for.
_TRIES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the index says of one version. `yanked` is None, or the reason, which may be ""."""

    entries: tuple[Entry, ...]
    yanked: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedReport:
    """`answers` by "name==version"; `unanswered` says in a sentence what was not answered, "" where all was."""

    answers: Mapping[str, Answer]
    unanswered: str


def configured_index() -> str:
    """The index that pip would use: $PIP_INDEX_URL, pip's configuration, PyPI."""
    if named := os.environ.get("PIP_INDEX_URL"):
        return named
    command = [sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "config", "get", "global.index-url"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return PYPI
    return done.stdout.strip() if done.returncode == 0 and done.stdout.strip() else PYPI


def ask(pins: Iterable[Pin], *, index: str) -> FeedReport:
    """Ask the index about every pinned version. Raises nothing: what was not answered is said."""
    from concurrent.futures import ThreadPoolExecutor

    wanted = {pin.called: pin for pin in pins if pin.version}
    if not wanted:
        return FeedReport(answers={}, unanswered="")
    host = urlsplit(index).hostname or index[:60]
    try:
        refuse_unsafe(index)
    except UsageError as error:
        return FeedReport(answers={}, unanswered=f"the package index was not asked: {error.message}")
    base = index.rstrip("/").removesuffix("/simple").rstrip("/") + "/pypi"
    answers: dict[str, Answer] = {}
    why = ""
    names = list(wanted)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for some in (names[:_TRIES], names[_TRIES:]):
            for name, found in zip(some, pool.map(lambda name: _asked(base, wanted[name]), some), strict=True):
                if isinstance(found, Answer):
                    answers[name] = found
                else:
                    why = why or found
            if not answers:
                break
    return FeedReport(answers=answers, unanswered=_unanswered(host, len(wanted), len(answers), why))


def _unanswered(host: str, wanted: int, answered: int, why: str) -> str:
    if not answered:
        return f"{host} told nothing of {_packages(wanted)}, as a plain mirror has no feed of vulnerabilities: {why}"
    return f"{host} did not answer for {wanted - answered} of {_packages(wanted)}: {why}" if answered < wanted else ""


def _packages(count: int) -> str:
    return "1 package" if count == 1 else f"{count} packages"


def _asked(base: str, pin: Pin) -> Answer | str:
    """The answer, or why there is none."""
    try:
        address = f"{base}/{quote(pin.name, safe='')}/{quote(pin.version, safe='')}/json"
        value = loads(get(address, at_most=_LIMITS.max_bytes), limits=_LIMITS)
        if not isinstance(value, dict) or not isinstance(value.get("vulnerabilities"), list):
            return "an answer names no vulnerabilities, not even none"
        found = parts.items(value["vulnerabilities"], MAX_VULNERABILITIES, "vulnerabilities")
        entries = [made for one in found if (made := _entry(pin.version, one))]
        return Answer(entries=tuple(entries), yanked=_yanked(value))
    except (UsageError, StrictJsonError) as error:
        return error.message
    except BadAdvisory as error:
        return str(error)


def _entry(version: str, value: object) -> Entry | None:
    """A vulnerability as an entry that covers this version; None for one that was withdrawn. Raises BadAdvisory."""
    if not isinstance(value, dict):
        raise BadAdvisory("a vulnerability is no object")
    if value.get("withdrawn"):
        return None
    fixed = [parts.version(one) for one in parts.items(value.get("fixed_in"), parts.MAX_EVENTS, "fixes")]
    here = parsed(version)
    higher = sorted(edge for one in fixed if (edge := parsed(one)) and here and edge > here)
    ranges = ((("introduced", version), ("fixed", str(higher[0]))),) if higher else ()
    return Entry(
        id=parts.identifier(value.get("id")),
        aliases=parts.identifiers(value.get("aliases")),
        summary=parts.one_line(value.get("summary") or value.get("details")),
        modified="1970-01-01T00:00:00Z",
        rating="",
        score=0.0,
        ranges=ranges,
        versions=(version,),
        opaque=False,
    )


def _yanked(value: dict[str, object]) -> str | None:
    information = value.get("info")
    if not isinstance(information, dict) or information.get("yanked") is not True:
        return None
    return parts.one_line(information.get("yanked_reason"))
