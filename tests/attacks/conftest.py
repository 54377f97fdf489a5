"""The range on which attacks run, and the record of what was stopped where."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.harness import Range


@pytest.fixture(scope="session")
def range_(runtime_store: Path) -> Range:
    """This machine's means to make cells."""
    return Range(runtime_store)


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
