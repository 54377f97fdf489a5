"""TUF's client alone (`ringfence index tuf-client`) held to the cases of TUF's conformance suite.

The suite itself drives the same command; here its cases are played by a simulator of our own, so that every run of the
tests holds the client to them.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Key,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    SuccinctRoles,
    TargetFile,
    Targets,
    Timestamp,
)

from index.kit import Host, User

TOP = ("root", "timestamp", "snapshot", "targets")
FUTURE = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
PAST = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
KEYS = [CryptoSigner.generate_ed25519() for _ in range(10)]


class Repo:
    """A repository that signs whatever it is told to; `publish` puts the state on the host."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.signers: dict[str, list[CryptoSigner]] = {role: [CryptoSigner.generate_ed25519()] for role in TOP}
        self.root = Root(version=1, expires=FUTURE, consistent_snapshot=True)
        for role in TOP:
            self.root.add_key(self.signers[role][0].public_key, role)
        self.targets: dict[str, Targets] = {"targets": Targets(version=1, expires=FUTURE)}
        self.snapshot = Snapshot(version=1, expires=FUTURE)
        self.timestamp = Timestamp(version=1, expires=FUTURE)
        self.hashes = False
        self.root.version = 0
        self.publish_root()
        self.publish()

    def signed(self, role: str, found: Any) -> bytes:
        """Signed by the role's keys of now."""
        metadata = Metadata(found)
        for each in self.signers[role]:
            metadata.sign(each, append=True)
        return metadata.to_bytes()

    def put(self, path: str, data: bytes) -> None:
        """A file on the host."""
        place = self.host.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def publish_root(self) -> None:
        """The next version of root."""
        self.root.version += 1
        self.put(f"metadata/{self.root.version}.root.json", self.signed("root", self.root))

    def publish(self, *, bump: Sequence[str] = (), settle: bool = True) -> None:
        """Everything below root; `bump` are roles that get a new version, `settle` puts versions into what is above."""
        for role in bump:
            found = {"snapshot": self.snapshot, "timestamp": self.timestamp}.get(role) or self.targets[role]
            found.version += 1
        for role, found in self.targets.items():
            data = self.signed(role, found)
            self.put(f"metadata/{found.version}.{quote(role, '')}.json", data)
            if settle:
                self.snapshot.meta[f"{role}.json"] = self._meta(found.version, data)
        data = self.signed("snapshot", self.snapshot)
        self.put(f"metadata/{self.snapshot.version}.snapshot.json", data)
        if settle:
            self.timestamp.snapshot_meta = self._meta(self.snapshot.version, data)
        self.put("metadata/timestamp.json", self.signed("timestamp", self.timestamp))

    def _meta(self, version: int, data: bytes) -> MetaFile:
        return MetaFile.from_data(version, data, ["sha256"]) if self.hashes else MetaFile(version)

    def next(self) -> None:
        """A whole new state."""
        self.publish(bump=("targets", "snapshot", "timestamp"))

    def rekey(self, role: str, keys: Sequence[CryptoSigner], threshold: int = 1, by: Sequence[Any] = ()) -> None:
        """Give a role other keys, in root."""
        for keyid in list(self.root.roles[role].keyids):
            self.root.revoke_key(keyid, role)
        for each in keys:
            self.root.add_key(each.public_key, role)
        self.root.roles[role].threshold = threshold
        self.signers[role] = list(by or keys)

    def target(self, path: str, data: bytes, role: str = "targets") -> None:
        """A target, in a role and on the host."""
        made = TargetFile.from_data(path, data, ["sha256"])
        self.targets[role].targets[path] = made
        folder, slash, name = path.rpartition("/")
        self.put(f"targets/{folder}{slash}{made.hashes['sha256']}.{name}", data)

    def delegate(self, above: str, role: str, *, terminating: bool = False, paths: Sequence[str] = ("*",)) -> None:
        """A delegated role with a key of its own."""
        self.signers.setdefault(role, [CryptoSigner.generate_ed25519()])
        self.targets.setdefault(role, Targets(version=1, expires=FUTURE))
        holder = self.targets[above]
        if holder.delegations is None:
            holder.delegations = Delegations({}, roles={})
        assert holder.delegations.roles is not None
        holder.delegations.roles[role] = DelegatedRole(role, [], 1, terminating=terminating, paths=list(paths))
        holder.add_key(self.signers[role][0].public_key, role)


