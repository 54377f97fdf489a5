"""A bubblewrap that was killed before it tied its child's life to its own: the next start ends that child."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Desk
from ringfence import Gate
from ringfence.cells import machine

GROUPS = Path("/sys/fs/cgroup/pids")
CODE = "class Plugin:\n    def echo(self, x=None):\n        return x\n"


class Waiting:
    """A bubblewrap whose child waits in that window, because `--userns-block-fd` keeps it there."""

    def __init__(self, root: Path, *more: str) -> None:
        identity = {"user": 65532, "group": 65532, "extra_groups": []} if os.geteuid() == 0 else {}
        self._block, block = os.pipe()
        told, tell = os.pipe()
        words = ["--unshare-user", "--unshare-pid", "--userns-block-fd", str(self._block), "--info-fd", str(tell)]
        self.process = subprocess.Popen(
            [machine.bubblewrap().path, *words, *more, "--ro-bind", str(root), "/", "--", "/usr/bin/python3"],
            pass_fds=(self._block, tell),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
            env={},
            **identity,  # type: ignore[arg-type]
        )
        self._ends = (self._block, block, told)
        os.close(tell)
        with open(told, "rb", closefd=False) as said:
            self.child = int(json.load(said)["child-pid"])

    def orphan(self) -> None:
        """Kill bubblewrap, and not the child that it did not get to tie to itself."""
        self.process.kill()
        self.process.wait()
        time.sleep(0.1)
        assert self.lives()

    def lives(self) -> bool:
        """Whether the child is there, and no zombie."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{self.child}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        return False

    def close(self) -> None:
        """End what is left of it."""
        for pid in (self.process.pid, self.child):
            if pid == self.child and not self.lives():
                continue
            with contextlib.suppress(ProcessLookupError):
                if pid == self.child or self.process.poll() is None:
                    os.kill(pid, signal.SIGKILL)
        self.process.wait()
        for fd in self._ends:
            os.close(fd)


@pytest.fixture
def granted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with a plugin, whose state and grants this process uses too."""
    desk.grant(desk.plugin(CODE, "echo"))
    assert desk.call("probe", "echo", {"x": 1})["success"]
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    return desk


@contextlib.contextmanager
def waiting(root: Path, *more: str) -> Iterator[Waiting]:
    """One, for the time of a block."""
    made = Waiting(root, *more)
    try:
        yield made
    finally:
        made.close()


def _root(desk: Desk) -> Path:
    """The root of this desk's cells."""
    known = json.loads((desk.state / "runtime" / "current.json").read_text())
    return desk.state / "runtime" / Path(known["path"]).name


def _gone(one: Waiting) -> bool:
    for _ in range(6000):
        if not one.lives():
            return True
        time.sleep(0.02)
    return False


def _start(desk: Desk) -> None:
    """What a server does at its start, and one call."""
    with Gate(cell="prefork", ready=1) as gate:
        assert gate.call("probe", "echo", {"x": 2}).ok


def test_an_orphan_is_ended_by_the_next_start(granted: Desk) -> None:
    """Nobody waits for it any more, so it does not stay."""
    with waiting(_root(granted), "--die-with-parent") as one:
        one.orphan()
        _start(granted)
        assert _gone(one)


@pytest.mark.skipif(not os.access(GROUPS, os.W_OK), reason="no groups of cgroup v1 can be made here")
def test_a_one_shot_call_looks_where_something_was_left(granted: Desk) -> None:
    """A group whose owner was killed is the sign; without one a call does not look through all processes."""
    own = GROUPS / f"ringfence-test-{os.getpid()}"  # so that no other Ringfence on this machine sees the sign
    (own / "ringfence").mkdir(parents=True)
    run = [sys.executable, "-m", "ringfence", "run", "probe", "echo"]
    inside = ["sh", "-c", f'echo $$ > {own}/cgroup.procs && exec "$@"', "sh", *run]
    try:
        with waiting(_root(granted), "--die-with-parent") as one:
            one.orphan()
            subprocess.run(inside, env=granted.environment, check=True, stdout=subprocess.DEVNULL)
            assert one.lives()
            (own / "ringfence" / "999999999-1-0").mkdir()
            subprocess.run(inside, env=granted.environment, check=True, stdout=subprocess.DEVNULL)
            assert _gone(one)
    finally:
        (own / "ringfence").rmdir()
        own.rmdir()


def test_what_is_not_ours_stays(granted: Desk) -> None:
    """A living bubblewrap's child, one that was to outlive its parent, and one of another state are left alone."""
    other = granted.folder / "elsewhere" / _root(granted).name
    other.parent.mkdir()
    other.symlink_to(_root(granted))
    with (
        waiting(_root(granted), "--die-with-parent") as alive,
        waiting(_root(granted)) as wanted,
        waiting(other, "--die-with-parent") as foreign,
    ):
        wanted.orphan()
        foreign.orphan()
        _start(granted)
        time.sleep(0.2)
        assert alive.lives()
        assert alive.process.poll() is None
        assert wanted.lives()
        assert foreign.lives()
