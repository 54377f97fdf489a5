"""Finds secrets in a text: tokens by their form, private keys, passwords in addresses, and what stands under telling names.

Linear in the text: a few searches for words go over all of it, everything else looks at a bounded stretch around a hit. Only kinds
and places come out, never a value.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import islice

from ringfence.dataclasses import dataclass
from ringfence.secrets import assignments, checks, directives
from ringfence.secrets.needles import hits
from ringfence.secrets.tokens import FORMS, Form

#: Findings of one text.
MAX_FOUND = 2000
_BEFORE, _BEHIND = 400, 2600
_PIECE, _OVERLAP = 1 << 20, 1 << 14
_RUN = re.compile(r"[A-Za-z0-9+/_-]{40,8000}={0,2}")
_MAX_RUNS = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A secret in a text: its offsets and what kind it is."""

    start: int
    end: int
    kind: str


def scan(text: str, name: str = "") -> list[Found]:
    """The secrets of a text, in their order. `name` is the file's, which says what a line of it may mean."""
    found = list[Found]()
    for begin in range(0, max(len(text), 1), _PIECE):
        piece = text[max(begin - _OVERLAP, 0) : begin + _PIECE]
        offset = max(begin - _OVERLAP, 0)
        pieces = islice(_of_piece(piece, name), 2 * MAX_FOUND)
        found += [Found(start=a + offset, end=b + offset, kind=kind) for a, b, kind in pieces]
        if len(found) > MAX_FOUND:
            break
    return _apart(found)[:MAX_FOUND]


def _apart(found: list[Found]) -> list[Found]:
    """In order, and of those that overlap the first said: forms come before names."""
    kept, starts = list[Found](), list[int]()
    for one in found:
        at = bisect_right(starts, one.start)
        before = at and kept[at - 1].end > one.start
        behind = at < len(kept) and kept[at].start < one.end
        if not before and not behind:
            starts.insert(at, one.start)
            kept.insert(at, one)
    return kept


def _of_piece(text: str, name: str) -> Iterator[tuple[int, int, str]]:
    folded = text.lower()
    if len(folded) != len(text):  # some letters change their length
        folded = text
    drawn = _drawn(text, short="sumo" in folded)
    yield from _private_keys(text)
    yield from tokens(text, drawn)
    yield from _addresses(text)
    yield from directives.of_file(text, name.rpartition("/")[2].lower())
    yield from assignments.assigned(text, folded, name)
    yield from _encoded(text, drawn)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """The forms of each word: of what stands in a token, of what stands beside one, and of that in any case."""

    inside: dict[str, list[Form]]
    beside: dict[str, list[Form]]
    folded: dict[str, list[Form]]


@cache
def _words() -> _Words:
    words = _Words(inside={}, beside={}, folded={})
    for form in FORMS:
        if not form.beside and "(?i:" not in form.expression and "[ \\t]" not in form.expression:
            for word in form.words:
                words.inside.setdefault(word, []).append(form)
            continue
        cases = {word.lower() for word in form.words if word.isupper() and word.lower() in form.words}
        for word in form.words:
            if word.lower() not in cases:
                words.beside.setdefault(word, []).append(form)
        for word in cases:
            words.folded.setdefault(word, []).append(form)
    return words


_GUARDS = re.compile(r"^(?:\(\?<![^)]*\)|\\b)*\(?")


@cache
def _begins_with(expression: str, word: str) -> bool:
    """Whether what an expression matches begins with a word, so that it need not be looked for around it."""
    return _GUARDS.sub("", expression, count=1).startswith(re.escape(word).replace("\\-", "-"))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.MULTILINE)


class _Stretches:
    """Stretches of a text, one after the other, and where in it each of their places is."""

    def __init__(self, text: str, stretches: list[tuple[int, int]]) -> None:
        self._lows, self._starts, at = [low for low, _ in stretches], list[int](), 0
        for low, high in stretches:
            self._starts.append(at)
            at += high - low + 1
        self.text = "\n".join([text[low:high] for low, high in stretches])

    def place(self, at: int) -> tuple[int, int]:
        """Where in the whole text a place is, and where its stretch begins."""
        which = bisect_right(self._starts, at) - 1
        return self._lows[which] + at - self._starts[which], self._lows[which]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drawn:
    """What may be drawn in a text: the runs of such characters with what stands at their edges, and the lines of those
    that something may be assigned with."""

    runs: _Stretches
    lines: _Stretches


