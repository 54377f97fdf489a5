"""TUF's own list of attacks (specification 1.0.31, section 1.5.2) against the real client, over loopback HTTP.

Each test names the line that it fails without. The host is the attacker's; sometimes some of the keys are too.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, TargetFile, Targets

from index.kit import Host, Keeper, User, copy
from ringfence.errors import IndexUnreachable, IndexUntrusted, NotInIndex, RingfenceError
from ringfence.index import lockfile, people, places, policy, records, status, upkeep, workspace
from ringfence.index.install import fetch, install
from ringfence.index.record import Status
from ringfence.index.repository import utc_now

ROLLBACK = "shows something older than was seen before"
UNSIGNED = "is not signed as it has to be"
OTHER = "is not the one that was signed"


def quiet(_: str) -> None:
    """Nobody watches."""


def _newer(keeper: Keeper, version: str = "1.1.0") -> None:
    keeper.reopen()
    keeper.stable("acme-words", version)


# ---- rollback: what was seen before is shown again


def test_an_old_copy_of_the_whole_index_is_refused(keeper: Keeper, host: Host, user: User, folder: Path) -> None:
    """TUF 5.4.3: the version of the timestamp never falls. Without tuf's `update_timestamp` check it installs."""
    old = copy(keeper.public, folder / "old")
    _newer(keeper)
    user.ok("install", "acme-words")
    host.folder = old
    user.refused(41, ROLLBACK, "install", "acme-words==1.0.0")
    assert user.installed() == ["acme-words 1.1.0"]


def test_an_old_snapshot_under_a_new_timestamp_is_refused(keeper: Keeper, user: User) -> None:
    """TUF 5.4.3.2: the attacker has the timestamp key alone, and points it to an older snapshot."""
    _newer(keeper)
    user.ok("search")
    place = keeper.public / "metadata" / "timestamp.json"
    found = Metadata.from_bytes(place.read_bytes())
    found.signed.snapshot_meta.version -= 1
    found.signed.version += 1
    keeper.space.keyring.sign(found, "timestamp", keeper.space.repository.root.signed.roles["timestamp"], "it")
    place.write_bytes(found.to_bytes())
    user.refused(41, ROLLBACK, "search")


def test_old_records_under_a_new_snapshot_are_refused(keeper: Keeper, user: User) -> None:
    """TUF 5.5.5: snapshot and timestamp keys are the attacker's, and the records go back to before a quarantine."""
    before = keeper.space.repository.snapshot.signed.meta["records.json"].version
    keeper.space.repository.reload()
    status.set_status(keeper.space, "acme-words", "1.0.0", Status.QUARANTINED, "it steals")
    user.refused(44, "is in quarantine", "install", "acme-words==1.0.0")
    with keeper.online() as step:
        keeper.space.repository.snapshot.signed.meta["records.json"].version = before
        step.commit()
    user.refused(41, ROLLBACK, "install", "acme-words")


def test_old_bins_are_refused(keeper: Keeper, user: User) -> None:
    """The same for records that are spread over bins."""
    upkeep.rebin(keeper.space, 2)
    name = keeper.space.repository.responsible(places.record("acme-words"))
    before = keeper.space.repository.snapshot.signed.meta[f"{name}.json"].version
    status.set_status(keeper.space, "acme-words", "1.0.0", Status.QUARANTINED, "it steals")
    user.refused(44, "is in quarantine", "install", "acme-words==1.0.0")
    with keeper.online() as step:
        keeper.space.repository.snapshot.signed.meta[f"{name}.json"].version = before
        step.commit()
    user.refused(41, ROLLBACK, "install", "acme-words")


def test_a_role_that_vanishes_is_refused(keeper: Keeper, user: User) -> None:
    """TUF 5.5.5: a snapshot that no longer lists a role would let it start again at version 1."""
    user.ok("install", "acme-words")
    with keeper.online() as step:
        del keeper.space.repository.snapshot.signed.meta["publisher-acme.json"]
        step.commit()
    user.refused(41, "does not verify", "install", "acme-words==1.0.0")


