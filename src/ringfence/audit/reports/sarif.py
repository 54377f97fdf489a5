"""SARIF 2.1.0, as code scanning of GitHub, GitLab and Azure and the viewers of editors read it.

Places are what the standard asks for: relative, percent-encoded addresses below %SRCROOT%, lines and columns from 1 in
Unicode code points, the end exclusive. What could not be examined is a notification of the run, which then was not
successful. Waived findings are there, suppressed.
"""

import json
import os
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from ringfence import __version__
from ringfence.audit.finding import Finding, Fix, Report
from ringfence.audit.reports import view
from ringfence.audit.reports.source import Source
from ringfence.audit.reports.text import sentence
from ringfence.controls.control import Severity
from ringfence.formats.document import Edit, Place, Unread

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
# GitHub's bands: critical above 9, high from 7, medium from 4.
_SCORES = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.5"}
_SNIPPET = 500
_CWE = re.compile(r"CWE-(\d+)")
# `{0}` in a message is a placeholder, `[text](target)` a link: text of others means neither.
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def render(report: Report, sources: view.Sources) -> str:
    """The whole JSON text, ASCII only, on one line: code scanning takes ten megabytes, and indents are half of them."""
    return json.dumps(value(report, sources), allow_nan=False) + "\n"


def value(report: Report, sources: view.Sources) -> dict[str, Any]:
    """The log file with its one run, before it is text."""
    findings = view.in_order(report.findings)
    found = dict[str, Finding]()
    for one in findings:
        found.setdefault(one.control, one)
    rules = {control: i for i, control in enumerate(found)}
    files = {one.place.file for one in findings} | {one.place.file for one in report.unread}
    artifacts = {file: i for i, file in enumerate(sorted(files))}
    run = {
        "tool": {"driver": _driver(found.values())},
        "invocations": [_invocation(report, artifacts)],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that was audited."}}},
        "artifacts": [{"location": _location(file), "roles": ["analysisTarget"]} for file in artifacts],
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, rules, artifacts, sources.of(one.place.file)) for one in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(findings: Iterable[Finding]) -> dict[str, Any]:
    return {
        "name": "Ringfence",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(one) for one in findings],
        "notifications": [
            {"id": "unread", "shortDescription": {"text": "Something could not be examined."}},
        ],
    }


def _rule(finding: Finding) -> dict[str, Any]:
    """A control as the log's own rule, with its whole page as help."""
    severity, text, markdown = _page(finding)
    tags = [
        "security",
        *(f"external/cwe/cwe-{found[1]}" for one in finding.references if (found := _CWE.match(one.title))),
    ]
    rule = {
        "id": finding.control,
        "name": "".join(part.capitalize() for part in finding.control.split("-")),
        "shortDescription": {"text": _message(finding.title)},
        "fullDescription": {"text": _message(finding.why or finding.title)},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {"tags": tags, "precision": "high", "security-severity": _SCORES[severity]},
    }
    urls = [one.url for one in finding.references if one.url.isascii() and one.url.startswith("https://")]
    return rule | ({"helpUri": quote(urls[0], safe=":/?#[]@!$&'()*+,;=%~")} if urls else {})


def _page(finding: Finding) -> tuple[Severity, str, str]:
    """The severity and help of a finding's control; of the finding itself where no control stands behind it."""
    from ringfence.controls import CATALOGUE, load, page

    said = _message(finding.why or finding.title)
    if finding.control not in CATALOGUE:
        return finding.severity, said, said
    control = load(finding.control)
    try:
        return control.severity, page.plain(control), page.markdown(control)
    except ValueError:  # `python -OO` leaves no docstrings, and so no pages
        return control.severity, said, said


def _invocation(report: Report, artifacts: dict[str, int]) -> dict[str, Any]:
    notes = [_notification(one, artifacts) for one in report.unread]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _notification(unread: Unread, artifacts: dict[str, int]) -> dict[str, Any]:
    return {
        "descriptor": {"id": "unread", "index": 0},
        "level": "error",
        "message": {"text": _message(unread.message)},
        "locations": [{"physicalLocation": _physical(unread.place, artifacts, None)}],
    }


