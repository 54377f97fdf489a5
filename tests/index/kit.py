"""An index for tests, quickly: keys without a passphrase, a publisher, a reviewer, small plugins, and a host that lies.

`Keeper` is a maintainer with an index; `Author` makes submissions; `Host` serves a folder over loopback HTTP, and
answers as a test says where that wants to attack; `User` has a state of their own and types commands.
"""

import contextlib
import hashlib
import http.server
import io
import json
import os
import re
import shutil
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata

from ringfence.cli.main import main
from ringfence.index import accept, making, people, places, policy, publish, review, workspace
from ringfence.index.accept import Accepted
from ringfence.index.client import Client, Source
from ringfence.index.fetch import Fetcher
from ringfence.index.making import Plan
from ringfence.index.repository import Change, change
from ringfence.index.workspace import Workspace
from ringfence.network.watch import Bounds
from ringfence.signing.keyfiles import create, load, public_dict

CHECKED = {what: True for what, _ in review.CHECKLIST}
QUICK = Bounds(deadline=120, silence=60, rate=1, grace=120, resumptions=3, redirects=5)

MANIFEST = """\
name = "{name}"
version = "{version}"
description = "{description}"
license = "Apache-2.0"

[entry]
module = "{module}"
class = "Plugin"

[methods.count]
description = "How many words a text has."
arguments = {{ type = "object", properties = {{ text = {{ type = "string" }} }}, additionalProperties = false }}
result = {{ type = "integer" }}
{more}"""

CODE = '''\
"""Counts."""


class Plugin:
    """Counts."""

    def count(self, text: str = "") -> int:
        """How many words a text has."""
        return len(text.split())
'''


def plugin(folder: Path, name: str, version: str, *, code: str = CODE, more: str = "", text: str = "Counts.") -> Path:
    """Write a small plugin."""
    folder.mkdir(parents=True, exist_ok=True)
    module = name.replace("-", "_")
    said = MANIFEST.format(name=name, version=version, module=module, more=more, description=text)
    (folder / "plugin.toml").write_text(said)
    (folder / f"{module}.py").write_text(code)
    return folder


def no_passphrase(_: str) -> bytes:
    """The keys of tests lie in the clear."""
    raise AssertionError("no key of the tests has a passphrase")


def key(folder: Path, name: str) -> CryptoSigner:
    """A key pair in a file; the same one when it is asked for again."""
    place = folder / f"{name}.pem"
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        create(place, None)
    return load(place, no_passphrase)