# ---- freeze: nothing newer is shown


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "records", "targets", "publisher"])
def test_signatures_that_ran_out_are_refused(keeper: Keeper, user: User, role: str) -> None:
    """TUF 5.4.4, 5.5.6, 5.6.5: the index is as it was long ago. Without tuf's `is_expired` it installs."""
    days = {"timestamp": -8, "snapshot": -40, "records": -400, "targets": -400, "publisher": -1200}[role]
    with keeper.online(days=days) as step:
        if role in ("records", "targets"):
            step.edit(role)
        if role == "publisher":
            found = Metadata.from_bytes(keeper.known("acme").to_bytes())
            found.signed.version += 1
            found.signed.expires = step.now
            found.sign(keeper.key("acme"))
            step.take("publisher-acme", found, found.to_bytes())
        step.commit()
    if role != "timestamp":
        keeper.reopen()
        with keeper.online() as step:  # the rest is fresh
            for name in ("timestamp", "snapshot"):
                if name != role:
                    step.commit()
                    break
    if role == "snapshot":
        _expired_snapshot(keeper)
    user.refused(41, "is out of date", "install", "acme-words")
    assert "freeze" in user.err


def _expired_snapshot(keeper: Keeper) -> None:
    """A fresh timestamp over a snapshot that ran out."""
    from datetime import timedelta

    folder = keeper.public / "metadata"
    repository = keeper.space.repository
    snapshot = Metadata.from_bytes(repository.snapshot.to_bytes())
    snapshot.signed.version += 1
    snapshot.signed.expires = utc_now() - timedelta(days=1)
    keeper.space.keyring.sign(snapshot, "snapshot", repository.root.signed.roles["snapshot"], "it")
    timestamp = Metadata.from_bytes(repository.timestamp.to_bytes())
    timestamp.signed.version += 1
    timestamp.signed.snapshot_meta.version = snapshot.signed.version
    keeper.space.keyring.sign(timestamp, "timestamp", repository.root.signed.roles["timestamp"], "it")
    (folder / f"{snapshot.signed.version}.snapshot.json").write_bytes(snapshot.to_bytes())
    (folder / "timestamp.json").write_bytes(timestamp.to_bytes())


def test_a_host_that_shows_the_same_state_for_ever_ends_with_its_timestamp(keeper: Keeper, user: User) -> None:
    """Held back until it runs out: then nothing installs any more, though nothing was changed."""
    with keeper.online(days=-7.5) as step:
        step.commit()
    user.refused(41, "is out of date", "search")
    keeper.reopen()
    with keeper.online(days=-6.9) as step:
        step.commit()
    user.ok("search")


# ---- mix and match: parts of states that never stood together


def test_files_of_different_states_are_refused(keeper: Keeper, host: Host, user: User) -> None:
    """TUF 5.5.4, 5.6.4: the snapshot says which version of each role belongs to it."""
    _newer(keeper)
    meta = keeper.space.repository.snapshot.signed.meta["records.json"].version
    older = (keeper.public / "metadata" / f"{meta - 1}.records.json").read_bytes()
    host.answers[rf"metadata/{meta}\.records\.json"] = lambda handler: handler.body(older)
    user.refused(41, ROLLBACK.split()[0], "install", "acme-words")
    assert "expected" in user.err.lower() or "older" in user.err


def test_a_snapshot_of_another_state_is_refused(keeper: Keeper, host: Host, user: User) -> None:
    """The timestamp says which snapshot."""
    _newer(keeper)
    version = keeper.space.repository.snapshot.signed.version
    older = (keeper.public / "metadata" / f"{version - 1}.snapshot.json").read_bytes()
    host.answers[rf"metadata/{version}\.snapshot\.json"] = lambda handler: handler.body(older)
    user.refused(41, "does not verify", "search") if user.run("search") != 41 else None
    assert user.code == 41


# ---- arbitrary installation: whoever lacks a key gets nothing in


def test_an_archive_that_the_host_swaps_is_refused(keeper: Keeper, host: Host, user: User) -> None:
    """Without tuf's `verify_length_and_hashes` in `download_target` it installs."""
    good = next(keeper.public.rglob("*.acme-words-1.0.0.tar.gz")).read_bytes()
    bad = good[:-1] + bytes([good[-1] ^ 1])
    host.answers[r"targets/releases/.*\.tar\.gz"] = lambda handler: handler.body(bad)
    user.refused(41, OTHER, "install", "acme-words")
    assert user.installed() == []


