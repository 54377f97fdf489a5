"""Settings in TOML, as Codex has them: read as the same settings in JSON, placed by the names in the file."""

import json
import re
import tomllib

from ringfence.formats.agent.settings import SettingsFile
from ringfence.formats.document import Place, Subject

MAX_BYTES = 256 << 10


class TomlSettings(SettingsFile):
    """A file of settings in TOML; nothing of one that cannot be read."""

    def __init__(self, text: str, file: str) -> None:
        try:
            value = tomllib.loads(text) if len(text) <= MAX_BYTES else {}
        except (tomllib.TOMLDecodeError, RecursionError):
            value = {}
        super().__init__(json.dumps(value, default=str), file)
        self.text = text

    def place(self, subject: Subject, path: str) -> Place:
        """The line that holds its name; for a switch, that of its key."""
        model, name = subject.model, subject.name.rpartition(" ")[2]
        found = re.match(r"switches\[(\d+)\]", path)
        if found is not None:
            name = model.switches[int(found[1])][0].rpartition(".")[2]  # type: ignore[attr-defined]
        lines = self.text.split("\n")
        at = next((at for at, line in enumerate(lines) if name in line.partition("=")[0]), 0)
        return Place(file=self.file, line=at + 1, column=1, end_line=at + 1, end_column=max(len(lines[at]), 1) + 1)
