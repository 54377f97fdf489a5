"""Bounds on a whole cell: cgroup v1 for real (the attacks), v2 against a tree of files, the process tree."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from attacks.harness import Range, plugin_of
from ringfence.cells import bubblewrap, cgroup, owners
from ringfence.errors import SandboxUnavailable
from ringfence.model import Limits, Mount

LIMITS = Limits(
    memory_bytes=64 << 20,
    processes=7,
    cpu_millis=1500,
    cpu_seconds=3,
    wall_millis=1000,
    output_bytes=1,
    result_bytes=1,
    scratch_bytes=1,
    open_files=64,
)
FILES = ("memory.max", "memory.swap.max", "memory.oom.group", "pids.max", "cpu.max", "cgroup.procs")


@pytest.fixture
def v2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of files as cgroup v2 shows it, delegated by name; new groups get their files as in a kernel."""
    (tmp_path / "cgroup.controllers").write_text("cpuset cpu io memory pids\n")
    (tmp_path / "cgroup.subtree_control").write_text("")
    group = tmp_path / "ringfence"
    group.mkdir()
    (group / "cgroup.subtree_control").write_text("")
    monkeypatch.setenv("RINGFENCE_CGROUP", str(tmp_path))
    make = Path.mkdir

    def mkdir(self: Path, *args: object, **kwargs: object) -> None:
        make(self, *args, **kwargs)  # type: ignore[arg-type]
        if self.parent == group:
            for name in FILES:
                (self / name).write_text("")
            (self / "memory.current").write_text("12345\n")
            (self / "cpu.stat").write_text("usage_usec 777\nuser_usec 1\n")
            (self / "memory.events").write_text("low 0\noom 0\noom_kill 0\n")

    monkeypatch.setattr(Path, "mkdir", mkdir)
    return tmp_path


def test_v2_bounds_and_reads(v2: Path) -> None:
    """Every bound is written before the process enters; use and kills are read."""
    found = cgroup.find()
    assert found.kind == "cgroup-v2"
    account = found.open(LIMITS)
    account.hold(4711)
    [group] = [p for p in (v2 / "ringfence").iterdir() if p.is_dir()]
    said = {name: (group / name).read_text() for name in FILES}
    assert said == {
        "memory.max": str(64 << 20),
        "memory.swap.max": "0",
        "memory.oom.group": "1",
        "pids.max": "7",
        "cpu.max": "150000 100000",
        "cgroup.procs": "4711",
    }
    assert account.sample() == cgroup.Sample(12345, 777)
    assert not account.oom()
    (group / "memory.events").write_text("oom_kill 2\n")
    assert account.oom()


def test_v2_without_a_controller_is_not_used(v2: Path) -> None:
    """A group that cannot bound memory is no wall: another accountant is chosen."""
    (v2 / "cgroup.controllers").write_text("cpu pids\n")
    assert cgroup.find().kind != "cgroup-v2"


_AROUND = Path("/sys/fs/cgroup/cpu")


@pytest.mark.skipif(not os.access(_AROUND, os.W_OK), reason="no groups of cgroup v1 can be made here")
@pytest.mark.parametrize(("around", "made"), [(50_000, True), (-1, True), (0, False)])
def test_a_group_around_that_is_narrower_bounds_the_cell(around: int, made: bool) -> None:
    """The kernel refuses a rate above that of the group around, which bounds the cell already; nothing else passes."""
    outer = _AROUND / f"ringfence-test-{os.getpid()}"
    outer.mkdir()
    code = """
import sys
from pathlib import Path
from ringfence.cells import cgroup
group = Path(sys.argv[1]) / "cell"
group.mkdir()
try:
    cgroup._bound_cores(str(group), int(sys.argv[2]))
    print((group / "cpu.cfs_quota_us").read_text())
except OSError:
    print("refused")
finally:
    group.rmdir()
"""
    try:
        if around > 0:
            (outer / "cpu.cfs_quota_us").write_text(str(around))
        wanted = "100000" if made else "1"  # less than the kernel takes
        done = subprocess.run([sys.executable, "-c", code, outer, wanted], capture_output=True, text=True, check=True)
    finally:
        outer.rmdir()
    assert done.stdout.strip() == ("-1" if around > 0 else "100000" if made else "refused")