def test_the_host_alone_cannot_sign(keeper: Keeper, user: User) -> None:
    """Every role signed by keys that root does not know: `verify_delegate` of each."""
    mallory = keeper.key("mallory")
    for name in ("timestamp", "snapshot", "targets", "records", "publisher-acme"):
        folder = keeper.folder / f"as-{name}"
        shutil.copytree(keeper.public, folder)
        places_of = sorted((folder / "metadata").glob(f"*{name}.json"))
        for place in places_of:
            found = Metadata.from_bytes(place.read_bytes())
            found.signatures.clear()
            found.sign(mallory)
            place.write_bytes(found.to_bytes())
        reader = keeper.client(keeper.folder / f"cache-{name}", (folder).as_uri() + "/")
        with reader, pytest.raises(IndexUntrusted, match=UNSIGNED):
            fetch(reader, "acme-words", None, "stable", quiet)


def test_all_online_keys_together_release_nothing(keeper: Keeper, user: User) -> None:
    """Records, snapshot and timestamp keys: a version that the publisher did not sign. `resolve`: target is None."""
    record = records.need(keeper.space.repository, "acme-words")
    evil = record.with_version("6.6.6", record.versions["1.0.0"])
    with keeper.online() as step:
        records.put(step, evil)
        step.commit()
    user.refused(41, "nobody who may publish acme-words has signed its version 6.6.6", "install", "acme-words")
    with keeper.online() as step:  # and a publisher's role that they sign themselves
        path = places.archive("acme-words", "6.6.6")
        role = Metadata.from_bytes(keeper.known("acme").to_bytes())
        role.signed.targets[path] = TargetFile.from_data(path, b"evil", ["sha256"])
        role.signed.version += 1
        role.signatures.clear()
        role.sign(keeper.key("mallory"))
        step.take("publisher-acme", role, role.to_bytes())
        step.commit()
    user.refused(41, UNSIGNED, "install", "acme-words")


def test_all_online_keys_and_the_publishers_release_nothing_as_stable(keeper: Keeper, user: User) -> None:
    """They lack a reviewer. `judge`: len(approved) < policy.reviews; `_approvals`: the key of that very reviewer."""
    from dataclasses import replace

    keeper.publish("acme-words", "2.0.0")
    record = records.need(keeper.space.repository, "acme-words")
    claimed = replace(record.versions["2.0.0"], channel="stable")
    with keeper.online() as step:
        records.put(step, record.with_version("2.0.0", claimed))
        step.commit()
    user.refused(41, "0 of 1 approvals hold", "install", "acme-words")
    # the review of another version, under the name of this one's
    old = keeper.space.repository.read_target(places.evidence("acme-words", "1.0.0", "review-alice.json"))
    assert old is not None
    with keeper.online() as step:
        step.put(places.evidence("acme-words", "2.0.0", "review-alice.json"), old)
        records.put(step, record.with_version("2.0.0", replace(claimed, approvals=("alice",))))
        step.commit()
    user.refused(43, "does not approve this archive", "install", "acme-words")
    # a review that mallory signs as alice
    from ringfence.signing import statements

    sha256 = claimed.archive.removeprefix("sha256:")
    path = places.archive("acme-words", "2.0.0")
    for who in ("mallory", "acme"):
        forged = statements.signed("urn:ringfence:review:1", {path: sha256}, {"decision": "approve"}, keeper.key(who))
        with keeper.online() as step:
            step.put(places.evidence("acme-words", "2.0.0", "review-alice.json"), forged)
            step.commit()
        user.refused(43, "is not signed by anybody who may say so", "install", "acme-words")
    # a rejection of alice, shown as an approval
    rejected = statements.signed("urn:ringfence:review:1", {path: sha256}, {"decision": "reject"}, keeper.key("alice"))
    with keeper.online() as step:
        step.put(places.evidence("acme-words", "2.0.0", "review-alice.json"), rejected)
        step.commit()
    user.refused(43, "does not approve this archive", "install", "acme-words")


