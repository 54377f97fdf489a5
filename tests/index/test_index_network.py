"""A host that sends too much, too slowly, half, elsewhere, or nonsense: one clear sentence, and never for ever.

All through the client's own fetcher over loopback HTTP, with bounds lowered where a test would otherwise wait.
"""

import contextlib
import gzip
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tuf.api import exceptions

from index.kit import QUICK, Bounds, Handler, Host, Keeper, User
from ringfence.errors import IndexUnreachable, IndexUntrusted, RingfenceError, UsageError
from ringfence.index.fetch import Fetcher, check_url
from ringfence.index.install import fetch

SLOW = Bounds(deadline=0.6, silence=5, rate=1, grace=5)
LONG = 30.0


def quiet(_: str) -> None:
    """Nobody watches."""


@contextlib.contextmanager
def fetching(bounds: Bounds = QUICK) -> Iterator[Callable[[str], bytes]]:
    """Fetches whole files, at most a megabyte."""
    with contextlib.closing(Fetcher(bounds)) as fetcher:
        yield lambda url: fetcher.download_bytes(url, 1 << 20)


def _install(keeper: Keeper, host: Host, folder: Path, bounds: Bounds = QUICK) -> bytes:
    with keeper.client(folder / "cache", host.url, bounds=bounds) as reader:
        return fetch(reader, "acme-words", None, "stable", quiet).archive.read_bytes()


# ---- endless data


def _endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    while not handler.host.stopping.is_set():
        handler.wfile.write(b"{" * 65536)


@pytest.mark.parametrize(
    "what",
    [r"metadata/timestamp\.json", r"metadata/\d+\.snapshot\.json", r"metadata/\d+\.records\.json", r"targets/.*"],
)
def test_endless_data_ends(keeper: Keeper, host: Host, user: User, what: str) -> None:
    """TUF's `download_file` counts; without its max_length this fills the disk."""
    keeper.stable("acme-words", "1.1.0")  # so that every kind of file is fetched anew
    host.answers[what] = _endless
    user.refused(41, "sends more than was announced: endless data", "install", "acme-words")
    assert user.installed() == []


def test_endless_chunks_end(keeper: Keeper, host: Host, user: User) -> None:
    """The same in chunked transfer coding, which has no length."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        while not handler.host.stopping.is_set():
            handler.wfile.write(b"8000\r\n" + b" " * 0x8000 + b"\r\n")

    host.answers[r"targets/.*\.tar\.gz"] = answer
    user.refused(41, "endless data", "install", "acme-words")


# ---- slow retrieval


def test_a_body_that_drips_is_cut(keeper: Keeper, host: Host, folder: Path) -> None:
    """`Watch.count`: fewer bytes a second than `rate`, after `grace`."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        for _ in range(5000):
            handler.wfile.write(b" ")
            if handler.host.stopping.wait(0.05):
                return

    host.answers[r"metadata/timestamp\.json"] = answer
    began = time.monotonic()
    with pytest.raises(IndexUnreachable, match="comes too slowly"):
        _install(keeper, host, folder, Bounds(deadline=LONG, silence=5, rate=2048, grace=0.3))
    assert time.monotonic() - began < LONG


def test_a_body_that_drips_fast_enough_still_ends_at_the_deadline(keeper: Keeper, host: Host, folder: Path) -> None:
    """`Watch._ring`: a rate that is kept is no licence to go on for ever."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "15000")
        handler.end_headers()
        while not handler.host.stopping.wait(0.05):
            handler.wfile.write(b" " * 16)

    host.answers[r"metadata/timestamp\.json"] = answer
    with pytest.raises(IndexUnreachable, match="comes too slowly"):
        _install(keeper, host, folder, SLOW)


@pytest.mark.parametrize("kept_alive", [False, True])
def test_headers_that_drip_are_cut_at_the_deadline(keeper: Keeper, host: Host, folder: Path, kept_alive: bool) -> None:
    """`Watch._ring` shuts the socket; `_held` in `putrequest`: also one that an earlier transfer left open."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not handler.host.stopping.wait(0.05):
            handler.wfile.write(b"x")

    host.answers[r"slow"] = answer
    with fetching(SLOW) as read:
        if kept_alive:
            while True:  # on a busy machine even this may come too slowly
                with contextlib.suppress(exceptions.SlowRetrievalError):
                    read(f"{host.url}metadata/timestamp.json")
                    break
        with pytest.raises(exceptions.SlowRetrievalError):
            read(f"{host.url}slow")


