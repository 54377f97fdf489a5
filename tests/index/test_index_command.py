"""The whole life of an index, of its releases and of its users, by the commands that people type."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.kit import CODE, Host, Keeper, User, plugin
from ringfence.errors import IndexRefused

Users = Callable[[str], User]


class Maintainer:
    """Types `ringfence index … --at idx`."""

    def __init__(self, user: User, index: Path) -> None:
        self.user = user
        self.index = index

    def ok(self, *words: object) -> str:
        """A command that has to succeed."""
        return self.user.ok("index", *words, "--at", self.index)

    def refused(self, code: int, sentence: str, *words: object) -> None:
        """A command that has to fail."""
        self.user.refused(code, sentence, "index", *words, "--at", self.index)

    def review(self, name: str, version: str, who: str, *, key: Path, reject: bool = False) -> str:
        """Approve or reject."""
        words = ["--reject"] if reject else ["--approve", "--checked", "all"]
        return self.ok("review", name, version, *words, "--as", who, "--key", key, "--reason", "read it all")


@pytest.fixture
def maintainer(new_user: Users, keeper: Keeper) -> Maintainer:
    """Whoever keeps the index."""
    return Maintainer(new_user("maintainer"), keeper.index)


def test_a_plugin_from_its_author_to_a_run_and_its_end(folder: Path, new_user: Users, runtime_store: Path) -> None:
    """init, key, publisher, reviewer, publish, review, install, grant, run, upgrade, yank, quarantine, uninstall."""
    keep = Maintainer(new_user("maintainer"), folder / "plugins.example.com")
    author, reviewer, ann = new_user("author"), new_user("reviewer"), new_user("ann")
    runtime_store.mkdir(parents=True, exist_ok=True)
    (ann.state / "runtime").symlink_to(runtime_store)
    keep.user.ok("index", "init", keep.index, "--keys-in-the-clear")
    assert "without a passphrase" not in keep.user.out
    assert "the keys have no passphrase" in keep.user.err
    author.ok("key", "new", "acme.pem", "--in-the-clear")
    reviewer.ok("key", "new", "alice.pem", "--in-the-clear")
    keep.ok("publisher", "add", "acme", "--key", author.folder / "acme.pub", "--own", "acme-*")
    keep.ok("reviewer", "add", "alice", "--key", reviewer.folder / "alice.pub")

    author.ok("plugin", "init", "acme-words")
    author.ok("publish", "acme-words", "--to", keep.index, "--key", "acme.pem")
    assert "channel candidate" in author.out
    assert "waits for review: acme-words 0.1.0" in keep.ok("status")

    ann.ok("index", "add", "acme", keep.index, "--root-fingerprint", keep.ok("fingerprint").strip())
    assert "(0.1.0)" in ann.ok("search", "words")
    assert "reviewed by nobody" in ann.ok("show", "acme-words")
    ann.refused(44, "no release of acme-words in the channel stable", "install", "acme-words")
    assert "--channel candidate" in ann.err
    ann.ok("install", "acme-words", "--channel", "candidate")
    assert "has not been reviewed by anybody" in ann.err
    ann.ok("uninstall", "acme-words")

    shown = keep.ok("review", "acme-words", "0.1.0")
    assert "+class AcmeWords:" in shown
    assert "the first to be reviewed" in shown
    keep.review("acme-words", "0.1.0", "alice", key=reviewer.folder / "alice.pem")
    ann.ok("install", "acme-words")
    assert "reviewed by alice" in ann.err
    assert "Nothing is granted" in ann.out
    assert ann.installed() == ["acme-words 0.1.0"]
    assert ann.run("run", "acme-words", "count", '{"text": "a b c"}') == 4
    ann.ok("grant", "acme-words", "--method", "count")
    assert ann.json("run", "acme-words", "count", '{"text": "a b c"}')["data"]["result"] == {"words": 3}

    manifest = author.folder / "acme-words" / "plugin.toml"
    manifest.write_text(manifest.read_text().replace('"0.1.0"', '"0.2.0"'))
    code = author.folder / "acme-words" / "acme_words.py"
    code.write_text(code.read_text() + "\n# better\n")
    author.ok("publish", "acme-words", "--to", keep.index, "--key", "acme.pem")
    assert ann.run("outdated") == 0, "a candidate is no news for who wants what is stable"
    shown = keep.ok("review", "acme-words", "0.2.0")
    assert "compared with 0.1.0" in shown
    assert "+# better" in shown
    keep.review("acme-words", "0.2.0", "alice", key=reviewer.folder / "alice.pem")
    assert ann.run("outdated") == 1
    assert "0.2.0" in ann.out
    ann.ok("upgrade")
    assert "a grant still names 0.1.0" in ann.out
    assert ann.installed() == ["acme-words 0.2.0", "acme-words 0.1.0"]
    assert ann.json("run", "acme-words", "count", '{"text": "a b"}')["data"]["plugin_version"] == "0.1.0"

    keep.ok("yank", "acme-words", "0.2.0", "--reason", "loses words")
    assert ann.run("outdated") == 1
    assert "yanked: loses words" in ann.out
    fresh = new_user("fresh")
    fresh.ok("index", "add", "acme", keep.index, "--trust-on-first-use")
    assert "the first root that comes is trusted" in fresh.err
    fresh.ok("install", "acme-words")
    assert fresh.installed() == ["acme-words 0.1.0"]
    fresh.ok("install", "acme-words==0.2.0")
    assert "was yanked: loses words" in fresh.err
    keep.refused(40, "users are told why", "quarantine", "acme-words", "0.2.0")
    keep.ok("quarantine", "acme-words", "0.2.0", "--reason", "steals words")
    fresh.ok("uninstall", "acme-words==0.2.0")
    fresh.refused(44, "is in quarantine: steals words", "install", "acme-words==0.2.0")
    fresh.refused(44, "is in quarantine", "install", "acme-words==0.2.0", "--channel", "candidate")
    assert ann.run("verify") == 0, "offline, nothing newer is known"
    assert ann.run("verify", "--online") == 41
    keep.ok("restore", "acme-words", "0.2.0")
    fresh.ok("install", "acme-words==0.2.0")
    keep.ok("deprecate", "acme-words", "--reason", "use acme-text")
    fresh.ok("install", "acme-words==0.2.0")
    assert "is deprecated: use acme-text" in fresh.err
    ann.ok("uninstall", "acme-words")
    assert ann.installed() == []
    assert [each.name for each in (ann.state / "installed").iterdir()] == [".lock"]

    keep.user.ok("journal", "verify", "--journal", keep.index / "public" / "journal")
    lines = keep.user.ok("journal", "show", "--json", "--journal", keep.index / "public" / "journal").splitlines()
    events = [json.loads(line).get("event") for line in lines if '"phase":"begin"' in line or '"phase"' not in line]
    assert events == [
        "init", "publisher", "reviewer", "publish", "review", "publish", "review", "yanked", "quarantined", "fine",
        "deprecated",
    ]  # fmt: skip


# ---- reviews


def test_two_reviewers_where_two_are_asked_for(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """One approval is not two; nobody approves twice."""
    keeper.reviewer("bob")
    maintainer.ok("policy", "--reviews", "2")
    keeper.reopen()
    keeper.publish("acme-words", "2.0.0")
    said = maintainer.review("acme-words", "2.0.0", "alice", key=keeper.people / "alice.pem")
    assert "1 more approvals are needed" in said
    maintainer.review("acme-words", "2.0.0", "alice", key=keeper.people / "alice.pem")
    user.refused(44, "has not been reviewed", "install", "acme-words==2.0.0")
    assert "it is stable" in maintainer.review("acme-words", "2.0.0", "bob", key=keeper.people / "bob.pem")
    user.ok("install", "acme-words")
    assert user.json("list")[0]["reviewers"] == ["alice", "bob"]
    user.refused(41, "1 of 2 approvals hold", "install", "acme-words==1.0.0")


def test_an_author_does_not_review_their_own(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """Neither as who belongs to the publisher, nor with the publisher's key under another name."""
    keeper.reviewer("anna", publisher="acme")
    keeper.reviewer("nobody", who="acme")
    keeper.publish("acme-words", "2.0.0")
    for who, key in (("anna", "anna"), ("nobody", "acme")):
        maintainer.refused(
            40, "an author does not review their own", "review", "acme-words", "2.0.0", "--approve", "--as", who,
            "--key", keeper.people / f"{key}.pem", "--checked", "all", "--reason", "mine",
        )  # fmt: skip
    user.refused(44, "has not been reviewed", "install", "acme-words==2.0.0")


