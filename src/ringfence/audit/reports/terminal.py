"""The report that people read in a terminal: by file, the line, why, and the fix as a diff; and one line a finding.

Colours are the caller's choice. Every text of others goes through `text.safe` first, so it can neither
draw nor hide. Drawn with ASCII, which every terminal has.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from ringfence.audit.finding import Finding, Fix, Report
from ringfence.audit.reports import view
from ringfence.audit.reports.source import Line, Source
from ringfence.audit.reports.text import beginning, clipped, parts, safe, sentence, width, window
from ringfence.controls.control import Severity
from ringfence.formats.document import Place

_LINES = 4
_DIFF = 40
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z`\"'])")
_NARROWEST, _WIDEST = 40, 160
_COLOURS = {
    Severity.CRITICAL: "1;31",
    Severity.HIGH: "31",
    Severity.MEDIUM: "33",
    Severity.LOW: "36",
    "file": "1",
    "gutter": "34",
    "soft": "2",
    "-": "31",
    "+": "32",
    "good": "1;32",
    "bad": "1;31",
}


def render(
    report: Report, sources: view.Sources, *, colour: bool = False, columns: int = 100, waived: bool = False
) -> str:
    """The whole report, lines cut to so many columns; `waived` shows what was accepted, too.

    A control says why at its first finding, a place is shown at its first one: what is new stays in sight.
    """
    page = _Page(_Pen(colour, min(max(columns, _NARROWEST), _WIDEST)), set())
    lines = list[str]()
    for file, findings in view.by_file(one for one in report.findings if waived or one.waived is None).items():
        lines += page.file(file, findings, sources.of(file))
    lines += [*_unread(page.pen, report), *_summary(page.pen, report)]
    return "".join(beginning(line.rstrip()) + "\n" for line in lines)


def concise(report: Report, *, colour: bool = False) -> str:
    """`file:line:column: severity control: message`, one a line, unread things with the word "unread"; no summary."""
    pen = _Pen(colour, _WIDEST)
    lines = [
        _at(one.place.file, one.place.line, one.place.column, pen("unread", "bad"), one.message)
        for one in report.unread
    ]
    for one in view.in_order(one for one in report.findings if one.waived is None):
        what = f"{pen(one.severity, one.severity)} {one.control}"
        lines.append(_at(one.place.file, one.place.line, one.place.column, what, f"{one.subject}: {one.message}"))
    return "".join(line + "\n" for line in lines)


class _Pen:
    """Writes words in a colour, or plain."""

    def __init__(self, colour: bool, columns: int) -> None:
        self._colour = colour
        self.columns = columns

    def __call__(self, said: str, kind: str) -> str:
        return f"\x1b[{_COLOURS[kind]}m{said}\x1b[0m" if self._colour and said else said


def _at(file: str, line: int, column: int, what: str, message: str) -> str:
    return beginning(f"{sentence(file)}:{line}:{column}: {what}: {sentence(message)}")


class _Page:
    """The findings, with what was told already."""

    def __init__(self, pen: _Pen, told: set[str]) -> None:
        self.pen = pen
        self._told = told

    def file(self, file: str, findings: list[Finding], source: Source | None) -> Iterator[str]:
        """One file's findings under its name."""
        name = self.pen(clipped(sentence(file), self.pen.columns - 20), "file")
        yield f"{name}: {view.plural(len(findings), 'finding')}"
        yield ""
        before: Place | None = None
        for finding in findings:
            yield from self._finding(finding, source if finding.place != before else None, source)
            before = finding.place
            yield ""

    def _finding(self, finding: Finding, shown: Source | None, source: Source | None) -> Iterator[str]:
        place, pen = finding.place, self.pen
        head = pen(f"{finding.severity}[{finding.control}]", finding.severity)
        yield f"{head}: {sentence(finding.subject)}: {sentence(finding.message)}"
        gutter = max(len(str(place.end_line)), 3)
        at = sentence(f"{place.file}:{place.line}:{place.column}")
        yield f"{' ' * gutter}{pen('-->', 'gutter')} {at}"
        if shown is not None:
            yield from _snippet(pen, finding, shown, gutter)
        if finding.waived is not None:
            until = f" until {finding.waived.until}" if finding.waived.until else ""
            yield from _note(pen, gutter, f"waived{until}", finding.waived.reason)
        elif finding.why and finding.control not in self._told:
            yield from _note(pen, gutter, "why", _first_sentence(finding.why))
        self._told.add(finding.control)
        if finding.fix is not None:
            yield from _fix(pen, finding.fix, source, gutter)


