"""The auditor over a plugin's files, with nothing that the plugin says of them: no `.gitignore` hides a file, and a
waiver in the plugin's own text is its author's word, not ours."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from ringfence.audit.finding import Finding
from ringfence.controls import CATALOGUE
from ringfence.controls.control import Scope, Severity
from ringfence.vetting.found import Gathered, Raw
from ringfence.vetting.report import Verdict
from ringfence.vetting.subject import Subject

_HARD = (Severity.HIGH, Severity.CRITICAL)
#: What is there to be looked at, not to be used.
_ASIDE = ("test", "tests", "testing", "example", "examples", "docs", "doc", "fixtures", "vendor", "sample", "samples")


def of_agents() -> frozenset[str]:
    """The controls of what an agent is given."""
    return frozenset(id for id, scopes in CATALOGUE.items() if Scope.AGENT in scopes)


def of_the_rest() -> frozenset[str]:
    """All others that judge files."""
    return frozenset(id for id, scopes in CATALOGUE.items() if set(scopes) - {Scope.AGENT, Scope.PLUGIN})


def audited(
    gathered: Gathered, subject: Subject, controls: Iterable[str], verdict: Callable[[Finding], Verdict]
) -> None:
    """Put what these controls find, and what could not be examined, into `gathered`."""
    from ringfence.audit.engine import audit
    from ringfence.audit.examine import _UNKNOWN
    from ringfence.audit.kinds import may_be_text
    from ringfence.audit.select import Selection
    from ringfence.audit.settings import Settings

    folder = os.path.realpath(subject.folder)
    paths = [os.path.join(folder, path) for path in subject.files if may_be_text(path)]
    if not paths:
        return
    settings = Settings(
        selection=Selection(profile="default", only=frozenset(controls), skip=frozenset()),
        today=datetime.now(UTC).date(),
        waivers=(),
        assume={},
        exclude=(),
        previews=False,
    )
    report = audit(paths, settings, processes=1)
    for finding in report.findings:
        path = os.path.relpath(os.path.join(report.root, finding.place.file), folder)
        said = finding.message
        if finding.waived is not None:
            said = f"{said} (its author accepts it: {finding.waived.reason})"
        yours = verdict(finding)
        gathered.findings.append(
            Raw(finding.control, path, finding.place.line, said, finding.title, finding.severity, yours)
        )
    for one in report.unread:
        if one.message != _UNKNOWN:
            path = os.path.relpath(os.path.join(report.root, one.place.file), folder)
            gathered.unexamined.append(f"{path}:{one.place.line}: {one.message}")


def is_aside(path: str) -> bool:
    """Whether a file lies among tests, examples, documents or packages of others."""
    return any(part.lower() in _ASIDE for part in path.split(os.sep)[:-1])


def hard(finding: Finding) -> bool:
    """Whether a finding weighs enough to block."""
    return finding.severity in _HARD


def texts(subject: Subject, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(path, text) of the subject's texts with such names; what is no text is the audit's to say."""
    from ringfence.audit.source import Unreadable, data, text

    for path in subject.files:
        if path.lower().endswith(endings):
            try:
                yield path, text(data(os.path.join(subject.folder, path)))
            except Unreadable:
                continue
