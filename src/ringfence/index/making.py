"""Makes an index: its folder, its keys, and version 1 of every role."""

import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError
from ringfence.index import acts, files, places, policy
from ringfence.index.keyring import Keyring
from ringfence.index.repository import EXPIRY, utc_now
from ringfence.index.workspace import CONFIG, OFFLINE, ONLINE, check_reviews, fingerprint

if TYPE_CHECKING:
    from securesystemslib.signer import Key

_SPECIFICATION = "1.0.31"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What `init` is to make. Root's keys and threshold; a passphrase of None leaves keys in the clear."""

    name: str
    root_keys: int
    root_threshold: int
    reviews: int
    passphrase: bytes | None


def init(folder: Path, plan: Plan) -> tuple[str, list[Path]]:
    """Make an index; gives root's fingerprint and the keys that belong offline. Raises UsageError.

    The folder appears whole or not at all.
    """
    from ringfence.signing.keyfiles import create

    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty")
    if not 1 <= plan.root_threshold <= plan.root_keys <= 20:
        raise UsageError("the threshold of root lies between 1 and the number of its keys, of which 20 are the most")
    check_reviews(plan.reviews)
    _clear_away(folder)
    staging = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    staging.parent.mkdir(parents=True, exist_ok=True)
    staging.mkdir(mode=0o700)
    try:
        roles: dict[str, list[str]] = {"root": [f"keys/root-{n}.pem" for n in range(1, plan.root_keys + 1)]}
        roles |= {role: [f"keys/{role}.pem"] for role in ("targets", *ONLINE)}
        (staging / "keys").mkdir(mode=0o700)
        keys = {role: [create(staging / place, plan.passphrase) for place in where] for role, where in roles.items()}
        files.write(staging / CONFIG, _config_text(plan.name, roles).encode())
        _first_state(staging, plan, keys, roles)
        (staging / "incoming").mkdir()
        root = fingerprint(staging / "public")
        with acts.recording(staging) as journal:
            journal.append({"event": "init", "index": plan.name, "time": acts.stamp(), "root": root})
        if folder.exists():
            folder.rmdir()
        staging.chmod(0o755)
        staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return fingerprint(folder / "public"), [folder / where for role in OFFLINE for where in roles[role]]


def _clear_away(folder: Path) -> None:
    """Remove what an `init` of this folder left behind that was killed."""
    for old in folder.parent.glob(f".{folder.name}.*.new"):
        pid = old.name.rsplit(".", 2)[1]
        if pid.isdecimal() and not Path("/proc", pid).exists():
            shutil.rmtree(old, ignore_errors=True)


def _first_state(
    folder: Path, plan: Plan, keys: Mapping[str, Sequence["Key"]], roles: Mapping[str, Sequence[str]]
) -> None:
    """Version 1 of every role, and the policy."""
    from tuf.api.metadata import (
        DelegatedRole,
        Delegations,
        Metadata,
        MetaFile,
        Role,
        Root,
        Snapshot,
        TargetFile,
        Targets,
        Timestamp,
    )

    from ringfence.signing.keyfiles import public_dict

    now = utc_now()
    until = {kind: now + timedelta(days=days) for kind, days in EXPIRY.items()}
    thresholds = {"root": plan.root_threshold, "targets": 1, "snapshot": 1, "timestamp": 1}
    root = Metadata(
        Root(
            version=1,
            spec_version=_SPECIFICATION,
            expires=until["root"],
            keys={},
            roles={role: Role([], threshold) for role, threshold in thresholds.items()},
            consistent_snapshot=True,
        )
    )
    for role in thresholds:
        for key in keys[role]:
            root.signed.add_key(key, role)
    record_keys = {key.keyid: key for key in keys["records"]}
    delegated = DelegatedRole(places.RECORDS, list(record_keys), 1, terminating=True, paths=list(places.RECORD_PATHS))
    first = policy.Policy(
        index=plan.name, reviews=plan.reviews, vetting_keys=tuple(public_dict(key) for key in keys["vetting"])
    ).to_bytes()
    targets = Metadata(
        Targets(
            version=1,
            expires=until["targets"],
            targets={places.POLICY: TargetFile.from_data(places.POLICY, first, ["sha256"])},
            delegations=Delegations(record_keys, {places.RECORDS: delegated}),
        )
    )
    records = Metadata(Targets(version=1, expires=until["records"]))
    meta = {f"{name}.json": MetaFile(1) for name in (places.TARGETS, places.RECORDS)}
    snapshot = Metadata(Snapshot(version=1, expires=until["snapshot"], meta=meta))
    timestamp = Metadata(Timestamp(version=1, expires=until["timestamp"], snapshot_meta=MetaFile(1)))
    ring = Keyring(folder, roles, lambda _: plan.passphrase or b"")
    for top, role in ((targets, "targets"), (snapshot, "snapshot"), (timestamp, "timestamp")):
        ring.sign(top, role, root.signed.roles[role], role)
    ring.sign(records, "records", delegated, "records")
    # Every key of root signs the first version: proof that each of them can.
    ring.sign_with(root, [ring.at(where) for where in roles["root"]])
    metadata_folder = folder / "public" / "metadata"
    sha256 = targets.signed.targets[places.POLICY].hashes["sha256"]
    files.write(folder / "public" / "targets" / f"{sha256}.{places.POLICY}", first)
    written: dict[str, Metadata[Any]] = {"root": root, "targets": targets, "records": records, "snapshot": snapshot}
    for name, metadata in written.items():
        files.write(metadata_folder / f"1.{name}.json", metadata.to_bytes())
    files.write(metadata_folder / "timestamp.json", timestamp.to_bytes())


def _config_text(name: str, roles: Mapping[str, Sequence[str]]) -> str:
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment("An index of plugins. `ringfence index --help` says what can be done with it."))
    document["name"] = name
    document.add(tomlkit.nl())
    keys = tomlkit.table()
    keys.add(tomlkit.comment("Paths from this file, or addresses of devices: KEY.pub=hsm:…, KEY.pub=awskms:…"))
    keys.add(tomlkit.comment("Keep the keys of root and targets offline, and bring them here when they have to sign."))
    for role, where in roles.items():
        keys[role] = list(where)
    document["keys"] = keys
    return tomlkit.dumps(document)
