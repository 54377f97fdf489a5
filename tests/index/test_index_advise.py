"""Advisories, reports and security.txt of an index, through the command."""

import json
from pathlib import Path

import pytest

from index.advise_desk import Keeper

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path)


def test_an_advisory_reaches_who_installed_it(keeper: Keeper) -> None:
    """Published, signed, seen by a user who has an affected version; withdrawn, and seen no more."""
    keeper.publish()
    fingerprint = keeper.done("index", "fingerprint", "--at", keeper.index).strip()
    url = (keeper.index / "public").as_uri() + "/"
    keeper.done("index", "add", "here", url, "--root-fingerprint", fingerprint)
    keeper.done("install", "acme-words", "--channel", "candidate")
    assert "No advisory covers the 1 plugins" in keeper.done("advisories", "installed")

    words = ("index", "advise", "acme-words", "--summary", "Reads too much", "--fixed", "1.0.1", "--cvss", VECTOR)
    assert keeper.done(*words, "--at", keeper.index) == "RFSA-2026-0001: Reads too much\n".replace("2026", _year())
    found = keeper.run("advisories", "installed", "--json")
    assert found.returncode == 1, found.stderr
    affected = json.loads(found.stdout)["affected"]
    assert [(one["name"], one["rating"], one["fixed"]) for one in affected] == [("acme-words", "critical", "1.0.1")]
    assert affected[0]["affected"] == "before 1.0.1"

    keeper.done("index", "advise", "--withdraw", affected[0]["id"], "--reason", "a mistake", "--at", keeper.index)
    assert json.loads(keeper.done("advisories", "installed", "--json"))["affected"] == []
    texts = [path.read_text() for path in (keeper.index / "public" / "targets" / "advisories").glob("*.all.json")]
    assert any("Withdrawn: a mistake" in text for text in texts)


def test_what_cannot_be_advised(keeper: Keeper) -> None:
    """An unknown plugin or advisory, neither or both, and a draft with faults change nothing."""
    keeper.publish()
    for words, code in (
        (["other", "--summary", "x"], 44),
        (["--withdraw", "RFSA-2026-0009", "--reason", "x"], 44),
        ([], 2),
        (["acme-words", "--withdraw", "RFSA-2026-0001"], 2),
        (["acme-words"], 2),
        (["acme-words", "--summary", "x", "--cvss", "9.8"], 2),
        (["acme-words", "--summary", "x", "--reference", "https://x.example"], 2),
    ):
        found = keeper.run("index", "advise", *words, "--at", keeper.index)
        assert found.returncode == code, (words, found.stderr)
        assert "Traceback" not in found.stderr
    assert not (keeper.index / "public" / "targets" / "advisories").exists()


def test_an_index_that_cannot_be_asked(keeper: Keeper) -> None:
    """An index that is gone is said, and is not "no advisory"."""
    keeper.publish()
    fingerprint = keeper.done("index", "fingerprint", "--at", keeper.index).strip()
    keeper.done("index", "add", "here", (keeper.index / "public").as_uri() + "/", "--root-fingerprint", fingerprint)
    keeper.done("install", "acme-words", "--channel", "candidate")
    (keeper.index / "public").rename(keeper.index / "gone")
    found = keeper.run("advisories", "installed")
    assert found.returncode == 30
    assert "acme-words was not held against the advisories of here" in found.stderr


def test_disclosures(keeper: Keeper) -> None:
    """A report is opened, goes its way, and is said to be overdue with exit code 1."""
    at = ("--at", keeper.index)
    opened = ("index", "disclosures", "open", "acme-words", "--summary", "reads too much")
    assert "No report came in" in keeper.done("index", "disclosures", "list", *at)
    keeper.done(*opened, *at)
    keeper.done(*opened, "--reported", "2026-01-05T09:00:00Z", *at)
    found = keeper.run("index", "disclosures", "list", *at)
    assert found.returncode == 1
    assert "acme-words: acknowledged is overdue by " in found.stdout.splitlines()[0]
    assert found.stdout.count("overdue") == 1
    late = found.stdout.split(" ")[0]
    keeper.done("index", "disclosures", "advance", late, "rejected", "--note", "no weakness", *at)
    listed = json.loads(keeper.done("index", "disclosures", "list", "--json", *at))
    assert {one["id"]: one["stage"] for one in listed}[late] == "rejected"
    skipped = next(one["id"] for one in listed if one["id"] != late)
    assert keeper.run("index", "disclosures", "advance", skipped, "resolved", *at).returncode == 2