class TufClient:
    """The command, with folders of its own."""

    def __init__(self, user: User, repo: Repo) -> None:
        self.user = user
        self.repo = repo
        self.metadata = user.folder / "metadata"
        self.files = user.folder / "targets"
        self.metadata.mkdir()
        self.files.mkdir()

    def init(self, root: bytes | None = None) -> int:
        """`init`."""
        place = self.user.folder / "trusted.json"
        place.write_bytes(
            root if root is not None else (self.repo.host.folder / "metadata" / "1.root.json").read_bytes()
        )
        return self.user.run("index", "tuf-client", "--metadata-dir", self.metadata, "init", place)

    def refresh(self) -> int:
        """`refresh`; 0 or 1."""
        self.repo.host.requests.clear()
        code = self.user.run(
            "index", "tuf-client", "--metadata-url", f"{self.repo.host.url}metadata", "--metadata-dir", self.metadata,
            "refresh",
        )  # fmt: skip
        assert code in (0, 1), self.user.err
        assert "defect" not in self.user.err
        return code

    def download(self, name: str) -> int:
        """`download`; 0 or 1."""
        self.repo.host.requests.clear()
        code = self.user.run(
            "index", "tuf-client", "--metadata-url", f"{self.repo.host.url}metadata", "--metadata-dir", self.metadata,
            "--target-name", name, "--target-dir", self.files, "--target-base-url", f"{self.repo.host.url}targets",
            "download",
        )  # fmt: skip
        assert code in (0, 1), self.user.err
        assert "defect" not in self.user.err
        return code

    def version(self, role: str) -> int:
        """The version that is trusted now."""
        return int(Metadata.from_bytes((self.metadata / f"{quote(role, '')}.json").read_bytes()).signed.version)

    def versions(self) -> tuple[int, ...]:
        """Of the top-level roles."""
        return tuple(self.version(role) for role in TOP)

    def visited(self) -> list[str]:
        """Which delegated roles were fetched, in order."""
        names = [
            path.removeprefix("metadata/").split(".", 1)[1] for path in self.repo.host.paths() if "metadata/" in path
        ]
        return [n.removesuffix(".json") for n in names if n.removesuffix(".json") not in (*TOP, "json")]

    def got(self) -> list[bytes]:
        """What was downloaded."""
        return [each.read_bytes() for each in sorted(self.files.rglob("*")) if each.is_file()]


@pytest.fixture
def repo(folder: Path, serve: Callable[[Path], Host]) -> Repo:
    """A fresh repository."""
    (folder / "repo").mkdir()
    return Repo(serve(folder / "repo"))


@pytest.fixture
def client(new_user: Callable[[str], User], repo: Repo) -> TufClient:
    """A client that trusts its first root."""
    made = TufClient(new_user("client"), repo)
    assert made.init() == 0
    return made


# ---- basics


def test_init_and_refresh_ask_for_what_they_need(repo: Repo, client: TufClient) -> None:
    """Root's next version, timestamp, snapshot, targets; a second time only the first two."""
    assert client.refresh() == 0
    expected = ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"]
    assert [path.removeprefix("metadata/") for path in repo.host.paths()] == expected
    assert client.versions() == (1, 1, 1, 1)
    assert client.refresh() == 0
    assert [path.removeprefix("metadata/") for path in repo.host.paths()] == expected[:2]


def test_download_refreshes_by_itself(repo: Repo, client: TufClient) -> None:
    """And ends with 1 for what is not there."""
    assert client.download("nothing here") == 1
    assert client.versions() == (1, 1, 1, 1)


def test_refresh_without_init_ends_with_1(repo: Repo, new_user: Callable[[str], User]) -> None:
    """Nothing is trusted on first use."""
    made = TufClient(new_user("other"), repo)
    assert made.refresh() == 1
    assert repo.host.paths() == []
    assert made.init(b"{}") == 1
    assert made.init(b"") == 1