def test_a_rejection_blocks_until_it_is_taken_back(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """However many approve."""
    keeper.reviewer("bob")
    keeper.publish("acme-words", "2.0.0")
    maintainer.review("acme-words", "2.0.0", "bob", key=keeper.people / "bob.pem", reject=True)
    said = maintainer.review("acme-words", "2.0.0", "alice", key=keeper.people / "alice.pem")
    assert "rejected by bob" in said
    user.refused(44, "has not been reviewed", "install", "acme-words==2.0.0")
    maintainer.review("acme-words", "2.0.0", "bob", key=keeper.people / "bob.pem")
    user.ok("install", "acme-words==2.0.0")
    maintainer.review("acme-words", "2.0.0", "bob", key=keeper.people / "bob.pem", reject=True)
    user.refused(44, "has not been reviewed", "install", "acme-words==2.0.0")


def test_approvals_of_who_reviews_no_longer_do_not_count(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """The policy of today counts."""
    user.ok("install", "acme-words")
    maintainer.ok("reviewer", "remove", "alice")
    user.refused(41, "0 of 1 approvals hold", "install", "acme-words")
    maintainer.ok("reviewer", "add", "alice", "--key", keeper.people / "alice.pub")
    user.ok("install", "acme-words")


def test_reviews_are_signed_by_who_they_say_and_complete(keeper: Keeper, maintainer: Maintainer) -> None:
    """Another key, no reason, an unfinished checklist, a stranger."""
    keeper.publish("acme-words", "2.0.0")
    keeper.key("mallory")
    base = ("review", "acme-words", "2.0.0", "--approve")
    good = ("--as", "alice", "--key", keeper.people / "alice.pem", "--reason", "read")
    mallory = keeper.people / "mallory.pem"
    maintainer.refused(
        40, "signs with another key", *base, "--as", "alice", "--key", mallory, "--checked", "all", "--reason", "x"
    )
    maintainer.refused(
        40, "is no reviewer", *base, "--as", "mallory", "--key", mallory, "--checked", "all", "--reason", "x"
    )
    maintainer.refused(40, "not everything was looked at: purpose", *base, *good)
    maintainer.refused(2, "the checklist has no 'vibes'", *base, *good, "--checked", "vibes")
    maintainer.refused(40, "a review says why", *base, *good[:-1], " ", "--checked", "all")
    maintainer.refused(2, "a decision is signed", *base)
    maintainer.refused(44, "there is no version 9", "review", "acme-words", "9", *base[3:], *good, "--checked", "all")


def test_one_key_is_one_reviewer(keeper: Keeper, maintainer: Maintainer) -> None:
    """Two names of one key would count twice."""
    maintainer.refused(
        40, "this is the key of alice already", "reviewer", "add", "b", "--key", keeper.people / "alice.pub"
    )


# ---- names and versions


@pytest.mark.parametrize(
    ("name", "why"), [("acmewords", "looks the same"), ("py-acme-words", "word that says nothing")]
)
def test_names_like_anothers_are_refused(
    keeper: Keeper, maintainer: Maintainer, user: User, name: str, why: str
) -> None:
    """By a publisher whose prefix covers them; a maintainer can give the very name."""
    keeper.publisher("mallory", "py-*" if name.startswith("py-") else "acmewords-*")
    folder = plugin(keeper.folder / "evil", name, "1.0.0")
    _publish_refused(keeper, user, folder, "mallory", name, why)
    maintainer.ok("publisher", "add", "mallory", "--key", keeper.people / "mallory.pub", "--own", name)
    user.ok("publish", folder, "--to", keeper.index, "--key", keeper.people / "mallory.pem")


def test_names_like_ones_own_are_taken(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """acme may name its own plugins alike; nobody else owns the prefix."""
    folder = plugin(keeper.folder / "alike", "acme-w0rds", "1.0.0")
    user.ok("publish", folder, "--to", keeper.index, "--key", keeper.people / "acme.pem")
    keeper.key("mallory")
    words = ("publisher", "add", "m", "--key", keeper.people / "mallory.pub", "--own", "acme-w0rds")
    maintainer.refused(40, "belongs to acme", *words)


def _publish_refused(keeper: Keeper, user: User, folder: Path, who: str, name: str, why: str) -> None:
    user.refused(40, why, "publish", folder, "--to", keeper.index, "--key", keeper.people / f"{who}.pem")
    assert f"'{name}' can be taken for 'acme-words'" in user.err
    user.refused(44, "no plugin", "show", name)


def test_releases_never_change(keeper: Keeper, user: User) -> None:
    """The same version with other files, or spelled otherwise."""
    folder = plugin(keeper.folder / "again", "acme-words", "1.0.0", code=CODE + "# other\n")
    words = ("publish", folder, "--to", keeper.index, "--key", keeper.people / "acme.pem")
    user.refused(40, "releases never change", *words)
    plugin(folder, "acme-words", "1.0", code=CODE)
    user.refused(40, "releases never change", *words)
    plugin(folder, "acme-words", "1.0.0.post01", code=CODE)
    user.run(*words)
    assert user.code in (7, 40), user.err


def test_strangers_publish_nothing(keeper: Keeper, user: User) -> None:
    """A key that the index does not know; a name that is somebody else's."""
    keeper.key("mallory")
    keeper.publisher("bob", "bob-*")
    folder = plugin(keeper.folder / "foreign", "acme-words", "3.0.0")
    words = ("publish", folder, "--to", keeper.index, "--key")
    user.refused(40, "this key publishes nothing in the index", *words, keeper.people / "mallory.pem")
    user.refused(40, "bob does not own the name 'acme-words'", *words, keeper.people / "bob.pem")


@pytest.mark.parametrize(
    "words",
    [
        ("publisher", "add", "../x", "--own", "x"),
        ("publisher", "add", "A b", "--own", "x"),
        ("publisher", "add", "x", "--own", "*"),
        ("publisher", "add", "x", "--own", "a-b-*"),
        ("publisher", "add", "x", "--own", "x", "--threshold", "2"),
        ("publisher", "add", "x", "--own", "x", "--threshold", "0"),
        ("publisher", "add", "x", "--own", "acme-other"),
        ("publisher", "add", "x", "--own", "acme-*"),
        ("publisher", "remove", "who"),
        ("reviewer", "add", "a/b"),
        ("reviewer", "remove", "who"),
    ],
)
def test_a_maintainers_slips_are_refused(keeper: Keeper, maintainer: Maintainer, words: tuple[str, ...]) -> None:
    """Names that would be odd paths, thresholds that cannot be met, what is somebody else's."""
    keeper.key("new")
    key = ("--key", keeper.people / "new.pub") if "remove" not in words else ()
    maintainer.refused(40, "", *words, *key)
    keeper.reopen()
    assert set(keeper.space.policy().publishers) == {"acme"}


@pytest.mark.parametrize("number", ["-1", "21"])
def test_no_policy_asks_for_what_cannot_be(maintainer: Maintainer, folder: Path, number: str) -> None:
    """A policy that no client reads would be the end of the index."""
    maintainer.refused(2, "can need 0 to 20 approvals", "policy", "--reviews", number)
    maintainer.user.refused(
        2, "can need 0 to 20", "index", "init", folder / "x", "--keys-in-the-clear", "--reviews", number
    )
    maintainer.ok("policy")
    assert not (folder / "x").exists()


# ---- publishers who change


def test_a_publisher_changes_keys_without_a_gap(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """Both keys for a while; what is published with the new one takes everything over; then the new one alone."""
    keeper.key("acme-new")
    old, new = keeper.people / "acme.pub", keeper.people / "acme-new.pub"
    maintainer.ok("publisher", "add", "acme", "--key", old, "--key", new)
    user.ok("install", "acme-words")
    folder = plugin(keeper.folder / "next", "acme-words", "1.1.0")
    user.ok("publish", folder, "--to", keeper.index, "--key", keeper.people / "acme-new.pem")
    maintainer.ok("publisher", "add", "acme", "--key", new)
    user.ok("install", "acme-words==1.0.0")
    maintainer.review("acme-words", "1.1.0", "alice", key=keeper.people / "alice.pem")
    user.ok("upgrade")
    plugin(folder, "acme-words", "1.2.0")
    user.refused(
        40, "this key publishes nothing", "publish", folder, "--to", keeper.index, "--key", keeper.people / "acme.pem"
    )


def test_a_publisher_whose_key_was_stolen(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """The old key counts no longer from one moment to the next; a release with the new one takes the others over."""
    keeper.key("acme-new")
    maintainer.ok("publisher", "add", "acme", "--key", keeper.people / "acme-new.pub")
    user.refused(41, "is not signed as it has to be", "install", "acme-words")
    folder = plugin(keeper.folder / "next", "acme-words", "1.1.0")
    user.ok("publish", folder, "--to", keeper.index, "--key", keeper.people / "acme-new.pem")
    user.ok("install", "acme-words==1.0.0")
    maintainer.review("acme-words", "1.1.0", "alice", key=keeper.people / "alice.pem")
    user.ok("upgrade")
    assert user.installed() == ["acme-words 1.1.0"]


def test_a_publisher_whose_releases_need_two_keys(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """One of them is not enough, the same one twice neither."""
    keeper.key("acme-2")
    one, two = keeper.people / "acme", keeper.people / "acme-2"
    maintainer.ok("publisher", "add", "acme", "--key", f"{one}.pub", "--key", f"{two}.pub", "--threshold", "2")
    folder = plugin(keeper.folder / "next", "acme-words", "1.1.0")
    words = ("publish", folder, "--to", keeper.index, "--key", f"{one}.pem")
    user.refused(40, "is not signed by acme", *words)
    user.refused(40, "is not signed by acme", *words, "--also-key", f"{one}.pem")
    user.ok(*words, "--also-key", f"{two}.pem")
    user.ok("install", "acme-words==1.0.0")


def test_a_publisher_who_goes_takes_their_releases_along(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """And only theirs."""
    keeper.publisher("bob", "bob-*")
    keeper.stable("bob-tool", "1.0.0", publisher="bob")
    user.ok("install", "bob-tool", "acme-words")
    maintainer.ok("publisher", "remove", "acme")
    user.refused(41, "acme-words", "install", "acme-words")
    user.ok("install", "bob-tool")
    assert "acme" not in maintainer.ok("publisher", "list")


def test_a_name_changes_hands(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """What the old owner published stands; they publish nothing new under it; the new owner does."""
    for who in ("old", "new"):
        keeper.publisher(who, "tool" if who == "old" else "new-*")
    keeper.stable("tool", "1.0.0", publisher="old")
    maintainer.ok("transfer", "tool", "new")
    user.ok("install", "tool")
    assert user.json("list")[0]["publisher"] == "new"
    user.ok("verify")
    assert "a/tool.py" not in maintainer.ok("review", "tool", "1.0.0")
    folder = plugin(keeper.folder / "next", "tool", "2.0.0")
    words = ("publish", folder, "--to", keeper.index, "--key")
    user.refused(40, "does not own the name 'tool'", *words, keeper.people / "old.pem")
    user.ok(*words, keeper.people / "new.pem")
    maintainer.review("tool", "2.0.0", "alice", key=keeper.people / "alice.pem")
    user.ok("upgrade")
    assert "tool 2.0.0" in user.installed()
    user.ok("install", "tool==1.0.0")
    maintainer.ok("transfer", "tool", "old")
    user.ok("install", "tool==1.0.0")
    user.ok("install", "tool==2.0.0")
    maintainer.refused(40, "falls under a prefix of acme", "transfer", "acme-words", "new")
    maintainer.refused(40, "there is no publisher", "transfer", "tool", "nobody")
    maintainer.refused(44, "nobody owns", "transfer", "thing", "new")
    maintainer.refused(40, "belongs to old already", "transfer", "tool", "old")


def test_an_old_owner_with_the_online_keys_releases_nothing(keeper: Keeper, user: User) -> None:
    """What they gave away is theirs by version: the delegation of targets says so, whatever the records say."""
    from dataclasses import replace

    from tuf.api.metadata import TargetFile

    from ringfence.index import places, records, status

    keeper.publisher("old", "tool")
    keeper.publisher("new", "new-*")
    keeper.stable("tool", "1.0.0", publisher="old")
    status.transfer(keeper.space, "tool", "new")
    data = next(keeper.public.rglob("*.tool-1.0.0.tar.gz")).read_bytes()
    path = places.archive("tool", "6.6.6")
    role = keeper.known("old")
    assert role is not None
    role.signed.targets[path] = TargetFile.from_data(path, data, ["sha256"])
    role.signed.version += 1
    role.signatures.clear()
    role.sign(keeper.key("old"))
    record = records.need(keeper.space.repository, "tool")
    with keeper.online() as step:
        step.store(path, data)
        step.take("publisher-old", role, role.to_bytes())
        records.put(step, record.with_version("6.6.6", replace(record.versions["1.0.0"])))
        step.commit()
    user.refused(41, "publisher-new", "install", "tool==6.6.6")
    assert user.installed() == []


# ---- locks, verification, mirrors


def test_a_lock_brings_the_same_to_another_machine(keeper: Keeper, host: Host, user: User, new_user: Users) -> None:
    """By digest, with the channel, and nothing newer."""
    user.ok("install", "acme-words")
    user.ok("lock")
    keeper.stable("acme-words", "1.1.0")
    other = new_user("other")
    other.add(host.url, keeper.fingerprint)
    shutil.copy(user.folder / "ringfence.lock", other.folder)
    other.ok("install", "--locked", "--dry-run")
    assert other.installed() == []
    other.ok("install", "--locked")
    assert other.installed() == ["acme-words 1.0.0"]
    mine, theirs = (each.json("list")[0] for each in (user, other))
    assert mine["tree"] == theirs["tree"]
    other.refused(2, "installs what the lock file says", "install", "acme-words", "--locked")
    for text in ("", "version = 2", "version = 1\nplugin = 3", "version = 1\n[[plugin]]\nname = 'x'", "\0", "x" * 99):
        (other.folder / "ringfence.lock").write_text(text)
        assert other.run("install", "--locked") in (0, 3), (text, other.err)
        assert "defect" not in other.err
    (other.folder / "ringfence.lock").unlink()
    other.refused(3, "cannot be read", "install", "--locked")


def test_verify_sees_every_file_that_was_touched(keeper: Keeper, user: User, host: Host) -> None:
    """Of the plugin and of its evidence: changed, emptied, removed, swapped; without a network."""
    user.ok("install", "acme-words")
    host.stop()
    user.ok("verify")
    place = user.state / "installed" / "acme-words"
    touched = 0
    for each in sorted(file for file in place.rglob("*") if file.is_file() and file.name != "1.0.0.json"):
        good = each.read_bytes()
        for bad in (None, *_near(good)):
            each.unlink() if bad is None else each.write_bytes(bad)
            _is_seen(user, each.name)
            each.write_bytes(good)
            touched += 1
    evidence = place / "1.0.0.evidence"
    whole = json.loads(evidence.read_bytes())
    for name, text in whole.items():
        for bad in (None, *_near(text.encode())):
            parts = {key: value for key, value in whole.items() if key != name or bad is not None}
            if bad is not None:
                parts[name] = bad.decode(errors="replace")
            evidence.write_text(json.dumps(parts))
            if user.run("verify") == 0:  # the same said with other bytes, and the pin is the user's own anyhow
                assert bad is not None
                assert name == "proof.json" or json.loads(bad) == json.loads(text), name
            _is_no_defect(user)
            touched += 1
    assert touched > 80
    evidence.write_text(json.dumps(whole))
    user.ok("verify")
    (place / "1.0.0" / "extra.py").write_text("")
    _is_seen(user, "extra.py")


def _near(good: bytes) -> list[bytes]:
    """Emptied, cut, changed, other JSON."""
    found = [b"", b"{}", b"[]", b"3", good[:-2], good.replace(b"a", b"b", 1), b"\xff" + good]
    return [each for each in found if each.strip() != good.strip()]


def _is_seen(user: User, what: str) -> None:
    assert user.run("verify") == 41, (what, user.out, user.err)
    _is_no_defect(user)


def _is_no_defect(user: User) -> None:
    assert "defect" not in user.err, user.err


def test_evidence_of_one_publisher_is_none_for_another(keeper: Keeper, user: User) -> None:
    """A role that is well signed, and does not answer for the target: `_answers_for`."""
    from tuf.api.metadata import Metadata, TargetFile, Targets

    from ringfence.index import places

    user.ok("install", "acme-words")
    keeper.publisher("mallory", "mal-*")
    role = Metadata(Targets(version=1, expires=keeper.known("acme").signed.expires))  # type: ignore[union-attr]
    evidence = user.state / "installed" / "acme-words" / "1.0.0.evidence"
    kept = json.loads(evidence.read_bytes())
    proof = json.loads(kept["proof.json"])
    for path in proof["targets"]:
        data = b"x"
        if path != places.archive("acme-words", "1.0.0"):
            import hashlib

            data = kept[hashlib.sha256(path.encode()).hexdigest()].encode()
        role.signed.targets[path] = TargetFile.from_data(path, data, ["sha256"])
    role.sign(keeper.key("mallory"))
    kept["role-publisher-mallory.json"] = role.to_bytes().decode()
    kept["role-targets.json"] = keeper.space.repository.targets.to_bytes().decode()
    proof["roles"].append(["publisher-mallory", "targets"])
    proof["targets"] = dict.fromkeys(proof["targets"], "publisher-mallory")
    kept["proof.json"] = json.dumps(proof)
    evidence.write_text(json.dumps(kept))
    assert user.run("verify") == 41
    assert "does not answer for" in user.out


def test_expired_evidence_is_said(keeper: Keeper, user: User) -> None:
    """Offline, what ran out is a note: nothing newer can be known."""
    from datetime import timedelta

    from ringfence.index import offline
    from ringfence.index.repository import utc_now
    from ringfence.plugins import installed

    user.ok("install", "acme-words")
    later = offline.check(installed.need(user.state, "acme-words"), utc_now() + timedelta(days=2000))
    assert later.wrong == ""
    assert any("ran out" in note for note in later.notes)


def test_a_mirror_goes_where_there_is_no_network(keeper: Keeper, user: User, new_user: Users, folder: Path) -> None:
    """sync, export, import, and an installation with the same pinned root; whole and in part."""
    keeper.stable("acme-other", "1.0.0")
    for part, count in (((), 2), (("--plugin", "acme-words"), 1)):
        name = f"m{count}"
        assert user.json("mirror", "sync", "idx", folder / name, *part)["plugins"] == count
        assert user.json("mirror", "export", folder / name, folder / f"{name}.tar.gz")["files"] > 8
        far = new_user(f"far{count}")
        far.ok("mirror", "import", folder / f"{name}.tar.gz", folder / f"far-{name}")
        far.add((folder / f"far-{name}").as_uri(), keeper.fingerprint)
        far.ok("install", "acme-words")
        far.ok("verify", "--online")
        if count == 2:
            far.ok("install", "acme-other")
        else:
            far.run("install", "acme-other")
            assert far.code == 42
    user.refused(44, "has no nothing", "mirror", "sync", "idx", folder / "m3", "--plugin", "nothing")
    user.refused(40, "there is no mirror", "mirror", "export", folder / "m4", folder / "x.tar.gz")
    # a newer state over the old one, and the old one again: the mirror's user is told
    keeper.stable("acme-words", "1.1.0")
    user.ok("mirror", "sync", "idx", folder / "m2")
    user.ok("mirror", "export", folder / "m2", folder / "newer.tar.gz")
    far2 = new_user("again")
    far2.add((folder / "far-m2").as_uri(), keeper.fingerprint)
    far2.ok("mirror", "import", folder / "newer.tar.gz", folder / "far-m2")
    far2.ok("install", "acme-words==1.1.0")
    far2.ok("mirror", "import", folder / "m2.tar.gz", folder / "far-m2")
    far2.refused(41, "older than was seen before", "search")


def test_exports_that_are_none_are_refused(keeper: Keeper, user: User, folder: Path) -> None:
    """Paths that lead out, digests that are not, what is missing."""
    from ringfence.plugins.archive import write_members

    for number, (listing, members) in enumerate(
        [
            ({"../x": "0" * 64}, {}), ({"metadata/../../x": "0" * 64}, {}), ({"metadata/x.json": "../../etc"}, {}),
            ({"metadata/x.json": 3}, {}), ([], {}), ({"metadata/x.json": "0" * 64}, {"blobs/" + "0" * 64: b"other"}),
            ({}, {}), ({"/etc/x": "0" * 64}, {}), ({"targets/.lock": "0" * 64}, {}),
        ]
    ):  # fmt: skip
        archive = folder / f"{number}.tar.gz"
        write_members(archive, "ringfence-mirror", {**members, "mirror.json": json.dumps(listing).encode()})
        user.refused(40, archive.name, "mirror", "import", archive, folder / "mirror")
    (folder / "z.tar.gz").write_bytes(b"no")
    write_members(folder / "deep.tar.gz", "ringfence-mirror", {"mirror.json": b'{"a":' * 200_000})
    for name in ("z.tar.gz", "deep.tar.gz"):
        user.refused(40, "is no exported mirror", "mirror", "import", folder / name, folder / "mirror")
    assert not (folder / "mirror").exists()


def test_several_indexes(keeper: Keeper, user: User, folder: Path) -> None:
    """A name in both is asked for; one that is gone says so."""
    other = Keeper.new(folder / "other")
    other.stable("acme-words", "9.0.0")
    other.stable("acme-only", "1.0.0")
    user.ok("index", "add", "second", other.index, "--root-fingerprint", other.fingerprint)
    user.refused(2, "is in several indexes: idx, second", "install", "acme-words")
    user.ok("install", "acme-words", "--index", "second")
    user.ok("install", "acme-only")
    assert user.installed() == ["acme-only 1.0.0", "acme-words 9.0.0"]
    user.refused(44, "no index that is used here has 'nothing'", "install", "nothing")
    user.refused(2, "there is no index 'third'", "install", "acme-words", "--index", "third")
    user.ok("index", "remove", "second")
    user.refused(2, "there is no index 'second'", "upgrade")
    user.ok("verify")
    user.refused(2, "there is an index 'idx' already", "index", "add", "idx", other.index, "--trust-on-first-use")


# ---- upkeep


def test_an_index_is_kept_in_order(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """renew, rotate (with index.toml), rebin, tidy, status: and users notice nothing."""
    user.ok("install", "acme-words")
    config = keeper.index / "index.toml"
    comments = [line for line in config.read_text().splitlines() if line.startswith("#")]
    for role in ("timestamp", "snapshot", "targets", "records", "root"):
        keeper.key(f"{role}-2")
        maintainer.ok("rotate", role, "--key", keeper.people / f"{role}-2.pem")
        maintainer.ok("renew")
        user.ok("show", "acme-words")
    maintainer.ok("rebin", "--bits", "2")
    keeper.reopen()
    user.ok("show", "acme-words")
    maintainer.ok("rebin")
    maintainer.ok("renew")
    maintainer.ok("tidy", "--keep", "1")
    user.ok("install", "acme-words")
    user.ok("verify", "--online")
    said = json.loads(maintainer.ok("status", "--json"))
    assert {each["role"] for each in said["signatures"]} >= {"root", "targets", "records", "snapshot", "timestamp"}
    assert not any(each["due"] for each in said["signatures"])
    named = config.read_text()
    assert f'targets = ["{keeper.people}/targets-2.pem"]' in named
    assert [line for line in named.splitlines() if line.startswith("#")] == comments
    maintainer.refused(40, "has no keys that root names", "rotate", "nonsense", "--key", keeper.people / "alice.pem")
    for role in ("root", "records"):
        wanted = ("--key", keeper.people / "alice.pem", "--threshold", "2")
        maintainer.refused(40, "cannot be met", "rotate", role, *wanted)
    maintainer.refused(40, "cannot be made", "rebin", "--bits", "15")
    assert config.read_text() == named
    maintainer.user.ok("journal", "verify", "--journal", keeper.public / "journal")


def test_keys_that_change_are_named_at_every_moment(keeper: Keeper) -> None:
    """Old and new side by side in between, so that a cut leaves the right ones named; refused, nothing changed."""
    config = keeper.index / "index.toml"
    before = config.read_bytes()
    with keeper.space.changing_keys("timestamp", ["keys/new.pem"]):
        assert b'timestamp = ["keys/timestamp.pem", "keys/new.pem"]' in config.read_bytes()
    assert b'timestamp = ["keys/new.pem"]' in config.read_bytes()
    config.write_bytes(before)
    keeper.reopen()
    with pytest.raises(IndexRefused), keeper.space.changing_keys("timestamp", ["keys/new.pem"]):
        raise IndexRefused("no")
    assert config.read_bytes() == before


def test_without_the_offline_keys_nothing_of_theirs_is_done(keeper: Keeper, maintainer: Maintainer) -> None:
    """Root's and targets' keys lie elsewhere: yanks and reviews go on, publishers are not added."""
    away = keeper.folder / "safe"
    away.mkdir()
    for name in ("root-1", "targets"):
        shutil.move(keeper.index / "keys" / f"{name}.pem", away)
    keeper.key("new")
    maintainer.refused(
        46, "needs 1 signatures", "publisher", "add", "x", "--key", keeper.people / "new.pub", "--own", "x"
    )
    maintainer.refused(46, "needs 1 signatures", "rotate", "root", "--key", keeper.people / "new.pem")
    maintainer.ok("yank", "acme-words", "1.0.0", "--reason", "x")
    maintainer.ok("renew")
    keeper.reopen()
    assert "x" not in keeper.space.policy().publishers


def test_keys_lie_under_a_passphrase(folder: Path, new_user: Users) -> None:
    """By default; a wrong one, and a file that others read, are sentences."""
    keep = new_user("keep")
    (keep.folder / "pass").write_text("correct horse")
    (keep.folder / "pass").chmod(0o600)
    (keep.folder / "wrong").write_text("battery staple")
    (keep.folder / "wrong").chmod(0o600)
    keep.ok("index", "init", "idx", "--passphrase-file", "pass")
    for each in (keep.folder / "idx" / "keys").glob("*.pem"):
        assert b"BEGIN ENCRYPTED PRIVATE KEY" in each.read_bytes()
        assert each.stat().st_mode & 0o777 == 0o600
    keep.refused(46, "the passphrase is wrong", "index", "renew", "--at", "idx", "--passphrase-file", "wrong")
    keep.refused(46, "nobody is there to be asked", "index", "renew", "--at", "idx")
    keep.ok("index", "renew", "--at", "idx", "--passphrase-file", "pass")
    (keep.folder / "pass").chmod(0o644)
    keep.refused(46, "other users may read", "index", "renew", "--at", "idx", "--passphrase-file", "pass")
    keep.refused(2, "is not empty", "index", "init", "idx", "--keys-in-the-clear")
    keep.refused(2, "the threshold of root", "index", "init", "y", "--root-threshold", "2", "--keys-in-the-clear")
    assert not [each for each in keep.folder.iterdir() if each.name.startswith(".")]


def test_a_submission_waits_where_there_are_no_keys(keeper: Keeper, maintainer: Maintainer, user: User) -> None:
    """Laid down in incoming/, taken by `accept`; a bad one is set aside with its reason."""
    away = keeper.folder / "safe"
    shutil.move(keeper.index / "keys", away)
    folder = plugin(keeper.folder / "next", "acme-words", "1.1.0")
    assert "waits" in user.ok("publish", folder, "--to", keeper.index, "--key", keeper.people / "acme.pem")
    (keeper.index / "incoming" / "bad.submission").write_bytes(b"nonsense")
    shutil.move(away, keeper.index / "keys")
    assert "waits to be taken" in maintainer.ok("status")
    assert maintainer.user.run("index", "accept", "--at", keeper.index) == 40
    assert "took acme-words 1.1.0 by acme" in maintainer.user.out
    assert "refused bad.submission: the submission is damaged" in maintainer.user.out
    assert [p.name for p in (keeper.index / "incoming" / "refused").iterdir()] == ["bad.submission"]
    assert maintainer.ok("accept") == "Nothing waits.\n"


def test_an_index_for_claude_code(keeper: Keeper, maintainer: Maintainer, folder: Path) -> None:
    """Pinned by digest; what was quarantined is removed from where it is."""
    made = plugin(keeper.folder / "agent", "acme-agent", "1.0.0")
    (made / ".claude-plugin").mkdir()
    (made / ".claude-plugin" / "plugin.json").write_text('{"name": "acme-agent"}')
    from ringfence.index import accept

    done = accept.accept(keeper.space, keeper.submission(made), None)
    keeper.approve("acme-agent", "1.0.0")
    out = folder / "out" / "marketplace.json"
    said = json.loads(maintainer.ok("export-marketplace", "--url", "https://p.example.com", "--output", out, "--json"))
    assert (said["plugins"], said["left_out"]) == (1, 1)
    found = json.loads(out.read_bytes())
    (entry,) = found["plugins"]
    assert entry["source"]["sha256"] == done.archive.removeprefix("sha256:")
    path = entry["source"]["url"].removeprefix("https://p.example.com/")
    assert (keeper.public / path).is_file()
    maintainer.ok("quarantine", "acme-agent", "--reason", "bad")
    maintainer.ok("export-marketplace", "--url", "https://p.example.com", "--output", out)
    found = json.loads(out.read_bytes())
    assert found["plugins"] == []
    assert found["renames"] == {"acme-agent": None}
    assert found["forceRemoveDeletedPlugins"] is True


@pytest.mark.parametrize(
    "words",
    [
        ("install",), ("install", "../x"), ("install", "A"), ("install", "a=="), ("install", "a", "b", "--method", "m"),
        ("show", ""), ("uninstall", "x y"), ("index", "add", "UPPER", "file:///x", "--trust-on-first-use"),
        ("index", "add", "x", "http://example.com", "--trust-on-first-use"), ("index", "add", "x", "file:///x"),
        ("index", "remove", "nothing"), ("publish", "nowhere", "--to", "x", "--key", "k"), ("key", "new", "x.txt"),
        ("index", "status", "--at", "nowhere"), ("search", "--index", "none"),
    ],
)  # fmt: skip
def test_slips_of_users_are_sentences(user: User, words: tuple[str, ...]) -> None:
    """Exit code 2, one sentence."""
    user.refused(2, "ringfence: ", *words)


def test_what_an_index_says_cannot_draw_on_the_terminal(keeper: Keeper, user: User, maintainer: Maintainer) -> None:
    """Escape sequences in a reason or a summary are shown, not obeyed."""
    maintainer.ok("yank", "acme-words", "1.0.0", "--reason", "\x1b[2Jgone\u202e")
    user.ok("install", "acme-words==1.0.0")
    user.ok("show", "acme-words==1.0.0")
    user.run("outdated")
    for text in (user.out, user.err):
        assert "\x1b" not in text
        assert "\u202e" not in text
