"""An index with one reviewed release, made once and copied for each test; hosts; users."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.kit import Host, Keeper, User, copy


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """acme-words 1.0.0, published by acme, approved by alice."""
    folder = tmp_path_factory.mktemp("index") / "template"
    Keeper.new(folder).stable()
    return folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may pass: cells run as somebody else."""
    import shutil

    made = Path(tempfile.mkdtemp(prefix="ringfence-index-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def keeper(_template: Path, folder: Path) -> Keeper:
    """An index of one's own with acme-words 1.0.0 in it."""
    return Keeper(copy(_template, folder / "keeper"))


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Host]]:
    """Starts hosts."""
    running: list[Host] = []

    def start(folder: Path) -> Host:
        running.append(Host(folder))
        return running[-1]

    yield start
    for each in running:
        each.stop()


@pytest.fixture
def host(keeper: Keeper, serve: Callable[[Path], Host]) -> Host:
    """A host of the index."""
    return serve(keeper.public)


@pytest.fixture
def new_user(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], User]:
    """Makes users."""
    return lambda name: User(folder / name, monkeypatch.setenv)


@pytest.fixture
def user(new_user: Callable[[str], User], keeper: Keeper, host: Host) -> User:
    """A user who uses the index over HTTP."""
    made = new_user("user")
    made.add(host.url, keeper.fingerprint)
    return made
