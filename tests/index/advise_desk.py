"""An index with one published plugin, kept and used through the command."""

import subprocess
import sys
from pathlib import Path

MANIFEST = """\
name = "{name}"
version = "{version}"
description = "Counts words."
license = "Apache-2.0"
[entry]
module = "words"
class = "Words"
[methods.count]
description = "Count."
arguments = {{ type = "object" }}
result = {{ type = "integer" }}
[permissions]
network = ["files.example.com:443"]
memory = "64MiB"
"""


class Keeper:
    """Types `ringfence …` with a state of its own; the index is `index`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = folder / "plugins.example"
        self.done("index", "init", self.index, "--keys-in-the-clear")
        self.done("key", "new", folder / "acme.pem", "--in-the-clear")
        self.done(
            "index", "publisher", "add", "acme", "--key", folder / "acme.pub", "--own", "acme-*", "--at", self.index
        )

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        environment = {"RINGFENCE_STATE": str(self.folder / "state"), "PATH": "/usr/bin:/bin"}
        command = [sys.executable, "-m", "ringfence", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=600)

    def done(self, *words: object) -> str:
        found = self.run(*words)
        assert found.returncode == 0, (words, found.stdout, found.stderr)
        return found.stdout

    def publish(self, name: str = "acme-words", version: str = "1.0.0", readme: str = "Counts words.\n") -> None:
        plugin = self.folder / f"{name}-{version}"
        plugin.mkdir()
        (plugin / "plugin.toml").write_text(MANIFEST.format(name=name, version=version))
        (plugin / "words.py").write_text("class Words:\n    def count(self) -> int:\n        return 1\n")
        (plugin / "README.md").write_text(readme)
        submission = self.folder / f"{name}-{version}.submission"
        self.done(
            "publish",
            plugin,
            "--to",
            self.index,
            "--key",
            self.folder / "acme.pem",
            "--dry-run",
            "--output",
            submission,
        )
        self.done("index", "accept", submission, "--without-vetting", "--at", self.index)
