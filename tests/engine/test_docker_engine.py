"""The engine that tests start is a real one: it builds, runs, and knows who runs."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from dockerengine import DockerEngine


def test_what_is_built_here_runs_here(docker_engine: DockerEngine, tmp_path: Path) -> None:
    """An image is made without a registry, built upon, and run as the user that it names."""
    base = docker_engine.busybox("ringfence-base:1.0")
    (tmp_path / "Dockerfile").write_text(f"FROM {base}\nRUN echo built > /note\nUSER 65534\n")
    docker_engine.run("build", "--tag", "ringfence-built:1.0", str(tmp_path))
    assert docker_engine.run("run", "--rm", "ringfence-built:1.0", "sh", "-c", "cat /note; id -u") == "built\n65534\n"


def test_a_container_has_no_network(docker_engine: DockerEngine) -> None:
    """There is no bridge: only the loopback device is there."""
    base = docker_engine.busybox("ringfence-base:1.0")
    assert docker_engine.run("run", "--rm", base, "ls", "/sys/class/net").split() == ["lo"]


def test_a_command_that_fails_is_told_apart(docker_engine: DockerEngine) -> None:
    """`attempt` gives the exit code of what ran."""
    base = docker_engine.busybox("ringfence-base:1.0")
    assert docker_engine.attempt("run", "--rm", base, "sh", "-c", "exit 7").returncode == 7


def test_nothing_of_an_engine_is_left(docker_engine: DockerEngine, tmp_path_factory: pytest.TempPathFactory) -> None:
    """After its stop neither its process, its folder nor a mount in it is there; another one goes on."""
    engine = DockerEngine(tmp_path_factory)
    engine.run("run", "--detach", engine.busybox("ringfence-base:1.0"), "sleep", "1000")
    pid = int((engine.folder / "engine.pid").read_text())
    engine.stop()
    assert not Path(f"/proc/{pid}").exists()
    assert not engine.folder.exists()
    assert str(engine.folder) not in subprocess.run(["ps", "-ewwo", "args"], capture_output=True, text=True).stdout
    assert str(engine.folder) not in Path("/proc/self/mountinfo").read_text()
    assert docker_engine.attempt("version").returncode == 0


def test_what_outlives_an_engine_that_was_killed_is_ended(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Its containers and what holds them, when it could not end them itself."""
    engine = DockerEngine(tmp_path_factory)
    name = engine.run("run", "--detach", engine.busybox("ringfence-base:1.0"), "sleep", "1000").strip()
    inner = int(engine.run("inspect", "--format", "{{.State.Pid}}", name))
    os.kill(int((engine.folder / "engine.pid").read_text()), signal.SIGKILL)
    assert Path(f"/proc/{inner}").exists()
    engine.stop()
    assert not Path(f"/proc/{inner}").exists() or "State:\tZ" in Path(f"/proc/{inner}/status").read_text()
    assert not engine.folder.exists()
