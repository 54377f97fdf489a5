"""A Docker engine that an ordinary user runs: in a user namespace of rootlesskit's, on a socket of its own.

On cgroup v1 no such engine can bound anything: the kernel lets an ordinary user make no group there.
"""

import os
import shutil
import subprocess

import pytest

from dockerengine import REMAPPED_TO, DockerEngine

_PROGRAMS = ("rootlesskit", "newuidmap", "setpriv")


class RootlessEngine(DockerEngine):
    """One engine of user `daemon`. Skips the test where it cannot be started; in CI that is a failure."""

    def __init__(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        for program in _PROGRAMS:
            if shutil.which(program) is None:
                assert not os.environ.get("RINGFENCE_NEEDS_ENGINES"), f"CI installs {program}"
                pytest.skip(f"a rootless engine needs {program}: Debian's rootlesskit and uidmap")
        super().__init__(tmp_path_factory)

    def _started(self) -> "subprocess.Popen[bytes]":
        own = {"HOME": self.folder / "home", "XDG_RUNTIME_DIR": self.folder / "run"}
        for path in own.values():
            path.mkdir(mode=0o700)
            shutil.chown(path, REMAPPED_TO, REMAPPED_TO)
        shutil.chown(self.folder, REMAPPED_TO, REMAPPED_TO)
        user = ["setpriv", "--reuid", REMAPPED_TO, "--regid", REMAPPED_TO, "--clear-groups", "--inh-caps=-all"]
        variables = [f"{name}={value}" for name, value in own.items()]
        kit = ["rootlesskit", f"--state-dir={self.folder}/kit", "--net=host", "--copy-up=/etc", "--copy-up=/run"]
        # What the host keeps for its own engine there is none of this one's.
        clean = 'rm -f /run/docker /run/containerd /run/xtables.lock; exec "$@"'
        before = [*self._with_ids(), *user, "--pdeathsig", "TERM", "env", *variables, *kit, "--propagation=rslave"]
        return self._process_of([*before, "sh", "-c", clean, "sh"], "--rootless")
