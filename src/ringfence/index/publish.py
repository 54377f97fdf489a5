"""The author's side of a release: packed, described, named in the author's own role, and sent.

To a folder (`index init` made it) a submission is laid down, and taken at once where the index's keys are at hand;
to an https index it is sent over its API.
"""

import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass
from ringfence.errors import IndexRefused
from ringfence.index import places, submission
from ringfence.index.repository import EXPIRY, utc_now

if TYPE_CHECKING:
    from securesystemslib.signer import Signer
    from tuf.api.metadata import Metadata, Targets

#: Gives the bill of materials of an unpacked plugin.
Bill = Callable[[Path], bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A submission in a file."""

    name: str
    version: str
    archive: str
    length: int
    file: Path


def make(
    plugin: Path,
    known: "Metadata[Targets] | None",
    signer: "Signer",
    target: Path,
    *,
    also: "Sequence[Signer]" = (),
    bill: Bill | None = None,
    provenance: Path | None = None,
) -> Made:
    """Write the submission of a plugin's folder. `known` is the publisher's role as the index has it.

    `also` sign too, where the index asks for several of the publisher's keys.

    Raises InvalidPlugin, IndexRefused.
    """
    from tuf.api.metadata import TargetFile

    from ringfence.plugins.archive import pack, unpack

    with tempfile.TemporaryDirectory(prefix="ringfence-publish-") as folder:
        archive = Path(folder, "archive")
        packed = pack(plugin, archive)
        found = {places.archive(packed.name, packed.version): archive}
        if bill is not None:
            unpack(archive, Path(folder, "plugin"))  # the bill is about what is in the archive, whatever happens here
            sbom = Path(folder, "sbom")
            sbom.write_bytes(bill(Path(folder, "plugin")))
            found[places.sbom(packed.name, packed.version)] = sbom
        if provenance is not None:
            found[places.provenance(packed.name, packed.version)] = provenance
        if known is not None and places.archive(packed.name, packed.version) in known.signed.targets:
            raise IndexRefused(
                f"{packed.name} {packed.version} was published before, and releases never change",
                hint="write a new version into plugin.toml",
            )
        targets: dict[str, TargetFile] = {
            path: TargetFile.from_file(path, str(place), ["sha256"]) for path, place in found.items()
        }
        expires = utc_now() + timedelta(days=EXPIRY["publisher"])
        submission.write(target, submission.next_role(known, targets, [signer, *also], expires), found)
    return Made(name=packed.name, version=packed.version, archive=packed.digest, length=packed.length, file=target)


def known_role(data: bytes | None) -> "Metadata[Targets] | None":
    """The publisher's role from verified bytes."""
    return submission.parse_role(data) if data is not None else None


def lay_down(made: Made, workspace: Path) -> Path:
    """Put a submission where the index's maintainers find it."""
    import shutil

    incoming = workspace / "incoming"
    if not incoming.is_dir():
        raise IndexRefused(f"{workspace} takes no submissions: it has no folder incoming")
    place = incoming / f"{made.name}-{made.version}-{made.archive.removeprefix('sha256:')[:12]}.submission"
    temporary = place.with_suffix(".tmp")
    shutil.copyfile(made.file, temporary)
    temporary.replace(place)
    return place
