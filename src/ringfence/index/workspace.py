"""The folder of an index's maintainer.

index.toml     the index's name, and where each role's keys lie
keys/          private keys (0700); those of root and targets belong on something that is kept offline
public/        what is hosted: metadata/, targets/, journal/, site/
journal/       the index's own journal with its signing key; public/journal is its copy without the key
incoming/      what was submitted and not yet taken
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringfence.configfile import read_trusted
from ringfence.dataclasses import dataclass, replace
from ringfence.errors import ConfigError, IndexRefused, RingfenceError, UsageError
from ringfence.index import files, places, policy
from ringfence.index.keyring import Keyring
from ringfence.index.repository import EXPIRY, Change, Repository, change, utc_now

if TYPE_CHECKING:
    from securesystemslib.signer import Key, Signer
    from tuf.api.metadata import DelegatedRole, Targets

    from ringfence.index.policy import Policy
    from ringfence.journal import Journal
    from ringfence.signing.keyfiles import AskPassphrase

CONFIG = "index.toml"
#: Kept offline, and signed with by hand.
OFFLINE = ("root", "targets")
#: Used by every publication, so they lie where the index is worked on.
ONLINE = ("records", "vetting", "snapshot", "timestamp")
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
        keys = {role: [create(staging / where, plan.passphrase) for where in places] for role, places in roles.items()}
        files.write(staging / CONFIG, _config_text(plan.name, roles).encode())
        opened = {role: Keyring(staging, roles, lambda _: plan.passphrase or b"") for role in ("all",)}
        _first_state(staging, plan, keys, roles, opened["all"])
        (staging / "incoming").mkdir()
        with _journal(staging) as journal:
            journal.append(
                {"event": "init", "index": plan.name, "time": _stamp(), "root": fingerprint(staging / "public")}
            )
            journal.checkpoint()
        _copy_journal(staging)
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


def check_reviews(number: int) -> None:
    """Raises UsageError for a number of approvals that no policy can ask for."""
    if not 0 <= number <= policy.MAX_REVIEWS:
        raise UsageError(f"a stable release can need 0 to {policy.MAX_REVIEWS} approvals, not {number}")


def fingerprint(public: Path, version: int = 1) -> str:
    """`VERSION:SHA256` of a version of root: what a client pins. Raises IndexRefused."""
    import hashlib

    try:
        data = files.read(public / "metadata" / f"{version}.root.json", 1 << 20)
    except OSError:
        raise IndexRefused(f"there is no index with a version {version} of root in {public}") from None
    return f"{version}:{hashlib.sha256(data).hexdigest()}"


class Workspace:
    """An index and the keys at hand: every change goes through here, and into its journal."""

    def __init__(self, folder: Path, ask: "AskPassphrase") -> None:
        self.folder = folder
        self.name, self.roles = _read_config(folder / CONFIG)
        self.keyring = Keyring(folder, self.roles, ask)
        self.public = folder / "public"
        self.repository = Repository(self.public)

    @contextmanager
    def changing_keys(self, role: str, where: Sequence[str]) -> Iterator[None]:
        """Let index.toml name a role's new keys: beside the old ones while they change, alone once they have.

        Whoever is cut off in between finds the keys that root knows by now. A refused change leaves it as it was.
        """
        before = read_trusted(self.folder / CONFIG)
        if role in self.roles:
            _name_keys(self.folder / CONFIG, before, role, [*self.roles[role], *where])
        try:
            yield
        except RingfenceError:
            files.write(self.folder / CONFIG, before)
            raise
        _name_keys(self.folder / CONFIG, before, role, where)
        self.roles[role] = list(where)

    def change(self) -> AbstractContextManager[Change]:
        """A change of the index; the caller commits it with `commit`."""
        return change(self.repository, self.keyring)

    def commit(self, step: Change, event: str, **facts: object) -> None:
        """Record what is about to be done, do it, and record that it was done.

        The first record is durable before the change is; one without its second says that a commit was cut off, or
        that it was refused by a key.
        """
        with _journal(self.folder) as journal:
            about = {"event": event, "index": self.name, "time": _stamp(), **facts}
            begun = journal.append({**about, "phase": "begin"})
            step.commit()
            done = {"snapshot": self.repository.snapshot.signed.version, "begin": begun.index}
            journal.append({"event": event, "index": self.name, "time": _stamp(), "phase": "done", **done})
            journal.checkpoint()
        _copy_journal(self.folder)

    def note(self, event: str, **facts: object) -> None:
        """Record something that changes nothing: a submission refused, a review rejected."""
        with _journal(self.folder) as journal:
            journal.append({"event": event, "index": self.name, "time": _stamp(), **facts})
            journal.checkpoint()
        _copy_journal(self.folder)

    def policy(self) -> "Policy":
        """Who may do what."""
        data = self.repository.read_target(places.POLICY)
        if data is None:
            raise IndexRefused("the index has no policy")
        return policy.parse(data)

    def set_policy(self, step: Change, new: "Policy") -> None:
        """Put a policy in place; needs the keys of targets."""
        step.put(places.POLICY, new.to_bytes())

    def unlock(self) -> None:
        """Open the keys that every publication needs, so that nobody is asked in the middle of one."""
        for role in ("snapshot", "timestamp"):
            self.keyring.signers(role, self.repository.root.signed.roles[role], role)
        self.keyring.signers(places.RECORDS, delegated(self.repository.targets.signed)[places.RECORDS], "records")
        self.signer("vetting")

    def signer(self, role: str) -> "Signer":
        """The first key of a role that is none of TUF's, such as vetting."""
        where = self.keyring.names(role)
        if not where:
            raise ConfigError(f"names no key for {role}", file=str(self.folder / CONFIG))
        return self.keyring.at(where[0])


