"""Whether an installed plugin is still what was signed, without a network.

At installation everything that the release was verified with is kept: root, targets, policy, record and statements.
`check` goes the same way again from the pinned root, and says what has run out since; nothing newer can be known here.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ringfence.dataclasses import dataclass
from ringfence.errors import IndexUntrusted, NotInIndex, RingfenceError
from ringfence.index import files, places, policy, record, trusted
from ringfence.plugins import installed
from ringfence.plugins.installed import Installed

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata

    from ringfence.index.client import Client

_MAX_EVIDENCE = 256 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What was found: `wrong` is empty where all is well, `notes` are what to know."""

    name: str
    version: str
    wrong: str
    notes: tuple[str, ...]


def keep(client: "Client", one: Installed) -> None:
    """Keep what the release was verified with, in one file that is replaced at once: {name: text}, all of it JSON."""
    kept = client.proof(places.archive(one.name, one.version), _paths(client, one))
    text = json.dumps({name: data.decode() for name, data in kept.items()}, sort_keys=True)
    files.write(installed.evidence(one), text.encode())


def _kept(one: Installed) -> dict[str, bytes]:
    found = json.loads(files.read(installed.evidence(one), _MAX_EVIDENCE))
    return {str(name): str(text).encode() for name, text in found.items()}


def _paths(client: "Client", one: Installed) -> list[str]:
    found = client.record(one.name)
    needed = trusted.evidence_files(found, one.version)
    evidence = [places.evidence(one.name, one.version, file) for file in needed]
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
    kept = _kept(one)
    said = json.loads(kept["proof.json"])
    root = _root(kept, pinned or said["root"])
    trail: dict[str, Metadata[Any]] = {"root": root}
    over: dict[str, str] = {}
    for role, above in said["roles"]:
        trail[role] = _metadata(kept, f"role-{role}.json")
        _verified(trail[above], role, trail[role])
        over[role] = above
    for role, metadata in trail.items():
        if metadata.signed.expires < now:
            notes.append(f"the signature of {role} ran out on {metadata.signed.expires:%Y-%m-%d}: refresh the index")
    targets: dict[str, bytes] = {}
    sha256 = ""
    for path, role in said["targets"].items():
        _answers_for(path, role, trail, over)
        target = trail[role].signed.targets[path]
        if path == places.archive(one.name, one.version):
            sha256 = target.hashes["sha256"]
            continue
        data = kept[hashlib.sha256(path.encode()).hexdigest()]
        if len(data) != target.length or hashlib.sha256(data).hexdigest() != target.hashes["sha256"]:
            return f"{path} in its evidence is not the file that was signed"
        targets[path] = data
    if one.archive != f"sha256:{sha256}":
        return "it was not installed from the archive that its publisher signed"
    known = record.parse(targets[places.record(one.name)], one.name)
    evidence = {path.rpartition("/")[2]: data for path, data in targets.items() if path.startswith("evidence/")}
    trusted.judge(policy.parse(targets[places.POLICY]), known, one.version, sha256, evidence, one.channel)
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


def _root(kept: Mapping[str, bytes], pinned: str) -> "Metadata[Any]":
    """The newest root, by way of every one since the pinned one."""
    version, _, digest = pinned.partition(":")
    number = int(version)
    if hashlib.sha256(kept[f"root-{number}.json"]).hexdigest() != digest:
        raise IndexUntrusted("its evidence does not begin with the root that was pinned")
    root = _metadata(kept, f"root-{number}.json")
    while f"root-{number + 1}.json" in kept:
        number += 1
        new = _metadata(kept, f"root-{number}.json")
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


def _metadata(kept: Mapping[str, bytes], name: str) -> "Metadata[Any]":
    from tuf.api.metadata import Metadata
    from tuf.api.serialization import DeserializationError

    try:
        return Metadata.from_bytes(kept[name])
    except DeserializationError:
        raise IndexUntrusted(f"{name} in its evidence is no metadata of TUF") from None


def withdrawn(client: "Client", one: Installed) -> str:
    """What the index says against an installed version by now; empty where nothing. Raises NotInIndex."""
    found = client.record(one.name).versions.get(one.version)
    if found is None:
        raise NotInIndex(f"the index no longer knows {one.name} {one.version}")
    return "" if found.status.value == "fine" else f"{found.status.value}: {found.reason}"