_TOKEN_BYTES = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_.~$"
_MARKED = bytes(97 if one in _TOKEN_BYTES else 32 for one in range(256))
#: As many characters as the shortest token has.
_LONG = b"a" * 16
#: As many characters as all but a few have.
_USUAL = 20
#: Characters of a prefix that is no part of the run ("FlyV1 fm2_"), and those of a line before a run that may say whose it is.
_EDGE, _CONTEXT = 20, 400


def _drawn(text: str, *, short: bool = False) -> _Drawn:
    """Everything else is passed over at the speed of a copy. `short`: Sumo Logic's are shorter than all others."""
    raw = text.encode("ascii", "replace")
    marked = raw.translate(_MARKED)
    runs, lines = list[tuple[int, int]](), list[tuple[int, int]]()
    long = _LONG[:14] if short else _LONG
    at = marked.find(long)
    while at >= 0:
        behind = marked.find(b" ", at)
        behind = len(raw) if behind < 0 else behind
        run = raw[at:behind]
        if _looks_drawn(run):
            if _COULD_BE.search(run):
                _add(runs, max(at - _EDGE, 0), min(behind + _EDGE, len(raw)))
            before = raw[max(at - 24, 0) : at].rstrip(_QUOTES)[-1:]
            if b"=" in run or before in _ASSIGNS or _HEX.match(run):
                line = raw.rfind(b"\n", max(at - _CONTEXT, 0), at) + 1
                _add(lines, line or max(at - _CONTEXT, 0), behind)
        at = marked.find(long, behind)
    return _Drawn(runs=_Stretches(text, runs), lines=_Stretches(text, lines))


#: What a run must have to be or to hold a token: a part that is no mere hash or name, or one of the words of forms of such parts.
_COULD_BE = re.compile(
    rb"(?:^|[/.])(?![0-9a-f-]*(?:[/.]|$))[^/.]{14}|v1\.|\.mws\.|infura|webhook|hooks\.slack|xox|splunk|fm[12]|fo1_"
)
_HEX = re.compile(rb"[0-9a-f-]{32,}$")
_QUOTES = b" \t\"'`\\\\"
_ASSIGNS = frozenset((b":", b"=", b",", b"(", b">", b"[", b"|", b"?", b"&"))


def _add(stretches: list[tuple[int, int]], low: int, high: int) -> None:
    if stretches and low <= stretches[-1][1] + 1:
        stretches[-1] = (stretches[-1][0], max(high, stretches[-1][1]))
    else:
        stretches.append((low, high))


def tokens(text: str, drawn: _Drawn | None = None) -> Iterator[tuple[int, int, str]]:
    """What is known by its form."""
    drawn = drawn or _drawn(text)
    seen = set[tuple[int, int]]()
    words, lines = _words(), drawn.lines
    lower = lines.text.lower()
    for stretches, said, forms in (
        (drawn.runs, drawn.runs.text, words.inside),
        (lines, lines.text, words.beside),
        (lines, lower if len(lower) == len(lines.text) else lines.text, words.folded),
    ):
        for at, word in hits(said, forms):
            hit, low = stretches.place(at)
            for form in forms[word]:
                before = hit if _begins_with(form.expression, word) else max(low, hit - _BEFORE)
                for start, end in _matches(form, text, before, hit + _BEHIND, hit):
                    if (start, end) not in seen:
                        seen.add((start, end))
                        yield start, end, form.kind


def _looks_drawn(run: bytes) -> bool:
    """Whether a run has digits, or letters of both cases, or begins as numbers do in base64."""
    digits = run.translate(None, b"0123456789") != run
    if len(run) < _USUAL:
        if digits and run[-14:].isalnum():
            return True
        return b"key" in run or b"LTAI" in run or b"xox" in run or b"k_live_" in run or b"k_test_" in run
    return digits or not (run.islower() or run.isupper() or not run.strip(b"-=_./+~")) or run.startswith(b"AAAAAAAAAA")


