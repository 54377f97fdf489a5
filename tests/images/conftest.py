"""Images of the repository's own variants, built once, in an engine of the tests' own."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockerengine import DockerEngine
from needs import unavailable
from ringfence.images import build, debian, description
from ringfence.images.layout import Layout, archive

IMAGES = description.SHIPPED
HARDENED = ("--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "none")
RUN = "--tmpfs=/run:exec,uid={0},gid={0},mode=0755"


@pytest.fixture(scope="session")
def store() -> Path:
    """Where fetched packages are kept; a session fetches what is not there."""
    if not shutil.which("apt-get") or debian.release()[1] != "12":
        unavailable("images are built from the packages of Debian 12, which this machine has not")
    place = Path("/var/tmp/ringfence-test-packages")
    place.mkdir(exist_ok=True)
    return place


class Shelf:
    """A layout, and images built into it when they are first asked for."""

    def __init__(self, folder: Path, store: Path) -> None:
        self.layout = Layout(folder)
        self.store = store
        self.made: dict[str, build.Built] = {}

    def build(self, folder: Path, options: tuple[str, ...] = ()) -> build.Built:
        """The image of a variant's folder."""
        variant = description.load(folder, options)
        if variant.name not in self.made:
            found = build.build(variant, self.layout, self.store, distribution=debian.release(), folder=folder)
            self.made[variant.name] = found
        return self.made[variant.name]


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Shelf:
    """The session's images."""
    return Shelf(tmp_path_factory.mktemp("images") / "layout", store)


class Runner:
    """Runs images as they are meant to be run."""

    def __init__(self, engine: DockerEngine, shelf: Shelf) -> None:
        self.engine = engine
        self.shelf = shelf
        self._given: set[str] = set()
        self.started: list[str] = []

    def image(self, folder: Path, options: tuple[str, ...] = ()) -> str:
        """The image of a variant, in the engine."""
        built = self.shelf.build(folder, options)
        tag = f"ringfence-{built.name}:test"
        if tag not in self._given:
            self.engine.run("load", input=archive(self.shelf.layout.read(built.name), tag))
            self._given.add(tag)
        return tag

    def start(
        self,
        folder: Path,
        *words: str,
        user: int = 65532,
        command: tuple[str, ...] = (),
        options: tuple[str, ...] = (),
        network: str = "none",
    ) -> str:
        """A container, hardened as every test runs it, with a health check twice a second."""
        image = self.image(folder, options)
        hardened = (*HARDENED[:-1], network, RUN.format(user), "--health-interval", "500ms")
        made = self.engine.run("run", "--detach", *hardened, *words, image, *command).strip()
        self.started.append(made)
        return made

    def state(self, container: str, what: str) -> str:
        """One fact of a container."""
        return self.engine.run("inspect", "--format", "{{" + what + "}}", container).strip()

    def until(self, container: str, what: str, wanted: str, seconds: float = 300) -> None:
        """Wait for a fact."""
        ends = time.monotonic() + seconds
        while (found := self.state(container, what)) != wanted:
            assert time.monotonic() < ends, (found, self.logs(container))
            time.sleep(0.1)

    def logs(self, container: str) -> str:
        """All that it said."""
        done = self.engine.attempt("logs", container)
        return done.stdout + done.stderr

    def inside(self, container: str, *words: str) -> str:
        """What a program inside says; the image's own busybox is at hand."""
        return self.engine.run("exec", container, "/usr/lib/ringfence/bin/busybox", *words)

    def clear(self) -> None:
        """Remove every container of a test."""
        if self.started:
            self.engine.attempt("rm", "--force", *self.started)
            self.started.clear()


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerEngine]:
    """One engine for all tests here."""
    started = DockerEngine(tmp_path_factory)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def _runner(engine: DockerEngine, shelf: Shelf) -> Runner:
    return Runner(engine, shelf)


@pytest.fixture
def runner(_runner: Runner) -> Iterator[Runner]:
    """Runs images; what a test started is removed after it."""
    yield _runner
    _runner.clear()


def variant_folder(folder: Path, text: str, **programs: str) -> Path:
    """A variant of a test: `services__name` and `init__name` are programs."""
    home = folder / "images" / text.split('"')[1]
    home.mkdir(parents=True)
    (home / "image.toml").write_text(text)
    for name, program in programs.items():
        path = home / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_text("#!/usr/lib/ringfence/bin/sh\nPATH=/usr/lib/ringfence/bin\n" + program)
    return home
