"""The same attacks where Ringfence was started by an ordinary user: no cgroup, no change of user."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from needs import unavailable

USER = 65531
AS_USER = ("setpriv", "--reuid", str(USER), "--regid", str(USER), "--clear-groups")
OPTIONS = ("-q", "-c", "/dev/null", "--import-mode=importlib", "-p", "no:cacheprovider")
LOOK = "import os, sys; os.listdir(os.path.dirname(os.__file__)); open(sys.executable, 'rb').close()"
PACKAGES = ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments")


def open_python() -> str | None:
    """An interpreter of this version that any user may start."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for path in (os.path.realpath(sys.executable), f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        said = subprocess.run(
            [*AS_USER, path, "-c", LOOK],
            capture_output=True,
            check=False,
        )
        if said.returncode == 0:
            return path
    return None


@pytest.mark.skipif(os.geteuid() != 0, reason="these tests were started by an ordinary user: they all ran as one")
def test_attacks_fail_for_an_ordinary_user_too(folder: Path) -> None:
    """Every attack is stopped where rlimits, affinity and the process tree stand in for cgroups."""
    python = open_python()
    if python is None:
        unavailable("no interpreter of this version is open to other users on this machine")
    root = Path(__file__).parents[2]
    for name in (
        "src",
        "tests/attacks",
        "tests/conftest.py",
        "tests/dockerengine.py",
        "tests/rootlessengine.py",
        "tests/walledengine.py",
        "tests/needs.py",
        "tests/profiles.py",
    ):
        source, target = root / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "test_ordinary_user.py"))
        else:
            shutil.copy(source, target)
    for name in PACKAGES:
        shutil.copytree(Path(sysconfig.get_path("purelib"), name), folder / "lib" / name)
    shutil.copy(Path(sysconfig.get_path("purelib"), "py.py"), folder / "lib")
    (folder / "home").mkdir()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, USER, USER)
    done = subprocess.run(
        [*AS_USER, python, "-m", "pytest", *OPTIONS, "--rootdir", str(folder), str(folder / "tests/attacks")],
        env={
            "HOME": str(folder / "home"),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{folder}/src:{folder}/lib:{folder}/tests",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=600,
        cwd=folder,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
