"""Submissions that are not what an author's tool would make: refused, said in the journal, and the index as it was."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, Snapshot, TargetFile, Targets, Timestamp

from index.kit import CODE, Keeper, plugin
from ringfence.errors import IndexRefused, RingfenceError
from ringfence.index import accept, people, places, submission
from ringfence.index.repository import utc_now
from ringfence.plugins.archive import pack, write_members

YEAR = timedelta(days=365)


class Forge:
    """A submission whose parts a test changes before it is signed. Begins as a good one of acme-words 2.0.0."""

    def __init__(
        self, keeper: Keeper, name: str = "acme-words", version: str = "2.0.0", publisher: str = "acme"
    ) -> None:
        self.keeper = keeper
        folder = plugin(keeper.folder / "forge", name, version)
        archive = keeper.folder / "forge.tar.gz"
        pack(folder, archive)
        self.path = places.archive(name, version)
        self.members: dict[str, Path | bytes] = {self.path: archive.read_bytes()}
        known = keeper.known(publisher)
        before = dict(known.signed.targets) if known else {}
        self.signed = Targets(
            version=known.signed.version + 1 if known else 1, expires=utc_now() + YEAR, targets={**before}
        )
        self.name(self.path, archive.read_bytes())
        self.who = publisher
        self.role: bytes | None = None

    def name(self, path: str, data: bytes, **hashes: str) -> None:
        """Name a target in the role."""
        made = TargetFile.from_data(path, data, ["sha256"])
        self.signed.targets[path] = TargetFile(made.length, {**made.hashes, **hashes}, path)

    def add(self, path: str, data: bytes) -> None:
        """Name it and send it."""
        self.name(path, data)
        self.members[path] = data

    def file(self) -> Path:
        """The submission."""
        if self.role is None:
            metadata = Metadata(self.signed)
            metadata.sign(self.keeper.key(self.who))
            self.role = metadata.to_bytes()
        target = self.keeper.folder / "forged.submission"
        write_members(target, "submission", {**self.members, "role.json": self.role})
        return target

    def refused(self, sentence: str) -> None:
        """It has to be refused with these words; the journal says why, and nothing else changed."""
        before = self.keeper.space.repository.snapshot.signed.version
        with pytest.raises(IndexRefused) as error:
            accept.accept(self.keeper.space, self.file(), None)
        assert sentence in error.value.message
        self.keeper.reopen()
        assert self.keeper.space.repository.snapshot.signed.version == before
        segment = max((self.keeper.index / "journal").glob("*.jsonl"))
        last = json.loads(segment.read_text().splitlines()[-1])
        assert "submission-refused" in json.dumps(last)


def test_a_good_one_is_taken(keeper: Keeper) -> None:
    """So that the refusals below are for what they change."""
    assert accept.accept(keeper.space, Forge(keeper).file(), None).version == "2.0.0"


def _other_digest(forge: Forge) -> None:
    target = forge.signed.targets[places.archive("acme-words", "1.0.0")]
    forge.signed.targets[target.path] = TargetFile(target.length, {"sha256": "0" * 64}, target.path)


def _drop_old(forge: Forge) -> None:
    del forge.signed.targets[places.archive("acme-words", "1.0.0")]


def _two(forge: Forge) -> None:
    forge.add(places.archive("acme-words", "3.0.0"), forge.members[forge.path])  # type: ignore[arg-type]


def _rename(path: str) -> Callable[[Forge], None]:
    def change(forge: Forge) -> None:
        data = forge.members.pop(forge.path)
        del forge.signed.targets[forge.path]
        forge.add(path, data)  # type: ignore[arg-type]

    return change


def _swap(forge: Forge) -> None:
    data = forge.members[forge.path]
    forge.members[forge.path] = data[:-1] + b"x"  # type: ignore[index]


def _delegating(forge: Forge) -> None:
    key = forge.keeper.key("mallory").public_key
    role = DelegatedRole("evil", [key.keyid], 1, terminating=False, paths=["releases/acme-words/*/*"])
    forge.signed.delegations = Delegations({key.keyid: key}, {"evil": role})


def _set(**fields: Any) -> Callable[[Forge], None]:
    def change(forge: Forge) -> None:
        for name, value in fields.items():
            setattr(forge.signed, name, value)

    return change


def _without(forge: Forge) -> None:
    del forge.signed.targets[forge.path]
    forge.members.clear()


HOSTILE: Mapping[str, tuple[Callable[[Forge], None], str]] = {
    "an old release with another digest": (_other_digest, "was published and cannot be changed"),
    "an old release left out": (_drop_old, "was published and cannot be changed"),
    "two releases": (_two, "a submission holds one new release, not 2"),
    "no release": (_without, "nobody who signed the submission owns the name"),
    "another's name": (_rename("releases/other-tool/1.0.0/other-tool-1.0.0.tar.gz"), "owns other-tool"),
    "a record": (_rename("records/acme-words.json"), "nobody who signed the submission owns the name"),
    "the policy": (_rename("policy.json"), "nobody who signed"),
    "another file name": (_rename("releases/acme-words/2.0.0/evil.sh"), "names no archive"),
    "a file of another version": (_rename("releases/acme-words/2.0.0/acme-words-2.0.1.tar.gz"), "names no archive"),
    "a version that is none": (_rename("releases/acme-words/new/acme-words-new.tar.gz"), "holds acme-words-2.0.0"),
    "another version's path": (_rename("releases/acme-words/9.0.0/acme-words-9.0.0.tar.gz"), "holds acme-words-2.0.0"),
    "another plugin's archive": (_rename("releases/acme-tool/2.0.0/acme-tool-2.0.0.tar.gz"), "holds acme-words-2.0.0"),
    "an extra file": (
        lambda forge: forge.add("releases/acme-words/2.0.0/setup.py", b"x"), "a file that releases do not have",
    ),
    "a file that is not named": (
        lambda forge: forge.members.update({"releases/acme-words/2.0.0/more": b"x"}), "named but not sent, or sent",
    ),
    "a file that is not sent": (
        lambda forge: forge.name("releases/acme-words/2.0.0/sbom.cdx.json", b"{}"), "named but not sent",
    ),
    "an archive that is another": (_swap, "is not the file that was signed"),
    "a delegation": (_delegating, "is no publisher's"),
    "a version ahead": (_set(version=7), "is version 7 of acme's role, and 2 is the next"),
    "a version again": (_set(version=1), "is version 1 of acme's role"),
    "signed for ever": (_set(expires=utc_now() + 20 * YEAR), "has to hold for 1 to 1100 days"),
    "signed for no time": (_set(expires=utc_now() - YEAR), "has to hold for 1 to 1100 days"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_submissions_are_refused(keeper: Keeper, what: str) -> None:
    """Each changes one thing of a good one, and is signed by acme."""
    change, sentence = HOSTILE[what]
    forge = Forge(keeper)
    change(forge)
    forge.refused(sentence)


def test_a_submission_counts_once(keeper: Keeper) -> None:
    """Sent again, it is an old version of the role."""
    good = Forge(keeper).file()
    accept.accept(keeper.space, good, None)
    with pytest.raises(IndexRefused, match="version 2 of acme's role, and 3 is the next"):
        accept.accept(keeper.space, good, None)


@pytest.mark.parametrize("who", ["mallory", "alice"])
def test_somebody_elses_signature_is_refused(keeper: Keeper, who: str) -> None:
    """A key that publishes nothing; a reviewer's."""
    forge = Forge(keeper)
    forge.who = who
    forge.refused("nobody who signed the submission owns acme-words")


