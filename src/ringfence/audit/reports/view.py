"""What every form of a report needs of it: the order, the counts, the texts of the files."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from ringfence.audit.finding import Finding, Report
from ringfence.audit.reports.source import Source
from ringfence.controls.control import Severity
from ringfence.dataclasses import dataclass

#: Controls of this name find secrets, which no report shows.
_SECRETS = "no-secrets-in-"

WORST_FIRST = tuple(reversed(Severity))
_RANK = {severity: rank for rank, severity in enumerate(WORST_FIRST)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Numbers of a report. Waived findings are counted in `waived` alone.

    `safe` and `unsafe` are findings with a fix that is made by `--fix`, or only with `--unsafe-fixes`.
    """

    severities: Mapping[Severity, int]
    waived: int
    safe: int
    unsafe: int
    files: int

    @property
    def all(self) -> int:
        """Findings that are not waived."""
        return sum(self.severities.values())


def counts(report: Report) -> Counts:
    """Count what a report holds."""
    alive = [one for one in report.findings if one.waived is None]
    found = Counter(one.severity for one in alive)
    fixes = Counter(one.fix.safe for one in alive if one.fix is not None and one.fix.edits)
    return Counts(
        severities={severity: found[severity] for severity in WORST_FIRST},
        waived=len(report.findings) - len(alive),
        safe=fixes[True],
        unsafe=fixes[False],
        files=len({one.place.file for one in alive}),
    )


class Sources:
    """The texts of the files that findings stand in, each read once and with its secrets hidden.

    `read` gives a file's text by the name that places have, None where it is gone.
    """

    def __init__(self, report: Report, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._made = dict[str, Source | None]()
        self._secrets = dict[str, list[Finding]]()
        for one in report.findings:
            if one.control.startswith(_SECRETS):
                self._secrets.setdefault(one.place.file, []).append(one)

    def of(self, file: str) -> Source | None:
        """The file's text for print."""
        if file not in self._made:
            self._made[file] = self._make(file)
        return self._made[file]

    def _make(self, file: str) -> Source | None:
        text = self._read(file)
        if text is None:
            return None
        source = Source(text)
        secrets = self._secrets.get(file, ())
        source.hide((one.place, frozenset(one.message.split()) | {"value"}) for one in secrets)
        # Several in one line can be one finding, and where nobody asked for secrets there is none.
        from ringfence.secrets.scan import scan

        source.hide_spans((one.start, one.end) for one in scan(text, file))
        return source


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By file and place, the worse first where two stand at the same one."""
    return sorted(
        findings, key=lambda one: (one.place.file, one.place.line, one.place.column, _RANK[one.severity], one.control)
    )


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """By severity, then by file and place."""
    return sorted(in_order(findings), key=lambda one: _RANK[one.severity])


def by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of every file that has any, in order."""
    files = dict[str, list[Finding]]()
    for one in in_order(findings):
        files.setdefault(one.place.file, []).append(one)
    return files


def plural(number: int, word: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def examined(report: Report) -> str:
    """`5 files (3 compose, 2 dockerfile)`."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(report.files.items()) if number)
    return plural(sum(report.files.values()), "file") + (f" ({kinds})" if kinds else "")


def severities(found: Counts) -> str:
    """`1 critical, 2 low`."""
    return ", ".join(f"{number} {severity}" for severity, number in found.severities.items() if number)


def how(found: Counts, mark: str = "") -> str:
    """What to type for the fixes there are, where there are some; what is typed stands between marks."""
    fix, unsafe = f"{mark}ringfence audit --fix{mark}", f"{mark}--unsafe-fixes{mark}"
    if not found.unsafe:
        said = f"{found.safe} can be fixed: {fix}"
    elif not found.safe:
        said = f"{found.unsafe} can be fixed: {mark}ringfence audit --fix --unsafe-fixes{mark}"
    else:
        said = f"{found.safe + found.unsafe} can be fixed: {fix} makes {found.safe}, {unsafe} {found.unsafe} more"
    risk = "; unsafe ones can break what runs now" if found.unsafe else ""
    return f"{said} ({mark}--diff{mark} shows what would change{risk})"
