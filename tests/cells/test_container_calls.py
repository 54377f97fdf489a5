"""Calls in the container cell, through the command: granted, chosen, journalled, nothing left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from conftest import Desk
from dockerengine import DockerEngine

PROBE = """
import os, time
class Plugin:
    def look(self):
        return {"user": os.getuid(), "root": sorted(os.listdir("/tmp")), "shell": os.path.exists("/bin/sh")}
    def wait(self):
        time.sleep(60)
    def fork(self):
        if os.fork() == 0:
            time.sleep(60)
        return "forked"
"""
METHODS = ("look", "wait", "fork")


def until(holds: Callable[[], bool], seconds: float = 300) -> None:
    """Wait for something that comes soon; it fails where it does not come."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def containers(engine: DockerEngine) -> list[str]:
    """Every container of Ringfence in the engine, running or not."""
    return engine.run("ps", "--all", "--quiet", "--filter", "label=dev.ringfence.owner").split()


def test_call_runs_in_a_container(contained: Desk, engine: DockerEngine) -> None:
    """`run --cell container` answers, says so in the envelope and the journal, and leaves no container."""
    contained.grant(contained.plugin(PROBE, *METHODS))
    answer = contained.call("probe", "look", None, "--cell", "container")
    assert answer["exit"] == 0, answer
    assert answer["data"]["result"] == {"user": 65532, "root": [], "shell": False}
    isolation = answer["data"]["isolation"]
    assert isolation["cell"] == "container"
    assert isolation["engine"].startswith("docker ")
    assert isolation["image"].startswith("sha256:")
    call, outcome = contained.journal()[-2:]
    assert (call["type"], outcome["type"]) == ("call", "outcome")
    assert call["isolation"]["cell"] == "container"
    until(lambda: containers(engine) == [])  # the engine takes it away in its own time
    assert list((contained.state / "runtime" / "containers").iterdir()) == []


def test_grant_names_the_cell(contained: Desk) -> None:
    """A grant's cell is used where the command line names none; the command line's where it does."""
    contained.grant(contained.plugin(PROBE, *METHODS), "--all-methods", "--cell", "container")
    assert 'cell = "container"' in contained.config.read_text()
    assert contained.call("probe", "look")["data"]["isolation"]["cell"] == "container"
    named = contained.call("probe", "look", None, "--cell", "bubblewrap")
    assert named["data"]["isolation"]["cell"] == "bubblewrap"


def test_a_wrong_cell_in_a_grant_is_named(contained: Desk) -> None:
    """With file and line; nothing runs."""
    contained.grant(contained.plugin(PROBE, *METHODS), "--all-methods", "--cell", "container")
    contained.config.write_text(contained.config.read_text().replace('"container"', '"subprocess"'))
    answer = contained.call("probe", "look")
    assert answer["data"]["code"] == "invalid-config"
    assert "there is no cell 'subprocess' for a grant" in answer["data"]["error"]


def test_no_engine_is_a_refusal_and_no_other_cell(contained: Desk) -> None:
    """Nothing falls back: where the engine is missing the call is refused and on record."""
    contained.grant(contained.plugin(PROBE, *METHODS), "--all-methods", "--cell", "container")
    text = contained.config.read_text()
    start = text.index("engine = ")
    line = text[start : text.index("\n", start)]
    for place, said in (
        ("unix:///nonexistent/docker.sock", "no container engine listens on /nonexistent/docker.sock"),
        ("tcp://127.0.0.1:2375", "is not on this machine"),
    ):
        contained.config.write_text(text.replace(line, f'engine = "{place}"'))
        answer = contained.call("probe", "look")
        assert (answer["exit"], answer["data"]["code"]) == (8, "sandbox-unavailable")
        assert said in answer["data"]["error"]
        assert contained.journal()[-1]["code"] == "sandbox-unavailable"


def test_an_unknown_runtime_is_a_refusal(contained: Desk) -> None:
    """`--runtime` is never quietly another; what there is, is named."""
    contained.grant(contained.plugin(PROBE, *METHODS))
    answer = contained.call("probe", "look", None, "--cell", "container", "--runtime", "kata")
    assert answer["data"]["code"] == "sandbox-unavailable"
    assert "has no runtime 'kata'" in answer["data"]["error"]
    named = contained.call("probe", "look", None, "--cell", "container", "--runtime", "runc")
    assert named["data"]["isolation"]["runtime"] == "runc"


def test_explain_shows_the_flags(contained: Desk, engine: DockerEngine) -> None:
    """The plan is printed as `docker run` would take it, and Docker's own client takes it."""
    contained.grant(contained.plugin(PROBE, *METHODS))
    done = contained.run("--json", "explain", "probe", "look", "--cell", "container")
    done = contained.run("explain", "probe", "look", "--cell", "container", "--json")
    plan = json.loads(done.stdout)["plan"]
    words = [word for step in plan for word in step["arguments"]]
    assert {"--read-only", "ALL", "no-new-privileges", "none", "65532:65532"} <= set(words)
    from ringfence.cells.seccomp import engine_profile_path

    words = [f"seccomp={engine_profile_path()}" if word == "seccomp=allow-list" else word for word in words]
    made = engine.run("create", *words, engine.busybox("explained:1"), "true").strip()
    engine.run("rm", made)


def _serving(desk: Desk, *words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "ringfence", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=desk.environment,
        cwd=desk.folder,
    )


