"""The advisories on a machine: one file, whole or not at all, found by bisection, never quietly worse than before."""

import json
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisories.osv_records import NOW, folder_of, opened, record, snapshot_of, zip_of
from ringfence.advisories import osv, sources
from ringfence.advisories.known import warnings
from ringfence.advisories.snapshot import MAX_AGE, Snapshot
from ringfence.advisories.update import update
from ringfence.errors import ConfigError, UsageError


def many(count: int) -> list[dict]:
    return [record(f"PYSEC-2026-{number}", f"name-{number}") for number in range(count)]


def test_every_name_is_found(tmp_path: Path) -> None:
    """Every name is found, and none that is not there, also first, last, prefixes of others, and empty."""
    names = ["a", "aa", "a-a", "a-b", "ab", "b", "z9", "requests", "requests-2", "requests2"]
    held = opened(tmp_path, *[record(f"PYSEC-2026-{number}", name) for number, name in enumerate(names)])
    assert {name: [one.id for one in held.entries(name)] for name in names} == {
        name: [f"PYSEC-2026-{number}"] for number, name in enumerate(names)
    }
    for absent in ("", "0", "a-", "a-aa", "aaa", "c", "request", "zz", "z", "~"):
        assert held.entries(absent) == [], absent
    assert [name for name, _ in held.all()] == sorted(names)


@given(st.sets(st.from_regex(r"[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?", fullmatch=True), min_size=1, max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_bisection(tmp_path_factory: pytest.TempPathFactory, names: set[str]) -> None:
    """Whatever the names, each is found in the file and its neighbours are not confused."""
    from ringfence.advisories.entry import package_name

    normal = sorted({package_name(name) for name in names})
    held = opened(tmp_path_factory.mktemp("s"), *[record(f"PYSEC-2026-{n}", name) for n, name in enumerate(normal)])
    for number, name in enumerate(normal):
        assert [one.id for one in held.entries(name)] == [f"PYSEC-2026-{number}"]
        assert name + "-" in normal or held.entries(name + "-") == []


def test_all_sources_give_the_same(tmp_path: Path) -> None:
    """A zip, a folder, a list, lines, `vulns`, file: addresses and a snapshot give the same advisories."""
    records = [record("PYSEC-2026-1", versions=["1.0", "7.0"]), record("MAL-2026-1", "evil"), record(ecosystem="npm")]
    (tmp_path / "list.json").write_text(json.dumps(records))
    (tmp_path / "vulns.json").write_text(json.dumps({"vulns": records}))
    (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n\n")
    folder, archive = folder_of(tmp_path / "folder", *records), zip_of(tmp_path / "all.zip", *records)
    found = []
    for number, source in enumerate(
        (folder, archive, "list.json", "vulns.json", "lines.jsonl", f"file://{archive}", folder.as_uri(), "made-0")
    ):
        path = tmp_path / f"made-{number}"
        header = update(str(source if "/" in str(source) else tmp_path / source), path, now=NOW)
        found.append((header.sha256, header.records, header.names, header.malicious, path.read_bytes().split(b"\n", 1)))
    assert {one[:4] for one in found} == {(found[0][0], 2, 2, 1)}
    assert len({one[4][1] for one in found}) == 1
    assert b"7.0" in found[0][4][1]
    assert b'"1.0"' not in found[0][4][1], "a version that the range covers is not kept"


def test_withdrawn_records_are_left_out(tmp_path: Path) -> None:
    """A withdrawn record counts for nothing; one whose withdrawal is no time is not hidden by it."""
    held = opened(
        tmp_path,
        record("PYSEC-2026-1", withdrawn="2026-11-19T10:00:00Z"),
        record("PYSEC-2026-2", withdrawn="soon"),
        record("PYSEC-2026-3", withdrawn=True),
    )
    assert [one.id for one in held.entries("tiny")] == ["PYSEC-2026-2", "PYSEC-2026-3"]
    assert held.header.withdrawn == 1


def test_the_younger_of_two_records_stays(tmp_path: Path) -> None:
    """A record that comes twice is there once, as it was changed last, in whichever order they come."""
    old = record(summary="old", modified="2026-01-01T00:00:00Z")
    new = record(summary="new")
    for number, pair in enumerate(((old, new), (new, old))):
        (tmp_path / str(number)).mkdir()
        assert [one.summary for one in opened(tmp_path / str(number), *pair).entries("tiny")] == ["new"]


def test_records_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    """A few are left out and said; many, or nothing but such, refuse the update and leave the old data."""
    path = tmp_path / "advisories"
    header = update(str(folder_of(tmp_path / "a", *many(200), b"{", record() | {"id": 5})), path, now=NOW)
    assert (header.records, header.unread) == (200, 2)
    assert list(warnings(header, NOW)) == ["2 of the advisories' records could not be understood and were left out"]
    before = path.read_bytes()
    with pytest.raises(UsageError, match=r"3 of 203 records cannot be read, the first: 000200.json: "):
        update(str(folder_of(tmp_path / "b", *many(200), b"{", b"", b"[]")), path, now=NOW)
    with pytest.raises(UsageError, match="holds no advisories about packages of PyPI"):
        update(str(folder_of(tmp_path / "c", record(ecosystem="npm"))), path, now=NOW, accept_less=True)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path).count("advisories") == 1
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".tmp")]


