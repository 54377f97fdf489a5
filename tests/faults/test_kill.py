"""kill -9 at random points: nothing runs on, nothing is left, no answer without its record."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Desk
from ringfence.cells import owners

ROUNDS = int(os.environ.get("RINGFENCE_FAULT_ROUNDS", "100"))
CODE = """
import time
class Plugin:
    def work(self, seconds):
        time.sleep(seconds)
        return seconds
"""


@pytest.fixture
def granted(desk: Desk) -> Desk:
    """A desk with one plugin, called once so that everything is built."""
    desk.grant(desk.plugin(CODE, "work"))
    assert desk.call("probe", "work", {"seconds": 0})["success"]
    return desk


def _ours(desk: Desk) -> list[int]:
    """Processes that show this desk's state in their arguments or root: cells, their bwrap, our commands."""
    marker = str(desk.state).encode()
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if int(pid) != os.getpid() and (
                marker in Path(f"/proc/{pid}/cmdline").read_bytes()
                or marker in Path(f"/proc/{pid}/environ").read_bytes()
                or marker in Path(f"/proc/{pid}/mountinfo").read_bytes()
            ):
                found.append(int(pid))
    return found


def _gone(desk: Desk) -> list[int]:
    """What is still there after a moment of grace."""
    for _ in range(2400):
        left = _ours(desk)
        if not left:
            break
        time.sleep(0.05)
    return left


def _groups(pids: set[int]) -> list[str]:
    """cgroups that these processes, which are gone, made and that nobody removed."""
    found = []
    for path in Path("/sys/fs/cgroup").glob("*/**/ringfence/*-*-*"):
        if int(path.name.partition("-")[0]) in pids and owners.gone(path.name):
            found.append(str(path))
    return found


def _check(desk: Desk) -> None:
    """Nothing runs, no group stays once somebody starts again, the journal verifies."""
    left = _gone(desk)
    assert left == [], [Path(f"/proc/{p}/{n}").read_bytes()[:700] for p in left for n in ("cmdline", "status", "stack")]
    done = desk.run("journal", "verify")
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_shot_killed_at_random_points(granted: Desk) -> None:
    """`ringfence run`, killed anywhere: its cell dies with it; if it had answered, both records are there."""
    rng = random.Random(1)
    answered, killed = [], set[int]()
    for _ in range(ROUNDS):
        process = subprocess.Popen(
            [sys.executable, "-m", "ringfence", "run", "probe", "work", '{"seconds": 0.02}'],
            stdout=subprocess.PIPE,
            env=granted.environment,
            cwd=granted.folder,
        )
        time.sleep(rng.uniform(0, 0.3))
        killed.add(process.pid)
        process.kill()
        said = process.communicate()[0]
        if said.endswith(b"}\n"):
            answered.append(json.loads(said)["request_id"])
    _check(granted)
    records = granted.journal()
    for request_id in answered:
        assert [r["type"] for r in records if r.get("request_id") == request_id] == ["call", "outcome"]
    assert granted.call("probe", "work", {"seconds": 0})["success"]
    assert _groups(killed) == []


@pytest.mark.parametrize("cell", ["bubblewrap", "prefork"])
def test_parts_killed_under_a_server(granted: Desk, cell: str) -> None:
    """The guest, bwrap or the maker killed while calls run: each call is answered, and on record."""
    rng = random.Random(2)
    server = subprocess.Popen(
        [sys.executable, "-m", "ringfence", "serve", "--stdio", "--cell", cell, "--ready", "2", "--workers", "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=granted.environment,
        cwd=granted.folder,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    answers = []
    for number in range(ROUNDS):
        line = {"id": str(number), "plugin": "probe", "method": "work", "arguments": {"seconds": 0.03}}
        server.stdin.write(json.dumps(line).encode() + b"\n")
        server.stdin.flush()
        time.sleep(rng.uniform(0, 0.06))
        inside = [p for p in _ours(granted) if p != server.pid and _below(p, server.pid)]
        if inside:
            with contextlib.suppress(ProcessLookupError):
                os.kill(rng.choice(inside), signal.SIGKILL)
        answers.append(json.loads(server.stdout.readline()))
    server.stdin.close()
    assert server.wait(timeout=600) == 0
    server.stdout.close()
    words = {a["envelope"]["data"].get("code", "ok") for a in answers}
    assert words <= {"ok", "plugin-crashed", "sandbox-unavailable"}
    assert "ok" in words
    _check(granted)
    records = granted.journal()
    for answer in answers:
        kinds = [r["type"] for r in records if r.get("request_id") == answer["envelope"]["request_id"]]
        assert kinds in (["call", "outcome"], ["refusal"])
    assert _groups({server.pid}) == []


def _below(pid: int, ancestor: int) -> bool:
    """Whether a process descends from another, and is not one of our Python helpers."""
    for _ in range(6):
        try:
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            return False
        if parent == ancestor:
            return True
        pid = parent
    return False


@pytest.mark.parametrize("cell", ["bubblewrap", "prefork"])
def test_server_killed(granted: Desk, cell: str) -> None:
    """The server itself killed with calls running and cells waiting: all of them are gone at once."""
    rng = random.Random(3)
    killed = set[int]()
    for _ in range(max(ROUNDS // 10, 3)):
        server = subprocess.Popen(
            [sys.executable, "-m", "ringfence", "serve", "--stdio", "--cell", cell, "--ready", "3"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=granted.environment,
            cwd=granted.folder,
        )
        assert server.stdin is not None
        for number in range(3):
            line = {"id": str(number), "plugin": "probe", "method": "work", "arguments": {"seconds": 5}}
            server.stdin.write(json.dumps(line).encode() + b"\n")
        server.stdin.flush()
        time.sleep(rng.uniform(0.1, 0.9))
        killed.add(server.pid)
        server.kill()
        server.wait()
        with contextlib.suppress(BrokenPipeError):
            server.stdin.close()
        assert _gone(granted) == []
    _check(granted)
    assert granted.call("probe", "work", {"seconds": 0})["success"]
    assert _groups(killed) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
@pytest.mark.parametrize("options", ["size=16k", "ro"])
def test_journal_that_cannot_be_written_refuses_calls(granted: Desk, options: str) -> None:
    """A full or read-only disk: exit code 20, one sentence, and the plugin does not run."""
    out = granted.folder / "out"
    out.mkdir()
    out.chmod(0o777)
    code = "class Plugin:\n    def mark(self):\n        open('/granted/out/ran', 'w').close()\n"
    folder = granted.plugin(code, "mark", name="marker", extra='[permissions.write]\nout = ""\n')
    granted.grant(folder, "--all-methods", "--write", f"out={out}")
    small = granted.folder / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(small)], check=True)
    try:
        if options != "ro":
            with contextlib.suppress(OSError):
                (small / "filler").write_bytes(b"x" * (1 << 20))
        granted.config.write_text(f'[journal]\npath = "{small}/journal"\n' + granted.config.read_text())
        answer = granted.call("marker", "mark")
        assert (answer["exit"], answer["data"]["code"]) == (20, "journal-unavailable")
        assert not (out / "ran").exists()
    finally:
        subprocess.run(["umount", str(small)], check=True)