def test_one_approval_never_counts_twice(keeper: Keeper, user: User) -> None:
    """The records name alice twice where two reviews are asked for. `_approvals`: each reviewer once."""
    from dataclasses import replace

    keeper.publish("acme-words", "2.0.0")
    keeper.approve("acme-words", "2.0.0")
    upkeep.change_policy(keeper.space, reviews=2)
    record = records.need(keeper.space.repository, "acme-words")
    claimed = replace(record.versions["2.0.0"], channel="stable", approvals=("alice", "alice"))
    with keeper.online() as step:
        records.put(step, record.with_version("2.0.0", claimed))
        step.commit()
    user.refused(41, "1 of 2 approvals hold", "install", "acme-words==2.0.0")


def test_two_names_of_one_key_are_one_reviewer(keeper: Keeper, user: User) -> None:
    """A maintainer who lets alice in twice has one reviewer. `_approvals`: each key once."""
    from dataclasses import replace

    keeper.publish("acme-words", "2.0.0")
    keeper.approve("acme-words", "2.0.0")
    upkeep.change_policy(keeper.space, reviews=2)
    known = keeper.space.policy()
    with keeper.online() as step:  # by the API it would be refused; a policy that came by another way
        double = replace(known, reviewers={**known.reviewers, "alice-too": known.reviewers["alice"]})
        step.put(places.POLICY, double.to_bytes())
        step.commit()
    said = keeper.space.repository.read_target(places.evidence("acme-words", "2.0.0", "review-alice.json"))
    assert said is not None
    record = records.need(keeper.space.repository, "acme-words")
    claimed = replace(record.versions["2.0.0"], channel="stable", approvals=("alice", "alice-too"))
    with keeper.online() as step:
        step.put(places.evidence("acme-words", "2.0.0", "review-alice-too.json"), said)
        records.put(step, record.with_version("2.0.0", claimed))
        step.commit()
    user.refused(41, "1 of 2 approvals hold", "install", "acme-words==2.0.0")


def test_the_publishers_key_alone_releases_nothing(keeper: Keeper, host: Host, user: User) -> None:
    """Mallory has acme's key and the host: without the snapshot's key a new role is not asked for."""
    found = Metadata.from_bytes(keeper.known("acme").to_bytes())
    path = places.archive("acme-words", "1.0.0")
    found.signed.targets[path] = TargetFile.from_data(path, b"evil", ["sha256"])
    found.signed.version += 1
    found.signatures.clear()
    found.sign(keeper.key("acme"))
    host.answers[r"metadata/[0-9]+\.publisher-acme\.json"] = lambda handler: handler.body(found.to_bytes())
    user.run("install", "acme-words")
    assert user.code == 41
    assert user.installed() == []


def test_a_publisher_signs_nothing_under_anothers_name(keeper: Keeper, user: User) -> None:
    """TUF 5.6.7.2: a delegation holds for its paths only; the records' keys and a publisher's do not help."""
    keeper.publisher("mallory", "mal-*")
    path = places.archive("acme-words", "1.0.0")
    role = Metadata(Targets(version=1, expires=keeper.known("acme").signed.expires))
    role.signed.targets[path] = TargetFile.from_data(path, b"evil", ["sha256"])
    role.sign(keeper.key("mallory"))
    with keeper.online() as step:
        step.take("publisher-mallory", role, role.to_bytes())
        step.commit()
    user.ok("install", "acme-words")
    assert user.json("list")[0]["publisher"] == "acme"


def test_records_and_publisher_that_differ_on_the_archive_are_refused(keeper: Keeper, user: User) -> None:
    """`judge`: entry.archive is what the publisher's role says."""
    from dataclasses import replace

    record = records.need(keeper.space.repository, "acme-words")
    with keeper.online() as step:
        other = replace(record.versions["1.0.0"], archive="sha256:" + "0" * 64)
        records.put(step, record.with_version("1.0.0", other))
        step.commit()
    user.refused(41, "do not speak of the same archive", "install", "acme-words")


