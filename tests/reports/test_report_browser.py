"""The tests' own browser: a missing one is never passed over where it counts."""

import pytest

from reports import browser


def test_a_missing_browser_fails_in_ci_and_skips_elsewhere(monkeypatch):
    """In CI a skip would hide that nothing was tested."""
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="chromium-driver"):
        browser.start()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="chromium-driver"):
        browser.start()
