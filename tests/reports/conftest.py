"""The browser that the tests of pages share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reports import reportkit as kit
from reports.browser import Browser, start
from ringfence.audit.finding import Report
from ringfence.audit.reports import render


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


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Callable[..., Browser]:
    """Opens a report in a browser."""

    def opened(report: Report, browser: Browser = browser, read: Callable[[str], str | None] = kit.read) -> Browser:
        file = tmp_path / "report.html"
        file.write_text(render("html", report, read), encoding="utf-8")
        browser.open(file)
        return browser

    return opened