def test_a_tree_that_differs_from_the_record_is_refused(keeper: Keeper, user: User) -> None:
    """`install`: tree.digest is what the record says."""
    from dataclasses import replace

    record = records.need(keeper.space.repository, "acme-words")
    with keeper.online() as step:
        other = replace(record.versions["1.0.0"], tree="sha256:" + "0" * 64)
        records.put(step, record.with_version("1.0.0", other))
        step.commit()
    user.refused(41, "are not those that the index names", "install", "acme-words")
    assert user.installed() == []


def test_a_record_that_names_another_owner_is_refused(keeper: Keeper, user: User) -> None:
    """`judge`: policy.owner; the policy is signed by offline keys."""
    from dataclasses import replace

    keeper.publisher("mallory", "mal-*")
    record = records.need(keeper.space.repository, "acme-words")
    with keeper.online() as step:
        records.put(step, replace(record, publisher="mallory"))
        step.commit()
    user.refused(41, "who does not own the name", "install", "acme-words")


# ---- wrong keys, compromise and rotation


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets", "root"])
def test_a_rotated_key_signs_nothing_any_more(keeper: Keeper, user: User, role: str) -> None:
    """TUF 6.1: after the rotation whoever stole the old key has nothing; the root's chain is followed."""
    user.ok("search")
    old = keeper.space.keyring
    upkeep.rotate(keeper.space, role, [keeper.key(f"new-{role}")], None)
    user.ok("install", "acme-words")
    if role == "root":
        return
    folder = keeper.public / "metadata"
    repository = keeper.space.repository
    stolen = old.at(f"keys/{role}.pem")
    for place in sorted(folder.glob("timestamp.json" if role == "timestamp" else f"*.{role}.json")):
        found = Metadata.from_bytes(place.read_bytes())
        found.signed.version += 1
        found.signatures.clear()
        found.sign(stolen)
        name = "timestamp.json" if role == "timestamp" else f"{found.signed.version}.{role}.json"
        (folder / name).write_bytes(found.to_bytes())
    if role != "timestamp":
        with keeper.online() as step:
            if role == "targets":
                repository.snapshot.signed.meta["targets.json"].version += 1
            step.commit()
        if role == "snapshot":
            newest = repository.snapshot.signed.version
            found = Metadata.from_bytes((folder / f"{newest}.snapshot.json").read_bytes())
            found.signatures.clear()
            found.sign(stolen)
            (folder / f"{newest}.snapshot.json").write_bytes(found.to_bytes())
    user.refused(41, UNSIGNED, "search")


def test_a_stolen_root_key_that_was_rotated_makes_no_new_root(keeper: Keeper, user: User) -> None:
    """TUF 5.3.4: version N+1 of root is signed by N's keys and its own."""
    user.ok("search")
    stolen = keeper.space.keyring.at("keys/root-1.pem")
    upkeep.rotate(keeper.space, "root", [keeper.key("new-root")], None)
    user.ok("search")
    found = Metadata.from_bytes((keeper.public / "metadata" / "2.root.json").read_bytes())
    found.signed.version = 3
    found.signatures.clear()
    found.sign(stolen)
    (keeper.public / "metadata" / "3.root.json").write_bytes(found.to_bytes())
    user.refused(41, UNSIGNED, "search")


def test_a_client_follows_a_long_chain_of_roots(keeper: Keeper, host: Host, new_user: Callable[[str], User]) -> None:
    """Pinned to the first, twelve rotations later; and one pinned to the seventh."""
    for number in range(12):
        upkeep.rotate(keeper.space, "root", [keeper.key(f"root-{number}")], None)
    late = new_user("late")
    late.add(host.url, keeper.fingerprint)
    late.ok("install", "acme-words")
    late.ok("verify")
    seventh = new_user("seventh")
    seventh.add(host.url, workspace.fingerprint(keeper.public, 7))
    seventh.ok("install", "acme-words")
    seventh.ok("verify")


