"""What an author sends to an index: one file with a release and the publisher's role, signed anew to name it.

A submission has the form of an archive of a release (`ringfence.plugins.archive`) with other members:

    submission/releases/NAME/VERSION/…   the files of the release, under the names of their targets
    submission/role.json                 the publisher's role: the last one, and these files

The role's signature is what makes it the author's; its version, one more than the last, keeps it from being sent
a second time. `check` decides without reading or writing anything else.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringfence.dataclasses import dataclass
from ringfence.errors import IndexRefused, InvalidPlugin
from ringfence.index import places
from ringfence.signing.signers import signing

if TYPE_CHECKING:
    from datetime import datetime

    from securesystemslib.signer import Signer
    from tuf.api.metadata import Metadata, TargetFile, Targets

PREFIX = "submission"
ROLE = "role.json"
MAX_ROLE = 4 << 20
#: Days that a publisher may sign for at most.
MAX_DAYS = 1100
#: A role that names more files than this would not be fetched by clients; publish under a second name.
MAX_TARGETS = 12_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """A submission on disk: the role's bytes, and the files by the names of their targets."""

    role: bytes
    files: Mapping[str, Path]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A submission that its publisher signed, for exactly one new release."""

    publisher: str
    name: str
    version: str
    metadata: "Metadata[Targets]"
    targets: Mapping[str, "TargetFile"]


def write(archive: Path, role: bytes, members: Mapping[str, Path]) -> None:
    """Put a submission into one new file."""
    from ringfence.plugins.archive import write_members

    write_members(archive, PREFIX, {**members, ROLE: role})


def read(archive: Path, folder: Path) -> Submission:
    """Unpack a submission into a new folder. Raises IndexRefused."""
    from ringfence.plugins.archive import unpack

    try:
        tree = unpack(archive, folder)
    except InvalidPlugin as error:
        raise IndexRefused(f"the submission is damaged: {error.message}") from None
    found = {path: folder / path for path in tree.files if path != ROLE}
    place = folder / ROLE
    if not place.is_file() or place.stat().st_size > MAX_ROLE:
        raise IndexRefused("the submission has no role of a publisher")
    return Submission(role=place.read_bytes(), files=found)


def parse_role(data: bytes) -> "Metadata[Targets]":
    """A publisher's role, not yet verified. Raises IndexRefused."""
    from tuf.api.metadata import Metadata, Targets
    from tuf.api.serialization import DeserializationError

    try:
        found: Metadata[Any] = Metadata.from_bytes(data)
    except DeserializationError as error:
        raise IndexRefused("the role in the submission is no metadata of TUF") from error
    if not isinstance(found.signed, Targets) or found.signed.delegations is not None:
        raise IndexRefused("the role in the submission is no publisher's")
    return found


def check(
    submitted: bytes,
    publisher: str,
    delegator: "Metadata[Targets]",
    known: "Metadata[Targets] | None",
    now: "datetime",
) -> Checked:
    """Whether this is the publisher's next role, with one new release and nothing else changed. Raises IndexRefused."""
    from tuf.api.exceptions import RepositoryError

    metadata = parse_role(submitted)
    role = places.publisher_role(publisher)
    try:
        delegator.signed.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except (RepositoryError, ValueError):
        raise IndexRefused(f"the submission is not signed by {publisher}") from None
    before = dict(known.signed.targets) if known else {}
    version = known.signed.version + 1 if known else 1
    if metadata.signed.version != version:
        raise IndexRefused(
            f"the submission is version {metadata.signed.version} of {publisher}'s role, and {version} is the next",
            hint="somebody published meanwhile: publish again",
        )
    left = (metadata.signed.expires - now).days
    if not 1 <= left <= MAX_DAYS:
        raise IndexRefused(f"the publisher's signature has to hold for 1 to {MAX_DAYS} days, not {left}")
    after = metadata.signed.targets
    if len(after) > MAX_TARGETS:
        raise IndexRefused(f"one publisher's role names at most {MAX_TARGETS} files")
    for path, target in before.items():
        if after.get(path) != target:
            raise IndexRefused(f"{path} was published and cannot be changed", hint="publish a new version")
    new = {path: target for path, target in after.items() if path not in before}
    name, number = _one_release(new)
    allowed = delegator.signed.get_delegated_role(role)
    for path in new:
        if not allowed.is_delegated_path(path):  # type: ignore[attr-defined]
            raise IndexRefused(f"{publisher} does not own the name {name!r}")
    return Checked(publisher=publisher, name=name, version=number, metadata=metadata, targets=new)


def next_role(
    known: "Metadata[Targets] | None",
    targets: Mapping[str, "TargetFile"],
    signers: "Sequence[Signer]",
    expires: "datetime",
) -> bytes:
    """The author's side: the role with these targets, signed."""
    from tuf.api.metadata import Metadata, Targets

    before = known.signed.targets if known else {}
    version = known.signed.version + 1 if known else 1
    metadata = Metadata(Targets(version=version, expires=expires, targets={**before, **targets}))
    for each in signers:
        with signing(each):
            metadata.sign(each, append=True)
    return metadata.to_bytes()


def _one_release(new: Mapping[str, "TargetFile"]) -> tuple[str, str]:
    releases = set()
    for path in new:
        parsed = places.parse_release(path)
        if parsed is None:
            raise IndexRefused(f"{path[:100]!r} is no file of a release")
        releases.add(parsed[:2])
    if len(releases) != 1:
        raise IndexRefused(f"a submission holds one new release, not {len(releases)}")
    name, version = releases.pop()
    if places.archive(name, version) not in new:
        raise IndexRefused(f"the submission names no archive of {name} {version}")
    extra = {path.rpartition("/")[2] for path in new} - _FILES - {f"{name}-{version}.tar.gz"}
    if extra:
        raise IndexRefused(f"the submission names a file that releases do not have: {min(extra)!r}")
    return name, version


_FILES = {"sbom.cdx.json", "provenance.json"}