class Keeper:
    """A maintainer with an index in `folder/idx`, and the keys of everybody in `folder/people`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = folder / "idx"
        self.people = folder / "people"
        self._count = 0
        self.reopen()

    @classmethod
    def new(cls, folder: Path, *, reviews: int = 1, root_keys: int = 1, root_threshold: int = 1) -> "Keeper":
        """An index with the publisher acme (`acme-*`) and the reviewer alice."""
        folder.mkdir(parents=True, exist_ok=True)
        plan = Plan(name="idx", root_keys=root_keys, root_threshold=root_threshold, reviews=reviews, passphrase=None)
        making.init(folder / "idx", plan)
        made = cls(folder)
        made.publisher("acme", "acme-*")
        made.reviewer("alice")
        return made

    def reopen(self) -> None:
        """As another process would see it."""
        self.space = Workspace(self.index, no_passphrase)

    @property
    def public(self) -> Path:
        """What is hosted."""
        return self.index / "public"

    @property
    def fingerprint(self) -> str:
        """Of the first root."""
        return workspace.fingerprint(self.public)

    def key(self, name: str) -> CryptoSigner:
        """Somebody's key."""
        return key(self.people, name)

    def publisher(self, name: str, *owns: str, keys: tuple[str, ...] = (), threshold: int = 1) -> None:
        """Add or change a publisher; the key is called as they are."""
        found = [self.key(each).public_key for each in keys or (name,)]
        known = self.space.policy().publishers.get(name)
        made = policy.Publisher(
            owns=tuple(dict.fromkeys([*(known.owns if known else ()), *owns])), keys=tuple(k.keyid for k in found)
        )
        people.add_publisher(self.space, name, made, found, threshold)

    def reviewer(self, name: str, *, publisher: str = "", who: str = "") -> None:
        """Add a reviewer."""
        found = public_dict(self.key(who or name).public_key)
        people.set_reviewer(self.space, name, policy.Reviewer(key=found, publisher=publisher))

    def known(self, publisher: str) -> "Metadata[Any] | None":
        """A publisher's role as it stands."""
        role = places.publisher_role(publisher)
        self.space.repository.refresh()
        return self.space.repository.last(role) if self.space.repository.has_role(role) else None

    def submission(self, folder: Path, *, publisher: str = "acme", who: str = "") -> Path:
        """A submission of a plugin's folder."""
        self._count += 1
        target = self.folder / f"{self._count}.submission"
        publish.make(folder, self.known(publisher), self.key(who or publisher), target)
        return target

    def publish(self, name: str = "acme-words", version: str = "1.0.0", *, publisher: str = "acme", who: str = "",
                code: str = CODE, more: str = "") -> Accepted:  # fmt: skip
        """Publish a small plugin into the channel candidate."""
        self._count += 1
        folder = plugin(self.folder / "plugins" / f"{self._count}", name, version, code=code, more=more)
        return accept.accept(self.space, self.submission(folder, publisher=publisher, who=who), None)

    def approve(self, name: str = "acme-words", version: str = "1.0.0", who: str = "alice", *, ok: bool = True) -> str:
        """Review a release; gives the channel in which it is then."""
        done = review.decide(
            self.space, name, version, reviewer=who, signer=self.key(who), approve=ok, reason="read it", checked=CHECKED
        )
        return done.channel

    def stable(self, name: str = "acme-words", version: str = "1.0.0", **more: Any) -> None:
        """Publish and approve."""
        self.publish(name, version, **more)
        self.approve(name, version)

    @contextlib.contextmanager
    def online(self, *, days: float = 0) -> Iterator[Change]:
        """A change with whatever keys lie in the index: the attacker who holds them. `days` moves the clock."""
        now = datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)
        with change(self.space.repository, self.space.keyring, now=now) as step:
            yield step

    def client(self, folder: Path, url: str, *, bounds: Bounds = QUICK, fingerprint: str = "") -> Client:
        """A client with a cache in `folder`, pinned to the first root."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "root.json").write_bytes((self.public / "metadata" / "1.root.json").read_bytes())
        source = Source(name="idx", url=url, root=fingerprint or self.fingerprint)
        return Client(source, folder, Fetcher(bounds))


class User:
    """Somebody with a state of their own; `run` types a command, in this process."""

    def __init__(self, folder: Path, environment: Callable[[str, str], None]) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.state.mkdir(parents=True, mode=0o755)
        (folder / "ringfence.toml").touch()
        self._set = environment
        self.code = 0
        self.out = ""
        self.err = ""

    def run(self, *words: object) -> int:
        """`ringfence WORDS`; the exit code, and `out` and `err`."""
        self._set("RINGFENCE_STATE", str(self.state))
        self._set("RINGFENCE_CONFIG", str(self.folder / "ringfence.toml"))
        out, err = io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.chdir(self.folder):
                self.code = main([str(word) for word in words])
        finally:
            import gc

            gc.enable()
            self.out, self.err = out.getvalue(), err.getvalue()
        return self.code

    def ok(self, *words: object) -> str:
        """A command that has to succeed; what it printed."""
        assert self.run(*words) == 0, self.out + self.err
        return self.out

    def json(self, *words: object) -> Any:
        """The same, as JSON."""
        return json.loads(self.ok(*words, "--json"))

    def refused(self, code: int, sentence: str, *words: object) -> None:
        """A command that has to fail with this exit code, and these words in one sentence."""
        assert self.run(*words) == code, self.out + self.err
        assert sentence in self.err, self.err
        assert "Traceback" not in self.err

    def add(self, url: str, fingerprint: str, name: str = "idx") -> None:
        """Use an index."""
        self.ok("index", "add", name, url, "--root-fingerprint", fingerprint)

    def installed(self) -> list[str]:
        """Name and version of what is installed."""
        return [f"{each['name']} {each['version']}" for each in self.json("list")]


#: Answers a request by itself; the handler's `wfile` and `send_response` are there for it.
Answer = Callable[["Handler"], None]


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves files, unless the test answers."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = (
        True  # head and body are two writes: the second would wait for the first to be acknowledged
    )
    host: "Host"

    def do_GET(self) -> None:
        """One request."""
        path = self.path.lstrip("/")
        self.host.requests.append((path, dict(self.headers)))
        for pattern, answer in self.host.answers.items():
            if re.fullmatch(pattern, path):
                try:
                    answer(self)
                except OSError:
                    self.close_connection = True
                return
        self.file(path)

    def file(self, path: str) -> None:
        """A file of the folder, with ranges."""
        place = self.host.folder / path
        if not place.is_file():
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.body(place.read_bytes())

    def body(self, data: bytes, status: int = 200, **headers: str) -> None:
        """A whole answer, or the range that was asked for."""
        start = 0
        tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        asked = self.headers.get("Range", "")
        if status == 200 and asked.startswith("bytes=") and self.headers.get("If-Range", tag) == tag:
            start = int(asked[6:].rstrip("-"))
            status = 206
        self.send_response(status)
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("ETag", tag)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self.wfile.write(data[start:])

    def read(self) -> bytes:
        """What an honest host would send."""
        return (self.host.folder / self.path.lstrip("/")).read_bytes()

    def log_message(self, *_: object) -> None:
        """Silence."""


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no error."""


class Host:
    """A host on loopback; `answers` maps patterns of paths to what is done instead of serving the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        handler = type("Bound", (Handler,), {"host": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.stopping = threading.Event()
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for path, _ in self.requests]

    def stop(self) -> None:
        """End it."""
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()


def copy(source: Path, target: Path) -> Path:
    """A copy of a folder, links and all."""
    shutil.copytree(source, target, symlinks=True)
    return target


def edit_json(place: Path, change: Callable[[Any], None]) -> None:
    """Change a JSON file by hand, as an attacker does."""
    found = json.loads(place.read_bytes())
    change(found)
    place.write_text(json.dumps(found))


def environment(name: str, value: str) -> None:
    """Set a variable for good: for scripts; tests use monkeypatch."""
    os.environ[name] = value
