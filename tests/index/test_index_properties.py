"""What holds for all names, records, policies, locks and documents, not only for those that somebody thought of."""

import contextlib
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.kit import Keeper
from ringfence.errors import ConfigError, IndexUntrusted, RingfenceError
from ringfence.index import lockfile, names, places, policy, record, records, submission
from ringfence.index.lockfile import Pin
from ringfence.index.record import Record, Status, Version
from ringfence.signing import keyfiles, statements

#: A busy machine may take long over one example.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
TEXTS = st.text(max_size=40)
VERSIONS = st.builds(
    lambda parts, tail: ".".join(map(str, parts)) + tail,
    st.lists(st.integers(0, 300), min_size=1, max_size=4),
    st.sampled_from(["", "a1", "b2", "rc3", ".post4", ".dev5"]),
)
DIGESTS = st.from_regex(r"sha256:[0-9a-f]{64}", fullmatch=True)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)
RELEASES = st.builds(
    Version,
    archive=DIGESTS, length=st.integers(0, 2**40), tree=DIGESTS, published=TEXTS,
    channel=st.sampled_from(["stable", "candidate"]), status=st.sampled_from(list(Status)), reason=TEXTS,
    permissions=st.dictionaries(TEXTS, st.lists(TEXTS, max_size=2), max_size=2),
    methods=st.lists(TEXTS, max_size=3).map(tuple), license=TEXTS, vetting=TEXTS,
    approvals=st.lists(TEXTS, max_size=3).map(tuple), rejections=st.lists(TEXTS, max_size=3).map(tuple), reviewed=TEXTS,
)  # fmt: skip


# ---- names


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("acme-w0rds", "looks the same"),
        ("acmewords", "looks the same"),
        ("acme-vvords", "looks the same"),
        ("acme-word", "differs by a slip of the finger"),
        ("acme-wrods", "differs by a slip of the finger"),
        ("acme-words-official", "differs only by a word that says nothing"),
        ("py-acme-words", "differs only by a word that says nothing"),
        ("acme-numbers", ""),
    ],
)
def test_why_a_name_can_be_taken_for_another(name: str, why: str) -> None:
    """By sight, by a slip, by a word that says nothing; another word is another name."""
    assert names.confusable(name, "acme-words") == why


@unhurried
@given(NAMES, NAMES)
def test_to_be_confusable_goes_both_ways(one: str, other: str) -> None:
    """And nobody is taken for oneself."""
    assert bool(names.confusable(one, other)) == bool(names.confusable(other, one))
    assert names.confusable(one, one) == ""


@unhurried
@given(NAMES.filter(lambda name: len(name) >= 5), st.data())
def test_one_slip_is_always_seen(name: str, data: st.DataObject) -> None:
    """A letter left out, doubled, swapped with its neighbour; a separator put in."""
    at = data.draw(st.integers(1, len(name) - 1))
    slips = {
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
        name[:at] + "-" + name[at:],
        name.replace("o", "0"),
        name.replace("l", "1"),
    }
    for slip in slips - {name}:
        assert names.confusable(slip, name), slip


@unhurried
@given(NAMES, NAMES)
def test_who_owns_both_overlaps(one: str, other: str) -> None:
    """If two patterns can own one name, they overlap; and TUF's delegation covers what is owned."""
    for a in (one, f"{one.replace('-', '')}-*"):
        for b in (other, f"{other.replace('-', '')}-*"):
            if not (places.is_ownable(a) and places.is_ownable(b)):
                continue
            assert places.overlap(a, b) == places.overlap(b, a)
            for name in (one, other, f"{one}-{other}"):
                if places.owns(a, name) and places.owns(b, name):
                    assert places.overlap(a, b)
                path = places.archive(name, "1.0")
                assert places.owns(a, name) == _delegates(a, path)


def _delegates(owned: str, path: str) -> bool:
    from tuf.api.metadata import DelegatedRole

    return DelegatedRole("x", [], 1, False, list(places.release_paths(owned))).is_delegated_path(path)


@unhurried
@given(st.text(max_size=120))
def test_paths_of_releases_are_parsed_or_not(path: str) -> None:
    """What is parsed has three parts and none of them leads anywhere."""
    found = places.parse_release(path)
    if found is not None:
        assert path == places.release(*found)
        assert "/" not in "".join(found)
        assert ".." not in path.split("/")


# ---- documents there and back


@unhurried
@given(NAMES, NAMES, TEXTS, st.dictionaries(VERSIONS, RELEASES, max_size=4))
def test_records_come_back(name: str, publisher: str, summary: str, versions: dict[str, Version]) -> None:
    """Written and read, the same."""
    made = Record(name=name, publisher=publisher, summary=summary, versions=versions)
    assert record.parse(made.to_bytes(), name) == made


@unhurried
@given(
    st.dictionaries(NAMES, st.builds(
        policy.Publisher, owns=st.lists(NAMES).map(tuple), keys=st.lists(TEXTS).map(tuple), contact=TEXTS,
        formerly=st.lists(TEXTS).map(tuple), identity=st.dictionaries(TEXTS, TEXTS, max_size=3),
    ), max_size=3),
    st.dictionaries(NAMES, st.builds(
        policy.Reviewer, key=TEXTS.map(lambda text: {"keyid": text}), publisher=TEXTS,
    ), max_size=3),
    st.integers(0, policy.MAX_REVIEWS),
)  # fmt: skip
def test_policies_come_back(
    publishers: dict[str, policy.Publisher], reviewers: dict[str, policy.Reviewer], reviews: int
) -> None:
    """Every field of them."""
    made = policy.Policy(index="x", reviews=reviews, publishers=publishers, reviewers=reviewers)
    assert policy.parse(made.to_bytes()) == made


