"""Other people's tools take what was fixed and what was emitted."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from audit.audit_desk import Folder
from needs import unavailable
from ringfence.cli.main import main

ROOT = Path(__file__).parents[2]
STACK = ROOT / "examples" / "stack"


def docker_compose(folder: Path) -> subprocess.CompletedProcess[str]:
    """Debian's docker-compose, which reads and checks a file without an engine."""
    program = shutil.which("docker-compose")
    if program is None:
        unavailable("docker-compose is not installed")
    environment = {**os.environ, "DB_PASSWORD": "x"}
    return subprocess.run(
        [program, "-f", "compose.yaml", "config"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.mark.parametrize("version", ["", 'version: "2.4"\n'])
def test_docker_compose_takes_a_fixed_file(folder: Folder, version: str) -> None:
    """In the current form and in an older one."""
    folder.write("compose.yaml", version + (STACK / "compose.yaml").read_text())
    folder.audit("--fix", "--unsafe-fixes")
    done = docker_compose(folder.path)
    assert done.returncode == 0, done.stderr
    assert "no-new-privileges:true" in done.stdout


def test_docker_compose_takes_an_emitted_file(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """A service that needs no other is whole by itself."""
    folder.write("shop.toml", (STACK / "shop.toml").read_text().replace('needs = ["db"]\n', ""))
    capsys.readouterr()
    assert main(["emit", "compose", "shop.toml"]) == 0
    folder.write("compose.yaml", capsys.readouterr().out)
    done = docker_compose(folder.path)
    assert done.returncode == 0, done.stderr
    assert "read_only: true" in done.stdout
