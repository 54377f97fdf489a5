"""The server: fair, bounded, and nothing lost, whoever calls and however it ends."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Desk

CODE = """
import time
class Plugin:
    def echo(self, x=None):
        return x
    def wait(self, seconds):
        time.sleep(seconds)
        return seconds
"""


class Client:
    """One connection: lines out, lines in."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(600)
        self.socket.connect(str(path))
        self.lines = self.socket.makefile("rb")

    def send(self, *messages: object) -> None:
        """Say something."""
        self.socket.sendall(b"".join(json.dumps(m).encode() + b"\n" for m in messages))

    def call(self, name: str, method: str, **arguments: object) -> None:
        """Ask for a call."""
        self.send({"id": name, "plugin": "probe", "method": method, "arguments": arguments})

    def read(self) -> dict:
        """The next answer."""
        return json.loads(self.lines.readline())

    def close(self) -> None:
        """Go away."""
        self.lines.close()
        self.socket.close()


class Serving:
    """A running server."""

    def __init__(self, desk: Desk, *words: str) -> None:
        self.desk = desk
        self.path = desk.folder / "socket"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ringfence", "serve", "--socket", str(self.path), *words],
            stderr=subprocess.PIPE,
            env=desk.environment,
            cwd=desk.folder,
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        assert b"serving on" in line, line + self.process.stderr.read()

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=600)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code


@pytest.fixture
def granted(desk: Desk) -> Desk:
    """A desk with the plugin granted."""
    desk.grant(desk.plugin(CODE, "echo", "wait"))
    return desk


@contextlib.contextmanager
def serving(desk: Desk, *words: str) -> Iterator[Serving]:
    """A server for the time of a block."""
    server = Serving(desk, *words)
    try:
        yield server
    finally:
        server.stop()


def _until_calls_run(desk: Desk, count: int) -> None:
    """Wait until so many calls are on record: they run, or have done so."""
    ends = time.monotonic() + 300
    while sum(r["type"] == "call" for r in desk.journal()) < count:
        assert time.monotonic() < ends


def test_calls_and_records(granted: Desk) -> None:
    """Answers bear their ids; the journal names the peer of the socket."""
    with serving(granted) as server:
        client = Client(server.path)
        for n in range(5):
            client.call(str(n), "echo", x=n)
        answers = [client.read() for _ in range(5)]
        client.close()
    assert {a["id"]: a["envelope"]["data"]["result"] for a in answers} == {str(n): n for n in range(5)}
    assert {a["envelope"]["data"]["isolation"]["cell"] for a in answers} == {"prefork"}
    callers = [r["caller"] for r in granted.journal() if r["type"] == "call"]
    assert callers == [{"uid": os.getuid(), "gid": os.getgid(), "pid": os.getpid(), "via": "socket"}] * 5


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"nonsense\n", "not JSON"),
        (b"[]\n", "must be a JSON object"),
        (b'{"id": 1, "plugin": "probe", "method": "echo"}\n', "must be strings"),
        (b'{"id": "1", "plugin": "probe", "method": "echo", "extra": 1}\n', "unknown key 'extra'"),
        (b'{"id": "1", "id": "2"}\n', "twice"),
    ],
)
def test_bad_lines(granted: Desk, line: bytes, said: str) -> None:
    """A line that makes no sense is answered as such, and the next one is served."""
    with serving(granted) as server:
        client = Client(server.path)
        client.socket.sendall(line)
        answer = client.read()
        assert answer["id"] == ("1" if b"extra" in line else None)
        assert said in answer["envelope"]["data"]["error"]
        client.call("ok", "echo", x=1)
        assert client.read()["envelope"]["success"]
        client.close()


def test_cancel(granted: Desk) -> None:
    """A running and a waiting call can be taken back; both are answered as cancelled, and on record."""
    with serving(granted, "--workers", "1") as server:
        client = Client(server.path)
        client.call("running", "wait", seconds=20)
        client.call("waiting", "wait", seconds=20)
        _until_calls_run(granted, 1)
        client.send({"cancel": "running"}, {"cancel": "waiting"}, {"cancel": "unknown"})
        codes = {a["id"]: a["envelope"]["data"]["code"] for a in (client.read(), client.read())}
        client.close()
    assert codes == {"running": "cancelled", "waiting": "cancelled"}
    assert [r["code"] for r in granted.journal() if r["type"] in ("outcome", "refusal")] == ["cancelled"] * 2


