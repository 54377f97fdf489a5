"""Advisories come over https or from this machine, bounded in bytes and time, and never by another way."""

from pathlib import Path

import pytest

from advisories.conftest import Server
from advisories.osv_records import NOW, record, zip_of
from ringfence.advisories import fetch
from ringfence.advisories.update import update
from ringfence.errors import UsageError


def test_an_update_over_the_network(server: Server, tmp_path: Path) -> None:
    """A zip that is fetched is read as one that is here, and where it came from is on record."""
    data = zip_of(tmp_path / "all.zip", record()).read_bytes()
    server.answers["/PyPI/all.zip"] = (200, {"Content-Length": str(len(data))}, [data])
    header = update(f"{server.url}/PyPI/all.zip", tmp_path / "made", now=NOW)
    assert (header.records, header.source) == (1, f"{server.url}/PyPI/all.zip")


@pytest.mark.parametrize(
    "address",
    [
        "http://pypi.example/all.zip",
        "ftp://127.0.0.1/all.zip",
        "file://elsewhere/all.zip",
        "file:all.zip",
        "data://x",
        "https://user:secret@pypi.example/all.zip",
        "http://127.0.0.1@pypi.example/all.zip",
        "http://127.0.0.1.pypi.example/all.zip",
    ],
)
def test_other_ways_are_refused(address: str, tmp_path: Path) -> None:
    """Plain http to others, other schemes, other machines' files and passwords are refused before anything is asked."""
    with pytest.raises(UsageError) as caught:
        update(address, tmp_path / "made", now=NOW)
    assert "secret" not in caught.value.message
    assert not (tmp_path / "made").exists()


def test_redirections(server: Server, tmp_path: Path) -> None:
    """A redirection to another scheme or to plain http elsewhere is refused; an endless one ends."""
    for target, said in (
        ("file:///etc/hostname", "redirects to another scheme"),
        ("http://pypi.example/x", "'http://pypi.example/x' is not encrypted"),
        ("ftp://127.0.0.1/x", "redirects to another scheme"),
        ("https://user:secret@pypi.example/x", "redirects to another scheme: 'https://pypi.example/x'"),
        ("http://user:secret@127.0.0.1/x", "may not hold a password"),
        ("/loop", "redirects more than 5 times"),
    ):
        server.answers["/loop"] = (302, {"Location": target}, [])
        with pytest.raises(UsageError, match=said):
            fetch.get(f"{server.url}/loop", at_most=1000)
    server.answers["/moved"] = (302, {"Location": "/here"}, [])
    server.answers["/here"] = (200, {}, [b"found"])
    assert fetch.get(f"{server.url}/moved", at_most=1000) == b"found"


def test_endless_and_slow_answers(server: Server) -> None:
    """Too many bytes, too slow ones, and fewer than promised are refused."""
    server.answers["/endless"] = (200, {}, [b"x" * 65536] * 100)
    with pytest.raises(UsageError, match="gives more than 100000 bytes"):
        fetch.get(f"{server.url}/endless", at_most=100_000)
    server.answers["/short"] = (200, {"Content-Length": "50"}, [b"x" * 20])
    with pytest.raises(UsageError, match="cannot be fetched"):
        fetch.get(f"{server.url}/short", at_most=1000)
    server.pause = 0.05
    server.answers["/drip"] = (200, {}, [b"x"] * 100)
    with pytest.raises(UsageError, match=r"comes too slowly: .* or longer than 0\.3 s"):
        fetch.get(f"{server.url}/drip", at_most=1000, seconds=0.3)


def test_what_is_no_answer(server: Server, tmp_path: Path) -> None:
    """A missing page and a closed port are one sentence."""
    with pytest.raises(UsageError, match="answers with status 404"):
        fetch.get(f"{server.url}/absent", at_most=10)
    with pytest.raises(UsageError, match="answers with status 404"):
        fetch.fetch(f"{server.url}/absent", tmp_path / "x", at_most=10)
    with pytest.raises(UsageError, match="cannot be fetched"):
        fetch.get("http://127.0.0.1:9/x", at_most=10)