def test_security_txt(keeper: Keeper) -> None:
    """Printed with its contact and an end."""
    said = keeper.done("index", "security-txt", "--contact", "mailto:security@example.com")
    assert said.startswith("Contact: mailto:security@example.com\nExpires: ")
    assert keeper.run("index", "security-txt", "--contact", "nowhere").returncode == 2


def _year() -> str:
    from datetime import UTC, datetime

    return str(datetime.now(UTC).year)


def test_what_is_known_is_told_where_versions_are(keeper: Keeper) -> None:
    """`outdated` and `show` name the advisory and the fix; `show` says which lines get fixes."""
    keeper.publish()
    fingerprint = keeper.done("index", "fingerprint", "--at", keeper.index).strip()
    keeper.done("index", "add", "here", (keeper.index / "public").as_uri() + "/", "--root-fingerprint", fingerprint)
    keeper.done("install", "acme-words", "--channel", "candidate")
    assert keeper.done("outdated") == "Everything that is installed is the newest.\n"
    assert "advisory" not in keeper.done("show", "acme-words")
    words = ("index", "advise", "acme-words", "--summary", "Reads too much", "--fixed", "1.0.1", "--cvss", VECTOR)
    identifier = keeper.done(*words, "--at", keeper.index).partition(":")[0]

    found = keeper.run("outdated")
    assert found.returncode == 1
    assert f"{identifier} (critical)" in found.stdout
    shown = keeper.done("show", "acme-words")
    assert f"advisory {identifier} (critical): Reads too much; fixed in 1.0.1" in shown
    assert "LINE" in shown
    said = json.loads(keeper.done("show", "acme-words", "--json"))
    assert said["advisories"] == {"1.0.0": [{"id": identifier, "rating": "critical", "fixed": "1.0.1"}]}
    assert said["support"] == [{"line": "1", "newest": "1.0.0", "supported": True}]


def test_a_record_from_a_file_is_new_or_newer(keeper: Keeper) -> None:
    """The same again is refused, a later form takes its place; a record with faults or about a stranger is refused."""
    keeper.publish()
    keeper.done("advisories", "new", "acme-words", "--summary", "Reads too much", "--in", keeper.folder)
    [place] = keeper.folder.glob("RFSA-*.json")
    words = ("index", "advise", "--file", place, "--at", keeper.index)
    keeper.done(*words)
    again = keeper.run(*words)
    assert again.returncode == 40
    assert "is not newer" in again.stderr
    record = json.loads(place.read_text())
    record["modified"] = f"{int(_year()) + 1}-01-01T00:00:00Z"
    record["summary"] = "Reads far too much"
    place.write_text(json.dumps(record))
    keeper.done(*words)
    newest = max(
        (keeper.index / "public" / "targets" / "advisories").glob("*.all.json"), key=lambda p: p.stat().st_mtime_ns
    )
    assert [each["summary"] for each in json.loads(newest.read_text())] == ["Reads far too much"]
    for change, code in ((("id", "RFSA-1"), 2), (("affected", [{"package": {"ecosystem": "Ringfence", "name": "other"},
                         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}]), 44)):  # fmt: skip
        place.write_text(json.dumps({**record, "id": "RFSA-2026-0099", change[0]: change[1]}))
        found = keeper.run(*words)
        assert (found.returncode, "Traceback" in found.stderr) == (code, False), found.stderr


def test_statements_about_vulnerabilities_are_signed_files(keeper: Keeper) -> None:
    """A user reads what the index states of a release; a statement without a reason, or of nothing, changes nothing."""
    keeper.publish()
    fingerprint = keeper.done("index", "fingerprint", "--at", keeper.index).strip()
    keeper.done("index", "add", "here", (keeper.index / "public").as_uri() + "/", "--root-fingerprint", fingerprint)
    place = keeper.folder / "vex.toml"
    said = '[[statement]]\nplugin = "acme-words"\nversion = "{}"\nvulnerability = "CVE-2026-1"\nstate = "{}"\n{}'
    for version, state, more, code in (
        ("1.0.0", "not_affected", "", 2),
        ("9.0.0", "in_triage", "", 44),
        ("1.0.0", "in_triage", "color = 1", 3),
    ):
        place.write_text(said.format(version, state, more))
        assert keeper.run("index", "vex", place, "--at", keeper.index).returncode == code
    assert keeper.run("show", "acme-words", "--vex").returncode == 44
    place.write_text(said.format("1.0.0", "in_triage", ""))
    assert keeper.done("index", "vex", place, "--at", keeper.index) == "stated for acme-words 1.0.0\n"
    document = json.loads(keeper.done("show", "acme-words", "--vex"))
    assert [(one["id"], one["analysis"]["state"]) for one in document["vulnerabilities"]] == [
        ("CVE-2026-1", "in_triage")
    ]