def test_a_signature_by_name_only_is_refused(keeper: Keeper) -> None:
    """acme's key id over mallory's signature."""
    forge = Forge(keeper)
    metadata = Metadata(forge.signed)
    made = metadata.sign(keeper.key("mallory"))
    made.keyid = keeper.key("acme").public_key.keyid
    metadata.signatures = {made.keyid: made}
    forge.role = metadata.to_bytes()
    forge.refused("is not signed by acme")


def test_a_threshold_of_a_publisher_is_met_or_refused(keeper: Keeper) -> None:
    """Two of two keys: one is not enough."""
    keeper.key("acme-2")
    keeper.publisher("acme", keys=("acme", "acme-2"), threshold=2)
    forge = Forge(keeper)
    forge.refused("is not signed by acme")
    forge = Forge(keeper)
    metadata = Metadata(forge.signed)
    metadata.sign(keeper.key("acme"))
    metadata.sign(keeper.key("acme-2"), append=True)
    forge.role = metadata.to_bytes()
    accept.accept(keeper.space, forge.file(), None)


@pytest.mark.parametrize(
    "role",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe", b"{" * 50_000, b'{"signed": {}, "signatures": []}',
        Metadata(Snapshot()).to_bytes(), Metadata(Timestamp()).to_bytes(),
        b'{"signed":{"_type":"targets","spec_version":"9.9.9","version":1,"expires":"x","targets":{}},"signatures":[]}',
    ],
)  # fmt: skip
def test_roles_that_are_none_are_refused(keeper: Keeper, role: bytes) -> None:
    """Not JSON, not metadata, another kind of it."""
    forge = Forge(keeper)
    forge.role = role
    forge.refused("the role in the submission is no")


