"""Step 4: what the plugin stands on, held against the advisories on this machine."""

from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.controls.control import Severity
from ringfence.vetting.found import Gathered, Raw
from ringfence.vetting.report import Verdict
from ringfence.vetting.subject import Subject

if TYPE_CHECKING:
    from ringfence.advisories.dependencies import Feed

#: The snapshot of advisories in a folder of data, as `ringfence advisories update` writes it.
SNAPSHOT = "pypi"


def dependencies(gathered: Gathered, subject: Subject, data: Path | None, feed: "Feed | None" = None) -> None:
    """Examine the locks and what is vendored; `feed` also asks a package index."""
    from ringfence.advisories.dependencies import examine

    examined = examine(subject.folder, data=_snapshot(data), feed=feed)
    for one in examined.findings:
        mild = one.severity in (Severity.LOW, Severity.MEDIUM)
        verdict = Verdict.WARN if mild else None
        gathered.findings.append(Raw(one.rule, one.path, one.line, one.message, one.hint, one.severity, verdict))
    gathered.findings += [Raw("stale-advisories", "", 0, text) for text in examined.warnings]
    gathered.unexamined += examined.unexamined


def _snapshot(data: Path | None) -> Path | None:
    """The file with the advisories: named itself, or in the folder that is named."""
    if data is None:
        return None
    file = data / SNAPSHOT if data.is_dir() else data
    return file if file.exists() else None
