"""A Podman of tests: its API on a socket of its own, with all that it keeps in one folder."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from needs import unavailable
from rootlessengine import as_user

_START_SECONDS = 300


class PodmanEngine:
    """One API service, from its start to `stop`. Skips the test where it cannot be; in CI that is a failure.

    `rootless`: of user `daemon`, as on the machine of an ordinary user, where no kernel's overlay is needed.
    """

    def __init__(self, tmp_path_factory: pytest.TempPathFactory, *, rootless: bool = False) -> None:
        lacking = (
            "" if os.geteuid() == 0 and shutil.which("podman") else "only root can run podman here, if it is there"
        )
        if lacking:
            unavailable(lacking)
        # Not one of pytest's folders: what podman mounts once more while it ends would break their removal.
        self.folder = Path(tempfile.mkdtemp(prefix="ringfence-podman-"))
        self.socket = self.folder / "podman.sock"
        (self.folder / "containers.conf").write_text(
            '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n'
            '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\n'
        )
        driver = "vfs" if rootless else "overlay"
        (self.folder / "storage.conf").write_text(
            f'[storage]\ndriver = "{driver}"\ngraphroot = "{self.folder}/graph"\nrunroot = "{self.folder}/run"\n'
        )
        own = {"CONTAINERS_CONF": "containers.conf", "CONTAINERS_STORAGE_CONF": "storage.conf"}
        self.environment = dict(os.environ) | {name: str(self.folder / file) for name, file in own.items()}
        before = as_user(self.folder) if rootless else []
        # The second process of an ordinary user's outlives tests that are killed: it ends by itself.
        idle = "300" if rootless else "0"
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [*before, "podman", "system", "service", f"--time={idle}", f"unix://{self.socket}"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                cwd="/",
                start_new_session=True,
            )
        ends = time.monotonic() + _START_SECONDS
        while not self.socket.exists():
            assert time.monotonic() < ends, (self.folder / "log").read_text()
            time.sleep(0.05)

    def run(self, *words: str) -> str:
        """The standard output of `podman WORDS`, which must succeed."""
        done = subprocess.run(
            ["podman", *words], capture_output=True, text=True, env=self.environment, timeout=600, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self) -> None:
        """End it, and give its disk space back."""
        os.killpg(self._process.pid, signal.SIGTERM)  # an ordinary user's has a second process, in its namespace
        self._process.wait(timeout=600)
        for kept in self.folder.glob("user/libpod/tmp/pause.pid"):  # what holds a user's namespace for the next podman
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(kept.read_text()), signal.SIGKILL)
        points = [line.split(" ")[1] for line in Path("/proc/mounts").read_text().splitlines()]
        for point in sorted((p for p in points if p.startswith(f"{self.folder}/")), reverse=True):
            subprocess.run(["umount", "--lazy", point], capture_output=True, timeout=600, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
