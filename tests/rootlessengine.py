"""A Docker engine that an ordinary user runs: in a user namespace of rootlesskit's, on a socket of its own.

On cgroup v1 no such engine can bound anything: the kernel lets an ordinary user make no group there.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from dockerengine import REMAPPED_TO, DockerEngine, with_ids
from needs import unavailable

_PROGRAMS = ("rootlesskit", "newuidmap", "setpriv")


def as_user(folder: Path) -> list[str]:
    """The words before a command of user `daemon`, who has subordinate ids, and a home in the folder."""
    own = {"HOME": folder / "home", "XDG_RUNTIME_DIR": folder / "user"}
    for path in own.values():
        path.mkdir(mode=0o700)
        shutil.chown(path, REMAPPED_TO, REMAPPED_TO)
    shutil.chown(folder, REMAPPED_TO, REMAPPED_TO)
    user = ["setpriv", "--reuid", REMAPPED_TO, "--regid", REMAPPED_TO, "--clear-groups", "--inh-caps=-all"]
    variables = [f"{name}={value}" for name, value in own.items()]
    return [*with_ids(folder), *user, "--pdeathsig", "TERM", "env", *variables]


class RootlessEngine(DockerEngine):
    """One engine of user `daemon`. Skips the test where it cannot be started; in CI that is a failure."""

    def __init__(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        for program in _PROGRAMS:
            if shutil.which(program) is None:
                unavailable(f"a rootless engine needs {program}: Debian's rootlesskit and uidmap")
        super().__init__(tmp_path_factory)

    def _started(self) -> "subprocess.Popen[bytes]":
        kit = ["rootlesskit", f"--state-dir={self.folder}/kit", "--net=host", "--copy-up=/etc", "--copy-up=/run"]
        # What the host keeps for its own engine there is none of this one's.
        clean = 'rm -f /run/docker /run/containerd /run/xtables.lock; exec "$@"'
        return self._process_of(
            [*as_user(self.folder), *kit, "--propagation=rslave", "sh", "-c", clean, "sh"], "--rootless"
        )