def test_killed_gate_leaves_nothing_running(contained: Desk, engine: DockerEngine) -> None:
    """SIGKILL to Ringfence in the middle of a call ends the container too, and the journal says so later."""
    contained.grant(contained.plugin(PROBE, *METHODS))
    running = _serving(contained, "run", "probe", "wait", "--cell", "container")
    until(lambda: len(contained.journal()) > 1 and contained.journal()[-1]["type"] == "call")
    assert len(containers(engine)) == 1
    running.send_signal(signal.SIGKILL)
    running.communicate()
    until(lambda: containers(engine) == [])
    assert contained.call("probe", "look", None, "--cell", "container")["exit"] == 0
    assert contained.run("journal", "verify").returncode == 0


def test_container_removed_by_somebody_else(contained: Desk, engine: DockerEngine) -> None:
    """The call ends at once with a clear outcome, on record."""
    contained.grant(contained.plugin(PROBE, *METHODS))
    running = _serving(contained, "run", "probe", "wait", "--cell", "container")
    until(lambda: len(contained.journal()) > 1 and contained.journal()[-1]["type"] == "call")
    engine.run("rm", "--force", *containers(engine))
    out, _ = running.communicate(timeout=600)
    answer = json.loads(out)
    assert (running.returncode, answer["data"]["code"]) == (16, "plugin-crashed")
    assert contained.journal()[-1]["code"] == "plugin-crashed"
    until(lambda: containers(engine) == [])


def test_pool_keeps_cells_ready_and_ends_them(contained: Desk, engine: DockerEngine) -> None:
    """`serve` answers from containers that wait; each answers once; none is left when it ends."""
    contained.grant(contained.plugin(PROBE, *METHODS), "--all-methods", "--cell", "container")
    server = _serving(contained, "serve", "--stdio", "--ready", "2", "--workers", "1")
    assert server.stdin is not None
    assert server.stdout is not None
    for number in range(3):
        server.stdin.write(json.dumps({"id": str(number), "plugin": "probe", "method": "look"}).encode() + b"\n")
        server.stdin.flush()
        answer = json.loads(server.stdout.readline())["envelope"]
        assert answer["data"]["result"]["user"] == 65532, answer
        until(lambda: len(containers(engine)) >= 2)
    server.stdin.close()
    assert server.wait(timeout=600) == 0
    server.stdout.close()
    until(lambda: containers(engine) == [])


def test_what_a_call_leaves_running_is_ended(contained: Desk, engine: DockerEngine) -> None:
    """A process that the plugin forked neither delays the answer nor outlives it."""
    contained.grant(contained.plugin(PROBE, *METHODS))
    assert contained.call("probe", "fork", None, "--cell", "container")["data"]["result"] == "forked"
    until(lambda: containers(engine) == [])  # the engine takes it away in its own time


def test_orphans_are_removed_at_the_next_start(contained: Desk, engine: DockerEngine) -> None:
    """What a killed process had only created is removed; another state's, and a living owner's, are not."""
    from ringfence.cells import owners
    from ringfence.cells.containerengine import LABEL_OWNER, LABEL_STATE, state_mark

    contained.grant(contained.plugin(PROBE, *METHODS))
    image = engine.busybox("orphan:1")
    mark = state_mark(contained.state / "runtime")
    gone = subprocess.Popen(["/bin/true"])
    gone.wait()

    def left(owner: str, state: str) -> str:
        labels = ("--label", f"{LABEL_OWNER}={owner}", "--label", f"{LABEL_STATE}={state}")
        return engine.run("create", *labels, image, "true").strip()[:12]

    orphan = left(f"{gone.pid}-1", mark)
    others = left(f"{gone.pid}-1", "another")
    living = left(owners.owner(), mark)
    folder = contained.state / "runtime" / "containers" / f"{gone.pid}-1-0"
    folder.mkdir(parents=True)
    assert contained.call("probe", "look", None, "--cell", "container")["exit"] == 0
    assert orphan not in containers(engine)
    assert {others, living} <= set(containers(engine))
    assert not folder.exists()
    engine.run("rm", others, living)


def test_doctor_says_what_the_engine_is(contained: Desk, engine: DockerEngine) -> None:
    """Which engines there are and what they lack; one that does not answer is said too."""
    done = contained.run("doctor", env={"RINGFENCE_ENGINE": str(engine.socket)})
    assert f"at {engine.socket}, cgroup v" in done.stdout
    dead = contained.folder / "dead.sock"
    import socket

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(dead))
    done = contained.run("doctor", env={"RINGFENCE_ENGINE": str(dead)})
    assert "does not answer" in done.stdout
    assert done.returncode == 0 or os.geteuid() != 0


def test_engines_socket_is_in_no_cell(contained: Desk, engine: DockerEngine) -> None:
    """A grant that would show it is refused as what it is; a cell that was granted nothing has no socket at all."""
    asked = '[permissions.read]\nsock = "the engine"\n'
    folder = contained.plugin(PROBE + SOCKETS, *METHODS, "sockets", extra=asked)
    done = contained.run("grant", str(folder), "--all-methods", "--read", f"sock={engine.socket}")
    assert done.returncode == 4, done
    assert f"breaks the control no-sensitive-mounts: mounts[1]: {engine.socket} exposes the host" in done.stderr
    contained.grant(folder)
    answer = contained.call("probe", "sockets", None, "--cell", "container")
    assert answer["data"]["result"] == [], answer


SOCKETS = """
    def sockets(self):
        import stat
        found = []
        for top in ("/run", "/var", "/tmp", "/plugin", "/granted", "/etc"):
            for folder, _, names in os.walk(top):
                found += [n for n in names if stat.S_ISSOCK(os.lstat(os.path.join(folder, n)).st_mode)]
        return found
"""
