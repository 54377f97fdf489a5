"""The package index's own feed: what it knows is believed, and that it did not answer is said."""

import json
from functools import partial
from pathlib import Path

import pytest

from advisories.conftest import Server
from advisories.lock_texts import HASH
from advisories.osv_records import CRITICAL, NOW, record, snapshot_of
from ringfence.advisories.dependencies import examine_lock
from ringfence.advisories.feed import PYPI, ask, configured_index
from ringfence.advisories.finding import Examination


def vulnerability(**more: object) -> dict:
    return {
        "id": "PYSEC-2026-1",
        "aliases": ["CVE-2026-1"],
        "summary": "It is bad",
        "fixed_in": ["1.5", "2.1"],
        "link": "https://osv.dev/vulnerability/PYSEC-2026-1",
        "withdrawn": None,
    } | more


def answer(server: Server, name: str, *found: object, **information: object) -> None:
    body = {"info": information, "vulnerabilities": list(found)}
    server.answers[f"/pypi/{name}/json"] = (200, {}, [json.dumps(body).encode()])


def examined(server: Server, folder: Path, *lines: str, data: Path | None = None) -> Examination:
    lock = folder / "requirements.lock"
    lock.write_text("".join(f"{line} {HASH}\n" for line in lines))
    return examine_lock(lock, data=data, now=NOW, feed=partial(ask, index=f"{server.url}/simple/"))


def test_the_feed_is_asked(server: Server, tmp_path: Path) -> None:
    """Vulnerabilities and yanked versions of the feed are findings; withdrawn ones are not."""
    answer(server, "good/1.0")
    answer(server, "holey/1.6", vulnerability(), vulnerability(id="PYSEC-2026-2", withdrawn="2026-01-01T00:00:00Z"))
    answer(server, "old/1", yanked=True, yanked_reason="broken\x1b[31m wheel")
    found = examined(server, tmp_path, "good==1.0", "holey==1.6", "old==1")
    assert [(one.rule, one.line, one.message, one.hint) for one in found.findings] == [
        (
            "known-vulnerability",
            2,
            "holey==1.6 has CVE-2026-1 (PYSEC-2026-1), whose severity nobody gave: It is bad",
            "2.1 fixes it",
        ),
        ("yanked-dependency", 3, "old==1 was taken back by its author: broken\ufffd[31m wheel", "pin another version"),
    ]
    assert found.unexamined == ()


def test_the_feed_and_the_data_are_one(server: Server, tmp_path: Path) -> None:
    """What both know is one finding, with the rating that one of them has."""
    answer(server, "holey/1.0", vulnerability())
    rated = record("GHSA-aaaa-bbbb-cccc", "holey", aliases=["CVE-2026-1"])
    data = snapshot_of(tmp_path, rated | {"severity": [{"type": "CVSS_V3", "score": CRITICAL}]})
    [found] = examined(server, tmp_path, "holey==1.0", data=data).findings
    assert found.ids == ("CVE-2026-1", "PYSEC-2026-1", "GHSA-aaaa-bbbb-cccc")
    assert found.severity == "critical"


def test_a_plain_mirror(server: Server, tmp_path: Path) -> None:
    """A mirror that does not answer is never "nothing found", and is not asked a thousand times."""
    found = examined(server, tmp_path, *[f"name{number}==1.0" for number in range(50)])
    assert found.findings == ()
    assert found.unexamined[0].startswith(
        "127.0.0.1 told nothing of 50 packages, as a plain mirror has no feed of vulnerabilities: "
    )
    assert found.unexamined[1] == (
        "50 packages were not held against advisories: there are none on this machine "
        "(`ringfence advisories update` fetches them)"
    )
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"vulnerabilities": null}',
        b'{"vulnerabilities": [1]}',
        b'{"vulnerabilities": [{}]}',
        b"{" * 90,
    ],
)
def test_answers_that_are_none(server: Server, tmp_path: Path, body: bytes) -> None:
    """An answer without a list of vulnerabilities, or with odd ones, is no answer."""
    answer(server, "good/1.0")
    server.answers["/pypi/odd/1/json"] = (200, {}, [body])
    found = examined(server, tmp_path, "good==1.0", "odd==1")
    assert found.findings == ()
    assert found.unexamined[0].startswith("127.0.0.1 did not answer for 1 of 2 packages: ")
    assert found.unexamined[1].startswith("1 package was not held against advisories")


def test_which_index_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The index that pip would use; one over plain http or with a password is not asked, and that is said."""
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    assert configured_index() == "https://mirror.example/simple"
    monkeypatch.delenv("PIP_INDEX_URL")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    assert configured_index() == PYPI
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"a==1 {HASH}\n")
    for index in ("http://mirror.example/simple", "https://user:secret@mirror.example/simple"):
        found = examine_lock(lock, data=None, feed=partial(ask, index=index))
        assert found.unexamined[0].startswith("the package index was not asked: ")
        assert "secret" not in found.unexamined[0]
