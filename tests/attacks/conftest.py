"""The range on which attacks run, and the record of what was stopped where."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.harness import Range
from dockerengine import DockerEngine


@pytest.fixture(scope="session")
def range_(runtime_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
    """This machine's means to make cells; a container engine once a test needs one."""
    started: list[DockerEngine] = []

    def socket() -> str:
        started.append(DockerEngine(tmp_path_factory))
        return str(started[0].socket)

    made = Range(runtime_store, engine_socket=socket)
    yield made
    made.close()
    for engine in started:
        engine.stop()


class Results:
    """control id -> place -> verdict, from tests that passed."""

    def __init__(self) -> None:
        self.verdicts: dict[str, dict[str, str]] = {}

    def stopped(self, control: str, place: str) -> None:
        """An attack on this control was stopped there, and succeeded with its wall out."""
        self.verdicts.setdefault(control, {})[place] = "stopped"

    def dump(self) -> str:
        """For a person who looks at a failure."""
        return json.dumps(self.verdicts, indent=2, sort_keys=True)


@pytest.fixture(scope="session")
def results() -> Iterator[Results]:
    """What the attacks of this session found."""
    return Results()