def test_a_host_that_says_nothing_is_left(keeper: Keeper, host: Host, user: User, folder: Path) -> None:
    """`silence`: no byte at all."""
    host.answers[r"metadata/timestamp\.json"] = lambda handler: (handler.host.stopping.wait(LONG), None)[1]
    with pytest.raises(IndexUnreachable, match="comes too slowly"):
        _install(keeper, host, folder, Bounds(deadline=LONG, silence=0.3, rate=1, grace=LONG, resumptions=0))


def test_a_trickle_over_many_resumptions_still_ends(keeper: Keeper, host: Host, folder: Path) -> None:
    """A host that sends one byte and hangs up, each time: `resumptions` are few."""

    def answer(handler: Handler) -> None:
        data = handler.read()
        start = int(handler.headers.get("Range", "bytes=0-")[6:].rstrip("-"))
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        handler.send_header("Content-Length", str(len(data) - start))
        handler.end_headers()
        handler.wfile.write(data[start : start + 1])
        handler.close_connection = True

    host.answers[r"metadata/timestamp\.json"] = answer
    with pytest.raises(IndexUnreachable, match="cannot be fetched"):
        _install(keeper, host, folder)
    assert len([p for p in host.paths() if p == "metadata/timestamp.json"]) == QUICK.resumptions + 1


# ---- connections that break off


def _cut(size: int, times: int = 1) -> tuple[Callable[[Handler], None], list[str]]:
    """Breaks off behind `size` bytes of the body, so many times."""
    seen: list[str] = []

    def answer(handler: Handler) -> None:
        seen.append(handler.headers.get("Range", ""))
        data = handler.read()
        if len(seen) > times:
            handler.body(data)
            return
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.send_header("ETag", '"x"')
        handler.end_headers()
        handler.wfile.write(data[:size])
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    return answer, seen


def test_a_transfer_cut_at_any_byte_goes_on_where_it_was(keeper: Keeper, host: Host, folder: Path) -> None:
    """Every 37th byte of the archive, and its first and last; the file is whole, the second request a range."""
    good = next(keeper.public.rglob("*.acme-words-1.0.0.tar.gz")).read_bytes()
    for size in sorted({0, 1, len(good) - 1, *range(2, len(good), 37)}):
        answer, seen = _cut(size)
        host.answers = {r"targets/.*\.tar\.gz": answer}
        with keeper.client(folder / f"cache-{size}", host.url) as reader:
            found = fetch(reader, "acme-words", None, "stable", quiet)
        assert found.archive.read_bytes() == good
        # the honest answer has another tag: the range is answered with the whole, and the rest of it is taken
        assert seen == ["", f"bytes={size}-" if size else ""]


