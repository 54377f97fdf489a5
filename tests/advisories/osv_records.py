"""OSV records that are in order, to change one thing in, and snapshots of them."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from ringfence.advisories.snapshot import Snapshot
from ringfence.advisories.update import update

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
MEDIUM_V4 = "CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:L/VI:L/VA:L/SC:N/SI:N/SA:N"


def events(*pairs: tuple[str, str], kind: str = "ECOSYSTEM") -> dict:
    return {"type": kind, "events": [{name: version} for name, version in pairs]}


def record(identifier: str = "GHSA-aaaa-bbbb-cccc", name: str = "tiny", **more: object) -> dict:
    """A record about `name` up to 1.5; `ranges`, `versions`, `affected` and any other field may be replaced."""
    affected = {
        "package": {"ecosystem": more.pop("ecosystem", "PyPI"), "name": name},
        "ranges": more.pop("ranges", [events(("introduced", "0"), ("fixed", "1.5"))]),
    }
    if "versions" in more:
        affected["versions"] = more.pop("versions")
    return {
        "schema_version": "1.7.3",
        "id": identifier,
        "modified": "2026-11-19T10:00:00Z",
        "summary": f"Something is wrong with {name}",
        "affected": [affected],
    } | more


def folder_of(folder: Path, *records: object) -> Path:
    folder.mkdir(exist_ok=True)
    for number, one in enumerate(records):
        data = one if isinstance(one, bytes) else json.dumps(one).encode()
        (folder / f"{number:06}.json").write_bytes(data)
    return folder


def zip_of(path: Path, *records: object) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, one in enumerate(records):
            archive.writestr(f"{number:06}.json", json.dumps(one))
    return path


def snapshot_of(folder: Path, *records: object, now: datetime = NOW) -> Path:
    """A file with these advisories."""
    path = folder / "advisories"
    update(str(folder_of(folder / "records", *records)), path, now=now)
    return path


def opened(folder: Path, *records: object) -> Snapshot:
    return Snapshot.open(snapshot_of(folder, *records))