def test_less_than_before_is_refused(tmp_path: Path) -> None:
    """Older data and far fewer records, as a frozen or cut-off source gives, are refused unless asked for."""
    path = tmp_path / "advisories"
    update(str(folder_of(tmp_path / "a", *many(30))), path, now=NOW)
    old = [one | {"modified": "2026-10-01T00:00:00Z"} for one in many(40)]
    for name, records, said in (
        ("b", old, "end at 2026-10-01T00:00:00Z, those at hand at 2026-11-19T10:00:00Z"),
        ("c", many(20), "these are 20 advisories, those at hand 30"),
    ):
        source = str(folder_of(tmp_path / name, *records))
        with pytest.raises(UsageError, match=said):
            update(source, path, now=NOW)
        assert Snapshot.open(path).header.records == 30
        assert update(source, tmp_path / f"new-{name}", now=NOW).records == len(records)
    assert update(str(tmp_path / "c"), path, now=NOW, accept_less=True).records == 20


def test_age(tmp_path: Path) -> None:
    """Data are as old as their newest change; a change in the future does not make them young."""
    held = opened(
        tmp_path, record(modified="2026-11-10T00:00:00Z"), record("PYSEC-1-1", modified="2999-01-01T00:00:00Z")
    )
    assert held.header.newest == "2026-11-10T00:00:00Z"
    assert held.header.age(NOW) == timedelta(days=10, hours=12)
    assert list(warnings(held.header, NOW)) == [
        "the advisories are 10 days old: `ringfence advisories update` fetches new ones"
    ]
    assert timedelta(days=7) == MAX_AGE


@pytest.mark.parametrize("at", [0, 5, -1, -30, -200])
def test_a_damaged_snapshot_is_refused(tmp_path: Path, at: int) -> None:
    """Any byte changed among the records is noticed before anything is believed."""
    path = snapshot_of(tmp_path, *many(3))
    data = bytearray(path.read_bytes())
    data[at] ^= 0x01
    path.write_bytes(data)
    with pytest.raises(ConfigError, match="damaged"), Snapshot.open(path):
        pass


def test_a_cut_off_snapshot_is_refused(tmp_path: Path) -> None:
    """Cut off at any byte, it is not opened."""
    data = snapshot_of(tmp_path, *many(2)).read_bytes()
    path = tmp_path / "cut"
    for length in range(len(data)):
        path.write_bytes(data[:length])
        with pytest.raises(ConfigError):
            Snapshot.open(path)


def test_no_snapshot(tmp_path: Path) -> None:
    """That there is none is said, with what to do."""
    with pytest.raises(ConfigError, match="there are no advisories on this machine") as caught:
        Snapshot.open(tmp_path / "none")
    assert "ringfence advisories update" in caught.value.hint


def test_zip_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A member that grows is read as far as a record may go; too many members and bytes are refused."""
    archive = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb.json", b"[" * (osv.LIMITS.max_bytes * 4))
        made.writestr("good.json", json.dumps(record()))
    assert next(len(data) for _, data in sources.records(archive)) == osv.LIMITS.max_bytes + 1
    with pytest.raises(UsageError, match="1 of 2 records cannot be read"):
        update(str(archive), tmp_path / "advisories", now=NOW)
    monkeypatch.setattr(sources, "MAX_RECORDS", 1)
    with pytest.raises(UsageError, match="more than 1 files"):
        list(sources.records(archive))
    monkeypatch.setattr(sources, "MAX_TOTAL", 10)
    with pytest.raises(UsageError, match="more than 1 records"):
        list(sources.records(folder_of(tmp_path / "f", record(), record())))


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link in a folder of records is a record that cannot be read, not a way out."""
    (tmp_path / "secret").write_text(json.dumps(record("PYSEC-2026-666")))
    folder = folder_of(tmp_path / "f", record())
    (folder / "link.json").symlink_to(tmp_path / "secret")
    os.mkfifo(folder / "pipe.json")
    header = update(str(folder), tmp_path / "advisories", now=NOW, accept_less=True)
    assert (header.records, header.unread) == (1, 2)


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_whatever_the_source_holds(tmp_path: Path, data: bytes) -> None:
    """Any bytes as a zip, a file or lines are an error in one sentence, and nothing is left behind."""
    for name in ("x.zip", "x.json", "x.jsonl", "x"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises((UsageError, ConfigError)):
            update(str(tmp_path / name), tmp_path / "advisories", now=NOW)
        (tmp_path / name).write_bytes(b"PK\x03\x04" + data + b"PK\x05\x06" + bytes(18))
        with pytest.raises((UsageError, ConfigError)):
            update(str(tmp_path / name), tmp_path / "advisories", now=NOW)
    assert not (tmp_path / "advisories").exists()


def test_malicious_packages_in_a_snapshot_from_elsewhere(tmp_path: Path) -> None:
    """A snapshot of hostile lines is refused by its shape, although its digest fits."""
    import hashlib

    head = {"format": "ringfence-advisories/1", "source": "x", "fetched": "2026-11-20T12:00:00Z"}
    head |= {"newest": "2026-11-20T12:00:00Z"} | dict.fromkeys(
        ("records", "names", "malicious", "withdrawn", "unread"), 1
    )
    for line in (b"tiny\t[1]\n", b"tiny\t{}\n", b"tiny\t[\n", b"tiny\t[{}]\n", b'tiny\t[{"id":"X-1","modified":5}]\n'):
        path = tmp_path / "hostile"
        first = json.dumps(head | {"sha256": hashlib.sha256(line).hexdigest()}, separators=(",", ":"))
        path.write_bytes(first.encode() + b"\n" + line)
        with pytest.raises(ConfigError, match="damaged"):
            Snapshot.open(path).entries("tiny")
        with pytest.raises(ConfigError, match="damaged"):
            update(str(path), tmp_path / "advisories", now=NOW)
