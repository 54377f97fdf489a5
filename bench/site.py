"""The pages of an index: all of them, nothing changed, one release changed, for 1, 1,000 and 20,000 releases.

Each release is a plugin of its own, with a vetting report and a review that are verified when its page is made. Beside
them stands the floor: the same bytes written into as many files, by nobody who reads or verifies anything.
"""

import hashlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ringfence.index import making, people, places, records, trusted, upkeep, workspace
from ringfence.index.making import Plan
from ringfence.index.record import Record, Status, Version
from ringfence.index.review import CHECKLIST
from ringfence.index.site import settings
from ringfence.index.site.build import build
from ringfence.index.status import set_status
from ringfence.index.workspace import Workspace
from ringfence.signing import statements

_SIZES = (1, 1_000, 20_000)
_WORDS = "count words lines notes files tables dates charts links mails texts names".split()
_FINDING = {
    "step": "static", "rule": "process-asked", "severity": "low", "path": "words.py", "line": 7, "verdict": "warn",
    "message": "It starts a process, which it asks for.", "hint": "",
}  # fmt: skip


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    rows: list[tuple[str, ...]] = []
    for size in (1, 40) if smoke else _SIZES:
        folder = Path(tempfile.mkdtemp(prefix="ringfence-bench-site-"))
        try:
            rows += _rows(Workspace(_index(folder, size), lambda _: b""), size)
        finally:
            shutil.rmtree(folder)
    return rows


def _rows(space: Workspace, size: int) -> Iterator[tuple[str, ...]]:
    said = settings.read(space.folder / workspace.CONFIG)
    what = f"site of {size:,} releases"
    rounds = 1 if size > 5_000 else 3
    whole = [_timed(lambda: _first(space, said)) for _ in range(rounds)]
    floor = [_timed(lambda: _copied(space.public / "site")) for _ in range(rounds)]
    yield _row(f"{what}: every page", whole, "the same files written", floor)
    still = [_timed(lambda: build(space, said)) for _ in range(rounds)]
    yield _row(f"{what}: nothing changed", still, "every page", whole)
    changed = []
    for number in range(rounds):
        set_status(space, _name(0), None, Status.DEPRECATED, f"reason {number}")
        changed.append(_timed(lambda: build(space, said)))
    yield _row(f"{what}: one release changed", changed, "every page", whole)


def _row(name: str, seconds: list[float], beside: str, others: list[float]) -> tuple[str, ...]:
    median, other = statistics.median(seconds), statistics.median(others)
    return (name, f"{median * 1e3:.0f} ms", f"{max(seconds) * 1e3:.0f} ms", f"{beside}: {other * 1e3:.0f} ms",
            f"{median / other:.2f}")  # fmt: skip


def _timed(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def _first(space: Workspace, said: settings.Settings) -> None:
    shutil.rmtree(space.public / "site", ignore_errors=True)
    build(space, said)


def _copied(site: Path) -> None:
    target = site.with_name("floor")
    for place in site.rglob("*"):
        if place.is_file():
            there = target / place.relative_to(site)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(place.read_bytes())
    shutil.rmtree(target)


def _name(number: int) -> str:
    return f"acme-{_WORDS[number % len(_WORDS)]}-{number}"


def _index(folder: Path, size: int) -> Path:
    """An index in one commit, without the publishers' own roles, which pages of releases without a bill do not read."""
    from ringfence.index.policy import Publisher, Reviewer
    from ringfence.signing.keyfiles import create, load, public_dict

    place = folder / "index"
    making.init(place, Plan(name="bench", root_keys=1, root_threshold=1, reviews=1, passphrase=None))
    space = Workspace(place, lambda _: b"")
    for name in ("acme", "alice"):
        create(folder / f"{name}.pem", None)
    acme, alice = (load(folder / f"{name}.pem", lambda _: b"") for name in ("acme", "alice"))
    publisher = Publisher(owns=("acme-*",), keys=(acme.public_key.keyid,))
    people.add_publisher(space, "acme", publisher, [acme.public_key], 1)
    people.set_reviewer(space, "alice", Reviewer(key=public_dict(alice.public_key)))
    vetting = space.signer("vetting")
    targets: dict[str, bytes] = {}
    catalogue = {}
    for number in range(size):
        record = _record(number)
        about = {places.archive(record.name, "1.0.0"): record.versions["1.0.0"].archive.removeprefix("sha256:")}
        report = {"verdict": "warn", "steps": [{"findings": [_FINDING] * 3, "unexamined": []}]}
        review = {"decision": trusted.APPROVE, "reviewer": "alice", "reason": "I read all of it.", "time": "2026-01-02",
                  "checklist": {what: True for what, _ in CHECKLIST}}  # fmt: skip
        targets[places.record(record.name)] = record.to_bytes()
        targets[places.evidence(record.name, "1.0.0", "vetting.json")] = statements.signed(
            "urn:ringfence:vetting:1", about, report, vetting
        )
        targets[places.evidence(record.name, "1.0.0", trusted.review_file("alice"))] = statements.signed(
            trusted.REVIEW, about, review, alice
        )
        catalogue[record.name] = records.entry(record)
    targets[places.CATALOGUE] = records.catalogue_bytes(catalogue)
    _put(space, targets)
    if len(targets) > upkeep.FLAT_LIMIT:
        upkeep.rebin(space)
    return place


def _put(space: Workspace, targets: dict[str, bytes]) -> None:
    """All of it in one commit, and the files without waiting for the disk."""
    from tuf.api.metadata import TargetFile

    with space.change() as step:
        role = step.edit(places.RECORDS)
        for path, data in targets.items():
            sha256 = hashlib.sha256(data).hexdigest()
            blob = space.repository.blob(path, sha256)
            blob.parent.mkdir(parents=True, exist_ok=True)
            blob.write_bytes(data)
            role.targets[path] = TargetFile(len(data), {"sha256": sha256}, path)
        space.commit(step, "publish", releases=len(targets) // 3)


def _record(number: int) -> Record:
    version = Version(
        archive=f"sha256:{hashlib.sha256(str(number).encode()).hexdigest()}",
        length=4096,
        tree=f"sha256:{'1' * 64}",
        published=f"2026-01-{number % 28 + 1:02}T00:00:00Z",
        channel=places.STABLE,
        status=Status.FINE,
        permissions={"network": ["api.example.com:443"], "read": {"input": "what to count in"}},
        methods=("count",),
        license="Apache-2.0",
        vetting="warn",
        approvals=("alice",),
        reviewed="2026-01-02T00:00:00Z",
    )
    summary = f"Counts {_WORDS[number % len(_WORDS)]} of the kind {number}."
    return Record(name=_name(number), publisher="acme", summary=summary, versions={"1.0.0": version})