@pytest.mark.parametrize("what", ["unsigned", "wrong signature", "no version", "another role"])
def test_an_initial_root_that_is_none(repo: Repo, new_user: Callable[[str], User], what: str) -> None:
    """Init or refresh fail, and nothing is fetched."""
    good = (repo.host.folder / "metadata" / "1.root.json").read_bytes()
    found = Metadata.from_bytes(good)
    bad = {
        "unsigned": lambda: Metadata(found.signed).to_bytes(),
        "wrong signature": lambda: good.replace(b'"sig":"', b'"sig":"00', 1),
        "no version": lambda: good.replace(b'"version"', b'"vision"', 1),
        "another role": lambda: (repo.host.folder / "metadata" / "1.targets.json").read_bytes(),
    }[what]()
    assert bad != good
    made = TufClient(new_user("other"), repo)
    made.init(bad)
    assert made.refresh() == 1
    assert repo.host.paths() == []


def test_unknown_fields_are_kept_and_signed(repo: Repo, client: TufClient) -> None:
    """TUF 4.1: fields that nobody knows are part of what is signed."""
    repo.root.unrecognized_fields["more"] = {"a": [1, "ü"]}
    keyid = repo.root.roles["root"].keyids[0]
    repo.root.keys[keyid].unrecognized_fields["more"] = "x"
    repo.root.keys[keyid].unrecognized_fields["keyid_hash_algorithms"] = ["md5"]
    repo.root.roles["root"].unrecognized_fields["more"] = 1
    repo.publish_root()
    repo.snapshot.unrecognized_fields["x"] = None
    repo.publish(bump=("snapshot", "timestamp"))
    assert client.refresh() == 0
    assert client.versions() == (2, 2, 2, 1)


def test_a_timestamp_of_the_same_version_is_left(repo: Repo, client: TufClient) -> None:
    """Other content, same version: what is there stays."""
    assert client.refresh() == 0
    before = (client.metadata / "timestamp.json").read_bytes()
    repo.timestamp.snapshot_meta.version = 100
    repo.publish(settle=False)
    assert client.refresh() == 0
    assert (client.metadata / "timestamp.json").read_bytes() == before


# ---- rollback and fast-forward


def test_timestamp_rollback(repo: Repo, client: TufClient) -> None:
    """TUF 5.4.3.1."""
    repo.publish(bump=("timestamp",))
    assert client.refresh() == 0
    repo.timestamp.version = 1
    repo.publish()
    assert client.refresh() == 1
    assert client.version("timestamp") == 2


@pytest.mark.parametrize("hashes", [False, True])
def test_snapshot_rollback(repo: Repo, client: TufClient, hashes: bool) -> None:
    """TUF 5.4.3.2, with and without hashes in the timestamp."""
    repo.hashes = hashes
    repo.publish(bump=("snapshot", "timestamp"))
    assert client.refresh() == 0
    repo.snapshot.version = 1
    repo.publish(bump=("timestamp",))
    assert client.refresh() == 1
    assert client.versions() == (1, 2, 2, 1)


@pytest.mark.parametrize("hashes", [False, True])
def test_targets_rollback(repo: Repo, client: TufClient, hashes: bool) -> None:
    """TUF 5.5.5: with the snapshot that is here already."""
    repo.hashes = hashes
    repo.next()
    assert client.refresh() == 0
    repo.targets["targets"].version = 1
    repo.publish(bump=("snapshot", "timestamp"))
    assert client.refresh() == 1
    assert client.version("targets") == 2


def test_a_snapshot_that_lost_a_role(repo: Repo, client: TufClient) -> None:
    """TUF 5.5.5: a role does not vanish."""
    repo.delegate("targets", "A")
    repo.next()
    assert client.refresh() == 0
    del repo.snapshot.meta["A.json"], repo.targets["A"]
    repo.publish(bump=("snapshot", "timestamp"))
    assert client.refresh() == 1


