"""Typed fields out of a parsed table: every problem is noted with its line, none stops the reading.

A `Fields` remembers which keys were asked for; `close` reports the others, so that no key is ever ignored.
It knows TOML's types, not what a manifest means.
"""

import re
from collections.abc import Iterator

from ringfence.plugins.problem import Problem, Weight
from ringfence.tomltext import Document, Path


class Report:
    """The problems of one document, in the order in which they were found."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def error(self, path: Path, message: str, *, hint: str = "") -> None:
        """Note an error at the line of `path`."""
        self._add(path, message, hint, Weight.ERROR)

    def warn(self, path: Path, message: str, *, hint: str = "") -> None:
        """Note a warning at the line of `path`."""
        self._add(path, message, hint, Weight.WARNING)

    def error_in(self, file: str, line: int, message: str, *, column: int = 0) -> None:
        """Note an error in another file of the plugin."""
        self.problems.append(Problem(file=file, line=line, column=column, message=message))

    def _add(self, path: Path, message: str, hint: str, severity: Weight) -> None:
        line = self.document.line_of(path)
        file = self.document.file
        self.problems.append(Problem(file=file, line=line, severity=severity, message=message, hint=hint))


class Fields:
    """One table. Each reader gives a usable value even where it has reported a problem."""

    def __init__(self, report: Report, path: Path, table: dict[str, object]) -> None:
        self.report = report
        self.path = path
        self._table = table
        self._known: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the key stands in the table; it then counts as known."""
        self._known.add(key)
        return key in self._table

    def value(self, key: str) -> object:
        """The raw value, None where absent."""
        self._known.add(key)
        return self._table.get(key)

    def error(self, key: str, message: str, *, hint: str = "") -> None:
        """Note an error at a key (or, where it is missing, at the table)."""
        self.report.error((*self.path, key), message, hint=hint)

    def text(self, key: str, *, longest: int, required: bool = False) -> str:
        """A string of one line, at most `longest` characters; empty where absent or wrong."""
        value = self.value(key)
        if value is None:
            if required:
                self.error(key, f"{self._name(key)} is missing")
            return ""
        if not isinstance(value, str):
            self.error(key, f"{self._name(key)} must be a string")
        elif len(value) > longest:
            self.error(key, f"{self._name(key)} is longer than {longest} characters")
        elif not value.isprintable():
            self.error(key, f"{self._name(key)} must be one line of printable text")
        else:
            return value
        return ""

    def word(self, key: str, pattern: re.Pattern[str], rule: str) -> str:
        """A required string that matches `pattern` in full; `rule` says in words what it must be."""
        value = self.text(key, longest=200, required=True)
        if value and not pattern.fullmatch(value):
            self.error(key, f"{self._name(key)} must be {rule}, not {value[:60]!r}")
        return value

    def number(self, key: str, *, low: int, high: int, unit: str) -> int | None:
        """An optional whole number from `low` to `high`."""
        value = self.value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.error(key, f"{self._name(key)} must be a whole number of {unit}")
            return None
        if not low <= value <= high:
            self.error(key, f"{self._name(key)} must be from {low} to {high} {unit}, not {value}")
            return None
        return value

    def table(self, key: str, *, required: bool = False) -> "Fields | None":
        """The table under a key; None, noted where it matters, if there is none."""
        value = self.value(key)
        path = (*self.path, key)
        if value is None:
            if required:
                self.error(key, f"the table [{_dotted(path)}] is missing")
            return None
        if not isinstance(value, dict):
            self.error(key, f"{self._name(key)} must be a table")
            return None
        return Fields(self.report, path, value)

    def names(self) -> Iterator[str]:
        """Every key of a table whose keys are free to choose."""
        for key in self._table:
            self._known.add(key)
            yield key

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self._table:
            if key not in self._known:
                self.error(key, f"unknown key {_dotted((*self.path, key))!r}", hint=self._meant(key))

    def _meant(self, key: str) -> str:
        from difflib import get_close_matches

        close = get_close_matches(key[:60], sorted(self._known), n=1)
        return f"did you mean {close[0]!r}?" if close else f"known here: {', '.join(sorted(self._known))}"

    def _name(self, key: str) -> str:
        return _dotted((*self.path, key))


def _dotted(path: Path) -> str:
    return ".".join(str(part)[:60] for part in path)
