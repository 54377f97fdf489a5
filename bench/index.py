"""An index of 1, 1,000 and 20,000 releases: what a client fetches and waits for, and what a publication takes.

Each release is a plugin of its own, so that names, records and the catalogue grow as in a real index. The releases are
put in by hundreds in one commit, for the index's own `publish` would take an hour; everything that is measured goes
the ordinary way: over loopback HTTP for clients, with the index's keys for publications. The floor is urllib3, which
fetches the archive and verifies nothing.
"""

import contextlib
import functools
import http.server
import io
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from unittest import mock

import urllib3
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, TargetFile, Targets

from ringfence.index import accept, making, places, policy, publish, records, review, trusted, upkeep, workspace
from ringfence.index.client import Client, Source
from ringfence.index.fetch import Fetcher
from ringfence.index.install import fetch, install
from ringfence.index.making import Plan
from ringfence.index.record import Record, Status, Version
from ringfence.index.repository import utc_now
from ringfence.index.workspace import Workspace
from ringfence.plugins.archive import pack
from ringfence.signing import statements
from ringfence.signing.keyfiles import create, load, public_dict

Row = tuple[str, ...]
_MANIFEST = """\
name = "{name}"
version = "1.0.{patch}"
description = "Counts words, the {number}th way."
license = "Apache-2.0"
[entry]
module = "m"
class = "Plugin"
[methods.count]
description = "How many words a text has."
arguments = {{ type = "object" }}
result = {{ type = "integer" }}
"""
_CODE = "class Plugin:\n    def count(self):\n        return 0\n"
#: So many plugins belong to one publisher.
_A_PUBLISHER = 50