def _result(
    finding: Finding, rules: dict[str, int], artifacts: dict[str, int], source: Source | None
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.control,
        "ruleIndex": rules[finding.control],
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(f"{finding.subject}: {finding.message}")},
        "locations": [
            {
                "physicalLocation": _physical(finding.place, artifacts, source),
                "logicalLocations": [{"name": sentence(finding.subject), "fullyQualifiedName": sentence(finding.path)}],
            }
        ],
        "partialFingerprints": {"ringfence/v1": finding.fingerprint},
        "properties": {"severity": finding.severity.value},
    }
    if finding.fix is not None and finding.fix.edits and source is not None:
        result["fixes"] = [_fix(finding.fix, finding.place.file, artifacts, source)]
    if finding.waived is not None:
        kind = (
            "external"
            if finding.waived.place is None or finding.waived.place.file != finding.place.file
            else "inSource"
        )
        result["suppressions"] = [
            {"kind": kind, "status": "accepted", "justification": sentence(finding.waived.reason)}
        ]
    return result


def _fix(fix: Fix, file: str, artifacts: dict[str, int], source: Source) -> dict[str, Any]:
    notes = ["" if fix.safe else "unsafe, it can break what runs now", fix.assumption and f"assumes {fix.assumption}"]
    said = "; ".join(note for note in notes if note)
    return {
        "description": {"text": _message(fix.title + (f" ({said})" if said else ""))},
        "artifactChanges": [
            {
                "artifactLocation": _location(file, artifacts),
                "replacements": [_replacement(one, source) for one in sorted(fix.edits, key=lambda one: one.start)],
            }
        ],
    }


def _replacement(edit: Edit, source: Source) -> dict[str, Any]:
    """An edit; a byte order mark is no character of a file for SARIF."""
    (line, column), (end_line, end_column) = source.at(edit.start), source.at(edit.end)
    mark = source.text.startswith("\ufeff")
    return {
        "deletedRegion": {
            "startLine": line,
            "startColumn": max(1, column - (mark and line == 1)),
            "endLine": end_line,
            "endColumn": max(1, end_column - (mark and end_line == 1)),
            "charOffset": max(0, edit.start - mark),
            "charLength": edit.end - edit.start,
        },
        "insertedContent": {"text": edit.text.encode(errors="replace").decode()},
    }


def _physical(place: Place, artifacts: dict[str, int], source: Source | None) -> dict[str, Any]:
    line, column = max(1, place.line), max(1, place.column)
    region: dict[str, Any] = {"startLine": line, "startColumn": column, "endLine": max(line, place.end_line)}
    region["endColumn"] = max(1, place.end_column) if region["endLine"] > line else max(column, place.end_column)
    snippet = "" if source is None else _snippet(region, source)
    if snippet:
        region["snippet"] = {"text": snippet}
    return {"artifactLocation": _location(place.file, artifacts), "region": region}


def _snippet(region: dict[str, Any], source: Source) -> str:
    """The text of a region; none where it is long: a `Source` gives more of a line than fits into a snippet."""
    first, last = region["startLine"], region["endLine"]
    if last - first > _SNIPPET // 10:
        return ""
    lines = list[str]()
    for number in range(first, last + 1):
        line, gone = source.line(number, region["startColumn"] if number == first else 0)
        start = region["startColumn"] - 1 - gone if number == first else 0
        lines.append(line[start : region["endColumn"] - 1 - gone if number == last else len(line)])
    text = "\n".join(lines)
    return text.encode(errors="replace").decode() if len(text) <= _SNIPPET else ""


def _location(file: str, artifacts: dict[str, int] | None = None) -> dict[str, Any]:
    """A file below the audited folder; names that are no text are encoded byte by byte."""
    if os.path.isabs(file):
        place = {"uri": "file://" + _quoted(file)}
    else:
        place = {"uri": _quoted(os.path.normpath(file)), "uriBaseId": "%SRCROOT%"}
    return place if artifacts is None else place | {"index": artifacts[file]}


def _quoted(file: str) -> str:
    try:
        return quote(os.fsencode(file))
    except UnicodeEncodeError:  # no name that a file can have
        return quote(file, errors="replace")


def _message(text: str) -> str:
    """Plain text of a message: no placeholder, no link, one line."""
    return _PLACEHOLDER.sub(r"{{\1}}", sentence(text)).replace("](", "] (")