def add_publisher(
    space: Workspace, name: str, publisher: policy.Publisher, keys: Sequence["Key"], threshold: int
) -> None:
    """Let somebody publish under names of their own; a publisher who is there already gets these keys and names.

    Raises IndexRefused for names that somebody else owns.
    """
    from tuf.api.metadata import DelegatedRole

    known = space.policy()
    if not places.is_name_of_somebody(name):
        raise IndexRefused(
            f"{name[:80]!r} is no name for a publisher", hint="lower-case letters, digits, '.', '_', '-'"
        )
    if not 1 <= threshold <= len({key.keyid for key in keys}):
        raise IndexRefused(f"a threshold of {threshold} cannot be met by {len(keys)} keys")
    for owned in publisher.owns:
        if not places.is_ownable(owned):
            raise IndexRefused(f"{owned!r} cannot be owned", hint="a plugin's name, or a first word and '-*'")
        for other, each in known.publishers.items():
            if other != name and any(places.overlap(owned, o) for o in each.owns):
                raise IndexRefused(f"{owned!r} belongs to {other}")
    role = places.publisher_role(name)
    with space.change() as step:
        targets = step.edit(places.TARGETS)
        publisher = replace(publisher, formerly=known.publishers[name].formerly if name in known.publishers else ())
        delegated(targets)[role] = DelegatedRole(role, [], threshold, terminating=True, paths=publisher.paths())
        for key in keys:
            targets.add_key(key, role)
        _forget_unused_keys(targets)
        space.set_policy(step, replace(known, publishers={**known.publishers, name: publisher}))
        space.commit(step, "publisher", publisher=name, owns=list(publisher.owns), keys=list(publisher.keys))


def remove_publisher(space: Workspace, name: str) -> None:
    """Take a publisher's say away. What they published can no longer be installed."""
    known = space.policy()
    if name not in known.publishers:
        raise IndexRefused(f"there is no publisher {name!r}")
    role = places.publisher_role(name)
    with space.change() as step:
        targets = step.edit(places.TARGETS)
        del delegated(targets)[role]
        _forget_unused_keys(targets)
        left = {who: each for who, each in known.publishers.items() if who != name}
        space.set_policy(step, replace(known, publishers=left))
        space.commit(step, "publisher-removed", publisher=name)


