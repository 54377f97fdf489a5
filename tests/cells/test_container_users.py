"""Engines whose users are not the host's: the cell has a user namespace then, or is refused; the doctor says which."""

import os
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from attacks.harness import Range, plugin_of
from attacks.harness import request as request_of
from attacks.test_ordinary_user import open_python
from conftest import Desk
from dockerengine import FIRST_REMAPPED, REMAPPED_TO, DockerEngine
from podmanengine import PodmanEngine
from ringfence.cells import containerengine, runtime
from ringfence.cells.containerengine import Engine
from ringfence.cells.containersettings import Settings
from ringfence.cells.plan import Plan, Step
from ringfence.errors import SandboxUnavailable
from rootlessengine import RootlessEngine

PROBE = """
import os
class Plugin:
    def look(self):
        return os.getuid()
"""


@pytest.fixture
def remapped(remapped_engine: DockerEngine) -> DockerEngine:
    """An engine with userns-remap."""
    return remapped_engine


@pytest.fixture
def rootless(rootless_engine: RootlessEngine) -> RootlessEngine:
    """An engine that an ordinary user started."""
    return rootless_engine


def _desk_of(desk: Desk, engine: DockerEngine) -> Desk:
    desk.config.write_text(f'[container]\nengine = "unix://{engine.socket}"\n')
    desk.grant(desk.plugin(PROBE, "look"))
    return desk


def test_remapped_call_has_its_user_namespace(desk: Desk, remapped: DockerEngine) -> None:
    """The call answers as user 65532, in all seven namespaces, and leaves nothing."""
    answer = _desk_of(desk, remapped).call("probe", "look", None, "--cell", "container")
    assert answer["exit"] == 0, answer
    assert answer["data"]["result"] == 65532
    assert "user" in answer["data"]["isolation"]["namespaces"]
    ends = time.monotonic() + 300
    while remapped.run("ps", "--all", "--quiet"):  # an engine takes its time to remove one
        assert time.monotonic() < ends
        time.sleep(0.05)


@pytest.fixture
def range_(remapped: DockerEngine, runtime_store: Path) -> Iterator[Range]:
    """The remapped engine's means to make cells."""
    made = Range(runtime_store, engine_socket=lambda: str(remapped.socket))
    yield made
    made.close()


def test_remapped_cell_is_somebody_else_on_the_host(range_: Range) -> None:
    """The kernel's word: its user is the one that follows from the map, no user of the host."""
    with (
        plugin_of("return os.getuid()") as folder,
        range_.made(range_.plan("container", range_.profile(folder))) as cell,
    ):
        status = Path(f"/proc/{cell.pid}/status").read_text()
        assert f"Uid:\t{FIRST_REMAPPED + 65532}\t" in status
        assert cell.call(request_of()).answer == {"result": 65532}