@unhurried
@given(st.lists(st.builds(
    Pin, name=NAMES, version=VERSIONS, index=st.from_regex(r"[a-z]{1,9}", fullmatch=True),
    channel=st.sampled_from(["stable", "candidate"]), archive=DIGESTS,
), max_size=4))  # fmt: skip
def test_locks_come_back(pins: list[Pin]) -> None:
    """Every pin, in its order."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "ringfence.lock")
        file.write_text(lockfile.text(pins))  # type: ignore[arg-type]
        assert lockfile.read(file) == pins


@unhurried
@given(
    st.recursive(st.integers() | TEXTS | st.booleans(), lambda x: st.dictionaries(TEXTS, x, max_size=4), max_leaves=8)
)
def test_locks_that_are_none_are_told(data: object) -> None:
    """Any TOML: pins, or one sentence."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "ringfence.lock")
        file.write_text(tomlkit.dumps({"version": 1, "plugin": [data]} if isinstance(data, dict) else {"x": data}))
        with contextlib.suppress(ConfigError):
            lockfile.read(file)


# ---- hostile documents


def _only_ours(read: Any, data: bytes) -> None:
    with contextlib.suppress(RingfenceError):
        read(data)


READERS = {
    "record": lambda data: record.parse(data, "a"),
    "policy": lambda data: [policy.parse(data).reviewer_keys("x"), policy.parse(data).vetters()],
    "catalogue": records.parse_catalogue,
    "role": submission.parse_role,
    "statement": lambda data: statements.opened(data, [KEY], kind="x", what="it"),
    "key": lambda data: keyfiles.parse_public(data, "it"),
}
KEY = __import__("securesystemslib.signer", fromlist=["CryptoSigner"]).CryptoSigner.generate_ed25519().public_key


@settings(unhurried, max_examples=200)
@given(JSON | st.binary(max_size=60))
def test_any_document_ends_in_a_value_or_a_sentence(found: object) -> None:
    """Whatever JSON or bytes."""
    data = found if isinstance(found, bytes) else json.dumps(found).encode()
    for read in READERS.values():
        _only_ours(read, data)


@settings(unhurried, max_examples=300)
@given(st.sampled_from(["record", "policy", "catalogue", "statement", "key"]), st.data())
def test_good_documents_with_one_thing_changed(kind: str, data: st.DataObject) -> None:
    """Any member of a good document replaced by any JSON, or left out."""
    whole = json.loads(GOOD[kind])
    holder, name = data.draw(st.sampled_from(list(_places(whole))))
    if data.draw(st.booleans()):
        holder[name] = data.draw(JSON)
    elif isinstance(holder, dict):
        del holder[name]
    _only_ours(READERS[kind], json.dumps(whole).encode())


def _places(found: Any) -> Any:
    items = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, value in items:
        yield found, name
        yield from _places(value)


def _good() -> dict[str, bytes]:
    from securesystemslib.signer import CryptoSigner

    version = Version(
        archive="sha256:" + "0" * 64, length=1, tree="sha256:" + "0" * 64, published="", channel="stable",
        status=Status.FINE, permissions={"network": ["a:1"], "read": {"x": "y"}}, methods=("m",), approvals=("a",),
    )  # fmt: skip
    signer = CryptoSigner.generate_ed25519()
    public = keyfiles.public_dict(signer.public_key)
    made = policy.Policy(
        index="x", reviews=1,
        publishers={"p": policy.Publisher(owns=("a",), keys=("k",), identity={"kind": "github"})},
        reviewers={"r": policy.Reviewer(key=public)}, vetting_keys=(public,),
    )  # fmt: skip
    first = Record(name="a", publisher="p", summary="s", versions={"1.0": version})
    return {
        "record": first.to_bytes(),
        "policy": made.to_bytes(),
        "catalogue": records.catalogue_bytes({"a": records.entry(first)}),
        "statement": statements.signed("x", {"f": "0" * 64}, {"a": 1}, signer),
        "key": json.dumps(public).encode(),
    }


GOOD = _good()


def test_hostile_records_cannot_hang_or_break_what_reads_them() -> None:
    """Versions that compare slowly, depths, sizes, numbers, names given twice."""
    for data in (
        b'{"name":"a","publisher":"p","summary":"s","versions":{"' + b"1." * 60_000 + b'0":{}}}',
        b"[" * 1_000_000,
        b'{"name":' * 100_000,
        b'{"name":"a","name":"a","publisher":"p","summary":"s","versions":{}}',
        b'{"name":"a","publisher":"p","summary":"s","versions":{},"x":1e999}',
        b'{"name":"a","publisher":"p","summary":"s","versions":{},"x":' + b"9" * 5000 + b"}",
        b'{"name":"a\\ud800","publisher":"p","summary":"s","versions":{}}',
    ):
        with pytest.raises(IndexUntrusted) as error:
            record.parse(data, "a")
        assert len(error.value.message) < 400


def test_the_kit_is_the_real_thing(keeper: Keeper) -> None:
    """What the other tests stand on: an index that `Workspace` opens, with one stable release."""
    found = records.need(keeper.space.repository, "acme-words")
    assert found.newest("stable") == "1.0.0"
