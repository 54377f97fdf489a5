"""What a step hands to the pipeline: raw findings, before any policy has judged them."""

from typing import NamedTuple

from ringfence.controls.control import Severity
from ringfence.vetting.policy import Policy
from ringfence.vetting.report import MAX_FINDINGS, Finding, StepReport, Verdict, worst
from ringfence.vetting.rules import RULES

_LONGEST = 1000


class Raw(NamedTuple):
    """A place where a rule does not hold. `severity` and `verdict` are given where the rule is a control's."""

    rule: str
    path: str
    line: int
    message: str
    hint: str = ""
    severity: Severity | None = None
    verdict: Verdict | None = None


class Gathered:
    """Raw findings of one step, and what it could not examine."""

    def __init__(self) -> None:
        self.findings = list[Raw]()
        self.unexamined = list[str]()

    def report(self, step: str, policy: Policy, milliseconds: int) -> StepReport:
        """The step's report under a policy: worst first, each place once, bounded."""
        findings = dict[tuple[str, str, int, str], Finding]()
        for raw in self.findings:
            one = _judged(step, raw, policy)
            if one is not None:
                findings.setdefault((one.rule, one.path, one.line, one.message), one)
        kept = sorted(findings.values(), key=_order)
        unexamined = [_plain(one) for one in dict.fromkeys(self.unexamined)]
        if len(kept) > MAX_FINDINGS:
            unexamined.append(f"{len(kept) - MAX_FINDINGS} more findings are not listed")
        verdict = worst(*(one.verdict for one in kept), *([policy.unexamined] if unexamined else []))
        return StepReport(
            step=step,
            verdict=verdict,
            findings=tuple(kept[:MAX_FINDINGS]),
            unexamined=tuple(unexamined[:MAX_FINDINGS]),
            milliseconds=milliseconds,
        )


def _judged(step: str, raw: Raw, policy: Policy) -> Finding | None:
    rule = RULES.get(raw.rule)
    own = raw.verdict or (rule.verdict if rule else Verdict.BLOCK)
    verdict = policy.judge(raw.rule, own)
    if verdict is None:
        return None
    return Finding(
        step=step,
        rule=raw.rule,
        severity=raw.severity or (rule.severity if rule else Severity.HIGH),
        path=_plain(raw.path),
        line=raw.line,
        message=_plain(raw.message) or (rule.title if rule else ""),
        hint=_plain(raw.hint) or (rule.hint if rule else ""),
        verdict=verdict,
    )


def _order(one: Finding) -> tuple[int, str, int, str]:
    return -list(Verdict).index(one.verdict), one.path, one.line, one.rule


def _plain(text: str) -> str:
    """One line of text that can be written anywhere and does not draw on a terminal."""
    text = text.encode("utf-8", "backslashreplace").decode()
    said = "".join(c if c.isprintable() else " " if c in "\n\t\r" else f"\\x{ord(c):02x}" for c in text[: _LONGEST * 2])
    return said[:_LONGEST]
