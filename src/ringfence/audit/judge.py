"""From a document to findings: every control of its scope over every subject, with places, waivers and fixes."""

import hashlib
import sys
from collections.abc import Iterable, Iterator

from ringfence.audit import waivers
from ringfence.audit.finding import Finding, Fix, Waiver
from ringfence.audit.masking import masked, secrets_of
from ringfence.audit.settings import Settings
from ringfence.controls import judging
from ringfence.controls.control import Control, Decision, Fault
from ringfence.controls.hardening import put_right
from ringfence.formats.document import Asking, Document, Patch, Place, Subject, is_guess


def subject_findings(subject: Subject, place: Place, settings: Settings) -> list[Finding]:
    """What is found at a subject that stands in no file of its own; only the configuration can waive it."""
    found, seen = list[Finding](), dict[str, int]()
    for control in settings.selection.controls(subject.scope):
        for fault in control.faults(subject.model) if control.takes(subject.model) else ():
            waiver = waivers.of_entry(settings.waivers, control.id, place.file, subject.name, settings.today)
            found.append(_finding(control, fault, subject.name, place, waiver, None, seen))
    return found


def faults(subject: Subject, settings: Settings) -> Iterator[tuple[Control, Fault]]:
    """What the selected controls find at a subject, but for what the file does not let us know."""
    selection = settings.selection
    for control in selection.judging(subject.scope, subject.model):
        for fault in control.faults(subject.model):
            if (
                control.exempt
                and (selection.profile, fault.path) in control.exempt
                and control.id not in selection.only
            ):
                continue
            if not is_guess(fault, subject.unknown):
                yield control, settings.settled(fault, subject.model) if fault.assumes else fault


def findings(document: Document, file: str, settings: Settings, aside: Document | None = None) -> list[Finding]:
    """All findings of a document, waived ones too, and the faults of its waivers.

    `aside`: the same text read as nothing but text. What it shows at a line where the document shows a secret is the
    same one.
    """
    comments = _Comments(document.text, file, settings)
    seen = dict[str, int]()
    found = list[Finding]()
    places = dict[tuple[str, int, int, int], Place]()
    secrets = set[int]()
    every = [(source, one) for source in (document, aside) if source is not None for one in source.subjects]
    for source, subject in every:
        for control, fault in faults(subject, settings):
            place = source.place(subject, fault.path)
            if source is aside and aside is not document and place.line in secrets:
                continue
            if type(subject.model).__name__ == "PodContext" and _is_found(found, control.id, place):
                continue  # a container of the pod has it from there
            if source is document and control.id.startswith(("no-secrets-in-", "no-password-in-")):
                secrets.update(range(place.line, place.end_line + 1))
            # Most of what is missing stands at one place: kept once, for the memory of a large audit.
            place = places.setdefault((place.file, place.line, place.column, place.end_line), place)
            waiver = comments.covers(control.id, place, subject.name)
            fix = _fix(source, subject, control, fault) if settings.previews else None
            found.append(_finding(control, fault, subject.name, place, waiver, fix, seen))
    found += comments.faults(_judged_here(document))
    return masked(found, secrets_of(aside or document, file)) if found else found


def _is_found(found: list[Finding], control: str, place: Place) -> bool:
    at = (place.file, place.line, place.column)
    return any(one.control == control and (one.place.file, one.place.line, one.place.column) == at for one in found)


def _judged_here(document: Document) -> tuple[str, ...] | None:
    """The controls that can be waived in a document; None for all. A mere text may speak of waivers for other files."""
    scope = getattr(document, "scope", None)
    return None if scope is None else tuple(one.id for one in judging(scope))


class _Comments:
    """The waivers that hold in a document: comments in its file, and entries of the configuration."""

    def __init__(self, text: str, file: str, settings: Settings) -> None:
        self._file = file
        self._settings = settings
        self._comments = waivers.comments(text, file, settings.today) if settings.heeds_comments else []

    def covers(self, control: str, place: Place, subject: str) -> Waiver | None:
        by_comment = None
        if self._comments and place.file == self._file:
            by_comment = waivers.of_comment(self._comments, control, place.line)
        entries = self._settings.waivers
        if by_comment is not None or not entries:
            return by_comment
        return waivers.of_entry(entries, control, place.file, subject, self._settings.today)

    def faults(self, ids: tuple[str, ...] | None = None) -> Iterator[Finding]:
        """What is wrong with the waivers themselves; one that a selection left idle is not unused. `ids`: only those
        of them."""
        for one in self._comments:
            if ids is not None and not set(one.ids) & set(ids):
                continue
            if one.fault is not None:
                yield self._fault(one, *one.fault)
            elif not self._settings.selection.only and (idle := [id for id in one.ids if id not in one.used]):
                yield self._fault(one, "waiver-unused", f"nothing of {', '.join(idle)} is found there")

    def _fault(self, comment: waivers.Comment, id: str, message: str) -> Finding:
        title, severity = waivers.FAULTS[id]
        return Finding(
            control=id,
            title=title,
            severity=severity,
            message=message,
            place=comment.place,
            subject="waiver",
            path="",
            why="What was accepted once must stay true, or nobody knows what is accepted.",
            fix=None,
            waived=None,
            references=(),
            fingerprint=_digest(id, comment.place.file, ",".join(comment.ids), comment.reason),
        )


def _finding(
    control: Control,
    fault: Fault,
    subject: str,
    place: Place,
    waiver: Waiver | None,
    fix: Fix | None,
    seen: dict[str, int],
) -> Finding:
    field = "".join(part for part in fault.path if not part.isdigit())
    print_ = _digest(control.id, place.file, subject, field, fault.found)
    # The same fault of the same thing a second time: told apart by its number.
    count = seen[print_] = seen.get(print_, 0) + 1
    return Finding(
        control=control.id,
        title=control.title,
        severity=fault.severity or control.severity,
        message=fault.found,
        place=place,
        subject=subject,
        path=fault.path,
        why=why(control),
        fix=fix,
        waived=waiver,
        references=control.references,
        fingerprint=print_ if count == 1 else _digest(print_, str(count)),
    )


def _fix(document: Document, subject: Subject, control: Control, fault: Fault) -> Fix:
    safe = not control.unsafe_fix
    if isinstance(fault.want, Decision):
        question = fault.want.question
        if isinstance(document, Asking):
            question = document.asks(subject, fault.path, question)
        left = ((fault.path, question),)
        return Fix(title=control.title, safe=safe, assumption="", edits=(), left=left)
    patch = document.patch(subject, put_right(subject.model, [fault]))
    edits = () if lacking(patch, [fault]) else patch.edits
    return Fix(title=control.title, safe=safe, assumption=fault.assumption, edits=edits, left=patch.left)


def lacking(patch: Patch, faults: Iterable[Fault]) -> str:
    """Why a patch is not enough: something that these fixes append could not be written. "" where nothing lacks."""
    appended = {path for fault in faults for path, _ in fault.appends}
    return next((f"{path}: {reason}" for path, reason in patch.left if path.partition("[")[0] in appended), "")


def why(control: Control) -> str:
    """The first paragraph of a control's page; "" where docstrings were taken out (`python -OO`)."""
    if control.id not in _WHY:
        page = sys.modules[control.faults.__module__].__doc__ or ""
        paragraphs = page.split("\n\n")
        _WHY[control.id] = " ".join(paragraphs[1].split()) if len(paragraphs) > 1 else ""
    return _WHY[control.id]


_WHY: dict[str, str] = {}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]