def _snippet(pen: _Pen, finding: Finding, source: Source, gutter: int) -> Iterator[str]:
    """The lines of a place with carets under what is meant; of a long place only its first lines."""
    place = finding.place
    last = min(place.end_line, place.line + _LINES - 1, source.count)
    bar = pen("|", "gutter")
    if last >= place.line:
        yield f"{' ' * gutter} {bar}"
    for number in range(place.line, last + 1):
        line, gone = source.line(number, place.column if number == place.line else 0)
        start = place.column - 1 - gone if number == place.line else len(line) - len(line.lstrip())
        end = place.end_column - 1 - gone if number == place.end_line else len(line.rstrip())
        before, marked, behind = parts(line, start, max(start, end))
        shown, moved = window(before + marked + behind, len(before), pen.columns - gutter - 3)
        column = width(shown[: max(0, len(before) - moved)])
        carets = max(1, min(width(marked), width(shown) - column))
        yield f"{pen(str(number).rjust(gutter), 'gutter')} {bar} {shown}"
        yield f"{' ' * gutter} {bar} {' ' * column}{pen('^' * carets, finding.severity)}"
    if place.end_line > last >= place.line:
        yield f"{' ' * gutter} {bar} {pen('...', 'soft')}"


def _note(pen: _Pen, gutter: int, word: str, said: str) -> list[str]:
    """A sentence after `= word:`, broken between words."""
    return _broken(f"{word}: {said}", gutter, pen.columns)


@lru_cache(maxsize=1024)  # what one control wants is said at each of its findings
def _broken(said: str, gutter: int, columns: int) -> list[str]:
    lines, line = list[str](), f"{' ' * gutter} = "
    for part in sentence(said).split(" "):
        if width(line) + width(part) > columns and line.strip():
            lines.append(line)
            line = " " * (gutter + 5)
        line += clipped(part, columns) + " "
    return [*lines, line]


def _first_sentence(said: str) -> str:
    """Up to the first full stop; `ringfence controls ID` has the rest."""
    return _SENTENCE_END.split(said, maxsplit=1)[0]


def _fix(pen: _Pen, fix: Fix, source: Source | None, gutter: int) -> Iterator[str]:
    if fix.edits:
        kind = "safe" if fix.safe else "unsafe"
        assumes = f", assumes {fix.assumption}" if fix.assumption else ""
        yield from _note(pen, gutter, f"fix ({kind}{assumes})", fix.title)
    if fix.edits and source is not None:
        yield from _diff(pen, [line for hunk in source.hunks(fix.edits) for line in hunk.lines], gutter)
    for path, why in fix.left:
        yield from _note(pen, gutter, "left to you", why if len(fix.left) == 1 else f"{path}: {why}")


def _diff(pen: _Pen, lines: list[Line], gutter: int) -> Iterator[str]:
    """Changed lines with the ones around them; three dots where lines are left out between two changes."""
    yield f"{' ' * gutter} {pen('|', 'gutter')}"
    before = lines[0].number - 1 if lines else 0
    for line in lines[:_DIFF]:
        if line.sign != "+" and line.number > before + 1:
            yield f"{'...'.rjust(gutter)} {pen('|', 'gutter')}"
        before = line.number if line.sign != "+" else before
        said = clipped(safe(line.text), pen.columns - gutter - 5)
        marked = f"{pen('|', 'gutter')} {said}" if line.sign == " " else pen(f"{line.sign} {said}".rstrip(), line.sign)
        yield f"{pen(str(line.number).rjust(gutter), 'gutter')} {marked}"
    if len(lines) > _DIFF:
        yield f"{'...'.rjust(gutter)} {pen(f'and {len(lines) - _DIFF} more lines', 'soft')}"


def _unread(pen: _Pen, report: Report) -> Iterator[str]:
    if not report.unread:
        return
    yield pen(f"{view.plural(len(report.unread), 'thing')} could not be examined", "bad")
    for one in report.unread:
        yield "  " + sentence(f"{one.place.file}:{one.place.line}:{one.place.column}: {one.message}")
    yield ""


def _summary(pen: _Pen, report: Report) -> Iterator[str]:
    found = view.counts(report)
    waived = f"; {found.waived} waived" if found.waived else ""
    if found.all:
        numbers = ", ".join(pen(f"{number} {one}", one) for one, number in found.severities.items() if number)
        yield f"{view.plural(found.all, 'finding')} in {view.plural(found.files, 'file')}: {numbers}{waived}"
    elif any(report.files.values()):
        yield pen("Nothing found", "good") + waived
    else:
        yield pen("Nothing was examined", "bad")
    unread = f", {len(report.unread)} could not be" if report.unread else ""
    yield f"Examined {view.examined(report)} in {report.elapsed:.2f} s{unread}"
    if found.safe or found.unsafe:
        yield view.how(found)
