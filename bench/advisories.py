"""Advisories: making a snapshot of as many records as PyPI has, opening it, and holding a thousand pins against it.

The records are made up, with the shape and the number of those that OSV publishes for PyPI. pip-audit is measured where
$RINGFENCE_BENCH_PIP_AUDIT names its executable (from PyPI, in an environment of its own), over the same lock; it asks a
network service, and its row says so where that did not answer.
"""

import json
import os
import random
import subprocess
import tempfile
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import repeat
from ringfence.advisories.dependencies import examine_lock
from ringfence.advisories.snapshot import Snapshot
from ringfence.advisories.update import update

_HASH = "--hash=sha256:" + "0" * 64
_VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N"


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    records, pins, count = (600, 100, 2) if smoke else (30_000, 1_000, 15)
    with tempfile.TemporaryDirectory(prefix="ringfence-bench-advisories-") as name:
        folder = Path(name)
        archive, data, lock = folder / "all.zip", folder / "data", folder / "requirements.lock"
        names = _write_archive(archive, records)
        lock.write_text("".join(f"{one}==1.{number % 40} {_HASH}\n" for number, one in enumerate(_chosen(names, pins))))
        now = datetime.now(UTC)
        started = time.perf_counter()
        update(str(archive), data, now=now)
        seconds = time.perf_counter() - started
        rows = [
            (
                f"snapshot of {records} advisories made",
                f"{seconds:.1f} s",
                f"{data.stat().st_size / 1e6:.1f} MB",
                "",
                "",
            )
        ]
        opened = repeat("snapshot opened and its digest checked", count, lambda: Snapshot.open(data))
        matched = repeat(f"{pins} pins examined, load and all", count, lambda: examine_lock(lock, data=data, now=now))
        rows += [opened.row(), matched.row()]
        if peer := os.environ.get("RINGFENCE_BENCH_PIP_AUDIT"):
            rows.append(_pip_audit(peer, lock, matched.median))
        return rows


def _chosen(names: list[str], count: int) -> list[str]:
    """Half of them with advisories, as no lock has it: the slower case."""
    return [*names[: count // 2], *(f"unknown-{number}" for number in range(count - count // 2))]


def _write_archive(path: Path, count: int) -> list[str]:
    chance = random.Random(1)
    names = [f"package-{number}" for number in range(max(count * 2 // 3, 1))]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            name = names[number % len(names)]
            kind = ("MAL-2026-", "PYSEC-2026-", "GHSA-aaaa-bbbb-")[number % 3]
            edge = chance.randrange(1, 60)
            record = {
                "id": f"{kind}{number}",
                "modified": f"2026-11-{1 + number % 19:02}T10:00:00Z",
                "aliases": [f"CVE-2026-{number // 2}"],
                "summary": "Something is wrong here " * 3,
                "details": "It is long to tell. " * 60,
                "severity": [{"type": "CVSS_V3", "score": _VECTOR}] if number % 2 else [],
                "affected": [
                    {
                        "package": {"ecosystem": "PyPI", "name": name},
                        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": f"1.{edge}"}]}],
                        "versions": [f"1.{minor}" for minor in range(edge)],
                    }
                ],
            }
            archive.writestr(f"{record['id']}.json", json.dumps(record))
    return names


def _pip_audit(peer: str, lock: Path, ours: float) -> tuple[str, ...]:
    started = time.perf_counter()
    command = [peer, "--progress-spinner", "off", "--no-deps", "--disable-pip", "-r", str(lock), "-f", "json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    except subprocess.TimeoutExpired:
        return ("pip-audit, the same lock", "no answer in 300 s", "", "its network service did not answer", "")
    seconds = time.perf_counter() - started
    try:
        audited = [one for one in json.loads(done.stdout)["dependencies"] if "vulns" in one]
    except (ValueError, KeyError):
        audited = []
    said = f"audited {len(audited)}, exit {done.returncode}"
    return ("pip-audit, the same lock", f"{seconds * 1e3:.0f} ms", "", said, f"{seconds / ours:.0f}x")