def test_a_threshold_of_root_is_met_by_that_many_keys(folder: Path, serve: Callable[[Path], Host]) -> None:
    """Two of three: one stolen key makes no root."""
    keeper = Keeper.new(folder / "three", root_keys=3, root_threshold=2)
    keeper.stable()
    host = serve(keeper.public)
    found = Metadata.from_bytes((keeper.public / "metadata" / "1.root.json").read_bytes())
    found.signed.version = 2
    found.signatures.clear()
    found.sign(keeper.space.keyring.at("keys/root-1.pem"))
    (keeper.public / "metadata" / "2.root.json").write_bytes(found.to_bytes())
    with keeper.client(folder / "cache", host.url) as reader, pytest.raises(IndexUntrusted, match=UNSIGNED):
        reader.refresh()
    found.sign(keeper.space.keyring.at("keys/root-2.pem"), append=True)
    (keeper.public / "metadata" / "2.root.json").write_bytes(found.to_bytes())
    with keeper.client(folder / "cache", host.url) as reader:
        reader.refresh()


@pytest.mark.parametrize("bits", [0, 3])
def test_rotated_records_keys_sign_nothing_any_more(keeper: Keeper, user: User, bits: int) -> None:
    """The role of records and all its bins, at once, while clients have the old ones."""
    if bits:
        upkeep.rebin(keeper.space, bits)
    user.ok("install", "acme-words")
    stolen = keeper.space.keyring.at("keys/records.pem")
    upkeep.rotate(keeper.space, "records", [keeper.key("new-records")], None)
    user.ok("show", "acme-words")
    keeper.stable("acme-words", "1.1.0")
    user.ok("upgrade")
    assert user.installed() == ["acme-words 1.1.0"]
    keeper.space.keyring.adopt("records", [stolen])
    name = keeper.space.repository.responsible(places.record("acme-words"))
    found = Metadata.from_bytes(keeper.space.repository.role(name).to_bytes())
    found.signed.version += 1
    found.signatures.clear()
    found.sign(stolen)
    with keeper.online() as step:
        step.take(name, found, found.to_bytes())
        step.commit()
    user.refused(41, UNSIGNED, "show", "acme-words")


@pytest.mark.parametrize("bits", [0, 3])
def test_one_of_two_keys_of_the_records_signs_nothing(keeper: Keeper, user: User, bits: int) -> None:
    """A threshold holds for the records, too, and for all their bins."""
    if bits:
        upkeep.rebin(keeper.space, bits)
    keys = [keeper.key("first-records"), keeper.key("second-records")]
    upkeep.rotate(keeper.space, "records", keys, 2)
    user.ok("show", "acme-words")
    name = keeper.space.repository.responsible(places.record("acme-words"))
    found = Metadata.from_bytes(keeper.space.repository.role(name).to_bytes())
    found.signed.version += 1
    found.signatures.clear()
    found.sign(keys[0])
    with keeper.online() as step:
        step.take(name, found, found.to_bytes())
        step.commit()
    user.refused(41, UNSIGNED, "show", "acme-words")


def test_a_wrong_fingerprint_is_refused(keeper: Keeper, host: Host, new_user: Callable[[str], User]) -> None:
    """`add`: the digest of root is the one that was named; nothing stays."""
    made = new_user("careful")
    made.refused(41, "is not the one that was named", "index", "add", "x", host.url, "--root-fingerprint", "0" * 64)
    assert made.json("index", "list") == []
    made.refused(2, "a fingerprint is 64", "index", "add", "x", host.url, "--root-fingerprint", "abc")


def test_another_index_under_the_same_address_is_refused(
    keeper: Keeper, host: Host, user: User, folder: Path, serve: Callable[[Path], Host]
) -> None:
    """Whoever takes the address over has other keys: the pinned root does not know them."""
    other = Keeper.new(folder / "other")
    other.stable()
    host.folder = other.public
    user.refused(41, UNSIGNED, "install", "acme-words")


# ---- extraneous dependencies, tampered mirrors


def test_a_host_adds_no_dependency(keeper: Keeper, host: Host, user: User) -> None:
    """Only what the signed archive names comes in, and only targets that were asked for are fetched."""
    user.ok("install", "acme-words")
    fetched = [path for path in host.paths() if path.startswith("targets/")]
    assert len(fetched) == 4, fetched
    kinds = sorted(re.sub(r"[0-9a-f]{64}\.", "", path) for path in fetched)
    assert kinds == [
        "targets/evidence/acme-words/1.0.0/review-alice.json",
        "targets/policy.json",
        "targets/records/acme-words.json",
        "targets/releases/acme-words/1.0.0/acme-words-1.0.0.tar.gz",
    ]


