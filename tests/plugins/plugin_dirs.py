"""A minimal valid plugin on disk, from which each test changes one thing."""

from pathlib import Path

MANIFEST = """\
name = "word-count"
version = "1.0.0"
description = "Counts words."
license = "Apache-2.0"

[entry]
module = "word_count"
class = "WordCount"

[methods.count]
description = "Count the words of a text."
arguments = { type = "object", properties = { text = { type = "string" } }, additionalProperties = false }
result = { type = "integer" }

[permissions]
network = ["api.example.com:443"]
read = { words = "a list of words" }
memory = "64MiB"
"""

CODE = '''\
"""Counts words."""


class WordCount:
    """Counts the words of texts."""

    def count(self, text: str) -> int:
        """Count the words of a text."""
        return len(text.split())
'''


def make_plugin(directory: Path, manifest: str = MANIFEST, **files: str) -> Path:
    """A plugin in `directory`; `files` are more modules by name, `word_count` replaces the code."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "plugin.toml").write_text(manifest, encoding="utf-8")
    for name, text in {"word_count": CODE, **files}.items():
        (directory / f"{name}.py").write_text(text, encoding="utf-8")
    return directory
