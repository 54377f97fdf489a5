"""JUnit XML: a suite a file, a case a finding: failed, skipped where waived, an error for what could not be read.

A report without findings has one case, so that a CI server does not take the file for broken: it passed, or is an
error where nothing was examined at all. Text that XML 1.0 cannot hold is escaped, so that the file always parses.
"""

import re
from xml.sax.saxutils import escape, quoteattr

from ringfence.audit.finding import Finding, Report
from ringfence.audit.reports import view
from ringfence.formats.document import Unread

# What XML 1.0 cannot hold, and what would hide or turn text round in a CI server's page.
_FORBIDDEN = re.compile(
    "[^\\t\\n\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
    "|[\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]"
)


def render(report: Report) -> str:
    """The whole XML text."""
    files = view.by_file(report.findings)
    unread = dict[str, list[Unread]]()
    for one in report.unread:
        unread.setdefault(one.place.file, []).append(one)
    suites = [_suite(file, files.get(file, []), unread.get(file, [])) for file in sorted({*files, *unread})]
    if not suites:
        suites = [_only(report)]
    counts = view.counts(report)
    errors = len(report.unread) or int(not files and not any(report.files.values()))
    totals = _totals(max(1, len(report.findings) + len(report.unread)), counts.all, errors, counts.waived)
    head = f'<testsuites name="ringfence audit" {totals} time="{report.elapsed:.3f}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _suite(file: str, findings: list[Finding], unread: list[Unread]) -> str:
    waived = sum(one.waived is not None for one in findings)
    totals = _totals(len(findings) + len(unread), len(findings) - waived, len(unread), waived)
    cases = [_error(one) for one in unread] + [_case(one) for one in findings]
    return "\n".join([f"  <testsuite name={_attribute(file)} {totals}>", *cases, "  </testsuite>"])


def _case(finding: Finding) -> str:
    place = finding.place
    at = f"{place.file}:{place.line}:{place.column}"
    if finding.waived is not None:
        result = f"<skipped message={_attribute('waived: ' + finding.waived.reason)}/>"
    else:
        said = f"{at}: {finding.severity} {finding.control}: {finding.message}\n{finding.why}"
        attributes = f"message={_attribute(finding.message)} type={_attribute(finding.severity)}"
        result = f"<failure {attributes}>{_content(said)}</failure>"
    return _testcase(f"{finding.control}: {finding.subject}, line {place.line}", place.file, place.line, result)


def _error(unread: Unread) -> str:
    said = f'<error message={_attribute(unread.message)} type="unread"/>'
    return _testcase(f"could not be examined, line {unread.place.line}", unread.place.file, unread.place.line, said)


def _testcase(name: str, file: str, line: int, result: str) -> str:
    attributes = f'name={_attribute(name)} classname={_attribute(file)} file={_attribute(file)} line="{line}"'
    return f"    <testcase {attributes}>\n      {result}\n    </testcase>"


def _only(report: Report) -> str:
    """The one case of a report without findings: passed, but for a report that looked at nothing."""
    looked = any(report.files.values())
    name = f"nothing was found in {view.examined(report)}" if looked else "nothing was examined"
    inner = "" if looked else '<error message="nothing was examined" type="unread"/>'
    return (
        f'  <testsuite name="ringfence audit" {_totals(1, 0, 0 if looked else 1, 0)}>\n'
        f'    <testcase name={_attribute(name)} classname="ringfence audit">{inner}</testcase>\n  </testsuite>'
    )


def _totals(tests: int, failures: int, errors: int, skipped: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _attribute(text: str) -> str:
    return quoteattr(_clean(text), {"\n": "&#10;", "\t": "&#9;"})


def _content(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
