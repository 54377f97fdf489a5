"""OCI runtimes with a kernel of their own: gVisor's processes cannot be examined from outside, so it holds no cell."""

import shutil
from collections.abc import Iterator

import pytest

from conftest import Desk
from dockerengine import DockerEngine
from needs import unavailable
from ringfence.cells import containerengine

PROBE = """
class Plugin:
    def look(self):
        return 1
"""
#: What it needs on a machine without KVM and with cgroup v1.
ARGUMENTS = ["--platform=ptrace", "--ignore-cgroups", "--network=none"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerEngine]:
    """An engine with gVisor, by its name and under others."""
    program = shutil.which("runsc")
    if program is None:
        unavailable("gVisor is not installed: Debian's runsc")
    other = tmp_path_factory.mktemp("runtimes") / "strong"
    other.symlink_to(program)
    runtimes: dict[str, object] = {
        "runsc": {"path": program, "runtimeArgs": ARGUMENTS},
        "walled": {"path": program, "runtimeArgs": ARGUMENTS},
        "strong": {"path": str(other), "runtimeArgs": ARGUMENTS},
        "open": {"path": str(other), "runtimeArgs": [*ARGUMENTS, "--fsgofer-host-uds"]},
    }
    started = DockerEngine(tmp_path_factory, runtimes=runtimes)
    yield started
    started.stop()


@pytest.fixture
def walled(desk: Desk, engine: DockerEngine) -> Desk:
    """A desk with something to call."""
    desk.config.write_text(f'[container]\nengine = "unix://{engine.socket}"\n')
    desk.grant(desk.plugin(PROBE, "look"))
    return desk


def test_gvisor_runs_here(engine: DockerEngine) -> None:
    """So that what follows is not refused because it does not start."""
    image = engine.busybox("walled:1")
    told = engine.run("run", "--rm", "--network", "none", "--runtime", "runsc", image, "dmesg")
    assert "gVisor" in told


@pytest.mark.parametrize("name", ["runsc", "walled"])
def test_gvisor_is_refused_with_what_cannot_be_examined(walled: Desk, engine: DockerEngine, name: str) -> None:
    """By its name or its program, before a container is made; on record."""
    answer = walled.call("probe", "look", None, "--cell", "container", "--runtime", name)
    assert (answer["exit"], answer["data"]["code"]) == (8, "sandbox-unavailable")
    assert answer["data"]["error"] == (
        f"the runtime {name} of {_title(engine)} cannot hold a cell: it has a kernel of its own, so the namespaces, "
        "privileges, filters, user, mounts and bounds in it could not be examined from outside"
    )
    assert walled.journal()[-1]["code"] == "sandbox-unavailable"
    assert engine.run("ps", "--all", "--quiet") == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("strong", "the container ended before it was ready"),
        ("open", "somebody other than the container's first process spoke for it"),
    ],
)
def test_gvisor_in_disguise_is_refused_too(walled: Desk, engine: DockerEngine, name: str, said: str) -> None:
    """Under names that say nothing: its first process does not reach the door, or another knocks for it."""
    answer = walled.call("probe", "look", None, "--cell", "container", "--runtime", name)
    assert (answer["exit"], answer["data"]["code"]) == (8, "sandbox-unavailable")
    assert said in answer["data"]["error"], answer
    assert "runc" in str(answer["data"])
    assert engine.run("ps", "--all", "--quiet") == ""


class _Told:
    """What an engine says of itself whose default runtime is Kata, under a name of its own."""

    def info(self) -> dict[str, object]:
        """Two runtimes."""
        known = {"runc": {"path": "runc"}, "fast": {"path": "/opt/bin/kata-runtime"}}
        return {"Runtimes": known, "DefaultRuntime": "fast", "SecurityOptions": ["name=seccomp,profile=default"]}

    def version(self) -> dict[str, str]:
        """Any."""
        return {"Version": "28.2.0"}


def test_default_runtime_with_its_own_kernel_is_refused() -> None:
    """Nobody named it, it is the engine's own choice; the doctor says so. Named, another one is used."""
    told = _Told()
    assert containerengine.own_kernel(told.info(), None) == "fast"
    assert containerengine.own_kernel(told.info(), "runc") == ""
    assert containerengine.own_kernel({"Runtimes": {"vm": {"runtimeType": "io.containerd.kata.v2"}}}, "vm") == "vm"
    ok, _, follows = containerengine.judged(told, "/run/docker.sock")  # type: ignore[arg-type]
    assert ok is None
    assert "its default runtime fast has a kernel of its own, in which no cell can be examined" in follows


def _title(engine: DockerEngine) -> str:
    return "docker " + engine.run("version", "--format", "{{.Server.Version}}").strip()
