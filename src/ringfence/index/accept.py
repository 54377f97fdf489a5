"""Takes a submission into the index: checked, vetted, recorded; into the channel `candidate`, never further.

Whatever is refused is in the journal, with the reason.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass
from ringfence.errors import IndexRefused, InvalidPlugin, RingfenceError
from ringfence.index import files, names, places, records, submission, trusted
from ringfence.index.record import Record, Status, Version
from ringfence.index.repository import Change, utc_now
from ringfence.index.submission import Checked, Submission
from ringfence.index.workspace import Workspace
from ringfence.signing import statements

if TYPE_CHECKING:
    from ringfence.plugins.manifest import Manifest
    from ringfence.plugins.tree import Tree

#: Vets an unpacked plugin (folder, folder of the last reviewed version or None): (verdict, report as JSON-able data).
Vet = Callable[[Path, Path | None], tuple[str, Mapping[str, object]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """What was taken. `verdict` is vetting's word, empty where nothing vetted."""

    name: str
    version: str
    publisher: str
    archive: str
    verdict: str


def accept(space: Workspace, archive: Path, vet: Vet | None) -> Accepted:
    """Take the submission in `archive`. Raises IndexRefused with the reason; the index is then as it was."""
    with tempfile.TemporaryDirectory(prefix="ringfence-accept-") as scratch:
        os.chmod(scratch, 0o755)  # noqa: S103  # cells, which have a user of their own, read what is vetted
        try:
            found = submission.read(archive, Path(scratch, "submission"))
            return _accept(space, found, Path(scratch), vet)
        except RingfenceError as error:
            space.note("submission-refused", reason=error.message[:1000], digest=_digest(archive))
            raise


def _accept(space: Workspace, found: Submission, scratch: Path, vet: Vet | None) -> Accepted:
    """What takes time comes before the index is locked; what others can change meanwhile is checked again."""
    space.repository.refresh()
    publisher = _publisher(space, found)
    checked = _checked(space, found, publisher)
    if set(checked.targets) != set(found.files):
        odd = min(set(checked.targets) ^ set(found.files))
        raise IndexRefused(f"{odd[:100]!r} is named but not sent, or sent but not named")
    for path, target in checked.targets.items():
        _same_file(found.files[path], target.length, target.hashes.get("sha256", ""), path)
    _attested(space, checked, found)
    manifest, tree, folder = _unpacked(checked, found, scratch)
    reviewed = _last_reviewed(space, _record(space, checked, manifest), scratch)
    verdict, report = vet(folder, reviewed) if vet else ("", {})
    if verdict == "block":
        raise IndexRefused(
            f"{checked.name} {checked.version} does not pass vetting: {_first_reason(report)}",
            hint="`ringfence vet` shows the whole report",
        )
    target = checked.targets[places.archive(checked.name, checked.version)]
    with space.change() as step:
        checked = _checked(space, found, publisher)
        record = _record(space, checked, manifest)
        for path, place in found.files.items():
            step.store(path, place)
        step.take(places.publisher_role(publisher), checked.metadata, found.role)
        if report:
            _put_vetting(space, step, checked, target.hashes["sha256"], report)
        version = _version(manifest, tree, target.length, target.hashes["sha256"], verdict)
        records.put(step, record.with_version(checked.version, version))
        facts = {"name": checked.name, "version": checked.version, "publisher": publisher}
        space.commit(step, "publish", **facts, archive=version.archive, verdict=verdict)
    return Accepted(**facts, archive=version.archive, verdict=verdict)


def _checked(space: Workspace, found: Submission, publisher: str) -> Checked:
    role = places.publisher_role(publisher)
    repository = space.repository
    known = repository.last(role) if repository.has_role(role) else None
    return submission.check(found.role, publisher, repository.targets, known, utc_now())


def _attested(space: Workspace, checked: Checked, found: Submission) -> None:
    """Refuses a release whose attestations (PEP 740) do not hold, or cannot be held against anything here."""
    from ringfence.index import provenance

    place = found.files.get(places.provenance(checked.name, checked.version))
    if place is None:
        return
    identity = space.policy().publishers[checked.publisher].identity
    if not identity:
        raise IndexRefused(
            f"{checked.name} carries attestations, and the index knows no identity of {checked.publisher}",
            hint="ringfence index publisher add --identity github:OWNER/NAME:WORKFLOW",
        )
    if not provenance.is_available():
        raise IndexRefused("attestations cannot be verified here", hint="pip install 'ringfence[sigstore]'")
    path = places.archive(checked.name, checked.version)
    sha256 = checked.targets[path].hashes["sha256"]
    data = place.read_bytes()[: provenance.MAX_BYTES + 1]
    provenance.verify(data, path.rpartition("/")[2], sha256, identity)


def _publisher(space: Workspace, found: Submission) -> str:
    """Whose submission this says it is; `check` then holds it against their keys."""
    metadata = submission.parse_role(found.role)
    signers = set(metadata.signatures)
    named = {parsed[0] for path in found.files if (parsed := places.parse_release(path))}
    for name, each in space.policy().publishers.items():
        if signers & set(each.keys) and any(places.owns(owned, n) for owned in each.owns for n in named):
            return name
    raise IndexRefused(
        f"nobody who signed the submission owns {', '.join(sorted(named)) or 'the name'}",
        hint="a maintainer adds publishers: `ringfence index publisher add`",
    )


