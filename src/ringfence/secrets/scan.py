"""Finds secrets in a text: tokens by their form, private keys, passwords in addresses, and what stands under telling names.

Linear in the text: a few searches for words go over all of it, everything else looks at a bounded stretch around a hit. Only kinds
and places come out, never a value.
"""

import base64
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, islice

from ringfence.dataclasses import dataclass
from ringfence.secrets import (
    addresses,
    assignments,
    calls,
    checks,
    columns,
    commands,
    directives,
    filekinds,
    filelines,
    markup,
    providers,
    spoken,
)
from ringfence.secrets.needles import Needles
from ringfence.secrets.tokens import FORMS
from ringfence.secrets.tokens.form import Form

#: Findings of one text.
MAX_FOUND = 2000
#: Characters around a word in which a form is tried, and those behind it that are never too few.
_BEFORE, _BEHIND, _REACH = 400, 2600, 1300
_PIECE, _OVERLAP = 1 << 20, 1 << 14
#: Hits of one word that are looked at in one piece.
MAX_HITS = 20_000
_PRIVATE, _PUTTY_FILE = "PRIVATE KEY", "PuTTY-User-Key-File"
_OPENVPN = "OpenVPN Static key V1-----"
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
    base = name.rpartition("/")[2].lower()
    cells, text = text, columns.plain(text, base)
    said = _Said.of(text)
    folded = said.folded
    yield from _private_keys(said)
    yield from tokens(said)
    yield from addresses.told(text, said.exact)
    yield from directives.of_file(text, said.exact, base)
    yield from filelines.of_file(text, folded, base)
    yield from columns.tabled(cells, folded, base)
    if not _OF_MARKUP.isdisjoint(folded):
        yield from markup.nested(text, folded)
    if not _OF_COMMANDS.isdisjoint(folded) and not filekinds.is_code(base):
        yield from commands.told(text, folded)
    if not _OF_CALLS.isdisjoint(folded):
        yield from calls.given(text, folded)
    if not _OF_SPEECH.isdisjoint(folded):
        yield from spoken.said(text, folded, base)
    yield from assignments.assigned(text, folded, name)
    if not providers.ALL.isdisjoint(folded):
        yield from providers.provided(text, folded)
    yield from _encoded(said)