def set_reviewer(space: Workspace, name: str, reviewer: policy.Reviewer | None) -> None:
    """Let somebody review, or no longer."""
    known = space.policy()
    if reviewer is None and name not in known.reviewers:
        raise IndexRefused(f"there is no reviewer {name!r}")
    left = {who: each for who, each in known.reviewers.items() if who != name}
    if reviewer is not None and not places.is_name_of_somebody(name):
        raise IndexRefused(f"{name[:80]!r} is no name for a reviewer", hint="lower-case letters, digits, '.', '_', '-'")
    for who, each in left.items():
        if reviewer is not None and each.key["keyid"] == reviewer.key["keyid"]:
            raise IndexRefused(f"this is the key of {who} already, and nobody counts twice")
    if reviewer is not None:
        left[name] = reviewer
    with space.change() as step:
        space.set_policy(step, replace(known, reviewers=left))
        key = reviewer.key["keyid"] if reviewer else ""
        space.commit(step, "reviewer" if reviewer else "reviewer-removed", reviewer=name, key=key)


def delegated(targets: "Targets") -> "dict[str, DelegatedRole]":
    """The roles that the top-level targets delegate to, in the order of their say."""
    if targets.delegations is None or targets.delegations.roles is None:
        raise IndexRefused("the top-level targets of the index delegate to nobody")
    return targets.delegations.roles


def _forget_unused_keys(targets: "Targets") -> None:
    used = {keyid for role in delegated(targets).values() for keyid in role.keyids}
    held = targets.delegations.keys if targets.delegations else {}
    for keyid in [keyid for keyid in held if keyid not in used]:
        del held[keyid]


def _first_state(
    folder: Path, plan: Plan, keys: Mapping[str, Sequence["Key"]], roles: Mapping[str, Sequence[str]], ring: Keyring
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


def _read_config(file: Path) -> tuple[str, dict[str, list[str]]]:
    from ringfence.tomltext import load

    if not file.exists():
        raise UsageError(f"there is no index in {file.parent}", hint="`ringfence index init` makes one")
    data = load(read_trusted(file), file=str(file)).data
    name, keys = data.get("name"), data.get("keys")
    if not isinstance(name, str) or not isinstance(keys, dict):
        raise ConfigError("needs a name and a table [keys]", file=str(file))
    roles: dict[str, list[str]] = {}
    for role, where in keys.items():
        if role not in (*OFFLINE, *ONLINE):
            raise ConfigError(f"[keys] names {role!r}, which is no role", file=str(file))
        if not isinstance(where, list) or not all(isinstance(each, str) for each in where):
            raise ConfigError(f"[keys] {role} has to be a list of places", file=str(file))
        roles[role] = list(where)
    return name, roles


def _name_keys(file: Path, text: bytes, role: str, where: Sequence[str]) -> None:
    """Write the configuration with other keys for a role; all else of it stays."""
    import tomlkit

    document = tomlkit.parse(text.decode())
    document["keys"][role] = list(dict.fromkeys(where))
    files.write(file, tomlkit.dumps(document).encode())


def _journal(folder: Path) -> "Journal":
    from ringfence.journal import Journal

    return Journal.open(folder / "journal")


def _copy_journal(folder: Path) -> None:
    """Bring the public copy up to date: segments, checkpoints, the public key; never the private one."""
    source, target = folder / "journal", folder / "public" / "journal"
    target.mkdir(parents=True, exist_ok=True)
    with files.locked(folder / ".copy.lock", "the public copy of the journal"):
        for each in sorted(source.iterdir()):
            if each.suffix == ".jsonl" or each.name in ("checkpoints", "key.pub"):
                _append_rest(each, target / each.name)


def _append_rest(source: Path, copy: Path) -> None:
    """These files only grow: what the copy lacks is written behind its end."""
    have = copy.stat().st_size if copy.exists() else 0
    whole = source.stat().st_size
    if have > whole:
        files.write(copy, source.read_bytes())
    elif have < whole:
        with open(source, "rb") as old, open(copy, "ab") as new:
            old.seek(have)
            shutil.copyfileobj(old, new, 1 << 20)


def _stamp() -> str:
    return utc_now().strftime("%Y-%m-%dT%H:%M:%SZ")
