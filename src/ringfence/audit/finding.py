"""What an audit gives: findings with their places, what could not be read, and the report that holds both."""

from datetime import date

from ringfence.controls.control import Reference, Severity
from ringfence.dataclasses import dataclass
from ringfence.formats.document import Edit, Place, Unread


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiver:
    """Accepted insecurity: why, and until when (None: for ever). `place` is that of the comment, or None for the
    configuration."""

    control: str
    reason: str
    until: date | None
    place: Place | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fix:
    """What would put a finding right. `edits` are of the file of the finding's place.

    `assumption` says what was assumed for them ("memory = 536870912"), `left` what they do not do: (model path, why).
    """

    title: str
    safe: bool
    assumption: str
    edits: tuple[Edit, ...]
    left: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A place where a control does not hold.

    `message` says what stands there, `why` why that matters; `path` is the model path. `fingerprint` stays the same
    when lines move. `waived` is the waiver that covers it; `fix` is None where none was asked for or there is none.
    """

    control: str
    title: str
    severity: Severity
    message: str
    place: Place
    subject: str
    path: str
    why: str
    fix: Fix | None
    waived: Waiver | None
    references: tuple[Reference, ...]
    fingerprint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A whole audit. `files` counts what was examined by kind; `skipped` are (path, why) that were passed over."""

    root: str
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]
    files: dict[str, int]
    skipped: tuple[tuple[str, str], ...]
    elapsed: float


__all__ = ["Edit", "Finding", "Fix", "Place", "Reference", "Report", "Severity", "Unread", "Waiver"]