def test_caller_that_goes_away_takes_its_calls_back(granted: Desk) -> None:
    """Nobody computes for a caller who left."""
    with serving(granted, "--workers", "1") as server:
        gone = Client(server.path)
        gone.call("1", "wait", seconds=25)
        _until_calls_run(granted, 1)
        gone.close()
        client = Client(server.path)
        client.call("2", "echo", x=2)
        assert client.read()["envelope"]["success"]
        client.close()
    assert [r["code"] for r in granted.journal() if r["type"] == "outcome"] == ["cancelled", "ok"]


def test_full_queue_is_busy(granted: Desk) -> None:
    """More than the queue holds is answered `busy` at once; what was taken is served."""
    with serving(granted, "--workers", "1", "--queue", "2") as server:
        client = Client(server.path)
        client.call("0", "wait", seconds=30)
        _until_calls_run(granted, 1)
        for n in range(1, 6):
            client.call(str(n), "echo", x=n)
        busy = [client.read() for _ in range(3)]
        client.send({"cancel": "0"})
        answers = {a["id"]: a["envelope"] for a in [*busy, *(client.read() for _ in range(3))]}
        client.close()
    assert {a["envelope"]["data"]["code"] for a in busy} == {"busy"}
    assert sorted(a["data"].get("code", "ok") for a in answers.values()) == ["busy"] * 3 + ["cancelled", "ok", "ok"]


def test_fair_between_callers(granted: Desk) -> None:
    """One caller with many calls does not keep another waiting behind all of them."""
    with serving(granted, "--workers", "1") as server:
        greedy, modest = Client(server.path), Client(server.path)
        for n in range(40):
            greedy.call(str(n), "wait", seconds=1)
        _until_calls_run(granted, 1)
        modest.call("m", "echo", x=1)
        assert modest.read()["envelope"]["success"]
        assert sum(r["type"] == "outcome" for r in granted.journal()) < 40
        greedy.close()
        modest.close()


def test_graceful_stop_answers_what_it_took(granted: Desk) -> None:
    """SIGTERM: every call that was taken is answered and on record, then the server ends with 0."""
    server = Serving(granted, "--workers", "2")
    client = Client(server.path)
    for n in range(8):
        client.call(str(n), "wait", seconds=0.2)
    first = client.read()  # by then all have been taken: they came before it was answered
    server.process.send_signal(signal.SIGTERM)
    answers = [first, *(client.read() for _ in range(7))]
    assert server.stop() == 0
    client.close()
    assert all(a["envelope"]["success"] for a in answers)
    assert not server.path.exists()
    assert sum(r["type"] == "outcome" for r in granted.journal()) == 8


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can call as somebody else")
def test_other_users_are_refused(granted: Desk) -> None:
    """Only this user may call, unless another is named; the kernel says who calls."""
    script = (
        "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]);"
        's.sendall(b\'{"id":"1","plugin":"probe","method":"echo"}\\n\'); print(s.recv(9))'
    )
    as_user = ["setpriv", "--reuid", "65531", "--regid", "65531", "--clear-groups", "/usr/bin/python3", "-c", script]
    with serving(granted) as server:
        assert server.path.stat().st_mode & 0o777 == 0o600
        server.path.chmod(0o666)  # even so
        done = subprocess.run([*as_user, str(server.path)], capture_output=True, text=True, check=False)
        assert "success" not in done.stdout
        assert "b''" in done.stdout or "ConnectionResetError" in done.stderr or "BrokenPipe" in done.stderr
    with serving(granted, "--allow-uid", "65531") as server:
        done = subprocess.run([*as_user, str(server.path)], capture_output=True, text=True, check=False)
        assert done.stdout.startswith('b\'{"id":')
    assert [r["caller"]["uid"] for r in granted.journal() if r["type"] == "call"] == [65531]


def test_stale_socket_is_replaced_and_a_live_one_is_not(granted: Desk) -> None:
    """What a killed server left is no obstacle; a server that answers is not pushed aside."""
    server = Serving(granted)
    again = granted.run("serve", "--socket", str(server.path))
    assert (again.returncode, "another server answers" in again.stderr) == (2, True)
    server.process.kill()
    server.stop()
    assert server.path.exists()
    with serving(granted) as second:
        client = Client(second.path)
        client.call("1", "echo", x=1)
        assert client.read()["envelope"]["success"]
        client.close()


