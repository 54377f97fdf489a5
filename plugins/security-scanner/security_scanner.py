"""SecurityScanner: audits the granted project folder. Reads it and nothing else, connects to nothing."""

from collections import Counter
from datetime import UTC, datetime

from ringfence.audit.engine import audit
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings

VERSION = "1.0.0"
SEVERITIES = ("low", "medium", "high", "critical")
MOST = 10_000


class SecurityScanner:
    """`policy` says where the granted folder is."""

    version = VERSION

    def __init__(self, policy=None):
        self._policy = policy or {}

    def scan(self, profile="default", severity="low"):
        """Audit every file of the granted project folder."""
        report = audit([self._policy["read"]["project"]], _settings(profile), processes=1)
        least = SEVERITIES.index(severity)
        kept = [one for one in report.findings if one.waived is None and SEVERITIES.index(one.severity.value) >= least]
        print(f"examined {sum(report.files.values())} files")
        return {
            "files": report.files,
            "findings": [_finding(one) for one in kept[:MOST]],
            "unread": [
                {"file": one.place.file, "line": one.place.line, "message": one.message} for one in report.unread
            ],
            "severities": dict(Counter(one.severity.value for one in kept)),
        }


def _settings(profile):
    return Settings(
        selection=checked(profile, (), ()),
        today=datetime.now(UTC).date(),
        waivers=(),
        assume={},
        exclude=(),
        previews=False,
    )


def _finding(one):
    return {
        "file": one.place.file,
        "control": one.control,
        "severity": one.severity.value,
        "line": one.place.line,
        "subject": one.subject,
        "message": one.message,
        "why": one.why,
    }
