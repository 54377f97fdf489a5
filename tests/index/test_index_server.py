"""`ringfence index serve`, a real process on loopback: what it takes, what it shows, and what it survives."""

import base64
import contextlib
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from index.kit import Keeper, User, copy, plugin
from ringfence.errors import IndexRefused, IndexUnreachable
from ringfence.index.repository import utc_now
from ringfence.index.upload import PATH, headers, upload


class Server:
    """The process, and raw requests to it."""

    def __init__(self, keeper: Keeper, *words: str, command: list[str] | None = None) -> None:
        self.keeper = keeper
        usual = [sys.executable, "-m", "ringfence", "index", "serve", "--at", str(keeper.index), "--port", "0"]
        self.process = subprocess.Popen(command or [*usual, "--without-vetting", *words], stderr=subprocess.PIPE)
        assert self.process.stderr is not None
        said = self.process.stderr.readline().decode()
        match = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert match, said
        self.port = int(match[1])

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/"

    def request(
        self, method: str, path: str, body: bytes = b"", said: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """(status, headers in lower case, body); the path goes out as it is."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)) as connection:
            connection.putrequest(method, path, skip_accept_encoding=True)
            known = {key.lower() for key in said or {}}
            if body and "content-length" not in known:
                connection.putheader("Content-Length", str(len(body)))
            for name, value in (said or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            with contextlib.suppress(OSError):
                connection.send(body)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()

    def signed(self, data: bytes, who: str = "acme", *, date: str = "", path: str = PATH) -> dict[str, str]:
        """The headers of a signed request."""
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        now = date or utc_now().strftime("%Y-%m-%dT%H:%M:%SZ")
        return headers("POST", path, digest, len(data), self.keeper.key(who), now)

    def post(self, data: bytes, said: Mapping[str, str]) -> tuple[int, str]:
        """(status, reason)."""
        status, _, body = self.request("POST", PATH, data, said)
        return status, str(json.loads(body).get("error", "")) if body else ""

    def stop(self) -> None:
        """End it, and see that it ends."""
        self.process.terminate()
        assert self.process.wait(timeout=600) in (0, -signal.SIGTERM)
        assert self.process.stderr is not None
        said = self.process.stderr.read().decode()
        self.process.stderr.close()
        assert "Traceback" not in said, said


@pytest.fixture
def server(keeper: Keeper) -> Iterator[Server]:
    """One with the index of the tests."""
    made = Server(keeper)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def shown(_template: Path) -> Iterator[Server]:
    """One for all tests that only read: with a hidden file, a link to a key and one out of the folder."""
    folder = Path(tempfile.mkdtemp(prefix="ringfence-shown-"))
    keeper = Keeper(copy(_template, folder / "keeper"))
    (keeper.public / "metadata" / ".hidden").write_text("hidden")
    (keeper.public / "secret").symlink_to(keeper.index / "keys" / "records.pem")
    (keeper.public / "linked").symlink_to("/etc")
    made = Server(keeper)
    yield made
    made.stop()
    shutil.rmtree(folder)


@pytest.fixture
def submission(keeper: Keeper) -> bytes:
    """acme-words 2.0.0, not yet sent."""
    return keeper.submission(plugin(keeper.folder / "next", "acme-words", "2.0.0")).read_bytes()


# ---- publishing


def test_an_author_publishes_over_the_api(
    keeper: Keeper, server: Server, new_user: Callable[[str], User], folder: Path
) -> None:
    """`publish --index`, a review, and an installation from the server itself."""
    author, user = new_user("author"), new_user("user")
    author.add(server.url, keeper.fingerprint)
    author.ok(
        "publish", plugin(folder / "p", "acme-words", "2.0.0"), "--index", "idx", "--key", keeper.people / "acme.pem"
    )
    assert "channel candidate" in author.out
    keeper.reopen()
    keeper.approve("acme-words", "2.0.0")
    user.add(server.url, keeper.fingerprint)
    user.ok("install", "acme-words")
    assert user.installed() == ["acme-words 2.0.0"]
    author.refused(
        40, "releases never change", "publish", folder / "p", "--index", "idx", "--key", keeper.people / "acme.pem"
    )
    keeper.key("mallory")
    author.refused(
        40, "publishes nothing", "publish", folder / "p", "--index", "idx", "--key", keeper.people / "mallory.pem"
    )


def test_a_signed_request_counts_once_and_for_what_it_says(keeper: Keeper, server: Server, submission: bytes) -> None:
    """Good, replayed, and every part of it changed."""
    good = server.signed(submission)
    old = (utc_now() - timedelta(minutes=6)).strftime("%Y-%m-%dT%H:%M:%SZ")
    ahead = (utc_now() + timedelta(minutes=6)).strftime("%Y-%m-%dT%H:%M:%SZ")
    other = submission[:-1] + b"x"
    keyid = keeper.key("acme").public_key.keyid
    for said, data, status, reason in [
        ({}, submission, 401, "is not signed"),
        (server.signed(submission, "mallory"), submission, 401, "not signed by a publisher"),
        (server.signed(submission, "alice"), submission, 401, "not signed by a publisher"),
        (
            {**server.signed(submission, "mallory"), "Ringfence-Key": keyid},
            submission,
            401,
            "not signed by a publisher",
        ),
        (server.signed(submission, date=old), submission, 401, "signed too long ago"),
        (server.signed(submission, date=ahead), submission, 401, "signed too long ago"),
        (server.signed(submission, date="yesterday"), submission, 401, "signed too long ago"),
        (server.signed(submission, path="/other"), submission, 401, "not signed by a publisher"),
        ({**good, "Ringfence-Date": utc_now().strftime("%Y-%m-%dT%H:%M:%SZ")[:-1]}, submission, 401, "signed too long"),
        ({**good, "Ringfence-Signature": "!!"}, submission, 401, "not signed by a publisher"),
        ({**good, "Ringfence-Signature": ""}, submission, 401, "not signed by a publisher"),
        ({**good, "Content-Digest": "md5=:x:"}, submission, 401, "is not signed"),
        (good, other, 400, "is not the one that was signed"),
        ({**server.signed(other), "Content-Digest": good["Content-Digest"]}, other, 401, "not signed by a publisher"),
    ]:
        assert server.post(data, said)[0] == status, (said, reason)
        assert reason in server.post(data, said)[1]
    assert server.post(submission, good) == (201, "")
    status, reason = server.post(submission, good)
    assert status == 422
    assert "is the next" in reason
    keeper.reopen()
    assert keeper.known("acme").signed.version == 2  # type: ignore[union-attr]


def test_a_submission_by_a_key_that_was_taken_away_is_refused(
    keeper: Keeper, server: Server, submission: bytes
) -> None:
    """While the server runs: it reads the policy of now."""
    keeper.publisher("acme", keys=("acme-new",))
    assert server.post(submission, server.signed(submission))[0] == 401


def test_what_is_signed_by_one_and_made_by_another_is_refused(
    keeper: Keeper, server: Server, submission: bytes
) -> None:
    """bob may send, and sends what acme signed: it is acme's, and taken as such; bob's own of acme's name is not."""
    keeper.publisher("bob", "bob-*")
    evil = keeper.submission(plugin(keeper.folder / "evil", "acme-words", "6.6.6"), publisher="acme", who="bob")
    status, reason = server.post(evil.read_bytes(), server.signed(evil.read_bytes(), "bob"))
    assert (status, reason) == (422, "nobody who signed the submission owns acme-words")


def test_bodies_are_bounded(keeper: Keeper, server: Server, submission: bytes) -> None:
    """Announced too long, unannounced, longer or shorter than announced."""
    big = {**server.signed(submission), "Content-Length": str((64 << 20) + 1)}
    assert server.post(b"", big)[0] == 413
    for length in ("", "-1", "1e9", "x", "9" * 20):
        status, _, _ = server.request("POST", PATH, b"", {**server.signed(submission), "Content-Length": length})
        assert status in (400, 411), length
    chunked = {**server.signed(submission), "Transfer-Encoding": "chunked"}
    status, _, _ = server.request(
        "POST", PATH, b"5\r\nhello\r\n0\r\n\r\n", {**chunked, "X": "1"} | {"content-length": ""}
    )
    assert status in (400, 411)
    assert server.request("GET", "/api/v1/health")[0] == 200


_IMPATIENT = """
import pathlib, sys
from ringfence.index import web, workspace
told = lambda port: print(f"http://127.0.0.1:{port}/", file=sys.stderr, flush=True)
web.serve(workspace.Workspace(pathlib.Path(sys.argv[1]), None), None, 0, told, 10, silence=0.5)
"""


def test_a_body_that_never_comes_is_given_up(keeper: Keeper, submission: bytes) -> None:
    """`_received`: silence is not waited for for ever; meanwhile others are served. This one is impatient."""
    server = Server(keeper, command=[sys.executable, "-c", _IMPATIENT, str(keeper.index)])
    try:
        said = server.signed(submission)
        with socket.create_connection(("127.0.0.1", server.port)) as quiet:
            lines = [f"POST {PATH} HTTP/1.1", "Host: x", f"Content-Length: {len(submission)}"]
            lines += [f"{name}: {value}" for name, value in said.items()]
            quiet.sendall("\r\n".join([*lines, "", ""]).encode())
            assert server.request("GET", "/api/v1/health")[0] == 200
            quiet.settimeout(60)
            answer = quiet.recv(4096)
        assert b" 400 " in answer or b" 408 " in answer, answer
    finally:
        server.stop()


def test_a_flood_is_held_back(keeper: Keeper, submission: bytes) -> None:
    """Of one key, and of one address."""
    server = Server(keeper, "--submissions-a-minute", "2")
    try:
        codes = [server.post(submission[:-1] + b"x", server.signed(submission))[0] for _ in range(4)]
        assert codes == [400, 400, 429, 429]
        codes = [server.post(b"", {})[0] for _ in range(80)]
        assert codes[-1] == 429
        assert server.request("GET", "/api/v1/health")[0] == 200
    finally:
        server.stop()


# ---- reading


@pytest.mark.parametrize(
    "path",
    [
        "/../index.toml", "/../keys/records.pem", "/%2e%2e/keys/records.pem", "/..%2fkeys/records.pem",
        "/metadata/../../keys/records.pem", "/metadata/%2e%2e/%2e%2e/index.toml", "//etc/passwd", "/%2fetc/passwd",
        "/..\\keys\\records.pem", "/.lock", "/metadata/.hidden", "/%00", "/metadata/timestamp.json%00", "/secret",
        "/linked/passwd", "/" + "a" * 5000, "/" + "a/" * 2000, "/%ff%fe", "/metadata", "/journal/key",
    ],
)  # fmt: skip
def test_nothing_but_what_is_public_is_shown(shown: Server, path: str) -> None:
    """Up, hidden, linked, absolute, too long, not UTF-8: 404, never a 500."""
    status, _, body = shown.request("GET", path)
    assert status in (404, 400), (path, status)
    assert b"PRIVATE" not in body
    assert b"root:" not in body


def test_no_file_that_is_served_holds_a_private_key(keeper: Keeper, server: Server) -> None:
    """Everything below public/, over HTTP; and everything but keys/ on disk."""
    for place in keeper.public.rglob("*"):
        if place.is_file() and not place.name.startswith("."):
            path = "/" + place.relative_to(keeper.public).as_posix()
            status, _, body = server.request("GET", path.replace("+", "%2B"))
            assert status == 200
            assert body == place.read_bytes()
    keys = [each.read_bytes() for each in (keeper.index / "keys").glob("*.pem")]
    secrets = [base64.b64decode(b"".join(each.splitlines()[1:-1]))[-32:] for each in keys]
    for place in keeper.index.rglob("*"):
        if place.is_file() and place.parent.name != "keys":
            data = place.read_bytes()
            assert b"PRIVATE KEY" not in data or place.parent == keeper.index / "journal", place
            for secret in secrets:
                assert secret not in data
                assert secret.hex().encode() not in data
                assert base64.b64encode(secret) not in data


def test_headers_fit_what_is_served(keeper: Keeper, server: Server) -> None:
    """What carries a hash or a version is for ever; the timestamp is asked for each time; nothing is sniffed."""
    hashed = next(keeper.public.rglob("*.tar.gz")).relative_to(keeper.public)
    for path, cache, kind in (
        ("/metadata/timestamp.json", "no-cache", "application/json"),
        ("/metadata/1.root.json", "public, max-age=31536000, immutable", "application/json"),
        (f"/{hashed}", "public, max-age=31536000, immutable", "application/octet-stream"),
    ):
        status, said, _ = server.request("GET", path)
        assert status == 200
        assert said["cache-control"] == cache
        assert said["content-type"] == kind
        assert said["x-content-type-options"] == "nosniff"
        assert said["content-security-policy"].startswith("default-src 'none'")
        assert "server" not in said
    assert server.request("HEAD", "/metadata/timestamp.json")[2] == b""
    status, said, body = server.request("GET", "/metadata/timestamp.json", said={"Range": "bytes=10-"})
    assert status == 206
    assert body == (keeper.public / "metadata" / "timestamp.json").read_bytes()[10:]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST", "OPTIONS", "TRACE"])
def test_other_methods_change_nothing(shown: Server, method: str) -> None:
    """405."""
    timestamp = shown.keeper.public / "metadata" / "timestamp.json"
    before = timestamp.read_bytes()
    assert shown.request(method, "/metadata/timestamp.json", b"x")[0] == 405
    assert timestamp.read_bytes() == before


def test_only_one_server_and_only_on_loopback(keeper: Keeper, server: Server) -> None:
    """A second one is told so; the socket is bound to 127.0.0.1."""
    command = [sys.executable, "-m", "ringfence", "index", "serve", "--at", str(keeper.index), "--port", "0"]
    done = subprocess.run(command, capture_output=True, timeout=600, check=False)
    assert done.returncode == 22
    assert b"is in use by another process" in done.stderr
    local = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    assert next(each for each in local if each.endswith(f":{server.port:04X}")).startswith("0100007F")
    assert not [line for line in Path("/proc/net/tcp6").read_text().splitlines() if f":{server.port:04X}" in line]


def test_the_client_of_the_api_ends_in_sentences(keeper: Keeper, server: Server, submission: bytes) -> None:
    """Nobody listens; a file address; an answer that is none."""
    place = keeper.folder / "s.submission"
    place.write_bytes(submission)
    with pytest.raises(IndexUnreachable):
        upload("http://127.0.0.1:1/", place, keeper.key("acme"))
    with pytest.raises(IndexRefused, match="takes no submissions"):
        upload("file:///x/", place, keeper.key("acme"))
    with pytest.raises(IndexRefused, match=r"the index answers 40[45]"):
        upload(server.url + "elsewhere/", place, keeper.key("acme"))


def test_submissions_at_once_all_count(keeper: Keeper, server: Server) -> None:
    """Eight at the same time from eight publishers, and the maintainer beside: each is there, the journal verifies."""
    import threading

    made = []
    for number in range(8):
        who = f"p{number}"
        keeper.publisher(who, f"{who}tool{chr(97 + number) * 6}")
        name = f"{who}tool{chr(97 + number) * 6}"
        made.append(
            (who, name, keeper.submission(plugin(keeper.folder / who, name, "1.0.0"), publisher=who).read_bytes())
        )
    codes: list[tuple[int, str]] = []
    threads = [
        threading.Thread(target=lambda w=who, d=data: codes.append(server.post(d, server.signed(d, w))))  # type: ignore[misc]
        for who, _, data in made
    ]
    for each in threads:
        each.start()
    for number in range(5):
        with keeper.space.change() as step:
            keeper.space.commit(step, "renew", roles=[str(number)])
    for each in threads:
        each.join()
    assert codes == [(201, "")] * 8
    keeper.reopen()
    from ringfence.index import records

    assert {name for _, name, _ in made} <= set(records.catalogue(keeper.space.repository))
    for place in (keeper.index / "journal", keeper.public / "journal"):
        done = subprocess.run(
            [sys.executable, "-m", "ringfence", "journal", "verify", "--journal", str(place)],
            capture_output=True, check=False, timeout=600, env={**os.environ, "RINGFENCE_STATE": str(keeper.folder)},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_addresses_are_parsed_as_they_are(server: Server) -> None:
    """The port that was printed is the one that answers."""
    assert urlsplit(server.url).port == server.port
    assert json.loads(server.request("GET", "/api/v1/health")[2]) == {"index": "idx", "status": "ok"}
