"""Whether an installed plugin is still what was signed, without a network.

At installation everything that the release was verified with is kept: root, targets, policy, record and statements.
`check` goes the same way again from the pinned root, and says what has run out since; nothing newer can be known here.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringfence.dataclasses import dataclass
from ringfence.errors import IndexUntrusted, NotInIndex, RingfenceError
from ringfence.index import places, policy, record, trusted
from ringfence.plugins import installed
from ringfence.plugins.installed import Installed

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata

    from ringfence.index.client import Client


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What was found: `wrong` is empty where all is well, `notes` are what to know."""

    name: str
    version: str
    wrong: str
    notes: tuple[str, ...]


def keep(client: "Client", one: Installed) -> None:
    """Keep what the release was verified with."""
    place = installed.evidence(one)
    staging = place.with_name(f".{place.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    for name, data in client.proof(places.archive(one.name, one.version), _paths(client, one)).items():
        (staging / name).write_bytes(data)
    shutil.rmtree(place, ignore_errors=True)
    staging.rename(place)


def _paths(client: "Client", one: Installed) -> list[str]:
    found = client.record(one.name)
    files = trusted.evidence_files(found, one.version)
    evidence = [places.evidence(one.name, one.version, file) for file in files]
    return [places.POLICY, places.record(one.name), *evidence]


def check(one: Installed, now: datetime, pinned: str | None = None) -> Checked:
    """Hold an installation against its evidence and its files against its record.

    `pinned` is the root that its index is pinned to here; without it, the one that was pinned when it was installed.
    """
    notes: list[str] = []
    try:
        wrong = installed.damage(one) or _proved(one, now, notes, pinned)
    except RingfenceError as error:
        wrong = error.message
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        wrong = f"its evidence is not there or damaged: {error}"
    return Checked(name=one.name, version=one.version, wrong=wrong, notes=tuple(notes))


def _proved(one: Installed, now: datetime, notes: list[str], pinned: str | None) -> str:
    folder = installed.evidence(one)
    said = json.loads((folder / "proof.json").read_bytes())
    root = _root(folder, pinned or said["root"])
    trail: dict[str, Metadata[Any]] = {"root": root}
    over: dict[str, str] = {}
    for role, above in said["roles"]:
        trail[role] = _metadata(folder / f"role-{role}.json")
        _verified(trail[above], role, trail[role])
        over[role] = above
    for role, metadata in trail.items():
        if metadata.signed.expires < now:
            notes.append(f"the signature of {role} ran out on {metadata.signed.expires:%Y-%m-%d}: refresh the index")
    files: dict[str, bytes] = {}
    sha256 = ""
    for path, role in said["targets"].items():
        _answers_for(path, role, trail, over)
        target = trail[role].signed.targets[path]
        if path == places.archive(one.name, one.version):
            sha256 = target.hashes["sha256"]
            continue
        data = (folder / hashlib.sha256(path.encode()).hexdigest()).read_bytes()
        if len(data) != target.length or hashlib.sha256(data).hexdigest() != target.hashes["sha256"]:
            return f"{path} in its evidence is not the file that was signed"
        files[path] = data
    if one.archive != f"sha256:{sha256}":
        return "it was not installed from the archive that its publisher signed"
    known = record.parse(files[places.record(one.name)], one.name)
    evidence = {path.rpartition("/")[2]: data for path, data in files.items() if path.startswith("evidence/")}
    trusted.judge(policy.parse(files[places.POLICY]), known, one.version, sha256, evidence, one.channel)
    if known.versions[one.version].tree != one.release_tree:
        return "its files are not those that the index names"
    return ""


def _answers_for(path: str, role: str, trail: "Mapping[str, Metadata[Any]]", over: Mapping[str, str]) -> None:
    """Whether each role on the way down to this one may speak of a target: a good signature alone is not enough."""
    while role != places.TARGETS:
        below = trail[over[role]].signed.delegations
        if role not in {name for name, _ in below.get_roles_for_target(path)}:
            raise IndexUntrusted(f"the role {role} in its evidence does not answer for {path}")
        role = over[role]


def _root(folder: Path, pinned: str) -> "Metadata[Any]":
    """The newest root, by way of every one since the pinned one."""
    version, _, digest = pinned.partition(":")
    number = int(version)
    if hashlib.sha256((folder / f"root-{number}.json").read_bytes()).hexdigest() != digest:
        raise IndexUntrusted("its evidence does not begin with the root that was pinned")
    root = _metadata(folder / f"root-{number}.json")
    while (folder / f"root-{number + 1}.json").exists():
        number += 1
        new = _metadata(folder / f"root-{number}.json")
        _verified(root, "root", new)
        root = new
    _verified(root, "root", root)
    return root


def _verified(above: "Metadata[Any]", role: str, found: "Metadata[Any]") -> None:
    from tuf.api.exceptions import RepositoryError

    try:
        above.signed.verify_delegate(role, found.signed_bytes, found.signatures)
    except (RepositoryError, ValueError):
        raise IndexUntrusted(f"the role {role} in its evidence is not signed as it has to be") from None


def _metadata(place: Path) -> "Metadata[Any]":
    from tuf.api.metadata import Metadata
    from tuf.api.serialization import DeserializationError

    try:
        return Metadata.from_bytes(place.read_bytes())
    except DeserializationError:
        raise IndexUntrusted(f"{place.name} in its evidence is no metadata of TUF") from None


def withdrawn(client: "Client", one: Installed) -> str:
    """What the index says against an installed version by now; empty where nothing. Raises NotInIndex."""
    found = client.record(one.name).versions.get(one.version)
    if found is None:
        raise NotInIndex(f"the index no longer knows {one.name} {one.version}")
    return "" if found.status.value == "fine" else f"{found.status.value}: {found.reason}"
