"""A human's word on a release: what they are shown, and the statement that they sign.

A reviewer sees the difference to the last reviewed version, what vetting found and what the plugin asks for. Their
statement binds the decision to the archive's digest, under their own key; the index's keys cannot make one.
"""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass, replace
from ringfence.errors import IndexRefused, NotInIndex
from ringfence.index import places, records, trusted
from ringfence.index.reading import Reading
from ringfence.index.record import Record, Version
from ringfence.index.repository import utc_now
from ringfence.index.workspace import Workspace
from ringfence.signing import statements

if TYPE_CHECKING:
    from securesystemslib.signer import Signer

#: What a reviewer has looked at.
CHECKLIST = (
    ("purpose", "the code does what the description says, and nothing else"),
    ("permissions", "every permission it asks for is needed, and the narrowest that does"),
    ("arguments", "arguments reach files, commands and addresses only through what was checked"),
    ("secrets", "no secret is in the files, in what it prints, or in its errors"),
    ("dependencies", "each dependency is needed, pinned by hash, and known"),
    ("changes", "every change since the last reviewed version was read"),
)
_MAX_TEXT = 1 << 20
_MAX_DIFF_LINES = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What a reviewer is shown. `against` is the last reviewed version, empty where there is none."""

    record: Record
    version: str
    entry: Version
    against: str
    diff: tuple[str, ...]
    permissions: tuple[str, ...]
    vetting: Mapping[str, object]


def view(space: Workspace, name: str, version: str, scratch: Path) -> View:
    """What there is to review. Raises NotInIndex."""
    record = records.need(space.repository, name)
    entry = _entry(record, version)
    against = _last_reviewed(record, version)
    new = _unpacked(space, name, version, scratch / "new")
    old = _unpacked(space, name, against, scratch / "old") if against else None
    before = record.versions[against].permissions if against else {}
    return View(
        record=record,
        version=version,
        entry=entry,
        against=against,
        diff=tuple(_difference(old, new)),
        permissions=tuple(_permissions(before, entry.permissions)),
        vetting=_vetting(space, name, version),
    )


def decide(
    space: Workspace,
    name: str,
    version: str,
    *,
    reviewer: str,
    signer: "Signer",
    approve: bool,
    reason: str,
    checked: Mapping[str, bool],
) -> Version:
    """Put a reviewer's signed decision in the index; enough approvals make the release stable.

    Raises IndexRefused for who may not review it, and for an approval without the whole checklist.
    """
    policy = space.policy()
    record = records.need(space.repository, name)
    entry = _entry(record, version)
    known = policy.reviewers.get(reviewer)
    if known is None or known.key["keyid"] != signer.public_key.keyid:
        raise IndexRefused(f"{reviewer!r} is no reviewer of this index, or signs with another key")
    if reviewer not in policy.reviewer_keys(record.publisher):
        raise IndexRefused(f"{reviewer} belongs to {record.publisher}, and an author does not review their own")
    left = [what for what, _ in CHECKLIST if not checked.get(what)]
    if approve and left:
        raise IndexRefused(f"not everything was looked at: {', '.join(left)}", hint="--checked NAME, or --checked all")
    if not reason.strip():
        raise IndexRefused("a review says why", hint="--reason TEXT")
    sha256 = entry.archive.removeprefix("sha256:")
    against = _last_reviewed(record, version)
    predicate = {
        "decision": trusted.APPROVE if approve else trusted.REJECT,
        "reviewer": reviewer,
        "name": name,
        "version": version,
        "reason": reason.strip()[:4000],
        "checklist": {what: bool(checked.get(what)) for what, _ in CHECKLIST},
        "against": against,
        "vetting": entry.vetting,
        "time": utc_now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    envelope = statements.signed(trusted.REVIEW, {places.archive(name, version): sha256}, predicate, signer)
    with space.change() as step:
        record = records.need(space.repository, name)
        entry = _entry(record, version)
        approvals = [each for each in entry.approvals if each != reviewer] + ([reviewer] if approve else [])
        rejections = [each for each in entry.rejections if each != reviewer] + ([] if approve else [reviewer])
        holding = [each for each in approvals if each in policy.reviewer_keys(record.publisher)]
        stable = len(holding) >= max(1, policy.reviews) and not rejections
        new = replace(
            entry,
            approvals=tuple(approvals),
            rejections=tuple(rejections),
            channel=places.STABLE if stable else places.CANDIDATE,
            reviewed=str(predicate["time"]) if stable else entry.reviewed,
        )
        step.put(places.evidence(name, version, trusted.review_file(reviewer)), envelope)
        records.put(step, record.with_version(version, new))
        space.commit(
            step, "review", name=name, version=version, reviewer=reviewer, decision=str(predicate["decision"]),
            channel=new.channel,
        )  # fmt: skip
    return new


def _last_reviewed(record: Record, version: str) -> str:
    """The version that this one is held against, empty where it is the first to be reviewed."""
    return next((each for each in record.reviewed_versions() if each != version), "")


def _entry(record: Record, version: str) -> Version:
    found = record.versions.get(version)
    if found is None:
        newest = ", ".join(record.sorted_versions()[:5])
        raise NotInIndex(f"there is no version {version} of {record.name}", hint=f"the newest are: {newest}")
    return found


def _unpacked(space: Workspace, name: str, version: str, folder: Path) -> Path:
    from ringfence.plugins.archive import unpack

    place = space.repository.find(places.archive(name, version))
    if place is None:
        raise NotInIndex(f"the archive of {name} {version} is not in the index")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unpack(place, folder)
    return folder


def _vetting(space: Workspace, name: str, version: str) -> Mapping[str, object]:
    data = space.repository.read_target(places.evidence(name, version, "vetting.json"))
    if data is None:
        return {}
    said = statements.opened(data, space.policy().vetters(), kind=trusted.VETTING, what="the vetting report")
    return said.predicate


def _permissions(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    """One line for each thing asked for: "+" new, "-" no longer, " " as before."""
    old, new = set(_asked(before)), set(_asked(now))
    lines = [(each, "+" if each not in old else " ") for each in new] + [(each, "-") for each in old - new]
    return [f"{mark} {each}" for each, mark in sorted(lines)]


def _asked(permissions: Mapping[str, object]) -> list[str]:
    found = []
    for kind, value in permissions.items():
        if isinstance(value, Mapping):
            found += [f"{kind} {name}: {text}" for name, text in value.items()]
        elif isinstance(value, list):
            found += [f"{kind} {each}" for each in value]
    return found


def asked(entry: Version) -> list[str]:
    """What a release asks for, a line each."""
    return sorted(_asked(entry.permissions))


def _difference(old: Path | None, new: Path) -> list[str]:
    before, after = _texts(old), _texts(new)
    lines: list[str] = []
    for path in sorted(before.keys() | after.keys()):
        was, now = before.get(path), after.get(path)
        if was == now:
            continue
        if isinstance(was, bytes) or isinstance(now, bytes):
            lines.append(f"binary file {path} {'changed' if was and now else 'added' if now else 'removed'}")
            continue
        names = (f"a/{path}" if was is not None else "/dev/null", f"b/{path}" if now is not None else "/dev/null")
        lines += difflib.unified_diff(was or [], now or [], *names, lineterm="")
        if len(lines) > _MAX_DIFF_LINES:
            return [
                *lines[:_MAX_DIFF_LINES],
                f"… more than {_MAX_DIFF_LINES} lines: unpack the archives and compare them",
            ]
    return lines


def _texts(folder: Path | None) -> dict[str, "list[str] | bytes"]:
    """Every file as lines; as bytes where it is no text."""
    found: dict[str, list[str] | bytes] = {}
    for place in sorted(folder.rglob("*")) if folder else []:
        if place.is_file():
            data = place.read_bytes()
            try:
                found[str(place.relative_to(str(folder)))] = data[:_MAX_TEXT].decode().splitlines()
            except UnicodeDecodeError:
                found[str(place.relative_to(str(folder)))] = data
    return found


def reviews(space: Workspace, name: str, version: str) -> list[Reading]:
    """Every statement of a reviewer on a release, opened."""
    record = records.need(space.repository, name)
    entry = _entry(record, version)
    keys = space.policy().reviewer_keys(record.publisher)
    found = []
    for reviewer in (*entry.approvals, *entry.rejections):
        data = space.repository.read_target(places.evidence(name, version, trusted.review_file(reviewer)))
        if data is not None and reviewer in keys:
            what = f"the review of {name} {version} by {reviewer}"
            said = statements.opened(data, [keys[reviewer]], kind=trusted.REVIEW, what=what)
            found.append(Reading(said.predicate, what))
    return found
