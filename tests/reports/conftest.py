"""The browser that the tests of pages share."""

from collections.abc import Iterator

import pytest

from reports.browser import Browser, start


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser as people have it."""
    made = start()
    yield made
    made.close()


@pytest.fixture(scope="session")
def browser_without_scripts() -> Iterator[Browser]:
    """A browser that runs no script of a page."""
    made = start(scripts=False)
    yield made
    made.close()
