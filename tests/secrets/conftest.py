"""Each test draws the same values, whichever others ran before it."""

import random

import pytest


@pytest.fixture(autouse=True)
def _same_draws(request: pytest.FixtureRequest) -> None:
    draw = getattr(request.module, "DRAW", None)
    if isinstance(draw, random.Random):
        draw.seed(request.node.name)