def test_groups_of_the_dead_are_swept(tmp_path: Path) -> None:
    """What a killed process left is removed; what a living one holds stays."""
    own = owners.name()
    for name in (own, "999999-1-0", f"{os.getpid()}-1-0", "unrelated"):
        (tmp_path / name).mkdir()
    cgroup.V2(tmp_path).sweep()
    assert {p.name for p in tmp_path.iterdir()} == {own, "unrelated"}


def test_process_tree_adds_up_children() -> None:
    """Without a cgroup, memory and time of all descendants count."""
    code = "import os, time; x = bytearray(30 << 20); x[::4096] = b'1' * len(x[::4096]); os.fork(); time.sleep(30)"
    process = subprocess.Popen([sys.executable, "-c", code])
    try:
        account = cgroup.ProcTree().open(replace(LIMITS, cpu_millis=1000))
        account.hold(process.pid)
        for _ in range(2400):
            sample = account.sample()
            if sample and sample.memory_bytes > 60 << 20:
                break
            time.sleep(0.05)
        assert sample is not None
        assert sample.memory_bytes > 60 << 20
        assert len(os.sched_getaffinity(process.pid)) == 1
    finally:
        subprocess.run(["pkill", "-9", "-P", str(process.pid)], check=False)
        process.kill()
        process.wait()


def test_a_part_of_a_core_needs_a_cgroup() -> None:
    """A rate that cannot be kept is refused, not rounded."""
    with pytest.raises(SandboxUnavailable, match="needs a cgroup"):
        cgroup.ProcTree().open(LIMITS)


@pytest.fixture(params=["as found", "process tree"])
def accounts(range_: Range, request: pytest.FixtureRequest) -> tuple[Range, list[str]]:
    """The range with an accountant that notes what is opened and closed."""
    noted: list[str] = []
    whole = range_.accountant if request.param == "as found" else cgroup.ProcTree()

    class Noting:
        kind = whole.kind

        def open(self, limits: Limits) -> cgroup.Account:
            account = whole.open(limits)
            noted.append("open")
            close = account.close
            account.close = lambda: (noted.append("close"), close())
            return account

    return replace(range_, accountant=Noting()), noted


def test_a_cell_that_cannot_be_made_says_why_and_leaves_no_account(accounts: tuple[Range, list[str]]) -> None:
    """What bwrap said is told, whether the account was there already or not."""
    range_, noted = accounts
    gone = Mount(source="/nowhere", target="/granted/x", writable=False, grant="read.x")
    with plugin_of("pass") as folder:
        plan = range_.plan("bubblewrap", range_.profile(folder, gone))
        with pytest.raises(SandboxUnavailable, match="Can't find source path /nowhere"), range_.made(plan):
            pass
    assert noted == ["open", "close"]


@pytest.mark.parametrize("accounts", ["process tree"], indirect=True)  # one that the parent puts the guest into
def test_nobody_else_speaks_for_a_cell(accounts: tuple[Range, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that is bounded is the one that says it is ready, or there is no cell."""
    range_, noted = accounts
    other = subprocess.Popen(["sleep", "60"])
    monkeypatch.setattr(bubblewrap, "_first_process", lambda *_: other.pid)
    try:
        with plugin_of("pass") as folder:
            plan = range_.plan("bubblewrap", range_.profile(folder))
            threading.Timer(3, other.kill).start()  # its group is removed once it is dead
            with pytest.raises(SandboxUnavailable, match="somebody other"), range_.made(plan):
                pass
    finally:
        other.kill()
        other.wait()
    assert noted == ["open", "close"]
