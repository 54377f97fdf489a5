"""Step 5: what an agent is told, what runs for it, the descriptions of its tools, and what changed since the review."""

from pathlib import Path

from ringfence.audit.finding import Finding
from ringfence.vetting import auditing
from ringfence.vetting.found import Gathered
from ringfence.vetting.report import Verdict
from ringfence.vetting.subject import Subject


def agent(gathered: Gathered, subject: Subject, reviewed: Path | None) -> None:
    """Everything of the step."""
    from ringfence.vetting.agent.changes import changes
    from ringfence.vetting.agent.tools import poisoned

    auditing.audited(gathered, subject, auditing.of_agents(), _verdict)
    gathered.findings += poisoned(subject)
    if reviewed is not None:
        gathered.findings += changes(subject, reviewed)


def _verdict(finding: Finding) -> Verdict:
    """What is hard blocks, whatever the plugin's own text says of it."""
    return Verdict.BLOCK if auditing.hard(finding) else Verdict.WARN