def _matches(form: Form, text: str, low: int, high: int, at: int) -> Iterator[tuple[int, int]]:
    """What a form matches in the line of a hit; only at the hit itself where `low` is it."""
    last = text.find("\n", at, high)
    last = min(high, len(text)) if last < 0 else last
    pattern = _compiled(form.expression)
    if low == at:
        one = pattern.match(text, at, last)
        every = iter(()) if one is None else iter((one,))
    else:
        low = text.rfind("\n", low, at) + 1 or low
        every = pattern.finditer(text, low, last)
    for found in every:
        group = found.lastindex or 0
        if not (form.check or checks.varied)(found[group]):
            continue
        if form.nearby and not any(one in text[max(at - _BEFORE, 0) : last].lower() for one in form.nearby):
            continue
        yield found.start(group), found.end(group)


_PEM = re.compile(r"-----BEGIN ((?:[A-Z0-9]{1,12} ){0,4})PRIVATE KEY( BLOCK)?-----")
_BODY = re.compile(r"[A-Za-z0-9+/=:,.()\-\\ \t\r\n\"']{60,}")
_PUTTY = re.compile(r"PuTTY-User-Key-File-\d: \S{1,40}")


def _private_keys(text: str) -> Iterator[tuple[int, int, str]]:
    at = text.find("PRIVATE KEY")
    if at >= 0:
        for found in _PEM.finditer(text):
            body = text[found.end() : found.end() + 400].partition("-----")[0]
            if len(body) < 40:
                continue
            letters = re.sub(r"[^A-Za-z0-9+/]", "", body.replace("\\n", "\n").replace("\\r", ""))
            if len(letters) >= 40 and len(set(letters)) > 14:
                sealed = "ENCRYPTED" in found[1] or "ENCRYPTED" in body
                yield found.start(), found.end(), "an encrypted private key" if sealed else "a private key"
    if "PuTTY-User-Key-File" in text:
        for found in _PUTTY.finditer(text):
            yield found.start(), found.end(), "a private key"


_ADDRESS = re.compile(
    r"([A-Za-z][A-Za-z0-9+.-]{1,30})://([^\s:/?#\"'`<>\\]{0,80}):([^\s/:\"'`<>\\]{3,200})@([^\s/\"'`<>:@\\]{1,200})"
)
_LITERAL = re.compile(
    r"^[$<{%*\[]|\$\{|\$\(|\{\{|%\(|^%|[*]{3}|^(?:pass(?:word|wd)?|pwd?|secret|token|user(?:name)?|xxx+|\.+|test|changeme|guest|root|admin|postgres)$",
    re.IGNORECASE,
)


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    at = text.find("://")
    while at >= 0:
        if text.find("@", at, at + 320) > 0:
            found = _ADDRESS.match(text, _scheme(text, at))
            if found and _is_password(found[3]) and found[4].lower() not in ("example.com", "host", "hostname"):
                yield found.start(3), found.end(3), "a password in an address"
        at = text.find("://", at + 3)


def _scheme(text: str, at: int) -> int:
    start = at
    while start > 0 and at - start < 31 and (text[start - 1].isalnum() or text[start - 1] in "+.-"):
        start -= 1
    return start


def _is_password(said: str) -> bool:
    from ringfence.secrets.values import is_nothing

    return _LITERAL.search(said) is None and not said.isdigit() and not is_nothing(said)


def _encoded(text: str, drawn: _Drawn) -> Iterator[tuple[int, int, str]]:
    """Base64 whose text holds a token or a private key."""
    for number, found in enumerate(_runs(text, drawn)):
        if number >= _MAX_RUNS:
            return
        said = checks.decoded(found.group())
        if said is None or len(said) < 20:
            continue
        inner = next(iter([*tokens(said), *_private_keys(said), *_addresses(said)]), None)
        if inner is not None:
            yield found.start(), found.end(), f"{inner[2]}, in base64"


#: How base64 of what is a secret begins.
_MARKS = (
    "LS0tLS1CRUdJ", "QUtJQ", "QVNJQ", "Z2hw", "Z2hv", "Z2xwYXQ", "eG94", "c2tf", "c2st", "QUl6Y", "ZXlK", "cG9zdGdyZX",
    "bXlzcWw6", "bW9uZ29kY", "aHR0c", "cmVkaXM6", "YW1xcD",
)  # fmt: skip


def _runs(text: str, drawn: _Drawn) -> Iterator[re.Match[str]]:
    """Long runs of base64's characters that could stand for a text: those begin with few letters."""
    for at, _ in hits(drawn.runs.text, _MARKS):
        found = _RUN.match(text, drawn.runs.place(at)[0])
        if found:
            yield found
