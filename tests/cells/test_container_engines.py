"""Engines that fail: gone, stopped, slow, full, with another image; Podman beside Docker."""

import gc
import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.harness import Range, plugin_of, request
from conftest import Desk
from dockerengine import DockerEngine
from podmanengine import PodmanEngine
from ringfence.cells import containerengine, runtime
from ringfence.cells.containerengine import Engine
from ringfence.cells.containersettings import Settings
from ringfence.cells.pool import Pool
from ringfence.errors import SandboxUnavailable

WAIT = "time.sleep(1.5); return 'waited'"


@pytest.fixture
def own_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerEngine]:
    """An engine that a test may break."""
    started = DockerEngine(tmp_path_factory)
    yield started
    started.stop()


def _engine(engine: DockerEngine, store: Path, **settings: str) -> Engine:
    """An engine that was looked over; its connections are closed, what is known of it stays."""
    made = Engine(Settings(engine=str(engine.socket), **settings), runtime.ensure(store), store)
    made.close()
    return made


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the client leaves a socket that it could not connect
def test_engine_killed_in_the_middle_of_a_call(
    own_engine: DockerEngine, runtime_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The call goes on, as no byte of it passes the engine; the next one is refused with a sentence."""
    pool = Pool(runtime_store, "container", settings=Settings(engine=str(own_engine.socket)))
    with plugin_of(WAIT) as folder:
        profile = Range(runtime_store).profile(folder)
        cell = pool.take(profile)
        threading.Timer(0.3, lambda: own_engine._process.send_signal(signal.SIGKILL)).start()
        ended = cell.call(request())
        assert ended.answer == {"result": "waited"}
        cell.destroy()
        assert not cell.alive()
        own_engine._process.wait(timeout=600)
        with pytest.raises(SandboxUnavailable, match="the container engine could not make a container"):
            pool.take(profile)
    pool.close()  # says nothing: what is left is removed at the next start
    gc.collect()


def test_engine_that_stands_still(own_engine: DockerEngine, runtime_store: Path, monkeypatch) -> None:
    """An engine that does not answer in time is a refusal that says so."""
    pool = Pool(runtime_store, "container", settings=Settings(engine=str(own_engine.socket)))
    monkeypatch.setattr(containerengine, "_SECONDS", 2)
    monkeypatch.setattr(pool._engine._client, "timeout", 2)
    with plugin_of(WAIT) as folder:
        own_engine._process.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(SandboxUnavailable, match=r"no answer in 2 s|timed out"):
                pool.take(Range(runtime_store).profile(folder))
        finally:
            own_engine._process.send_signal(signal.SIGCONT)
        pool.close()
        assert own_engine.run("ps", "--all", "--quiet") == ""


def test_another_image_under_the_guests_name_is_refused(engine: DockerEngine, runtime_store: Path) -> None:
    """The image is known by the layer that was made here, not by its name."""
    mine = _engine(engine, runtime_store)
    name = f"ringfence-guest:{runtime.ensure(runtime_store).digest[:16]}"
    engine.run("tag", engine.busybox("other:1"), name)
    with pytest.raises(SandboxUnavailable, match="is not the one that was made here"):
        _engine(engine, runtime_store)
    engine.run("tag", mine.image.id, name)
    assert _engine(engine, runtime_store).image == mine.image


def test_removed_image_is_made_again(engine: DockerEngine, runtime_store: Path) -> None:
    """An image that somebody removed costs a moment, not a call; it is the same one."""
    mine = _engine(engine, runtime_store)
    engine.run("rmi", "--force", mine.image.id)
    assert _engine(engine, runtime_store).image == mine.image


def test_named_image_is_by_digest_present_and_of_this_guest(engine: DockerEngine, runtime_store: Path) -> None:
    """A tag, a digest that is not there, and an image without this guest are refused, each for its own reason."""
    own = _engine(engine, runtime_store).image.id
    assert _engine(engine, runtime_store, image=own).image.id == own
    other = engine.busybox("noguest:1")
    foreign = engine.run("images", "--no-trunc", "--quiet", other).strip()
    for name, said in (
        ("python:3.11", "is not named by digest"),
        ("sha256:" + "0" * 64, "has no image"),
        (foreign, "does not hold the guest of this version"),
    ):
        with pytest.raises(SandboxUnavailable, match=said):
            _engine(engine, runtime_store, image=name)


def test_full_disk_says_what_to_do(own_engine: DockerEngine, runtime_store: Path) -> None:
    """An engine without space for the guest's image: one sentence, and how to free some."""
    import subprocess

    full = own_engine.folder / "data" / "tmp"
    full.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "full", str(full)], check=True)
    with pytest.raises(SandboxUnavailable, match=r"would not take the guest's image.*[Nn]o space left") as refused:
        _engine(own_engine, runtime_store)
    assert "free some space" in refused.value.hint


def test_a_socket_that_is_no_engine(desk: Desk, runtime_store: Path) -> None:
    """Whatever answers on the socket, the refusal is a sentence."""
    path = desk.folder / "odd.sock"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.sendall(b"SSH-2.0-odd\r\n")
            connection.close()

    threading.Thread(target=serve, daemon=True).start()
    with pytest.raises(SandboxUnavailable, match="the container engine"):
        Engine(Settings(engine=str(path)), runtime.ensure(runtime_store), runtime_store)
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


@pytest.fixture(scope="module")
def podman(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PodmanEngine]:
    """A Podman of this module's own."""
    started = PodmanEngine(tmp_path_factory)
    yield started
    started.stop()


def test_podman_runs_cells_too(podman: PodmanEngine, runtime_store: Path) -> None:
    """The same call in the same image; nothing is left behind."""
    settings = Settings(engine=str(podman.socket), allow_host_cgroup_namespace=not _v2())
    pool = Pool(runtime_store, "container", settings=settings)
    with plugin_of("return [os.getuid(), os.listdir('/tmp')]") as folder:
        cell = pool.take(Range(runtime_store).profile(folder))
        assert cell.call(request()).answer == {"result": [65532, []]}
        assert str(cell.isolation["engine"]).startswith("podman ")
        cell.destroy()
    pool.close()
    assert podman.run("ps", "--all", "--quiet") == ""


@pytest.mark.skipif(os.path.exists("/sys/fs/cgroup/cgroup.controllers"), reason="here Podman gives that namespace")
def test_wall_that_podman_leaves_out_is_noticed(podman: PodmanEngine, runtime_store: Path) -> None:
    """Podman 4 on cgroup v1 ignores the cgroup namespace that it is asked for: the cell is refused, not weakened."""
    pool = Pool(runtime_store, "container", settings=Settings(engine=str(podman.socket)))
    with plugin_of("return 1") as folder, pytest.raises(SandboxUnavailable, match="without: cgroup namespace"):
        pool.take(Range(runtime_store).profile(folder))
    pool.close()
    assert podman.run("ps", "--all", "--quiet") == ""


def _v2() -> bool:
    return os.path.exists("/sys/fs/cgroup/cgroup.controllers")
