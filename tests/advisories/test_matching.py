"""Which version an advisory covers, each vulnerability once, how bad, and what fixes it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.version import Version

from advisories.osv_records import CRITICAL, MEDIUM_V4, events, opened, record
from ringfence.advisories.entry import BadAdvisory
from ringfence.advisories.match import matches
from ringfence.advisories.osv import entries
from ringfence.advisories.ranges import Verdict, judge

A, U, X = Verdict.AFFECTED, Verdict.UNAFFECTED, Verdict.UNKNOWN


def verdict(version: str, *ranges: dict, versions: list[str] | None = None) -> Verdict:
    return judge(version, entries(record(ranges=list(ranges), versions=versions or []))["tiny"])


@pytest.mark.parametrize(
    ("pairs", "verdicts"),
    [
        ([("introduced", "0"), ("fixed", "1.5")], {"0.0": A, "1.4.9": A, "1.5rc1": A, "1.5": U, "1.5.0": U, "2": U}),
        ([("introduced", "0")], {"0": A, "999!1": A}),
        ([("introduced", "1.0"), ("fixed", "1.10")], {"0.9": U, "1.0a1": U, "1.0": A, "1.9": A, "1.10": U}),
        ([("introduced", "1"), ("last_affected", "1.2")], {"0.9": U, "1": A, "1.2": A, "1.2.post1": U, "1.3": U}),
        (
            [("introduced", "1"), ("fixed", "2"), ("introduced", "3"), ("fixed", "4")],
            {"0": U, "1": A, "2": U, "2.9": U, "3": A, "3.9": A, "4": U},
        ),
        (
            [("fixed", "4"), ("introduced", "3"), ("fixed", "2"), ("introduced", "1")],
            {"1": A, "2": U, "3": A, "4": U},
        ),
        ([("introduced", "0"), ("limit", "2")], {"1.9": A, "2": U, "3": U}),
        ([("introduced", "0"), ("limit", "*")], {"1.9": A, "3": A}),
        ([("introduced", "0"), ("limit", "1"), ("limit", "3")], {"0": A, "2": A, "3": U}),
        ([("introduced", "1"), ("fixed", "1"), ("introduced", "1")], {"1": A}),
        ([("introduced", "not a version"), ("fixed", "2")], {"1": X}),
        ([("introduced", "0"), ("fixed", "2020b?")], {"1": X}),
        ([("introduced", "0"), ("fixed", "1.5")], {"1.5+local": U, "1.4+cu118": A}),
        ([("introduced", "1"), ("last_affected", "1.2")], {"1.2+cu118": A}),
        ([("introduced", "0"), ("fixed", "1.2+safe")], {"1.2": A, "1.2+safe": U}),
    ],
)
def test_ranges(pairs: list[tuple[str, str]], verdicts: dict[str, Verdict]) -> None:
    """Ranges mean what the OSV schema says, in the order of PEP 440; what cannot be compared is never unaffected."""
    assert {version: verdict(version, events(*pairs)) for version in verdicts} == verdicts


def test_several_ranges_and_versions() -> None:
    """One good range does not hide a bad one, and a listed version counts whatever the ranges say."""
    good, bad = events(("introduced", "5")), events(("introduced", "0"), ("fixed", "2"))
    assert verdict("1", good, bad) is A
    assert verdict("1", bad, good) is A
    assert verdict("3", good, bad) is U
    assert verdict("3", good, bad, versions=["2.9", "3.0"]) is A
    assert verdict("3+cu1", good, bad, versions=["3.0"]) is A
    assert verdict("3", good, events(("introduced", "x"), ("fixed", "y"))) is X
    assert verdict("1", bad, events(("introduced", "x"), ("fixed", "y"))) is A


def test_semver_and_commits() -> None:
    """SEMVER ranges count; commits cannot be compared, and where there is nothing else that is said."""
    assert verdict("1", events(("introduced", "0"), ("fixed", "1.5.0-rc.1"), kind="SEMVER")) is A
    commits = {"type": "GIT", "repo": "https://x.example", "events": [{"introduced": "0"}]}
    assert verdict("1", commits) is X
    assert verdict("1", commits, events(("introduced", "2"))) is U
    assert judge("1", entries(record(ranges=[], versions=[]))["tiny"]) is X


@given(st.integers(0, 30), st.lists(st.integers(0, 30), min_size=2, max_size=8, unique=True), st.randoms())
@settings(deadline=None)
def test_ranges_against_a_plain_reading(version: int, edges: list[int], random: object) -> None:
    """Alternating introduced and fixed events, in any order, cover what lies between their pairs."""
    edges = sorted(edges[: len(edges) // 2 * 2])
    pairs = list(zip(edges[::2], edges[1::2], strict=True))
    told = [("introduced", str(low)) for low, _ in pairs] + [("fixed", str(high)) for _, high in pairs]
    random.shuffle(told)  # type: ignore[attr-defined]
    expected = any(low <= version < high for low, high in pairs)
    assert (verdict(str(version), events(*told)) is A) == expected


def test_aliases_are_one_vulnerability(tmp_path: Path) -> None:
    """Records joined by aliases, also through a third, are one, under the CVE; the worst rating is the one said."""
    held = opened(
        tmp_path,
        record("PYSEC-2026-1", aliases=["CVE-2026-1"]),
        record("GHSA-aaaa-bbbb-cccc", aliases=["CVE-2026-1"], severity=[{"type": "CVSS_V3", "score": CRITICAL}]),
        record("GHSA-dddd-eeee-ffff", aliases=["CVE-2026-2"], database_specific={"severity": "LOW"}),
    )
    found = matches("1.0", held.entries("tiny"))
    assert [(one.ids, one.rating, one.score) for one in found] == [
        (("CVE-2026-1", "PYSEC-2026-1", "GHSA-aaaa-bbbb-cccc"), "critical", 9.8),
        (("CVE-2026-2", "GHSA-dddd-eeee-ffff"), "low", 0.0),
    ]


def test_aliases_that_lead_to_aliases(tmp_path: Path) -> None:
    """Records that are joined only through others that came before are still one, in whichever order they come."""
    records = [
        record("PYSEC-2026-1", aliases=["CVE-2026-1"]),
        record("GHSA-aaaa-bbbb-cccc", aliases=["CVE-2026-1"]),
        record("OSV-2026-1", aliases=["PYSEC-2026-1"]),
        record("OSV-2026-2", aliases=["OSV-2026-1"]),
        record("OSV-2026-9", aliases=["CVE-2026-9"]),
    ]
    held = [entries(one)["tiny"] for one in records]
    for order in (held, held[::-1], held[2:] + held[:2]):
        assert [len(one.ids) for one in matches("1.0", order)] == [5, 2]


def test_severity() -> None:
    """4.0 goes before 3.x, a vector before a word; a broken vector is none; most have nothing."""
    both = [{"type": "CVSS_V3", "score": CRITICAL}, {"type": "CVSS_V4", "score": MEDIUM_V4}]
    for severity, expected in (
        (both, ("low", 2.0)),
        (both[:1], ("critical", 9.8)),
        ([{"type": "CVSS_V3", "score": "9.8"}], ("", 0.0)),
        ([{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N"}], ("", 0.0)),
        ([{"type": "CVSS_V4", "score": "CVSS:4.0/" + "AV:N/" * 10_000}], ("", 0.0)),
        ([], ("", 0.0)),
        (None, ("", 0.0)),
        ([{"type": []}, 5, {"type": "CVSS_V3", "score": []}, *both[:1]], ("critical", 9.8)),
    ):
        found = entries(record(severity=severity))["tiny"]
        assert (found.rating, found.score) == expected, severity


def test_the_fix_is_one_that_is_not_affected_otherwise(tmp_path: Path) -> None:
    """A fix of one line that another range of the same vulnerability covers is not offered."""
    ranges = [
        events(("introduced", "0"), ("fixed", "1.5")),
        events(("introduced", "1.5"), ("fixed", "1.6"), ("introduced", "2"), ("fixed", "2.1")),
    ]
    held = opened(tmp_path, record(ranges=ranges))
    assert [matches(version, held.entries("tiny"))[0].fixed for version in ("1.0", "1.5", "2")] == ["1.6", "1.6", "2.1"]
    twins = [record("PYSEC-2026-1", aliases=["CVE-2026-1"]), record("GHSA-aaaa-bbbb-cccc", aliases=["CVE-2026-1"])]
    twins[1]["affected"][0]["ranges"] = [events(("introduced", "0"), ("fixed", "1.7"))]
    assert matches("1.0", [entries(one)["tiny"] for one in twins])[0].fixed == "1.7"
    last = record(ranges=[events(("introduced", "0"), ("last_affected", "3"))])
    assert matches("1", list(entries(last).values()))[0].fixed == ""


def test_without_a_version(tmp_path: Path) -> None:
    """A package that is not pinned is malicious for certain only where every version is."""
    every = record("MAL-2026-1", "evil", ranges=[events(("introduced", "0"))])
    some = record("MAL-2026-2", "once", ranges=[], versions=["1.0"])
    held = opened(tmp_path, every, some)
    assert [(one.malicious, one.verdict) for one in matches("", held.entries("evil"))] == [(True, A)]
    assert [(one.malicious, one.verdict) for one in matches("", held.entries("once"))] == [(True, X)]


@pytest.mark.parametrize(
    "change",
    [
        {"id": 5},
        {"id": "no identifier"},
        {"id": "GHSA-\x1b[31m"},
        {"modified": "yesterday"},
        {"modified": None},
        {"affected": {}},
        {"affected": [1]},
        {"affected": [{"package": 1}]},
        {"affected": [{"package": {"ecosystem": "PyPI"}}]},
        {"affected": [{"package": {"ecosystem": "PyPI", "name": "../../etc"}}]},
        {"affected": [{"package": {"ecosystem": "PyPI", "name": "tiny"}, "ranges": [{"type": "WORSE"}]}]},
        {"affected": [{"package": {"ecosystem": "PyPI", "name": "tiny"}, "versions": [1]}]},
        {"affected": [{"package": {"ecosystem": "PyPI", "name": "tiny"}, "versions": ["1"] * 20_001}]},
        {"affected": [{}] * 2_001},
    ],
)
def test_hostile_records(change: dict) -> None:
    """What is not of the schema is refused as a whole, so that it is counted and not half-believed."""
    with pytest.raises(BadAdvisory):
        entries(record() | change)


def test_a_range_that_begins_nowhere() -> None:
    """A range without `introduced` could mean anything: the record is refused."""
    with pytest.raises(BadAdvisory, match="introduced"):
        verdict("1", events(("fixed", "1")))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.text(max_size=8)
    | st.sampled_from(["PyPI", "tiny", "0", "1.0"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from("id modified affected package ecosystem name ranges type events introduced fixed".split())
            | st.sampled_from("versions severity score aliases withdrawn summary database_specific".split()),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@given(JSON, st.sampled_from([*record(), "aliases", "severity", "withdrawn", "database_specific"]))
@settings(deadline=None)
def test_whatever_a_record_holds(value: object, field: str) -> None:
    """Any value in any field, or as the record, is read or refused; what is read can be judged and written."""
    for hostile in (value, record() | {field: value}, record(ranges=value), record(versions=value)):
        try:
            found = entries(hostile)
        except BadAdvisory:
            continue
        for entry in found.values():
            matches("1.0", [entry])
            assert entry.compact()["id"]


@given(st.text(alphabet="0123456789.abrcdevpost!+-_*", max_size=12), st.text(max_size=10))
@settings(deadline=None)
def test_whatever_a_version_is(version: str, edge: str) -> None:
    """Any text as a version or an edge of a range gives a verdict; a text that is no version is never unaffected."""
    try:
        entry = entries(record(ranges=[events(("introduced", "0"), ("fixed", edge))]))["tiny"]
    except BadAdvisory:
        return
    try:
        Version(version)
    except ValueError:
        assert judge(version, entry) is not U
    else:
        assert judge(version, entry) in Verdict
