"""One thing that is wrong with a plugin, and where."""

from enum import StrEnum

from ringfence.dataclasses import dataclass


class Weight(StrEnum):
    """Whether the plugin is refused for it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """`file` is relative to the plugin's directory; `line` and `column` count from 1; 0 is the whole file."""

    file: str
    line: int
    column: int = 0
    severity: Weight = Weight.ERROR
    message: str
    hint: str = ""

    @property
    def place(self) -> str:
        """`file:line`, as editors and people read it."""
        return f"{self.file}:{self.line}" if self.line else self.file
