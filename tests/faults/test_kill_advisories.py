"""kill -9 at random points of an update: the advisories are the old or the new ones, whole, and nothing piles up."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from ringfence.advisories.snapshot import Snapshot

ROUNDS = int(os.environ.get("RINGFENCE_FAULT_ROUNDS", "100")) // 4


def _archive(path: Path, day: int, count: int) -> None:
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.5"}]}]
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            affected = [{"package": {"ecosystem": "PyPI", "name": f"name-{number}"}, "ranges": ranges}]
            record = {"id": f"PYSEC-2026-{number}", "modified": f"2026-11-{day:02}T00:00:00Z", "affected": affected}
            archive.writestr(f"{number}.json", json.dumps(record))


def test_kill_during_update(tmp_path: Path) -> None:
    """Two sources in turn, killed at any moment: what is there always verifies, and is all of one of them."""
    data = tmp_path / "state" / "advisories"
    archives = {}
    for day in (10, 11):
        archives[day] = tmp_path / f"{day}.zip"
        _archive(archives[day], day, 1500 + day)
    command = [sys.executable, "-m", "ringfence", "advisories", "update", "--data", str(data), "--accept-less"]
    started = time.monotonic()
    subprocess.run([*command, str(archives[10])], check=True, capture_output=True)
    whole = time.monotonic() - started
    chance, killed = random.Random(5), 0
    for number in range(ROUNDS):
        started = time.monotonic()
        process = subprocess.Popen([*command, str(archives[11 - number % 2])], stdout=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(0.1, 1.6) * whole)
            whole = min(whole, time.monotonic() - started)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
        with Snapshot.open(data) as held:
            day = int(held.header.newest[8:10])
            assert held.header.records == 1500 + day
            assert len(held.entries("name-1500")) == 1
        assert len(list(data.parent.iterdir())) <= 2, "at most one half-written file, which the next update removes"
    subprocess.run([*command, str(archives[11])], check=True, capture_output=True)
    assert [one.name for one in data.parent.iterdir()] == ["advisories"]
    assert killed