def run(smoke: bool = False) -> list[Row]:
    """Rows of (what, median, p95, beside, ratio)."""
    rows: list[Row] = []
    first: dict[str, float] = {}
    for count in (1, 30) if smoke else (1, 1000, 20_000):
        with tempfile.TemporaryDirectory(prefix="ringfence-bench-") as scratch:
            made = _Made(Path(scratch), count)
            for name, seconds, size in made.measured(1 if smoke else 5):
                median = sorted(seconds)[len(seconds) // 2]
                value = float(size) if size else median
                growth = f"{value / first.setdefault(name, value):.2f}x"
                text = f"{median * 1e3:.1f} ms" + (f", {size:,} bytes" if size else "")
                rows.append((f"index of {count:,}: {name}", text, f"{max(seconds) * 1e3:.1f} ms", "index of 1", growth))
    return rows


class _Made:
    """An index with so many plugins, each with one reviewed release."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.count = count
        self.signer = _key(folder / "people" / "author.pem")
        self.reviewer = _key(folder / "people" / "alice.pem")
        plan = Plan(name="bench", root_keys=1, root_threshold=1, reviews=1, passphrase=None)
        making.init(folder / "idx", plan)
        self.space = Workspace(folder / "idx", lambda _: b"")
        self._people()
        numbers = range(count)
        with mock.patch("os.fsync"):  # what is built here need not survive a power failure
            for start in range(0, count, 2000):
                self._add(numbers[start : start + 2000])
        if count > 500:
            upkeep.rebin(self.space)

    def _people(self) -> None:
        """Publishers in one commit, all with one key; the reviewer."""
        from tuf.api.metadata import DelegatedRole

        known = self.space.policy()
        public = self.signer.public_key
        publishers = {}
        with self.space.change() as step:
            targets = step.edit(places.TARGETS)
            for number in range(0, self.count, _A_PUBLISHER):
                who = f"p{number // _A_PUBLISHER}"
                publishers[who] = policy.Publisher(owns=(f"p{number // _A_PUBLISHER}-*",), keys=(public.keyid,))
                role = places.publisher_role(who)
                workspace.delegated(targets)[role] = DelegatedRole(
                    role, [], 1, terminating=True, paths=publishers[who].paths()
                )
                targets.add_key(public, role)
            reviewers = {"alice": policy.Reviewer(key=public_dict(self.reviewer.public_key))}
            made = policy.Policy(
                index=known.index, reviews=1, publishers=publishers, reviewers=reviewers,
                vetting_keys=known.vetting_keys,
            )  # fmt: skip
            self.space.set_policy(step, made)
            self.space.commit(step, "bench")

    def name(self, number: int) -> str:
        """The name of a plugin."""
        return f"p{number // _A_PUBLISHER}-tool{number}"

    def plugin(self, number: int, patch: int) -> Path:
        """The folder of a plugin."""
        folder = self.folder / "plugin"
        folder.mkdir(exist_ok=True)
        (folder / "m.py").write_text(_CODE)
        (folder / "plugin.toml").write_text(_MANIFEST.format(name=self.name(number), number=number, patch=patch))
        return folder

    def _add(self, numbers: Sequence[int]) -> None:
        """Releases 1.0.0 of these plugins, signed by author and reviewer, in one commit."""
        roles: dict[str, Metadata[Targets]] = {}
        repository = self.space.repository
        with self.space.change() as step:
            known = records.catalogue(repository)
            for number in numbers:
                name = self.name(number)
                archive = self.folder / "archive"
                packed = pack(self.plugin(number, 0), archive)
                path = places.archive(name, "1.0.0")
                step.store(path, archive)
                role = places.publisher_role(name.partition("-")[0])
                if role not in roles:
                    before = dict(repository.role(role).signed.targets) if repository.has_role(role) else {}
                    version = repository.role(role).signed.version + 1 if repository.has_role(role) else 1
                    roles[role] = Metadata(Targets(version, None, utc_now() + timedelta(days=1000), before))
                sha256 = packed.digest.removeprefix("sha256:")
                roles[role].signed.targets[path] = TargetFile(packed.length, {"sha256": sha256}, path)
                said = statements.signed(trusted.REVIEW, {path: sha256}, {"decision": trusted.APPROVE}, self.reviewer)
                step.put(places.evidence(name, "1.0.0", "review-alice.json"), said)
                made = Record(
                    name=name, publisher=name.partition("-")[0], summary=f"Counts words, the {number}th way.",
                    versions={"1.0.0": Version(
                        archive=packed.digest, length=packed.length, tree=packed.tree.digest, published="2026-01-01",
                        channel=places.STABLE, status=Status.FINE, methods=("count",), approvals=("alice",),
                    )},
                )  # fmt: skip
                step.put(places.record(name), made.to_bytes())
                known[name] = records.entry(made)
            step.put(places.CATALOGUE, records.catalogue_bytes(known))
            for role, metadata in roles.items():
                metadata.sign(self.signer)
                step.take(role, metadata, metadata.to_bytes())
            self.space.commit(step, "bench", count=len(numbers))

    def measured(self, times: int) -> Iterator[tuple[str, list[float], int]]:
        """(what, seconds of each time, bytes fetched)."""
        with _served(self.space.public) as url:
            yield from self._clients(url, times)
        seconds = []
        for patch in range(1, times + 1):
            target = self.folder / "submission"
            role = places.publisher_role("p0")
            made = publish.make(self.plugin(0, patch), self.space.repository.last(role), self.signer, target)
            start = time.perf_counter()
            accept.accept(self.space, made.file, None)
            seconds.append(time.perf_counter() - start)
        yield "a publication is taken", seconds, 0
        seconds = []
        for patch in range(1, times + 1):
            start = time.perf_counter()
            review.decide(
                self.space, self.name(0), f"1.0.{patch}", reviewer="alice", signer=self.reviewer, approve=True,
                reason="x", checked={what: True for what, _ in review.CHECKLIST},
            )  # fmt: skip
            seconds.append(time.perf_counter() - start)
        yield "a review is taken", seconds, 0

    def _clients(self, url: str, times: int) -> Iterator[tuple[str, list[float], int]]:
        floor, first, following, search = [], [], [], []
        sizes = [0, 0, 0, 0]
        last = self.count - 1
        path = self.space.repository.find(places.archive(self.name(0), "1.0.0"))
        assert path is not None
        address = url + path.relative_to(self.space.public).as_posix()
        for number in range(times):
            start = time.perf_counter()
            with urllib3.PoolManager() as pool:
                sizes[0] = len(pool.request("GET", address).data)
            floor.append(time.perf_counter() - start)
            cache, state = self.folder / f"cache-{number}", self.folder / f"state-{number}"
            sizes[1], took = self._install(url, cache, state, self.name(0))
            first.append(took)
            sizes[2], took = self._install(url, cache, state, self.name(last))
            following.append(took)
            start = time.perf_counter()
            with self._client(url, cache) as (client, fetcher):
                assert len(client.catalogue()) == self.count
                search.append(time.perf_counter() - start)
                sizes[3] = fetcher.bytes
            shutil.rmtree(cache)
            shutil.rmtree(state)
        yield "the archive, by urllib3 (floor)", floor, sizes[0]
        yield "first install", first, sizes[1]
        yield "install of another plugin", following, sizes[2]
        yield "search", search, sizes[3]

    def _install(self, url: str, cache: Path, state: Path, name: str) -> tuple[int, float]:
        start = time.perf_counter()
        with self._client(url, cache) as (client, fetcher):
            found = fetch(client, name, None, places.STABLE, lambda _: None)
            install(state, client, found, lambda _: None)
            return fetcher.bytes, time.perf_counter() - start

    @contextlib.contextmanager
    def _client(self, url: str, cache: Path) -> Iterator[tuple[Client, Fetcher]]:
        cache.mkdir(exist_ok=True)
        (cache / "root.json").write_bytes((self.space.public / "metadata" / "1.root.json").read_bytes())
        fetcher = Fetcher()
        source = Source(name="bench", url=url, root=workspace.fingerprint(self.space.public))
        with Client(source, cache, fetcher) as client:
            yield client, fetcher


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def _key(place: Path) -> CryptoSigner:
    place.parent.mkdir(parents=True, exist_ok=True)
    create(place, None)
    return load(place, lambda _: b"")