@pytest.mark.parametrize("roles", [("timestamp",), ("snapshot", "timestamp"), ("targets", "snapshot", "timestamp")])
def test_fast_forward_is_recovered_from_by_new_keys(repo: Repo, client: TufClient, roles: tuple[str, ...]) -> None:
    """TUF 5.3.11: an attacker ran the versions up; new keys of timestamp and snapshot let them fall again."""
    for role in roles:
        found = {"snapshot": repo.snapshot, "timestamp": repo.timestamp}.get(role) or repo.targets[role]
        found.version = 99_999
    repo.publish()
    assert client.refresh() == 0
    for role in roles[-2:]:
        repo.rekey(role, [CryptoSigner.generate_ed25519()])
    repo.publish_root()
    repo.timestamp.version = 1
    if "snapshot" in roles:
        repo.snapshot.version = 1
    if "targets" in roles:
        repo.targets["targets"].version = 1
    repo.publish()
    assert client.refresh() == 0
    assert client.version(roles[0]) == 1


def test_a_snapshot_of_another_version_than_the_timestamp_says(repo: Repo, client: TufClient) -> None:
    """TUF 5.5.4."""
    repo.timestamp.snapshot_meta.version = 2
    repo.put("metadata/2.snapshot.json", (repo.host.folder / "metadata" / "1.snapshot.json").read_bytes())
    repo.publish(bump=("timestamp",), settle=False)
    assert client.refresh() == 1


@pytest.mark.parametrize("role", ["snapshot", "targets"])
def test_metadata_that_is_not_what_its_hash_says(repo: Repo, client: TufClient, role: str) -> None:
    """TUF 5.5.2, 5.6.2."""
    repo.hashes = True
    repo.next()
    place = repo.host.folder / "metadata" / f"2.{role}.json"
    found = Metadata.from_bytes(place.read_bytes())
    found.signed.unrecognized_fields["x"] = 1
    found.signatures.clear()
    for each in repo.signers[role]:
        found.sign(each)
    place.write_bytes(found.to_bytes())
    assert client.refresh() == 1


def test_targets_of_another_version_than_the_snapshot_says(repo: Repo, client: TufClient) -> None:
    """TUF 5.6.4."""
    repo.snapshot.meta["targets.json"].version = 2
    repo.put("metadata/2.targets.json", (repo.host.folder / "metadata" / "1.targets.json").read_bytes())
    repo.snapshot.version += 1
    repo.timestamp.snapshot_meta.version = 2
    repo.publish(bump=("timestamp",), settle=False)
    assert client.refresh() == 1


# ---- expiry


@pytest.mark.parametrize("role", TOP)
def test_what_ran_out_is_not_used(repo: Repo, client: TufClient, role: str) -> None:
    """TUF 5.3.10, 5.4.4, 5.5.6, 5.6.5."""
    assert client.refresh() == 0
    if role == "root":
        repo.root.expires = PAST
        repo.publish_root()
    else:
        found = {"snapshot": repo.snapshot, "timestamp": repo.timestamp}.get(role) or repo.targets[role]
        found.expires = PAST
        repo.next()
    assert client.refresh() == 1
    assert client.version("targets") == 1
    if role == "root":
        assert client.version("root") == 2, "root itself is kept, and then found to have run out"


def test_what_ran_out_in_the_cache_is_replaced(repo: Repo, client: TufClient) -> None:
    """The old metadata here serves for the check of versions only."""
    assert client.refresh() == 0
    for role, found in (("timestamp", repo.timestamp), ("snapshot", repo.snapshot)):
        kept = Metadata.from_bytes((client.metadata / f"{role}.json").read_bytes())
        kept.signed.expires = PAST
        kept.signatures.clear()
        kept.sign(repo.signers[role][0])
        (client.metadata / f"{role}.json").write_bytes(kept.to_bytes())
        assert found.version == 1
    repo.next()
    assert client.refresh() == 0
    assert client.versions() == (1, 2, 2, 2)


# ---- keys