def test_remapping_that_is_left_out_is_noticed(range_: Range, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine says that it maps users, but this container has the host's: refused, and removed."""
    with plugin_of("return 1") as folder:
        whole = range_.plan("container", range_.profile(folder))
        engine = range_.engine()
        real = engine.create
        monkeypatch.setattr(engine, "create", lambda words, command: real([*words, "--userns", "host"], command))
        with pytest.raises(SandboxUnavailable, match="came up without: user namespace"), range_.made(whole):
            pass


def test_map_with_the_hosts_root_is_no_wall(range_: Range, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user namespace in which root is the host's root is refused, though it is a namespace of its own."""
    from ringfence.cells import containerverify

    real = containerverify._map
    monkeypatch.setattr(containerverify, "_map", lambda pid: [*real(pid), (70000, 0, 1)])
    with plugin_of("return 1") as folder:
        whole = range_.plan("container", range_.profile(folder))
        with pytest.raises(SandboxUnavailable, match="without: user ids that are not the host's"), range_.made(whole):
            pass


def test_doctor_says_that_users_are_remapped(desk: Desk, remapped: DockerEngine, docker_engine: DockerEngine) -> None:
    """And of an engine where they are not, that this would be a wall more."""
    more = "root of a container is root of the host: rootless or userns-remap would be a wall more"
    said = desk.run("doctor", env={"RINGFENCE_ENGINE": str(remapped.socket)}).stdout
    assert f"at {remapped.socket}, cgroup v{_cgroup(remapped)}, user ids remapped" in said
    assert more not in said
    assert more in desk.run("doctor", env={"RINGFENCE_ENGINE": str(docker_engine.socket)}).stdout


def _cgroup(engine: DockerEngine) -> str:
    return engine.run("info", "--format", "{{.CgroupVersion}}").strip()


def _bounds(engine: DockerEngine) -> bool:
    return engine.run("info", "--format", "{{.MemoryLimit}}").strip() == "true"


def test_rootless_engine_that_can_bound_nothing_is_refused(desk: Desk, rootless: RootlessEngine) -> None:
    """On cgroup v1 an ordinary user makes no groups: the call is refused for that, and the doctor says so."""
    if _bounds(rootless):
        pytest.skip("this rootless engine can bound memory: cells run in it")
    _desk_of(desk, rootless)
    answer = desk.call("probe", "look", None, "--cell", "container")
    assert (answer["exit"], answer["data"]["code"]) == (8, "sandbox-unavailable")
    assert "cannot hold a cell: it cannot bound memory" in answer["data"]["error"]
    said = desk.run("doctor", env={"RINGFENCE_ENGINE": str(rootless.socket)}).stdout
    assert f"at {rootless.socket}, cgroup v1, rootless" in said
    assert "it cannot bound memory; it cannot bound processes" in said


@pytest.fixture(scope="module")
def podman(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PodmanEngine]:
    """A Podman that an ordinary user started."""
    started = PodmanEngine(tmp_path_factory, rootless=True)
    yield started
    started.stop()


def test_rootless_podman_is_known_for_what_it_is(desk: Desk, podman: PodmanEngine) -> None:
    """On cgroup v1 it says that it bounds memory, and does not: it is not believed."""
    if os.path.exists("/sys/fs/cgroup/cgroup.controllers"):
        pytest.skip("with cgroup v2 a rootless Podman can bound memory: cells run in it")
    desk.config.write_text(f'[container]\nengine = "unix://{podman.socket}"\nallow_host_cgroup_namespace = true\n')
    desk.grant(desk.plugin(PROBE, "look"))
    answer = desk.call("probe", "look", None, "--cell", "container")
    assert (answer["exit"], answer["data"]["code"]) == (8, "sandbox-unavailable")
    assert "cannot hold a cell: it is rootless on cgroup v1, where it can bound nothing" in answer["data"]["error"]
    said = desk.run("doctor", env={"RINGFENCE_ENGINE": str(podman.socket)}).stdout
    assert f"at {podman.socket}, cgroup v1, rootless" in said
    assert "root of a container is root of the host" not in said


@pytest.mark.parametrize("kind", ["rootless", "podman"])
def test_every_other_wall_of_a_rootless_engine_stands(
    kind: str, request: pytest.FixtureRequest, runtime_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its own word is not asked for the kernel's names exactly what is missing: the groups and their bounds."""
    if os.path.exists("/sys/fs/cgroup/cgroup.controllers"):
        pytest.skip("with cgroup v2 a rootless engine can bound memory: nothing is missing in it")
    settings = Settings(engine=str(request.getfixturevalue(kind).socket), allow_host_cgroup_namespace=kind == "podman")
    monkeypatch.setattr(containerengine, "lacks", lambda _: [])
    monkeypatch.setattr(containerengine, "_serious", lambda _: [])
    made = Range(runtime_store, _engine=Engine(settings, runtime.ensure(runtime_store), runtime_store))
    said = "without: a group of its own, its bound on memory, its bound on processes$"
    with plugin_of("return 1") as folder:
        whole = made.plan("container", made.profile(folder))
        with pytest.raises(SandboxUnavailable, match=said), made.made(whole):
            pass
        with (
            pytest.raises(SandboxUnavailable, match=r"its bound on processes, a read-only root$"),
            made.made(_no_root(whole)),
        ):
            pass
    made.close()


def _no_root(plan: Plan) -> Plan:
    """It is asked for a writable root, and examined for a read-only one."""
    steps = (*plan.without("root").steps, Step(wall="root", arguments=()))
    return replace(plan, steps=steps)


#: Run as the engine's own user. What it cannot have on cgroup v1 is forgiven; all else is examined.
_EXAMINED = """
import os, pathlib, sys
from attacks.harness import Range, plugin_of, request
from ringfence.cells import containeraccount, containerengine, containerverify
if sys.argv[2]:
    containerengine.lacks = containerengine._serious = lambda _: []
    containerverify.groups = lambda *_: iter(())
    # Without a group of its own what is counted is the whole machine's.
    containeraccount.ContainerAccount.sample = lambda *_: None
range_ = Range(pathlib.Path(sys.argv[3]), engine_socket=lambda: sys.argv[1])
with plugin_of("return os.getuid()") as folder:
    with range_.made(range_.plan("container", range_.profile(folder, wall_millis=60_000))) as cell:
        ended = cell.call(request())
        print(os.getuid() != 0, cell.isolation["namespaces"], ended.code, ended.detail, ended.answer)
range_.close()
"""
_PACKAGES = ("docker", "requests", "urllib3", "idna", "certifi")


def test_ordinary_user_examines_cells_of_their_own_engine(rootless: RootlessEngine, folder: Path) -> None:
    """No more rights than theirs are needed to see from outside that the walls stand."""
    python = open_python()
    if python is None:
        pytest.skip("no interpreter of this version is open to other users on this machine")
    root = Path(__file__).parents[2]
    shutil.copytree(root / "src", folder / "lib", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "lib" / "attacks").mkdir()
    shutil.copy(root / "tests" / "attacks" / "harness.py", folder / "lib" / "attacks")
    shutil.copy(root / "tests" / "profiles.py", folder / "lib")
    for name in _PACKAGES:
        shutil.copytree(Path(sysconfig.get_path("purelib"), name), folder / "lib" / name)
    store = folder / "store"
    store.mkdir()
    shutil.chown(store, REMAPPED_TO, REMAPPED_TO)
    user = ["setpriv", "--reuid", REMAPPED_TO, "--regid", REMAPPED_TO, "--clear-groups"]
    done = subprocess.run(
        [*user, python, "-W", "ignore", "-c", _EXAMINED, str(rootless.socket), "" if _bounds(rootless) else "1", store],
        env={"PYTHONPATH": str(folder / "lib"), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    namespaces = ["cgroup", "ipc", "mount", "network", "pid", "user", "uts"]
    assert done.stdout == f"True {namespaces} ok  {{'result': 65532}}\n"