def test_a_tampered_mirror_is_refused_and_healed(
    keeper: Keeper, user: User, new_user: Callable[[str], User], folder: Path
) -> None:
    """A file of the same size in a mirror is no other file; the next sync brings the right one back."""
    user.ok("mirror", "sync", "idx", folder / "mirror")
    other = new_user("other")
    other.add((folder / "mirror").as_uri(), keeper.fingerprint)
    place = next((folder / "mirror").rglob("*.acme-words-1.0.0.tar.gz"))
    good = place.read_bytes()
    place.write_bytes(bytes(len(good)))
    other.refused(41, OTHER, "install", "acme-words")
    user.ok("mirror", "sync", "idx", folder / "mirror")
    assert place.read_bytes() == good
    other.ok("install", "acme-words")


def test_a_lock_pins_the_archive(keeper: Keeper, host: Host, user: User) -> None:
    """`lockfile.fetch`: the archive is the one that was locked."""
    user.ok("install", "acme-words")
    user.ok("lock")
    lock = user.folder / "ringfence.lock"
    pins = lockfile.read(lock)
    lock.write_text(lock.read_text().replace(pins[0].archive[-10:], "0" * 10))
    user.refused(41, "is not the release that was locked", "install", "--locked")


def test_targets_may_not_be_larger_than_a_file_of_an_index(keeper: Keeper, user: User) -> None:
    """`download`: _MAX_TARGET, before a byte is fetched."""
    with keeper.online() as step:
        step.edit("records").targets[places.record("acme-words")] = TargetFile(
            1 << 40, {"sha256": "0" * 64}, places.record("acme-words")
        )
        step.commit()
    user.refused(41, "more than any file of an index", "show", "acme-words")


def test_hashes_that_cannot_be_checked_are_refused(keeper: Keeper, user: User) -> None:
    """A publisher's role without SHA-256: a sentence, no surprise."""
    found = Metadata.from_bytes(keeper.known("acme").to_bytes())
    path = places.archive("acme-words", "1.0.0")
    data = next(keeper.public.rglob("*.acme-words-1.0.0.tar.gz")).read_bytes()
    found.signed.targets[path] = TargetFile(len(data), {"sha512": hashlib.sha512(data).hexdigest()}, path)
    found.signed.version += 1
    found.signatures.clear()
    found.sign(keeper.key("acme"))
    with keeper.online() as step:
        step.take("publisher-acme", found, found.to_bytes())
        step.commit()
    user.refused(41, "acme-words", "install", "acme-words")


# ---- hostile documents under good signatures


@pytest.mark.parametrize(
    "text",
    [
        b"", b"[]", b"{}", b"\xff", b"{" * 100_000, b'{"name":"other","publisher":"acme","summary":"","versions":{}}',
        b'{"name":"acme-words","publisher":"acme","summary":"","versions":{"x y":{}}}',
        b'{"name":"acme-words","publisher":"acme","summary":"","versions":{"1.0.0":[]}}',
    ],
)  # fmt: skip
def test_hostile_records_end_in_a_sentence(keeper: Keeper, user: User, text: bytes) -> None:
    """Signed by the records' key, and nonsense."""
    with keeper.online() as step:
        step.put(places.record("acme-words"), text)
        step.commit()
    user.refused(41, "", "install", "acme-words")
    assert user.installed() == []


def test_versions_that_are_none_end_in_a_sentence(keeper: Keeper, user: User) -> None:
    """`record.parse`: a version is one of PEP 440."""
    data = json.loads(records.need(keeper.space.repository, "acme-words").to_bytes())
    data["versions"]["latest; rm -rf /"] = data["versions"]["1.0.0"]
    with keeper.online() as step:
        step.put(places.record("acme-words"), json.dumps(data).encode())
        step.commit()
    for words in (("install", "acme-words"), ("install", "acme-words==1.0.0"), ("show", "acme-words"), ("outdated",)):
        user.run(*words)
        assert user.code in (0, 41), user.err
        assert "Traceback" not in user.err
        assert "defect" not in user.err


