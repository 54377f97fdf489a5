"""What docs/index.md and docs/keeping-an-index.md tell people to type is typed here, in that order."""

import os
import re
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
#: What ends with another code than 0, as its page says.
CODES = {"ringfence outdated": (0, 1)}


def _commands(page: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_every_command_of_both_pages_runs(folder: Path, runtime_store: Path) -> None:
    """First the maintainer's page up to where a release is stable, then the user's, then the rest."""
    (folder / "passphrase").write_text("correct horse battery")
    (folder / "passphrase").chmod(0o600)
    (folder / "ringfence.toml").touch()
    (folder / "bin").mkdir()
    script = folder / "bin" / "ringfence"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ringfence "$@"\n')
    script.chmod(0o755)
    (folder / "state").mkdir()
    runtime_store.mkdir(parents=True, exist_ok=True)
    (folder / "state" / "runtime").symlink_to(runtime_store)
    public = folder / "plugins.example.com" / "public"
    environment = os.environ | {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "RINGFENCE_STATE": str(folder / "state"),
        "RINGFENCE_CONFIG": str(folder / "ringfence.toml"),
    }
    keeping = _commands("keeping-an-index.md")
    stable = next(n for n, line in enumerate(keeping) if "--approve" in line) + 1
    using = _commands("index.md")
    assert len(keeping) > 20
    assert len(using) > 20
    for number, line in enumerate([*keeping[:stable], *using, *keeping[stable:]]):
        if number == stable:  # who uses a plugin does not have its author's folder
            (folder / "acme-words").rename(folder / "of-the-author")
        typed = line.replace("https://plugins.example.com/", public.as_uri() + "/")
        done = subprocess.run(
            ["bash", "-euc", typed], cwd=folder, env=environment, capture_output=True, check=False, timeout=600
        )
        assert done.returncode in CODES.get(line, (0,)), (line, done.stdout, done.stderr)
        if line.startswith("ringfence index fingerprint"):
            environment["FINGERPRINT"] = done.stdout.decode().strip()
