"""A summary in Markdown, for `$GITHUB_STEP_SUMMARY`, a merge request or a chat.

Text of others cannot bring in a link, an image, HTML, a mention or a table: every word of it that is more than letters
stands in a code span. The worst findings come first, and no more of them than a reader bears and GitHub takes.
"""

import re
from collections.abc import Iterable

from ringfence.audit.finding import Finding, Fix, Report
from ringfence.audit.reports import view
from ringfence.audit.reports.source import Source
from ringfence.audit.reports.text import clipped, safe, sentence

_MOST = 200
_LONGEST_LINE = 300
_LONGEST_DIFF = 40
# Words that mean nothing to Markdown nor to GitHub, which makes links of names, numbers and commits.
_PLAIN = re.compile(r"\(?(?:[A-Za-z]+(?:['-][A-Za-z]+)*|[0-9]{1,6})\)?[,.;:?]?")
_COMMIT = re.compile(r"[0-9a-f]{7,}")


def render(report: Report, sources: view.Sources) -> str:
    """The whole text; at most 200 findings in full, the worst ones."""
    alive = view.worst_first(one for one in report.findings if one.waived is None)
    lines = ["## Ringfence audit", "", *_summary(report), "", *_unread(report)]
    for file, findings in view.by_file(alive[:_MOST]).items():
        lines += [f"### {code(file)}", ""]
        for finding in view.worst_first(findings):
            lines += _finding(finding, sources.of(file))
        lines.append("")
    if len(alive) > _MOST:
        lines += [f"{len(alive) - _MOST} more findings, none worse than these, are not listed here.", ""]
    return "\n".join(lines)


def words(text: str) -> str:
    """Running text of others: plain words as they are, every other one as code."""
    return " ".join(_word(word) for word in sentence(text).split(" ") if word)


def code(text: str) -> str:
    """A code span that holds exactly this text, whatever it is."""
    inner = clipped(safe(text), _LONGEST_LINE)
    if not inner.strip():
        return "` `"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", inner)), default=0))
    pad = " " if inner[0] in "` " or inner[-1] in "` " else ""
    return f"{fence}{pad}{inner}{pad}{fence}"


def _word(word: str) -> str:
    return word if _PLAIN.fullmatch(word) and not _COMMIT.search(word) else code(word)


def _summary(report: Report) -> list[str]:
    found = view.counts(report)
    if found.all:
        said = (
            f"**{view.plural(found.all, 'finding')}** in {view.plural(found.files, 'file')}: {view.severities(found)}"
        )
    elif any(report.files.values()):
        said = "**Nothing found**"
    else:
        said = "**Nothing was examined**"
    waived = f"; {found.waived} waived" if found.waived else ""
    lines = [f"{said}{waived}. Examined {view.examined(report)} in {report.elapsed:.2f} s."]
    if found.safe or found.unsafe:
        lines.append(view.how(found, "`") + ".")
    return lines


def _unread(report: Report) -> list[str]:
    if not report.unread:
        return []
    lines = ["### Could not be examined", ""]
    lines += [f"- {code(one.place.file)} line {one.place.line}: {words(one.message)}" for one in report.unread[:_MOST]]
    if len(report.unread) > _MOST:
        lines.append(f"- and {len(report.unread) - _MOST} more")
    return [*lines, ""]


def _finding(finding: Finding, source: Source | None) -> list[str]:
    said = f"{words(finding.subject)}: {words(finding.message)}"
    lines = [f"- **{finding.severity}** {code(finding.control)} line {finding.place.line}, {said}"]
    if finding.fix is not None and finding.fix.edits and source is not None:
        lines += ["  " + line if line else "" for line in _fix(finding.fix, source)]
    return lines


def _fix(fix: Fix, source: Source) -> Iterable[str]:
    """The diff, folded up, in a fence that no line of it can close."""
    lines = [
        clipped(f"{one.sign}{safe(one.text)}", _LONGEST_LINE) for hunk in source.hunks(fix.edits) for one in hunk.lines
    ]
    if len(lines) > _LONGEST_DIFF:
        lines = [*lines[:_LONGEST_DIFF], "..."]
    fence = "`" * max(3, 1 + max((len(run) for line in lines for run in re.findall("`+", line)), default=0))
    kind = "safe" if fix.safe else "unsafe"
    title = f"<summary>fix ({kind})</summary>"
    return ["<details>" + title, "", words(fix.title), "", fence + "diff", *lines, fence, "", "</details>"]