def test_every_kind_of_file_survives_a_cut(keeper: Keeper, host: Host, folder: Path) -> None:
    """Root, timestamp, snapshot, roles, statements: half of each, once."""
    with keeper.client(folder / "first", host.url) as reader:
        fetch(reader, "acme-words", None, "stable", quiet)
    for number, path in enumerate(dict.fromkeys(host.paths())):
        if not (host.folder / path).is_file():
            continue
        answer, seen = _cut((host.folder / path).stat().st_size // 2)
        host.answers = {path.replace(".", r"\."): answer}
        with keeper.client(folder / f"cache-{number}", host.url) as reader:
            fetch(reader, "acme-words", None, "stable", quiet)
        assert len(seen) == 2, path


def test_a_connection_that_always_breaks_ends_in_a_sentence(keeper: Keeper, host: Host, user: User) -> None:
    """No ProtocolError of a library."""
    host.answers[r"targets/.*\.tar\.gz"], _ = _cut(10, times=100)
    user.refused(42, "cannot be fetched", "install", "acme-words")
    assert user.installed() == []
    host.answers.clear()
    user.ok("install", "acme-words")


def test_a_chunked_body_that_breaks_off_is_not_a_whole_one(keeper: Keeper, host: Host, user: User) -> None:
    """Without a length: the end of the chunks is missing."""

    def answer(handler: Handler) -> None:
        data = handler.read()
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(f"{len(data):x}\r\n".encode() + data[: len(data) // 2])
        handler.close_connection = True

    host.answers[r"targets/.*\.tar\.gz"] = answer
    user.run("install", "acme-words")
    assert user.code in (41, 42), user.err
    assert user.installed() == []


def test_a_range_that_begins_elsewhere_is_refused(keeper: Keeper, host: Host, user: User) -> None:
    """`_skipped`: Content-Range says where it goes on."""
    cut, _ = _cut(10)

    def answer(handler: Handler) -> None:
        if "Range" not in handler.headers:
            cut(handler)
            return
        handler.send_response(206)
        handler.send_header("Content-Range", "bytes 0-9/1000")
        handler.send_header("Content-Length", "10")
        handler.end_headers()
        handler.wfile.write(b"0123456789")

    host.answers[r"targets/.*\.tar\.gz"] = answer
    user.refused(42, "goes on somewhere else", "install", "acme-words")


def test_a_file_that_changed_between_the_parts_is_refused(keeper: Keeper, host: Host, user: User) -> None:
    """The parts are of two files: the hash is of neither."""
    cut, _ = _cut(100)

    def answer(handler: Handler) -> None:
        if "Range" not in handler.headers:
            cut(handler)
            return
        data = bytes(len(handler.read()))
        handler.send_response(206)
        handler.send_header("Content-Range", f"bytes 100-{len(data) - 1}/{len(data)}")
        handler.send_header("Content-Length", str(len(data) - 100))
        handler.end_headers()
        handler.wfile.write(data[100:])

    host.answers[r"targets/.*\.tar\.gz"] = answer
    user.refused(41, "is not the one that was signed", "install", "acme-words")


# ---- redirects


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("https://127.0.0.1:1/x", "redirects to another scheme"),
        ("file:///etc/passwd", "redirects to another scheme"),
        ("ftp://127.0.0.1/x", "redirects to another scheme"),
        ("http://10.0.0.1/x", "redirects astray"),
        ("http://169.254.169.254/latest/meta-data/", "redirects astray"),
        ("http://user:secret@127.0.0.1/x", "redirects astray"),
        ("//example.com/x", "redirects astray"),
        ("http://[", "redirects to what is no address"),
        ("http://127.0.0.1:99999/", "cannot be fetched"),
        ("http://127.0.0.1:http/", "cannot be fetched"),
        ("", "redirects more than 5 times"),
        ("/timestamp.json", "answers with status 404"),
    ],
)
def test_redirects_lead_nowhere_else(keeper: Keeper, host: Host, user: User, place: str, sentence: str) -> None:
    """`_followed`: same scheme; http only to loopback."""

    def answer(handler: Handler) -> None:
        handler.body(b"", 302, Location=place)

    host.answers[r"metadata/timestamp\.json"] = answer
    user.refused(42, sentence, "search")


def test_a_redirect_on_the_same_host_is_followed(keeper: Keeper, host: Host, user: User) -> None:
    """As static hosts do."""
    host.answers[r"metadata/timestamp\.json"] = lambda handler: handler.body(b"", 307, Location="/moved/timestamp")
    data = (keeper.public / "metadata" / "timestamp.json").read_bytes()
    host.answers[r"moved/timestamp"] = lambda handler: handler.body(data)
    user.ok("search")


def test_redirects_in_a_circle_end(keeper: Keeper, host: Host, user: User) -> None:
    """`redirects`."""
    host.answers[r"metadata/timestamp\.json"] = lambda handler: handler.body(b"", 302, Location="/a")
    host.answers[r"a"] = lambda handler: handler.body(b"", 302, Location="/metadata/timestamp.json")
    user.refused(42, "redirects more than 5 times", "search")


# ---- answers that are none


@pytest.mark.parametrize("status", [204, 206, 400, 401, 403, 404, 410, 416, 429, 500, 502, 503, 599])
def test_other_answers_end_in_a_sentence(keeper: Keeper, host: Host, user: User, status: int) -> None:
    """Status codes that are not 200, with a body that would be a good one."""
    host.answers[r"metadata/timestamp\.json"] = lambda handler: handler.body(handler.read(), status)
    user.run("search")
    if status == 206:  # the whole file, however it is called: its signature is good
        assert user.code == 0
    else:
        assert user.code == 42
        assert f"answers with status {status}" in user.err


@pytest.mark.parametrize("status", [500, 403])
def test_an_error_on_the_next_root_is_no_end_of_the_chain(keeper: Keeper, host: Host, user: User, status: int) -> None:
    """500 is not "there is none": a host that hides a new root that way is not used (TUF 5.3.3: only 403 and 404)."""
    host.answers[r"metadata/2\.root\.json"] = lambda handler: handler.body(b"", status)
    user.run("search")
    assert user.code == (42 if status == 500 else 0), user.err


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"hello\r\n",
        b"HTTP/1.1 99999 X\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nxx",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nxx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 200 + b"\r\n{}",
        b"HTTP/1.1 200 OK\r\nX-Huge: " + b"x" * 200_000 + b"\r\n\r\n{}",
        b"\xff" * 70_000,
        b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
def test_nonsense_ends_in_a_sentence(keeper: Keeper, host: Host, user: User, raw: bytes) -> None:
    """Not HTTP, or hardly."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    host.answers[r"metadata/timestamp\.json"] = answer
    assert user.run("search") in (41, 42), user.err
    assert "defect" not in user.err
    assert len(user.err.splitlines()) <= 2


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "x"])
def test_an_encoding_that_nobody_asked_for_is_refused(keeper: Keeper, host: Host, user: User, encoding: str) -> None:
    """`_refuse_encoding`: a small file could grow without bound on this side."""
    bomb = gzip.compress(bytes(1 << 22))
    host.answers[r"metadata/timestamp\.json"] = lambda handler: handler.body(bomb, Content_Encoding=encoding)
    user.refused(42, "in the encoding", "search")
    assert "Accept-Encoding" in host.requests[-1][1]
    assert host.requests[-1][1]["Accept-Encoding"] == "identity"


# ---- addresses


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/", "example.com", "http://example.com/", "http://10.1.2.3/", "https://u:p@example.com/",
        "https:///x", "file://host/x", "file:x", "https://example.com/?a=1", "https://example.com/#a", "javascript:1",
        "", "http://localhost.evil.com/", "http://127.0.0.1.evil.com/", "http://[", "https://[::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_to_be_fetched_from(url: str) -> None:
    """`check_url`: https, file, and http on loopback."""
    with pytest.raises(UsageError):
        check_url(url)


@pytest.mark.parametrize("url", ["https://example.com", "http://127.0.0.1:80/a", "http://[::1]/", "file:///srv/x"])
def test_addresses_end_with_a_slash(url: str) -> None:
    """So that what is put behind is below."""
    assert check_url(url) == url.rstrip("/") + "/"


# ---- files


def test_files_that_are_none_are_refused(folder: Path) -> None:
    """A pipe would wait for ever, a folder is no file, what is missing is a 404."""
    os.mkfifo(folder / "pipe")
    (folder / "dir").mkdir()
    (folder / "good").write_bytes(b"x" * 100_000)
    with fetching() as read:
        assert read((folder / "good").as_uri()) == b"x" * 100_000
        for name in ("pipe", "dir"):
            with pytest.raises(exceptions.DownloadError):
                read((folder / name).as_uri())
        with pytest.raises(exceptions.DownloadHTTPError) as error:
            read((folder / "none").as_uri())
        assert error.value.status_code == 404


def test_a_cache_that_cannot_be_written_is_a_sentence(keeper: Keeper, host: Host, user: User) -> None:
    """A full or read-only disk under the cache."""
    user.ok("search")
    place = user.state / "indexes" / "idx" / "metadata"
    for each in place.glob("*.json"):
        each.unlink()
    (place / "timestamp.json").mkdir()
    user.refused(42, "cannot be kept here", "search")


def test_nobody_listens(keeper: Keeper, user: User, host: Host) -> None:
    """The host is down."""
    host.stop()
    user.refused(42, "cannot be fetched", "search")
    assert issubclass(IndexUntrusted, RingfenceError)
