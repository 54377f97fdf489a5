"""A Docker engine for the container cell, and a desk whose configuration names it."""

from collections.abc import Iterator

import pytest

from conftest import Desk
from dockerengine import DockerEngine


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerEngine]:
    """One engine for all tests here."""
    started = DockerEngine(tmp_path_factory)
    yield started
    started.stop()


@pytest.fixture
def contained(desk: Desk, engine: DockerEngine) -> Desk:
    """A desk at which calls can run in containers."""
    desk.config.write_text(f'[container]\nengine = "unix://{engine.socket}"\n')
    return desk