def _unpacked(checked: Checked, found: Submission, scratch: Path) -> "tuple[Manifest, Tree, Path]":
    from ringfence.plugins.archive import listing, unpack
    from ringfence.plugins.manifest import load_manifest

    folder = scratch / "plugin"
    archive = found.files[places.archive(checked.name, checked.version)]
    try:
        tree = unpack(archive, folder)
        prefix, _ = listing(archive)
        manifest = load_manifest(folder)
    except InvalidPlugin as error:
        raise IndexRefused(
            f"the archive of {checked.name} {checked.version}: {error.message}", hint=error.hint
        ) from None
    said = f"{manifest.name}-{manifest.version}"
    if (manifest.name, manifest.version) != (checked.name, checked.version) or prefix != said:
        raise IndexRefused(f"the archive of {checked.name} {checked.version} holds {said}")
    return manifest, tree, folder


def _record(space: Workspace, checked: Checked, manifest: "Manifest") -> Record:
    """The plugin's record so far. Refuses a version that is there already, and a new name like another's."""
    from packaging.version import Version as Order

    order = Order(checked.version)
    if str(order) != checked.version or order.local:
        raise IndexRefused(f"{checked.version!r} is not how an index writes a version", hint=f"write {order.public}")
    known = records.find(space.repository, checked.name)
    if known is None:
        _refuse_confusable(space, checked)
        return Record(name=checked.name, publisher=checked.publisher, summary=manifest.description, versions={})
    if any(Order(each) == order for each in known.versions):
        raise IndexRefused(f"{checked.name} {checked.version} was published before, and releases never change")
    return Record(
        name=known.name,
        publisher=checked.publisher,
        summary=manifest.description or known.summary,
        versions=known.versions,
    )


def _refuse_confusable(space: Workspace, checked: Checked) -> None:
    policy = space.policy()
    if checked.name in policy.publishers[checked.publisher].owns:
        return  # a maintainer gave this very name
    for other, entry in records.catalogue(space.repository).items():
        why = names.confusable(checked.name, other)
        if why and entry.get("publisher") != checked.publisher:
            raise IndexRefused(
                f"the name {checked.name!r} can be taken for {other!r}: it {why}",
                hint="a maintainer can give this very name to its publisher: `ringfence index publisher add --own`",
            )


def _last_reviewed(space: Workspace, record: Record, scratch: Path) -> Path | None:
    """The unpacked last reviewed version."""
    from ringfence.plugins.archive import unpack

    for number in record.reviewed_versions():
        place = space.repository.find(places.archive(record.name, number))
        if place is not None:
            unpack(place, scratch / "reviewed")
            return scratch / "reviewed"
    return None


def _put_vetting(space: Workspace, step: Change, checked: Checked, sha256: str, report: Mapping[str, object]) -> None:
    path = places.archive(checked.name, checked.version)
    envelope = statements.signed(trusted.VETTING, {path: sha256}, report, space.signer("vetting"))
    step.put(places.evidence(checked.name, checked.version, "vetting.json"), envelope)


def _version(manifest: "Manifest", tree: "Tree", length: int, sha256: str, verdict: str) -> Version:
    asked = manifest.permissions
    return Version(
        archive=f"sha256:{sha256}",
        length=length,
        tree=tree.digest,
        published=utc_now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        channel=places.CANDIDATE,
        status=Status.FINE,
        permissions={
            "network": [f"{host}:{port}" for host, port in asked.network],
            "read": dict(asked.read),
            "write": dict(asked.write),
            "secrets": dict(asked.secrets),
        },
        methods=tuple(manifest.methods),
        license=manifest.license,
        vetting=verdict,
    )


def _same_file(place: Path, length: int, sha256: str, path: str) -> None:
    if place.stat().st_size != length or files.sha256(place) != sha256:
        raise IndexRefused(f"{path} is not the file that was signed")


def _first_reason(report: Mapping[str, object]) -> str:
    steps = report.get("steps", [])
    for step in steps if isinstance(steps, list) else []:
        for finding in step.get("findings", []):
            if finding.get("verdict") == "block":
                return f"{finding.get('path')}:{finding.get('line')}: {finding.get('message')}"
        for what in step.get("unexamined", []):
            return f"not examined: {what}"
    return "see the report"


def _digest(archive: Path) -> str:
    try:
        return "sha256:" + files.sha256(archive)
    except OSError:
        return ""


def incoming(space: Workspace) -> list[Path]:
    """What waits to be taken, oldest first."""
    found = [
        each for each in (space.folder / "incoming").glob("*.submission") if each.is_file() and not each.is_symlink()
    ]
    return sorted(found, key=lambda each: (each.stat().st_mtime_ns, each.name))


def set_aside(space: Workspace, archive: Path) -> None:
    """Move a refused submission out of the way."""
    refused = space.folder / "incoming" / "refused"
    refused.mkdir(exist_ok=True)
    shutil.move(archive, refused / archive.name)
