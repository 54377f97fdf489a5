"""Headless Chromium, driven over WebDriver's plain HTTP: a page's DOM after clicks, its console, its requests."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

# A browser that calls nobody, without a sandbox of its own because CI runs as root.
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --force-device-scale-factor=1"
).split()
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """One window. Raises RuntimeError with the browser's own words where a command fails."""

    def __init__(self, driver: str, chromium: str, *, scripts: bool = True) -> None:
        self._folder = tempfile.mkdtemp(prefix="ringfence-browser-")
        self._process = subprocess.Popen(
            [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._base = f"http://127.0.0.1:{self._port()}"
        options: dict[str, Any] = {"binary": chromium, "args": [*_FLAGS, f"--user-data-dir={self._folder}"]}
        if not scripts:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        try:
            made = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        except BaseException:
            self._stop()
            raise
        self._base += f"/session/{made['sessionId']}"

    def open(self, page: Path) -> None:
        """Load a file; what was logged before is forgotten."""
        self.visit(page.as_uri())

    def visit(self, url: str) -> None:
        """Load an address; what was logged before is forgotten."""
        self._ask("POST", "/url", {"url": "about:blank"})
        self.console()
        self.requests()
        self._ask("POST", "/url", {"url": url})

    def run(self, script: str, *args: object) -> Any:
        """What a script in the page returns, `arguments` being `args`. The page's own policy does not bind it."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(args)})

    def click(self, selector: str) -> None:
        """Click as a user does: the element must be visible and not covered."""
        self._ask("POST", f"/element/{self._find(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        """Type into a field."""
        self._ask("POST", f"/element/{self._find(selector)}/value", {"text": text})

    def press(self, key: str) -> None:
        """Press a key wherever the focus is."""
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": keys}]})

    def wait(self, script: str, wanted: object, seconds: float = 200) -> None:
        """Until a script returns what is wanted; fails with what it returned last."""
        end = time.monotonic() + seconds
        while (seen := self.run(script)) != wanted and time.monotonic() < end:
            time.sleep(0.02)
        assert seen == wanted

    def visible(self, selector: str) -> list[str]:
        """The texts of all matching elements that are drawn."""
        found = "return Array.from(document.querySelectorAll(arguments[0]))"
        texts: list[str] = self.run(found + ".filter(e => e.getClientRects().length).map(e => e.textContent)", selector)
        return texts

    def emulate(self, command: str, **parameters: object) -> None:
        """A command of the DevTools protocol, such as `Emulation.setEmulatedMedia`."""
        self._ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def console(self) -> list[str]:
        """What the page has logged since the last time; violations of its policy are there too."""
        return [f"{one['level']}: {one['message']}" for one in self._ask("POST", "/se/log", {"type": "browser"})]

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last time."""
        events = [
            json.loads(one["message"])["message"] for one in self._ask("POST", "/se/log", {"type": "performance"})
        ]
        sent = [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]
        return [url for url in sent if not url.startswith("data:")]

    def screenshot(self, width: int, height: int) -> bytes:
        """The window of that size as a PNG."""
        self._ask("POST", "/window/rect", {"width": width, "height": height})
        return base64.b64decode(self._ask("GET", "/screenshot"))

    def close(self) -> None:
        """End the browser and what it wrote."""
        try:
            self._ask("DELETE", "")
        finally:
            self._stop()

    def _find(self, selector: str) -> str:
        found: str = self._ask("POST", "/element", {"using": "css selector", "value": selector})[_ELEMENT]
        return found

    def _port(self) -> int:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "started successfully on port" in line:
                return int(line.rsplit(" ", 1)[1].rstrip(".\n"))
        raise RuntimeError("chromedriver did not start")

    def _ask(self, method: str, path: str, value: object = None) -> Any:
        body = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(self._base + path, body, {"Content-Type": "application/json"}, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=600) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                said = json.load(error)["value"]["message"]
            raise RuntimeError(said.splitlines()[0]) from None

    def _stop(self) -> None:
        self._process.terminate()
        self._process.wait(300)
        if self._process.stdout is not None:
            self._process.stdout.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def start(*, scripts: bool = True) -> Browser:
    """A browser; skips where there is none, but fails in CI, where a skip would hide that nothing was tested."""
    found = [shutil.which(name) for name in ("chromedriver", "chromium")]
    if None in found:
        reason = "needs Debian's chromium and chromium-driver"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return Browser(str(found[0]), str(found[1]), scripts=scripts)