def test_odd_members_are_refused(keeper: Keeper) -> None:
    """No role; a role that is huge; a file that is no submission."""
    forge = Forge(keeper)
    target = keeper.folder / "none.submission"
    write_members(target, "submission", forge.members)
    with pytest.raises(IndexRefused, match="has no role of a publisher"):
        accept.accept(keeper.space, target, None)
    import os

    forge.role = os.urandom(submission.MAX_ROLE + 1)
    forge.refused("has no role of a publisher")
    for number, data in enumerate((b"", b"no archive", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03")):
        place = keeper.folder / f"{number}.submission"
        place.write_bytes(data)
        with pytest.raises(IndexRefused, match="the submission is damaged"):
            accept.accept(keeper.space, place, None)
    with pytest.raises(RingfenceError):
        accept.accept(keeper.space, keeper.folder / "nowhere", None)


def test_too_many_targets_are_refused(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    """A role that clients would not fetch."""
    monkeypatch.setattr(submission, "MAX_TARGETS", 1)
    Forge(keeper).refused("names at most 1 files")


def test_an_archive_within_that_is_no_plugin_is_refused(keeper: Keeper) -> None:
    """Signed by acme, and not what `plugin pack` makes."""
    forge = Forge(keeper)
    for data in (b"nothing", _packed(keeper, {"x.py": b""}), _packed(keeper, {"plugin.toml": b"name = 3"})):
        forge.add(forge.path, data)
        forge.role = None
        forge.refused("the archive of acme-words 2.0.0")


def _packed(keeper: Keeper, members: dict[str, Path | bytes]) -> bytes:
    target = keeper.folder / "inner.tar.gz"
    write_members(target, "acme-words-2.0.0", members)
    return target.read_bytes()


@pytest.mark.parametrize("version", ["01.0", "1.0.0.0-1", "2.0+local", "v2.0", "2.0-alpha"])
def test_versions_have_one_spelling(keeper: Keeper, version: str) -> None:
    """As PEP 440 normalises them, and none of somebody's own."""
    with pytest.raises(RingfenceError):
        accept.accept(keeper.space, Forge(keeper, version=version).file(), None)


def test_a_publisher_who_lost_the_name_meanwhile_is_refused(keeper: Keeper) -> None:
    """Made before, sent after: the delegation of now counts."""
    good = Forge(keeper).file()
    people.remove_publisher(keeper.space, "acme")
    with pytest.raises(IndexRefused, match="nobody who signed the submission owns acme-words"):
        accept.accept(keeper.space, good, None)


def test_what_vetting_blocks_is_refused(keeper: Keeper) -> None:
    """With its first reason; and what it warns of is said in the record."""
    report = {"steps": [{"findings": [{"verdict": "block", "path": "a.py", "line": 3, "message": "steals"}]}]}
    with pytest.raises(IndexRefused, match=r"does not pass vetting: a\.py:3: steals"):
        accept.accept(keeper.space, Forge(keeper).file(), lambda *_: ("block", report))
    done = accept.accept(keeper.space, Forge(keeper).file(), lambda *_: ("warn", report))
    assert done.verdict == "warn"


def test_vetting_compares_with_the_last_reviewed_version(keeper: Keeper) -> None:
    """Its folder is given along."""
    seen: list[str] = []

    def vet(new: Path, old: Path | None) -> tuple[str, Mapping[str, object]]:
        assert old is not None
        seen.extend(((old / "acme_words.py").read_text(), (new / "plugin.toml").read_text()))
        return "pass", {"steps": []}

    accept.accept(keeper.space, Forge(keeper).file(), vet)
    assert seen[0] == CODE
    assert '"2.0.0"' in seen[1]