def test_stdio(granted: Desk) -> None:
    """Standard input is served to its end, and every line of it answered."""
    lines = [{"id": str(n), "plugin": "probe", "method": "echo", "arguments": {"x": n}} for n in range(3)]
    done = granted.run("serve", "--stdio", input=b"".join(json.dumps(x).encode() + b"\n" for x in lines))
    assert done.returncode == 0, done.stderr
    answers = [json.loads(x) for x in done.stdout.splitlines()]
    assert {a["id"]: a["envelope"]["data"]["result"] for a in answers} == {"0": 0, "1": 1, "2": 2}


@pytest.mark.parametrize("cell", ["prefork", "bubblewrap"])
def test_dead_cells_and_makers_are_replaced(granted: Desk, cell: str) -> None:
    """Whoever kills what waits in the pool makes the next call slower, not wrong."""
    with serving(granted, "--cell", cell) as server:
        client = Client(server.path)
        client.call("1", "echo", x=1)
        assert client.read()["envelope"]["success"]
        time.sleep(0.5)
        for pid in _cells_of(server.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # One that is dying while it is given to a call may still take that call with it: as often as cells wait.
        for number in range(2, 6):
            client.call(str(number), "echo", x=number)
            answer = client.read()["envelope"]
            if answer["success"]:
                break
            assert answer["data"]["code"] in ("plugin-crashed", "sandbox-unavailable")
        assert answer["success"]
        client.close()


def _cells_of(server: int) -> list[int]:
    """The bubblewrap processes that a server started."""
    found = []
    for task in Path(f"/proc/{server}/task").iterdir():
        for pid in (task / "children").read_text().split():
            if b"bwrap" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(int(pid))
    return found


REQUEST = b'{"id": "1", "plugin": "probe", "method": "echo", "arguments": {"x": 7}}'


@pytest.mark.parametrize("out", ["file", "pipe"])
@pytest.mark.parametrize("given", ["file", "pipe", "nothing"])
def test_standard_streams_of_every_kind(granted: Desk, given: str, out: str) -> None:
    """Requests may come from a file and answers go to one; without requests there are none."""
    wanted, answers = granted.folder / "wanted", granted.folder / "answers"
    wanted.write_bytes(REQUEST + b"\n")
    source = {"file": f"< {wanted}", "pipe": f"< <(cat {wanted})", "nothing": "< /dev/null"}[given]
    target = f"> {answers}" if out == "file" else f"| cat > {answers}"
    command = f'set -o pipefail; "{sys.executable}" -m ringfence serve --stdio {source} {target}'
    done = subprocess.run(["bash", "-c", command], env=granted.environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    results = [json.loads(line)["envelope"]["data"]["result"] for line in answers.read_bytes().splitlines()]
    assert results == ([] if given == "nothing" else [7])


@pytest.mark.parametrize(("target", "code"), [("> /dev/full", 47), ("| true; exit ${PIPESTATUS[0]}", 141)])
def test_answers_that_are_lost_are_no_success(granted: Desk, target: str, code: int) -> None:
    """Where the answers cannot be written the server ends, and says so by its exit code."""
    command = f"""(echo '{REQUEST.decode()}'; sleep 1) | "{sys.executable}" -m ringfence serve --stdio {target}"""
    command = command.replace("PIPESTATUS[0]", "PIPESTATUS[1]")
    done = subprocess.run(["bash", "-c", command], env=granted.environment, capture_output=True, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


def test_lines_behind_a_bad_one_are_served(granted: Desk) -> None:
    """A line that is too long is passed over; one with an id of its own is answered to that id."""
    odd = b'{"id": "odd", "plugin": 5, "method": "echo"}\n'
    done = granted.run("serve", "--stdio", input=b"x" * 9_000_000 + b"\n" + odd + REQUEST)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["id"], a["envelope"]["success"]) for a in answers] == [(None, False), ("odd", False), ("1", True)]


def test_stopping_prints_nothing_of_its_own(granted: Desk) -> None:
    """A connection that is open and idle when the server stops is closed without a word on standard error."""
    with serving(granted) as server:
        client = Client(server.path)
        server.process.send_signal(signal.SIGTERM)
        _, said = server.process.communicate(timeout=600)
        assert said == b""
        client.close()
