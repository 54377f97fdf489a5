"""What tests need of a machine: without it they are skipped with the reason, but fail where CI has installed it."""

import os
from typing import NoReturn

import pytest


def unavailable(reason: str) -> NoReturn:
    """End the test: this is not here. A failure where `.ci/run` promised it, as a skip would hide that nothing ran."""
    if os.environ.get("RINGFENCE_NEEDS_ENGINES"):
        pytest.fail(f"CI has to have what is missing: {reason}")
    pytest.skip(reason)
