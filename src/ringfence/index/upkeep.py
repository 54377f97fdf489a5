"""What keeps an index in order: signatures renewed before they run out, keys changed, records spread over bins."""

import contextlib
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringfence.dataclasses import dataclass, replace
from ringfence.errors import IndexRefused, KeyUnavailable
from ringfence.index import files, places
from ringfence.index.repository import EXPIRY, Change, utc_now
from ringfence.index.workspace import Workspace, delegated

if TYPE_CHECKING:
    from securesystemslib.signer import Signer
    from tuf.api.metadata import Metadata, Root

#: Above this many targets in one role a client fetches too much; `rebin` spreads them.
FLAT_LIMIT = 2000
#: Targets that a bin is to hold at most, on average.
BIN_TARGETS = 150


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A role, until when it is signed, and whether it is time to sign it again (a third of its time is left)."""

    role: str
    until: str
    days: int
    due: bool


def expiries(space: Workspace) -> list[Due]:
    """How long each role's signature holds, the soonest first."""
    repository = space.repository
    now = utc_now()
    found: list[tuple[str, Any, str]] = [
        ("root", repository.root, "root"),
        ("timestamp", repository.timestamp, "timestamp"),
        ("snapshot", repository.snapshot, "snapshot"),
    ]
    for name in repository.snapshot.signed.meta:
        role = name.removesuffix(".json")
        if not repository.counts(role):
            continue
        kind = "publisher" if places.publisher_of(role) else "targets" if role == places.TARGETS else "records"
        found.append((role, repository.role(role), kind))
    due = [
        Due(
            role=role,
            until=metadata.signed.expires.strftime("%Y-%m-%d"),
            days=(metadata.signed.expires - now).days,
            due=metadata.signed.expires - now < timedelta(days=EXPIRY[kind]) / 3,
        )
        for role, metadata, kind in found
    ]
    return sorted(due, key=lambda each: (each.days, each.role))


def renew(space: Workspace) -> list[str]:
    """Sign again what is due and whose keys are at hand; the timestamp always. Gives the roles."""
    due = [each.role for each in expiries(space) if each.due]
    own = [role for role in due if role in (places.TARGETS, places.RECORDS) or role.startswith(f"{places.BINS}-")]
    if places.TARGETS in space.repository.behind and places.TARGETS not in own:
        own.append(places.TARGETS)  # clients do not take it as it is, so without its keys nothing is to be renewed
    with space.change() as step:
        for role in own:
            if role == places.TARGETS and role not in space.repository.behind and not _at_hand(space):
                continue
            step.edit(role)
        space.commit(step, "renew", roles=sorted(own))
    return sorted({*own, "snapshot", "timestamp"})


def rotate(space: Workspace, role: str, new: Sequence["Signer"], threshold: int | None) -> int:
    """Give a role new keys, in a new version of root; gives its version.

    Root is signed by enough of the old keys and enough of the new ones (TUF 1.0, section 6.1); whatever else the
    role signs is signed anew. Raises KeyUnavailable, IndexRefused.
    """
    if not new:
        raise IndexRefused(f"{role} needs at least one key")
    if role == places.RECORDS:
        return _rotate_records(space, new, threshold)
    if role not in ("root", "targets", "snapshot", "timestamp"):
        raise IndexRefused(
            f"{role!r} has no keys that root names", hint="root, targets, snapshot, timestamp or records"
        )
    from tuf.api.metadata import Metadata, Role

    with space.change() as step:
        repository = space.repository
        old = repository.root
        root: Metadata[Root] = Metadata.from_bytes(old.to_bytes())
        wanted = _met(root.signed.roles[role].threshold if threshold is None else threshold, new)
        before = space.keyring.signers("root", old.signed.roles["root"], "the old root")
        for keyid in list(root.signed.roles[role].keyids):
            root.signed.revoke_key(keyid, role)
        root.signed.roles[role] = Role([], wanted)
        for each in new:
            root.signed.add_key(each.public_key, role)
        root.signed.version += 1
        root.signed.expires = step.now + timedelta(days=EXPIRY["root"])
        signers = {each.public_key.keyid: each for each in (*before, *(new if role == "root" else ()))}
        space.keyring.sign_with(root, list(signers.values()))
        root.signed.verify_delegate("root", root.signed_bytes, root.signatures)
        old.signed.verify_delegate("root", root.signed_bytes, root.signatures)
        space.note("rotate", role=role, root=root.signed.version, keys=[each.public_key.keyid for each in new])
        place = space.public / "metadata" / f"{root.signed.version}.root.json"
        if role == "root":
            files.write(place, root.to_bytes())
            space.keyring.adopt(role, new)
            repository.reload()
        else:
            _commit_with_root(space, step, role, root, place, new)
    return root.signed.version


def _met(threshold: int, keys: Sequence["Signer"]) -> int:
    """The threshold. Raises IndexRefused where these keys could never meet it."""
    if not 1 <= threshold <= len(keys):
        raise IndexRefused(f"a threshold of {threshold} cannot be met by {len(keys)} keys")
    return threshold


def _commit_with_root(
    space: Workspace, step: Change, role: str, root: "Metadata[Root]", place: Path, new: Sequence["Signer"]
) -> None:
    """A new root and what the role signs have to appear together: the timestamp is the last, so root goes before it."""
    space.keyring.adopt(role, new)
    space.repository.root = root
    if role == places.TARGETS:
        step.edit(places.TARGETS)
    step.first = lambda: files.write(place, root.to_bytes())
    space.commit(step, "rotated", role=role, root=root.signed.version)