ROOTS = {
    "one key for another": ([([1], 1, [1]), ([2], 1, [2, 1]), ([2], 1, [2])], True),
    "signatures of strangers too": ([([1], 1, [3, 1, 4]), ([2], 1, [3, 2, 1, 4]), ([2], 1, [3, 2, 4])], True),
    "three of five, each time others": ([([0, 1, 2, 3, 4], 3, [0, 2, 4]), ([0, 1, 2, 3, 4], 3, [0, 4, 1])], True),
    "one of five is new": ([([0, 1, 2, 3, 4], 3, [0, 2, 4]), ([0, 1, 3, 4, 5], 3, [0, 4, 1])], True),
    "all five are new": (
        [([0, 1, 2, 3, 4], 3, [0, 2, 4]), ([5, 6, 7, 8, 9], 3, [0, 2, 4, 5, 6, 7]), ([5, 6, 7, 8, 9], 3, [5, 6, 7])],
        True,
    ),
    "the threshold rises": ([([1, 2, 3], 1, [1]), ([1, 2, 3], 2, [1, 2])], True),
    "the threshold falls": ([([1, 2, 3], 2, [1, 2]), ([1, 2, 3], 1, [1, 2]), ([1, 2, 3], 1, [1])], True),
    "not signed by the old": ([([1], 1, [1]), ([2], 1, [2, 3, 4])], False),
    "not signed by the new": ([([1], 1, [1]), ([2], 1, [1, 3, 4])], False),
    "not by three of the new": ([([0, 1, 2, 3, 4], 3, [0, 2, 4]), ([0, 1, 3, 4, 5], 3, [0, 2, 4])], False),
    "not by three of the old": ([([0, 1, 2, 3, 4], 3, [0, 2, 4]), ([0, 1, 3, 4, 5], 3, [0, 4, 5])], False),
    "the new threshold is not met": ([([1, 2, 3], 1, [1]), ([1, 2, 3], 2, [2])], False),
    "the old threshold is not met": ([([1, 2, 3], 2, [1, 2]), ([1, 2, 3], 1, [1])], False),
}


@pytest.mark.parametrize("case", ROOTS)
def test_root_changes_its_keys(repo: Repo, new_user: Callable[[str], User], case: str) -> None:
    """TUF 5.3.4: each version by the keys of the one before, and by its own."""
    versions, good = ROOTS[case]
    repo.root.version = 0
    for keys, threshold, by in versions:
        repo.rekey("root", [KEYS[i] for i in keys], threshold, [KEYS[i] for i in by])
        repo.publish_root()
    made = TufClient(new_user("other"), repo)
    assert made.init() == 0
    assert made.refresh() == (0 if good else 1)
    expected = len(versions) if good else len(versions) - 1
    assert (made.metadata / "root.json").read_bytes() == (
        repo.host.folder / "metadata" / f"{expected}.root.json"
    ).read_bytes()


OTHERS = {
    "another key": ([2], 1, [2], True),
    "signatures of strangers too": ([1], 1, [3, 1, 4], True),
    "not signed by the new": ([2], 1, [1, 3, 4], False),
    "three of five, one wrong": ([0, 1, 3, 4, 5], 3, [0, 2, 4], False),
    "two of three": ([0, 1, 3, 4, 5], 3, [0, 4], False),
    "three of five": ([0, 1, 2, 3, 4], 3, [0, 2, 4], True),
    "other three of five": ([0, 1, 2, 3, 4], 3, [1, 2, 3], True),
}


@pytest.mark.parametrize("role", TOP[1:])
@pytest.mark.parametrize("case", OTHERS)
def test_other_roles_change_their_keys(repo: Repo, client: TufClient, role: str, case: str) -> None:
    """By root's word."""
    keys, threshold, by, good = OTHERS[case]
    repo.rekey(role, [KEYS[i] for i in keys], threshold, [KEYS[i] for i in by])
    repo.publish_root()
    repo.next()
    assert client.refresh() == (0 if good else 1)


def test_one_key_under_many_ids_is_one_key(repo: Repo, client: TufClient) -> None:
    """TUF 4.2: a threshold counts keys, not names of keys."""
    signer = CryptoSigner.generate_ed25519()
    base = signer.public_key.to_dict()
    repo.rekey("snapshot", [signer], 1)
    for number in range(5):
        twin = Key.from_dict(f"{number}" * 64, {**base, "keyval": dict(base["keyval"])})
        repo.root.add_key(twin, "snapshot")
    repo.root.roles["snapshot"].threshold = 2
    repo.publish_root()
    repo.next()
    assert client.refresh() == 1


def test_a_signature_of_one_role_is_none_of_another(repo: Repo, client: TufClient) -> None:
    """Good signatures over a snapshot, served as the timestamp, and so on."""
    for name, other in (("timestamp.json", "1.snapshot.json"), ("1.snapshot.json", "1.targets.json")):
        keep = (repo.host.folder / "metadata" / name).read_bytes()
        repo.put(f"metadata/{name}", (repo.host.folder / "metadata" / other).read_bytes())
        assert client.refresh() == 1
        repo.put(f"metadata/{name}", keep)
    assert client.refresh() == 0


