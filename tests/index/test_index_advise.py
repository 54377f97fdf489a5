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