_OF_MARKUP, _OF_COMMANDS, _OF_CALLS, _OF_SPEECH = map(
    frozenset, (markup.WORDS, commands.WORDS, calls.WORDS, spoken.WORDS)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """A text, the same with a byte a character, and where the words stand in it: as they are written, and in any case (by the
    word in lower case)."""

    text: str
    raw: bytes
    exact: dict[str, list[int]]
    folded: dict[str, list[int]]

    @classmethod
    def of(cls, text: str) -> "_Said":
        raw = text.encode("ascii", "replace")
        words = _words()
        folded, exact = words.needles.places(raw.lower()), dict[str, list[int]]()
        for word in words.spelled.keys() & folded.keys():
            for spelled, said in words.spelled[word]:
                places = [at for at in folded[word] if raw.startswith(said, at)]
                if places:
                    exact[spelled] = places
        return cls(text=text, raw=raw, exact=exact, folded=folded)


_OF_FORMATS = (*calls.WORDS, *columns.WORDS, *commands.WORDS, *filelines.WORDS, *markup.WORDS, *spoken.WORDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """The forms of each word: of what stands in a token, of what stands beside one, and of that in any case.

    All words are looked for in lower case; `spelled`: by that, those that count as they are written.
    """

    inside: dict[str, list[Form]]
    beside: dict[str, list[Form]]
    folded: dict[str, list[Form]]
    spelled: dict[str, list[tuple[str, bytes]]]
    needles: Needles


@cache
def _words() -> _Words:
    inside, beside, folded = dict[str, list[Form]](), dict[str, list[Form]](), dict[str, list[Form]]()
    for form in FORMS:
        if not form.beside and "(?i:" not in form.expression and "[ \\t]" not in form.expression:
            for word in form.words:
                inside.setdefault(word, []).append(form)
            continue
        cases = {word.lower() for word in form.words if word.isupper() and word.lower() in form.words}
        for word in form.words:
            if word.lower() not in cases:
                beside.setdefault(word, []).append(form)
        for word in cases:
            folded.setdefault(word, []).append(form)
    spelled = dict[str, list[tuple[str, bytes]]]()
    marks = (*_MARKS, _PRIVATE, _PUTTY_FILE, _OPENVPN, *addresses.WORDS, *directives.OF_FILES)
    for word in dict.fromkeys((*inside, *beside, *marks)):
        spelled.setdefault(word.lower(), []).append((word, word.encode()))
    any_case = (*folded, *assignments.ASCII_WORDS, *directives.WORDS, *providers.WORDS, *_OF_FORMATS)
    return _Words(inside=inside, beside=beside, folded=folded, spelled=spelled, needles=Needles([*spelled, *any_case]))


_GUARDS = re.compile(r"^(?:\(\?<![^)]*\)|\\b)*\(?")


@cache
def _begins_with(expression: str, word: str) -> bool:
    """Whether what an expression matches begins with a word, so that it need not be looked for around it."""
    return _GUARDS.sub("", expression, count=1).startswith(re.escape(word).replace("\\-", "-"))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.MULTILINE)


#: Runs of what tokens are written with. Sumo Logic's are shorter than all others.
_SHORT = "sumo"
_TOKEN = re.compile(rb"[A-Za-z0-9+/=_.~$-]{16,}")
_SHORT_TOKEN = re.compile(rb"[A-Za-z0-9+/=_.~$-]{14,}")
#: As many characters as all but a few have.
_USUAL = 20
_HEX = re.compile(rb"[0-9a-f-]{32,}$")
_QUOTES = b" \t\"'`\\\\"
_ASSIGNS = frozenset((b":", b"=", b",", b"(", b">", b"[", b"|", b"?", b"&"))


def tokens(said: _Said) -> Iterator[tuple[int, int, str]]:
    """What is known by its form."""
    seen = set[tuple[int, int]]()
    words = _words()
    for places, of_words in ((said.exact, words.inside), (said.exact, words.beside), (said.folded, words.folded)):
        if of_words.keys().isdisjoint(places):
            continue
        lines = _Lines(said.raw, assigned=of_words is not words.inside)
        for at, word in _hits(places, of_words, said.raw):
            for form in of_words[word]:
                for start, end in _matches(form, word, said, at, lines):
                    if (start, end) not in seen:
                        seen.add((start, end))
                        yield start, end, form.kind


def _hits(places: dict[str, list[int]], words: Mapping[str, list[Form]], raw: bytes) -> list[tuple[int, str]]:
    hits, bordered = list[tuple[int, str]](), _bordered()
    for word in words.keys() & places.keys():
        found = places[word]
        if word in bordered:
            found = [at for at in found if not raw[at - 1 : at].isalnum()]
        hits += [(at, word) for at in found[:MAX_HITS]]
    return sorted(hits)


@cache
def _bordered() -> frozenset[str]:
    """The words before which no letter or digit stands, as what each of their forms matches begins with them."""
    words = _words()
    begins = ("\\b", "(?<![A-Za-z0-9")
    return frozenset(
        word
        for of_words in (words.inside, words.beside, words.folded)
        for word, forms in of_words.items()
        if all(one.expression.startswith(begins) and _begins_with(one.expression, word) for one in forms)
    ) - frozenset(
        word
        for of_words in (words.inside, words.beside, words.folded)
        for word, forms in of_words.items()
        if not all(one.expression.startswith(begins) and _begins_with(one.expression, word) for one in forms)
    )


class _Lines:
    """The lines around words: each is tried once with a form, and only where something in it looks drawn."""

    def __init__(self, raw: bytes, *, assigned: bool) -> None:
        self._raw, self._assigned = raw, assigned
        self._tried = dict[str, int]()
        self._judged, self._holds = (-1, -1), False

    def of(self, form: Form, word: str, at: int) -> tuple[int, int] | None:
        """The stretch in which a form is to be tried for a word."""
        last = _line_end(self._raw, at, min(at + _BEHIND, len(self._raw)))
        if self._tried.get(form.expression, -1) >= min(last, at + _REACH):
            return None
        low = max(at - _BEFORE, 0)
        low = self._raw.rfind(b"\n", low, at) + 1 or low
        if (low, last) != self._judged or word == _SHORT:
            self._judged, self._holds = (low, last), self._may_hold(low, last, word)
        self._tried[form.expression] = last
        return (low, last) if self._holds else None

    def _may_hold(self, low: int, last: int, word: str) -> bool:
        pattern = _SHORT_TOKEN if word == _SHORT else _TOKEN
        for found in pattern.finditer(self._raw, low, last):
            if _looks_drawn(found.group()) and not (self._assigned and not self._is_assigned(found)):
                return True
        return False

    def _is_assigned(self, found: re.Match[bytes]) -> bool:
        run, start = found.group(), found.start()
        before = self._raw[max(start - 24, 0) : start].rstrip(_QUOTES)[-1:]
        return b"=" in run or before in _ASSIGNS or _HEX.match(run) is not None


def _matches(form: Form, word: str, said: _Said, at: int, lines: _Lines) -> Iterator[tuple[int, int]]:
    """What a form matches in the line of a hit; only at the hit itself where its matches begin with the word."""
    last, pattern = min(at + _BEHIND, len(said.text)), _compiled(form.expression)
    if _begins_with(form.expression, word):
        one = pattern.match(said.text, at, last)
        if one is None:
            if len(word) > 3:
                yield from _joined(form, pattern, said.text, at, last)
            return
        if "\n" in one.group():
            one = pattern.match(said.text, at, _line_end(said.raw, at, last))
        every = iter(()) if one is None else iter((one,))
    else:
        stretch = lines.of(form, word, at)
        if stretch is None:
            return
        every = pattern.finditer(said.text, *stretch)
    for found in every:
        group = found.lastindex or 0
        if (form.check or checks.varied)(found[group]) and _is_nearby(form, said, at, last):
            yield found.start(group), found.end(group)


#: A part of a token in quotes, and the next.
_PART = re.compile(r"[A-Za-z0-9_-]{4,60}(?:[\"'](?=[ \t]{0,4}[\"'+.,&\\\r\n])|\\\r?\n)")
_GLUE = re.compile(r"\\\r?\n[ \t]{0,40}|[\"'][ \t]{0,4}[+.,&]?[ \t]{0,4}(?:\\?\r?\n[ \t]{0,40})?[+.&]?[ \t]{0,4}[\"']")


def _joined(form: Form, pattern: re.Pattern[str], text: str, at: int, last: int) -> Iterator[tuple[int, int]]:
    """The first part of a token that is put together of texts."""
    part = _PART.match(text, at, last)
    if part is None or _is_letter(text, at - 1):
        return
    found = pattern.match(_GLUE.sub("", text[at : at + 300]))
    if found is not None and not found.lastindex and (form.check or checks.varied)(found.group()) and not form.nearby:
        yield at, at + len(part.group().rstrip("\"'\\\r\n"))


def _is_letter(text: str, at: int) -> bool:
    return at >= 0 and (text[at].isalnum() or text[at] == "_")


def _is_nearby(form: Form, said: _Said, at: int, last: int) -> bool:
    """Whether what a form asks for stands in the line of a hit or before it."""
    if not form.nearby:
        return True
    near = said.text[max(at - _BEFORE, 0) : _line_end(said.raw, at, last)].lower()
    return any(one in near for one in form.nearby)


def _line_end(raw: bytes, at: int, limit: int) -> int:
    end = raw.find(b"\n", at, limit)
    return limit if end < 0 else end


def _looks_drawn(run: bytes) -> bool:
    """Whether a run has digits, or letters of both cases, or begins as numbers do in base64."""
    digits = run.translate(None, b"0123456789") != run
    if len(run) < _USUAL:
        if digits and run[-14:].isalnum():
            return True
        return b"key" in run or b"LTAI" in run or b"xox" in run or b"k_live_" in run or b"k_test_" in run
    return digits or not (run.islower() or run.isupper() or not run.strip(b"-=_./+~")) or run.startswith(b"AAAAAAAAAA")


_PEM = re.compile(r"BEGIN ((?:[A-Z0-9]{1,12} ){0,4})PRIVATE KEY( BLOCK)?(?:-{5}|(?:\\u002[dD]){5})")
_DASHES = re.compile(r"(?:-{5}|(?:\\u002[dD]){5})\Z")
_RUN_OF_KEY = re.compile(r"[A-Za-z0-9+/=]{20}")
_STATIC = re.compile(r"OpenVPN Static key V1-----(?:\s{1,6}|\\n)[0-9a-f]{32}(?:\s{1,6}|\\n)[0-9a-f]{32}")
_PUTTY = re.compile(r"PuTTY-User-Key-File-\d: (?:ssh|ecdsa)\S{1,40}")


def _private_keys(said: _Said) -> Iterator[tuple[int, int, str]]:
    text = said.text
    for at in said.exact.get(_PRIVATE, ()):
        begin = text.rfind("BEGIN ", max(at - 60, 0), at)
        found = _PEM.match(text, begin) if begin >= 0 else None
        dashes = _DASHES.search(text, max(begin - 30, 0), begin)
        if found is None or dashes is None:
            continue
        body = text[found.end() : found.end() + 400].partition("-----")[0]
        if len(body) < 40 or _RUN_OF_KEY.search(body) is None:
            continue
        letters = re.sub(r"[^A-Za-z0-9+/]", "", body.replace("\\n", "\n").replace("\\r", ""))
        if len(letters) >= 40 and len(set(letters)) > 14:
            sealed = "ENCRYPTED" in found[1] or "ENCRYPTED" in body
            yield dashes.start(), found.end(), "an encrypted private key" if sealed else "a private key"
    for word, pattern in ((_OPENVPN, _STATIC), (_PUTTY_FILE, _PUTTY)):
        for at in said.exact.get(word, ()):
            found = pattern.match(text, at)
            if found is not None:
                yield *found.span(), "a private key"


def _encoded(said: _Said, *, deep: bool = False) -> Iterator[tuple[int, int, str]]:
    """Base64 whose text holds a token, a private key, or what is assigned to a telling name."""
    for number, (start, run) in enumerate(_runs(said)):
        if number >= _MAX_RUNS:
            return
        text = checks.decoded(run)
        if text is None or len(text) < 20:
            continue
        inner = _within(text, deep=deep)
        if inner is not None:
            yield start, start + len(run), inner if inner.endswith(", in base64") else f"{inner}, in base64"


def _within(text: str, *, deep: bool) -> str | None:
    """What a text that was in base64 holds."""
    said = _Said.of(text)
    assigned = assignments.assigned(text, said.folded, "")
    deeper = iter(()) if deep else _encoded(said, deep=True)
    every = chain(_private_keys(said), tokens(said), addresses.told(text, said.exact), assigned, deeper)
    return next((kind for _, _, kind in every), None)


#: How base64 of what is a secret begins.
_BEGINS = (
    "LS0tLS1CRUdJ", "QUtJQ", "QVNJQ", "Z2hw", "Z2hv", "Z2xwYXQ", "eG94", "c2tf", "c2st", "QUl6Y", "ZXlK", "cG9zdGdyZX",
    "bXlzcWw6", "bW9uZ29kY", "aHR0c", "cmVkaXM6", "YW1xcD",
)  # fmt: skip
#: What stands in it anywhere.
_HOLDS = (
    "password", "PASSWORD", "passwd", "secret", "SECRET", "_token", "_TOKEN", "token=", "token:", "api_key", "API_KEY", "apikey", "PRIVATE KEY",
    "sk_live_", "ghp_", "AKIA", "xoxb-", "glpat-",
)  # fmt: skip


def _aligned(word: str) -> Iterator[str]:
    """What a word is written as in base64, wherever it begins."""
    for before in range(3):
        said = base64.b64encode(b"\0" * before + word.encode()).decode().rstrip("=")
        cut = (before * 8 + 5) // 6
        yield said[cut : len(said) - (1 if (before + len(word)) % 3 else 0)]


_MARKS = frozenset((
    *_BEGINS, *(one for word in _HOLDS for one in _aligned(word)), *(base64.b64encode(one.encode()).decode()[:5] for one in _BEGINS)
))  # fmt: skip
_BEFORE_RUN = re.compile(r"[A-Za-z0-9+/_-]{0,8000}\Z")
#: The next line of a run that is broken into some.
_NEXT = re.compile(r"\r?\n[ \t]{0,80}([A-Za-z0-9+/]{4,200}={0,2})(?=[ \t]{0,4}(?:\r?\n|\Z))")


def _runs(said: _Said) -> Iterator[tuple[int, str]]:
    """Long runs of base64's characters that could stand for a text with a secret, and where they begin."""
    marked = [found for word, found in said.exact.items() if word in _MARKS]
    behind = 0
    for at in sorted(at for found in marked for at in found[:MAX_HITS]):
        if at < behind:
            continue
        before = _BEFORE_RUN.search(said.text, max(at - 8000, behind), at)
        start = before.start() if before else at
        found = _RUN.match(said.text, start)
        if found is None:
            continue
        run, behind = found.group(), found.end()
        while len(run) < 16_000 and (more := _NEXT.match(said.text, behind)):
            run, behind = run + more[1], more.end()
        yield start, run
