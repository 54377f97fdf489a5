"""JSON for programs, in version 1 of its shape (docs/report.schema.json): fields may be added, none is taken away.

    {"version": 1, "tool": {"name", "version"}, "root", "elapsed_seconds",
     "summary": {"findings", "severities": {"critical", …}, "waived", "fixable": {"safe", "unsafe"},
                 "files": {kind: number}, "unread", "skipped"},
     "findings": [{"control", "title", "severity", "message", "why", "subject", "path", "place", "fix" | null,
                   "waived" | null, "references": [{"title", "url"}], "fingerprint"}],
     "unread": [{"place", "message"}], "skipped": [{"path", "why"}]}

A place is {"file", "line", "column", "end_line", "end_column"}: from 1, the end exclusive in its column, columns in
Unicode code points. An edit is {"start", "end", "text"}: put the text where the code points from start to end stood,
from 0. Text of others is in it as it is; JSON's own escapes keep it harmless, lone surrogates included.
"""

import json
from typing import Any

from ringfence import __version__
from ringfence.audit.finding import Finding, Fix, Report, Waiver
from ringfence.audit.reports import view
from ringfence.formats.document import Place

SCHEMA = 1


def render(report: Report) -> str:
    """The whole JSON text, ASCII only, so that any terminal and any encoding can take it."""
    return json.dumps(value(report), indent=2, allow_nan=False) + "\n"


def value(report: Report) -> dict[str, Any]:
    """The same before it is text."""
    return {
        "version": SCHEMA,
        "tool": {"name": "ringfence", "version": __version__},
        "root": report.root,
        "elapsed_seconds": round(report.elapsed, 6),
        "summary": _summary(report),
        "findings": [_finding(one) for one in view.in_order(report.findings)],
        "unread": [{"place": _place(one.place), "message": one.message} for one in report.unread],
        "skipped": [{"path": path, "why": why} for path, why in report.skipped],
    }


def _summary(report: Report) -> dict[str, Any]:
    found = view.counts(report)
    return {
        "findings": found.all,
        "severities": {severity.value: number for severity, number in found.severities.items()},
        "waived": found.waived,
        "fixable": {"safe": found.safe, "unsafe": found.unsafe},
        "files": dict(sorted(report.files.items())),
        "unread": len(report.unread),
        "skipped": len(report.skipped),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "control": finding.control,
        "title": finding.title,
        "severity": finding.severity.value,
        "message": finding.message,
        "why": finding.why,
        "subject": finding.subject,
        "path": finding.path,
        "place": _place(finding.place),
        "fix": None if finding.fix is None else _fix(finding.fix),
        "waived": None if finding.waived is None else _waiver(finding.waived),
        "references": [{"title": one.title, "url": one.url} for one in finding.references],
        "fingerprint": finding.fingerprint,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "assumption": fix.assumption,
        "edits": [{"start": one.start, "end": one.end, "text": one.text} for one in fix.edits],
        "left": [{"path": path, "why": why} for path, why in fix.left],
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "control": waiver.control,
        "reason": waiver.reason,
        "until": None if waiver.until is None else str(waiver.until),
        "place": None if waiver.place is None else _place(waiver.place),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
