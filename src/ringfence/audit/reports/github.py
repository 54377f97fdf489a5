"""Annotations of GitHub Actions: `::error file=…,line=…::message`, one a line.

GitHub shows at most ten errors, ten warnings and ten notices of a step, so the worst come first, and a notice says
when there are more. Every text of others is escaped as the runner asks for it; it can begin no line of its own.
"""

from collections import Counter

from ringfence.audit.finding import Report
from ringfence.audit.reports import view
from ringfence.audit.reports.text import sentence
from ringfence.controls.control import Severity
from ringfence.formats.document import Place

_LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "notice"}
_OF_A_LEVEL = 10
_LONGEST = 1000


def render(report: Report) -> str:
    """What is unread as errors, then every finding that is not waived. Empty where there is neither."""
    lines = [_command("error", one.place, "could not be examined", one.message) for one in report.unread]
    levels = Counter({"error": len(lines)})
    for finding in view.worst_first(one for one in report.findings if one.waived is None):
        level = _LEVELS[finding.severity]
        levels[level] += 1
        title, said = f"{finding.control} ({finding.severity})", f"{finding.subject}: {finding.message}"
        lines.append(_command(level, finding.place, title, said, finding.why))
    more = sum(max(0, number - _OF_A_LEVEL) for number in levels.values())
    if more:
        said = f"GitHub shows ten annotations of a kind; {more} more are in the log of this step"
        lines.insert(0, f"::notice title=Ringfence::{said}")
    return "".join(line + "\n" for line in lines)


def _command(level: str, place: Place, title: str, *said: str) -> str:
    at = [f"file={_property(place.file)}", f"line={place.line}", f"endLine={max(place.line, place.end_line)}"]
    if place.end_line == place.line:  # columns of a place over several lines are refused
        at += [f"col={place.column}", f"endColumn={max(place.column, place.end_column - 1)}"]
    message = "%0A".join(_data(sentence(one)[:_LONGEST]) for one in said if one)
    return f"::{level} {','.join(at)},title={_property(sentence(title)[:_LONGEST])}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
