"""Reports for people and machines: text, JSON, and the auditor's SARIF and HTML."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ringfence.vetting.report import Finding, Report, Verdict

if TYPE_CHECKING:
    from ringfence.audit.finding import Finding as Audited
    from ringfence.formats.document import Place

FORMS = ("text", "json", "sarif", "html")
_MARKS = {Verdict.PASS: "good", Verdict.WARN: "warn", Verdict.BLOCK: "bad"}
_WORDS = {
    Verdict.PASS: "Nothing stands against it.",
    Verdict.WARN: "It may pass; a person should look at the warnings.",
    Verdict.BLOCK: "It must not be released as it is.",
}


def text(report: Report, style: Callable[[str, str], str]) -> str:
    """The whole report, a step at a time, what blocks first. `style` colours a text."""
    lines = [f"{report.name} {report.version}  {report.digest or '(no digest: its tree is refused)'}"]
    for step in report.steps:
        said = style(step.verdict.value.ljust(5), _MARKS[step.verdict])
        lines.append(
            f"  {said} {step.step:<14} {_counted(step.findings, len(step.unexamined))} ({step.milliseconds} ms)"
        )
        for one in step.findings:
            place = f"{one.path}:{one.line}" if one.path and one.line else one.path or "."
            lines.append(
                f"        {place}: {style(one.verdict.value, _MARKS[one.verdict])}: {one.message} [{one.rule}]"
            )
            if one.hint and one.verdict is Verdict.BLOCK:
                lines.append(f"            hint: {one.hint}")
        lines += [f"        {style('not examined', 'bad')}: {one}" for one in step.unexamined]
    lines.append(f"{style(report.verdict.value, _MARKS[report.verdict])}: {_WORDS[report.verdict]}")
    return "\n".join(lines) + "\n"


def _counted(findings: tuple[Finding, ...], unexamined: int) -> str:
    blocks = sum(one.verdict is Verdict.BLOCK for one in findings)
    parts = [(blocks, "block"), (len(findings) - blocks, "warn"), (unexamined, "not examined")]
    return ", ".join(f"{number} {word}" for number, word in parts if number) or "nothing found"


def audited(report: Report, form: str, folder: str, read: Callable[[str], str | None]) -> str:
    """The report as SARIF or HTML, by the auditor's own writers."""
    from ringfence.audit import reports
    from ringfence.audit.finding import Report as Audit
    from ringfence.audit.finding import Unread

    audit = Audit(
        root=folder,
        findings=tuple(_as_finding(one) for one in report.findings),
        unread=tuple(
            Unread(place=_place(step.step, 1), message=one) for step in report.steps for one in step.unexamined
        ),
        files={"plugin": 1},
        skipped=(),
        elapsed=sum(step.milliseconds for step in report.steps) / 1000,
    )
    # Findings have lines and no columns, so a secret could not be taken out of the text that is shown.
    closed = {one.path for one in report.findings if one.rule.startswith("no-secrets-in")}
    return reports.render(form, audit, lambda path: None if path in closed else read(path))


def _as_finding(one: Finding) -> "Audited":
    import hashlib

    from ringfence.audit.finding import Finding as Audited
    from ringfence.vetting.rules import RULES

    rule = RULES.get(one.rule)
    said = "\0".join((one.step, one.rule, one.path, one.message))
    return Audited(
        control=one.rule,
        title=rule.title if rule else one.rule,
        severity=one.severity,
        message=f"{one.message} ({one.verdict.value}s)",
        place=_place(one.path or ".", one.line),
        subject=one.step,
        path="",
        why=one.hint,
        fix=None,
        waived=None,
        references=(),
        fingerprint=hashlib.sha256(said.encode()).hexdigest()[:32],
    )


def _place(file: str, line: int) -> "Place":
    from ringfence.formats.document import Place

    return Place(file=file, line=max(1, line), column=1, end_line=max(1, line), end_column=1)