def _rotate_records(space: Workspace, new: Sequence["Signer"], threshold: int | None) -> int:
    """New keys for the role of records and all its bins: an act of the top-level targets."""
    keyring = space.keyring
    with space.change() as step:
        targets = step.edit(places.TARGETS)
        role = delegated(targets)[places.RECORDS]
        role.threshold = _met(role.threshold if threshold is None else threshold, new)
        for keyid in list(role.keyids):
            targets.revoke_key(keyid, places.RECORDS)
        for each in new:
            targets.add_key(each.public_key, places.RECORDS)
        keyring.adopt(places.RECORDS, new)
        records = step.edit(places.RECORDS)
        if records.delegations is not None and records.delegations.succinct_roles is not None:
            succinct = records.delegations.succinct_roles
            records.delegations.keys = {each.public_key.keyid: each.public_key for each in new}
            succinct.threshold = role.threshold
            succinct.keyids = [each.public_key.keyid for each in new]
            for name in succinct.get_roles():
                step.edit(name)
        space.commit(step, "rotated", role=places.RECORDS, keys=[each.public_key.keyid for each in new])
    return space.repository.root.signed.version


def rebin(space: Workspace, bits: int | None = None) -> tuple[int, int]:
    """Spread the records over 2^bits bins (succinct delegation, TAP 15); (targets, bins). Raises IndexRefused.

    Flat up to some 2,000 targets; beyond it clients would fetch all of them to learn of one.
    """
    from tuf.api.metadata import Delegations, Metadata, SuccinctRoles, Targets

    with space.change() as step:
        repository = space.repository
        records = repository.role(places.RECORDS)
        spread = dict(records.signed.targets)
        old = list(records.signed.delegations.succinct_roles.get_roles()) if _is_binned(records) else []  # type: ignore[union-attr]
        for name in old:
            spread |= repository.role(name).signed.targets
        if bits is None:
            bits = max(1, (max(1, len(spread) // BIN_TARGETS) - 1).bit_length())
        if not 1 <= bits <= 14:
            raise IndexRefused(f"2 to the power of {bits} bins cannot be made: choose 1 to 14")
        role = delegated(repository.targets.signed)[places.RECORDS]
        held = repository.targets.signed.delegations
        keys = {keyid: held.keys[keyid] for keyid in role.keyids} if held else {}
        succinct = SuccinctRoles(list(keys), role.threshold, bits, places.BINS)
        bins: dict[str, Metadata[Targets]] = {name: Metadata(Targets()) for name in succinct.get_roles()}
        for path, target in spread.items():
            bins[succinct.get_role_for_target(path)].signed.targets[path] = target
        edited = step.edit(places.RECORDS)
        edited.targets = {}
        edited.delegations = Delegations(keys, succinct_roles=succinct)
        for name, metadata in bins.items():
            step.add(name, metadata)
        space.commit(step, "rebin", bins=len(bins), targets=len(spread))
    return len(spread), len(bins)


def tidy(space: Workspace, keep: int = 100) -> int:
    """Delete metadata that no state of the last `keep` refers to, and old catalogues; gives how many files.

    Nobody who fetched the timestamp lately needs them: it holds for a week at most.
    """
    if keep < 1:
        raise IndexRefused(f"{keep} states cannot be kept: the newest one always is")
    folder = space.public / "metadata"
    repository = space.repository
    gone = 0
    with files.locked(space.public / ".lock", "the index"):
        repository.refresh()
        oldest = repository.snapshot.signed.version - keep
        needed = _needed(space, max(1, oldest))
        for place in folder.glob("*.json"):
            number, _, role = place.name.removesuffix(".json").partition(".")
            if not number.isdigit() or role == "root":
                continue
            floor = oldest if role == "snapshot" else needed.get(role, 0)
            if int(number) < floor:
                place.unlink()
                gone += 1
        catalogues = sorted(
            (space.public / "targets").glob(f"*.{places.CATALOGUE}"), key=lambda p: p.stat().st_mtime_ns
        )
        current = repository.find(places.CATALOGUE)
        for place in catalogues[:-keep]:
            if place != current:
                place.unlink()
                gone += 1
        for place in space.public.rglob(".*.tmp"):  # a write that was killed
            if place.stat().st_mtime < time.time() - 3600:
                place.unlink()
                gone += 1
    return gone


def _needed(space: Workspace, oldest: int) -> dict[str, int]:
    """The oldest version of each role that the oldest kept snapshot refers to; none, so that all stay, without it."""
    from tuf.api.metadata import Metadata
    from tuf.api.serialization import DeserializationError

    place = space.public / "metadata" / f"{oldest}.snapshot.json"
    try:
        found: Metadata[Any] = Metadata.from_bytes(place.read_bytes())
    except (OSError, DeserializationError):
        return {}
    return {name.removesuffix(".json"): meta.version for name, meta in found.signed.meta.items()}


def _is_binned(records: "Metadata[Any]") -> bool:
    delegations = records.signed.delegations
    return delegations is not None and delegations.succinct_roles is not None


def _at_hand(space: Workspace) -> bool:
    with contextlib.suppress(KeyUnavailable):
        space.keyring.signers(places.TARGETS, space.repository.root.signed.roles[places.TARGETS], "targets")
        return True
    return False


def change_policy(space: Workspace, **changes: object) -> None:
    """Set fields of the policy."""
    with space.change() as step:
        space.set_policy(step, replace(space.policy(), **changes))  # type: ignore[arg-type]
        space.commit(step, "policy", **{key: str(value) for key, value in changes.items()})
