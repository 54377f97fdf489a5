"""The advisories that an index writes: of the OSV schema, with computed scores, matched, fed, and taken back."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisories.osv_records import CRITICAL, MEDIUM_V4, NOW
from advisories.osv_schema import SCHEMA
from ringfence.advisories import feeds, own
from ringfence.dataclasses import replace
from ringfence.errors import UsageError

DRAFT = own.Draft(
    plugin="word-count",
    summary="Reads files outside its folder",
    details="A path is not checked.",
    introduced="1.0",
    fixed="1.2.1",
    last_affected="",
    vectors=(CRITICAL, MEDIUM_V4),
    aliases=("CVE-2026-1",),
    references=(("FIX", "https://example.com/fix"),),
    credits=("Ada",),
)


def made(**changes: object) -> own.Record:
    return own.new(replace(DRAFT, **changes), taken=(), now=NOW)


def test_a_record_is_of_the_schema() -> None:
    """Everything that a draft can say is valid OSV, and the scores are those of the vectors."""
    record = made()
    for one in (record, made(fixed="", last_affected="1.2"), made(vectors=(), aliases=(), references=(), credits=())):
        jsonschema.validate(one, SCHEMA, format_checker=jsonschema.FormatChecker())
        assert own.read(own.to_bytes(one)) == one
    assert record["id"] == "RFSA-2026-0001"
    assert [one["type"] for one in record["severity"]] == ["CVSS_V3", "CVSS_V4"]
    assert record["database_specific"] == {
        "cvss": [
            {"version": "3.1", "score": 9.8, "rating": "critical"},
            {"version": "4.0", "score": 2.0, "rating": "low"},
        ]
    }


def test_identifiers() -> None:
    """The next number of the year, whatever gaps and other names there are; never one that was used."""
    taken = ["RFSA-2026-0001", "RFSA-2026-0007", "RFSA-2025-0099", "CVE-2026-9999", "RFSA-2026-x", "RFSA-2026-00012"]
    assert own.next_identifier(taken, 2026) == "RFSA-2026-0013"
    assert own.next_identifier(["RFSA-2026-9999"], 2026) == "RFSA-2026-10000"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"summary": ""}, "summary"),
        ({"summary": "two\nlines"}, "summary"),
        ({"summary": "x" * 301}, "summary"),
        ({"plugin": "Not A Plugin"}, "no name"),
        ({"plugin": "1st"}, "no plugin"),
        ({"introduced": "one"}, "no version"),
        ({"fixed": "latest"}, "no version"),
        ({"introduced": "2.0"}, "ends before it begins"),
        ({"introduced": "1.2.1"}, "ends before it begins"),
        ({"last_affected": "1.2"}, "not with both"),
        ({"vectors": ("9.8",)}, "no CVSS vector"),
        ({"vectors": (CRITICAL, "CVSS:3.1/AV:N")}, "no CVSS vector"),
        ({"references": (("FIX", "javascript:alert(1)"),)}, "no address"),
        ({"references": (("FIX", "https://x.example"), ("WORSE", "https://x.example"))}, "none of"),
    ],
)
def test_drafts_that_are_refused(change: dict, said: str) -> None:
    """Each fault of a draft is named, and nothing is written."""
    with pytest.raises(UsageError, match=said):
        made(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"id": "RFSA-1"},
        {"schema_version": "1.0.0"},
        {"modified": "2026"},
        {"affected": []},
        {"affected": "x"},
        {"severity": [{"type": "CVSS_V4", "score": CRITICAL}]},
        {"severity": [1]},
        {"references": [1]},
    ],
)
def test_records_that_are_refused(change: dict) -> None:
    """A record from elsewhere is held to the same."""
    with pytest.raises(UsageError):
        own.read(json.dumps(made() | change).encode())


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5), lambda i: st.lists(i) | st.dictionaries(st.text(max_size=9), i)
    )
)
@settings(deadline=None)
def test_whatever_a_file_holds(value: object) -> None:
    """Any JSON, and any JSON in any field, is refused in a sentence or read."""
    for one in (value, *({**made(), name: value} for name in made())):
        with suppress(UsageError):
            own.read(json.dumps(one).encode())


def test_matching() -> None:
    """A version in the range is affected, one outside is not, another plugin never; a withdrawn record is over."""
    record = made()
    assert [bool(own.affecting([record], "word-count", v)) for v in ("0.9", "1.0", "1.2", "1.2.1")] == [
        False,
        True,
        True,
        False,
    ]
    assert own.affecting([record], "other", "1.0") == []
    [found] = own.affecting([{"broken": 1}, record], "word-count", "1.1")
    assert (found.ids, found.fixed, found.rating) == (("CVE-2026-1", "RFSA-2026-0001"), "1.2.1", "low")
    back = own.withdrawn(record, reason="a duplicate", now=NOW + timedelta(days=1))
    jsonschema.validate(back, SCHEMA)
    assert own.affecting([back], "word-count", "1.1") == []
    assert back["summary"] == "Withdrawn: a duplicate. Reads files outside its folder"
    with pytest.raises(UsageError, match="reason"):
        own.withdrawn(record, reason=" ", now=NOW)


def test_feeds() -> None:
    """The newest first, escaped, the same bytes for the same records, and JSON and XML whatever stands in them."""
    nasty = made(summary='<script>alert("&")</script>', details="]]>\u0000\u001b[31m\ufffe")
    late = own.new(DRAFT, taken=[str(nasty["id"])], now=NOW + timedelta(hours=1))
    records = [nasty, late]
    assert feeds.parse(feeds.everything(records)) == [nasty, late]
    assert feeds.everything(records) == feeds.everything(records[::-1])
    value = json.loads(feeds.json_feed(records, title="Advisories", base="https://x.example/"))
    assert [one["title"].split(" ")[0] for one in value["items"]] == ["RFSA-2026-0002", "RFSA-2026-0001"]
    assert value["items"][0]["url"] == "https://x.example/advisories/RFSA-2026-0002.json"
    root = ET.fromstring(feeds.atom(records, title="A & B", base="https://x.example/"))
    space = "{http://www.w3.org/2005/Atom}"
    assert root.findtext(f"{space}updated") == "2026-11-20T13:00:00Z"
    assert [one.findtext(f"{space}summary") for one in root.findall(f"{space}entry")][1] == nasty["summary"]
    assert feeds.atom(records, title="A", base="b") == feeds.atom(records[::-1], title="A", base="b")


@given(st.text(max_size=60))
@settings(deadline=None)
def test_atom_is_xml_whatever_is_said(text: str) -> None:
    """No summary makes the feed anything but XML."""
    try:
        data = feeds.atom([made() | {"summary": text}], title=text, base="https://x.example")
    except UnicodeEncodeError:
        return
    ET.fromstring(data)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"[[]]", b"\xff", b"[" * 100])
def test_feeds_that_are_none(data: bytes) -> None:
    """What is no list of records is refused."""
    with pytest.raises(UsageError):
        feeds.parse(data)


def test_a_folder_of_advisories(tmp_path: Path) -> None:
    """Written one by one under rising identifiers, none over another, and printed as a feed of each kind."""
    words = ("advisories", "new", "word-count", "--summary", "Reads & more", "--in", tmp_path, "--cvss", CRITICAL)
    first, second = run(*words), run(*words, "--fixed", "2.0", "--reference", "FIX=https://x.example")
    assert [Path(one.stdout.strip()).stem[-4:] for one in (first, second)] == ["0001", "0002"]
    for path in tmp_path.iterdir():
        jsonschema.validate(json.loads(path.read_text()), SCHEMA)
    assert len(feeds.parse(run("advisories", "feed", tmp_path).stdout.encode())) == 2
    readers = ("advisories", "feed", tmp_path, "--url", "https://x.example", "--format")
    assert len(json.loads(run(*readers, "json").stdout)["items"]) == 2
    assert len(ET.fromstring(run(*readers, "atom").stdout)) == 8
    (tmp_path / "RFSA-2026-0009.json").write_text("{}")
    for bad in (
        readers,
        ("advisories", "feed", tmp_path / "none"),
        ("advisories", "feed", tmp_path, "--format", "atom"),
    ):
        found = run(*bad, *(["json"] if bad is readers else []))
        assert found.returncode == 2
        assert "Traceback" not in found.stderr


def test_vex_from_a_file(tmp_path: Path) -> None:
    """Statements in TOML become a document; one with a fault is refused with its line."""
    file = tmp_path / "vex.toml"
    good = '[[statement]]\nplugin = "words"\nversion = "1.0"\nvulnerability = "CVE-2026-1"\nstate = "in_triage"\n'
    file.write_text(good)
    assert json.loads(run("advisories", "vex", file).stdout)["vulnerabilities"][0]["id"] == "CVE-2026-1"
    file.write_text(good + good.replace("plugin", "plug"))
    found = run("advisories", "vex", file)
    assert found.returncode == 3
    assert "vex.toml:6: a statement has plugin, version" in found.stderr
    file.write_text("")
    assert run("advisories", "vex", file).returncode == 3


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ringfence", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
