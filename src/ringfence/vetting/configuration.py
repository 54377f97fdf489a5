"""Step 3: secrets in every file, and the controls of configuration that comes with the plugin."""

from ringfence.audit.finding import Finding
from ringfence.controls.control import Severity
from ringfence.vetting import auditing
from ringfence.vetting.found import Gathered
from ringfence.vetting.report import Verdict
from ringfence.vetting.subject import Subject


def configuration(gathered: Gathered, subject: Subject) -> None:
    """Run the auditor."""
    auditing.audited(gathered, subject, auditing.of_the_rest(), _verdict)


def _verdict(finding: Finding) -> Verdict:
    """A secret blocks where it is not only shown; of configuration, which nothing of the plugin uses by itself, only
    what is critical."""
    if auditing.is_aside(finding.place.file):
        return Verdict.WARN
    secret = finding.control.startswith("no-secrets-in")
    blocks = auditing.hard(finding) if secret else finding.severity is Severity.CRITICAL
    return Verdict.BLOCK if blocks else Verdict.WARN