# ---- delegations


GRAPHS = {
    "one": ([("targets", "A", {})], ["A"]),
    "two beside": ([("targets", "A", {}), ("targets", "B", {})], ["A", "B"]),
    "two levels": ([("targets", "A", {}), ("targets", "B", {}), ("B", "C", {})], ["A", "B", "C"]),
    "depth first": (
        [("targets", "A", {}), ("targets", "B", {}), ("A", "C", {}), ("A", "D", {})], ["A", "C", "D", "B"],
    ),
    "three levels, depth first": (
        [("targets", "A", {}), ("targets", "B", {}), ("A", "C", {}), ("C", "D", {})], ["A", "C", "D", "B"],
    ),
    "terminating": (
        [("targets", "A", {}), ("targets", "B", {}), ("A", "C", {"terminating": True}), ("A", "D", {})], ["A", "C"],
    ),
    "terminating, with more below": (
        [("targets", "A", {}), ("targets", "B", {}), ("A", "C", {"terminating": True}), ("C", "D", {})],
        ["A", "C", "D"],
    ),
    "paths that do not fit": (
        [("targets", "A", {"paths": ["*.py"]}), ("targets", "B", {}), ("A", "C", {})], ["B"],
    ),
    "a circle": (
        [("targets", "A", {}), ("targets", "B", {}), ("B", "C", {}), ("C", "D", {}), ("D", "B", {})],
        ["A", "B", "C", "D"],
    ),
    "two paths to one, one does not fit": (
        [("targets", "A", {}), ("targets", "B", {}), ("B", "C", {}), ("A", "C", {"paths": ["*.py"]})], ["A", "B", "C"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", GRAPHS)
def test_delegations_are_walked_in_order(repo: Repo, client: TufClient, case: str) -> None:
    """TUF 5.6.7: preorder, depth first, each role once."""
    edges, expected = GRAPHS[case]
    for above, role, more in edges:
        repo.delegate(above, role, **more)
    repo.next()
    assert client.download("missing") == 1
    assert client.visited() == expected


TREE = {
    "file": (b"top", [], True),
    "README.md": (b"A's", ["A"], True),
    "releases/x/v1": (b"C's", ["B", "C"], True),
    "releases/y/v1.zip": (b"D's", ["B", "D"], True),
    "releases/z/v1.zip": (b"not D's to give", ["B"], False),
}


@pytest.mark.parametrize("path", TREE)
def test_a_target_is_looked_for_where_its_path_leads(repo: Repo, client: TufClient, path: str) -> None:
    """And nowhere else, whoever names it."""
    repo.delegate("targets", "A", paths=["*.doc", "*.md"])
    repo.delegate("targets", "B", paths=["releases/*/*"])
    repo.delegate("B", "C", paths=["releases/x/*"])
    repo.delegate("B", "D", paths=["releases/y/*.zip"])
    for each, role in zip(TREE, ("targets", "A", "C", "D", "D"), strict=True):
        repo.target(each, TREE[each][0], role)
    repo.next()
    data, expected, found = TREE[path]
    assert client.download(path) == (0 if found else 1)
    assert client.got() == ([data] if found else [])
    assert client.visited() == expected


@pytest.mark.parametrize("role", ["?", "#", "/delegated", "../delegated", "a b", "%2e%2e", "ü", "role.json"])
def test_odd_names_of_roles_lead_nowhere_else(repo: Repo, client: TufClient, role: str) -> None:
    """They are quoted in addresses and in names of files."""
    repo.host.answers[rf"metadata/1\.{quote(quote(role, ''), '')}\.json".replace("%25", "%")] = lambda handler: (
        handler.body((repo.host.folder / "metadata" / f"1.{quote(role, '')}.json").read_bytes())
    )
    repo.delegate("targets", role)
    repo.next()
    assert client.download("nothing") == 1
    assert f"metadata/1.{quote(role, '')}.json" in repo.host.paths()
    assert (client.metadata / f"{quote(role, '')}.json").is_file()
    outside = {each.name for each in client.user.folder.iterdir()}
    assert outside == {"state", "ringfence.toml", "metadata", "targets", "trusted.json"}


@pytest.mark.parametrize("bits", [1, 3, 8])
def test_hash_bins(repo: Repo, client: TufClient, bits: int) -> None:
    """TAP 15: each target in its one bin."""
    signer = CryptoSigner.generate_ed25519()
    bins = SuccinctRoles([signer.public_key.keyid], 1, bits, "bin")
    repo.targets["targets"].delegations = Delegations({signer.public_key.keyid: signer.public_key}, succinct_roles=bins)
    for name in bins.get_roles():
        repo.targets[name] = Targets(version=1, expires=FUTURE)
        repo.signers[name] = [signer]
    for number in range(5):
        repo.target(f"file-{number}", str(number).encode(), bins.get_role_for_target(f"file-{number}"))
    repo.next()
    for number in range(5):
        assert client.download(f"file-{number}") == 0
        assert len(client.visited()) <= 1
    assert sorted(client.got()) == [b"0", b"1", b"2", b"3", b"4"]
    assert client.download("file-9") == 1


def test_a_delegated_role_that_ran_out_or_is_badly_signed(repo: Repo, client: TufClient) -> None:
    """It gives nothing."""
    repo.delegate("targets", "A")
    repo.target("file", b"data", "A")
    repo.targets["A"].expires = PAST
    repo.next()
    assert client.download("file") == 1
    repo.targets["A"].expires = FUTURE
    good = repo.signers["A"]
    repo.signers["A"] = [CryptoSigner.generate_ed25519()]
    repo.publish(bump=("A", "targets", "snapshot", "timestamp"))
    assert client.download("file") == 1
    repo.signers["A"] = good
    repo.publish(bump=("A", "targets", "snapshot", "timestamp"))
    assert client.download("file") == 0


# ---- targets


@pytest.mark.parametrize("path", ["file.txt", "path/to/a/file.txt", "with space", "ü", "a+b", "100%"])
def test_targets_are_downloaded(repo: Repo, client: TufClient, path: str) -> None:
    """In folders, and with odd names."""
    repo.target(path, b"contents")
    repo.next()
    made = repo.targets["targets"].targets[path].hashes["sha256"]
    repo.host.answers[rf"targets/.*{made}\..*"] = lambda handler: handler.body(b"contents")
    assert client.download(path) == 0
    assert client.got() == [b"contents"]
    assert client.download(path) == 0
    assert not [each for each in repo.host.paths() if each.startswith("targets/")], "what is here is not fetched again"


@pytest.mark.parametrize("data", [b"", b"shorter", b"other content", b"the content and more", b"the contenT"])
def test_other_contents_are_refused(repo: Repo, client: TufClient, data: bytes) -> None:
    """TUF 5.7.3: length and hash."""
    repo.target("file", b"the content")
    repo.next()
    repo.host.answers[r"targets/.*"] = lambda handler: handler.body(data)
    assert client.download("file") == 1
    assert client.got() == []


def test_a_target_changes_only_with_its_metadata(repo: Repo, client: TufClient) -> None:
    """Each time the new one, and never another."""
    repo.target("file", b"0")
    repo.next()
    assert client.download("file") == 0
    for number in range(1, 6):
        repo.target("file", str(number).encode() * number)
        repo.next()
        assert client.download("file") == 0
        assert client.got() == [str(number).encode() * number]
        repo.host.answers[r"targets/.*"] = lambda handler: handler.body(b"evil")
        client.download("file")
        assert client.got() == [str(number).encode() * number]
        repo.host.answers.clear()


@pytest.mark.parametrize("name", ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"])
@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b"{" * 10_000, b'{"signatures": [], "signed": {}}'])
def test_metadata_that_is_none(repo: Repo, client: TufClient, name: str, data: bytes) -> None:
    """One sentence, exit code 1, and what was trusted stays."""
    repo.host.answers[rf"metadata/{name}".replace(".", r"\.")] = lambda handler: handler.body(data)
    assert client.refresh() == 1
    assert len(client.user.err.splitlines()) == 1
    repo.host.answers.clear()
    assert client.refresh() == 0