def test_hostile_policies_end_in_a_sentence(keeper: Keeper, user: User) -> None:
    """A policy whose reviewers have keys that are none, and so on."""
    good = json.loads(keeper.space.policy().to_bytes())
    for change in (
        {"reviewers": {"alice": {"key": {}, "publisher": ""}}},
        {"reviewers": {"alice": {"key": {"keyid": 3}, "publisher": ""}}},
        {"reviewers": {"alice": {"key": {"keyid": "0" * 64}, "publisher": ""}}},
        {"publishers": {"acme": {"owns": [3], "keys": []}}},
        {"reviews": -1},
        {"reviews": True},
        {"publishers": []},
    ):
        with keeper.online() as step:
            step.put(places.POLICY, json.dumps(good | change).encode())
            step.commit()
        user.run("install", "acme-words")
        assert user.code in (41, 43), (change, user.code, user.err)
        assert "defect" not in user.err, (change, user.err)


def test_the_policy_keeps_all_that_it_says(keeper: Keeper) -> None:
    """An identity that a maintainer names is in the policy that clients read."""
    who = {"kind": "github", "repository": "acme/words", "workflow": "release.yml"}
    made = policy.Publisher(owns=("acme-*",), keys=(keeper.key("acme").public_key.keyid,), contact="x", identity=who)
    people.add_publisher(keeper.space, "acme", made, [keeper.key("acme").public_key], 1)
    keeper.reopen()
    assert keeper.space.policy().publishers["acme"].identity == who


# ---- what maintainers do must not lock clients out


def test_clients_survive_a_publisher_who_goes(keeper: Keeper, user: User) -> None:
    """The snapshot keeps the role that no longer counts: a client that saw it refuses one that lost it."""
    keeper.publisher("bob", "bob-*")
    keeper.stable("bob-tool", "1.0.0", publisher="bob")
    user.ok("install", "bob-tool")
    people.remove_publisher(keeper.space, "bob")
    user.ok("install", "acme-words")
    user.refused(41, "nobody who may publish bob-tool", "install", "bob-tool==1.0.0")
    keeper.reopen()
    keeper.publisher("bob", "bob-*", keys=("bob-2",))
    keeper.publish("bob-tool", "1.1.0", publisher="bob", who="bob-2")
    keeper.approve("bob-tool", "1.1.0")
    user.ok("upgrade", "bob-tool")
    assert "bob-tool 1.1.0" in user.installed()


def test_clients_survive_other_bins(keeper: Keeper, user: User) -> None:
    """More bins, then fewer: nothing vanishes from the snapshot."""
    user.ok("search")
    for number, bits in enumerate((3, 5, 2), 2):
        upkeep.rebin(keeper.space, bits)
        user.ok("install", "acme-words")
        keeper.stable("acme-words", f"{number}.0.0")
        user.ok("upgrade")
        assert user.installed() == [f"acme-words {number}.0.0"]
        keeper.reopen()
        user.ok("show", "acme-words")


def test_what_was_fetched_is_counted(keeper: Keeper, host: Host, folder: Path) -> None:
    """And an install whose cache is warm fetches two small files."""
    with keeper.client(folder / "cache", host.url) as reader:
        fetched = fetch(reader, "acme-words", None, "stable", quiet)
        install(folder / "state", reader, fetched, quiet)
    host.requests.clear()
    with keeper.client(folder / "cache", host.url) as reader:
        fetch(reader, "acme-words", None, "stable", quiet)
    assert host.paths() == ["metadata/2.root.json", "metadata/timestamp.json"]


def test_errors_are_of_our_own_kind(keeper: Keeper, folder: Path) -> None:
    """An index that is gone, or never was."""
    with keeper.client(folder / "cache", (folder / "nowhere").as_uri() + "/") as reader:
        with pytest.raises(IndexUnreachable):
            reader.refresh()
    assert issubclass(NotInIndex, RingfenceError)
