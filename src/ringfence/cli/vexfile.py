"""VEX statements as a person writes them: TOML with `[[statement]]`."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ringfence.advisories.vex import Statement

_NAMES = ("plugin", "version", "vulnerability", "state", "justification", "detail", "time")


def read(path: Path) -> "list[Statement]":
    """The statements of a file. Raises ConfigError with the line."""
    from ringfence.advisories import snapshot
    from ringfence.advisories.vex import Statement
    from ringfence.errors import ConfigError
    from ringfence.plugins.files import read_member
    from ringfence.tomltext import MAX_BYTES, load

    now = snapshot.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    held = load(read_member(path.parent, path.name, MAX_BYTES), file=path.name)
    statements = []
    tables = held.data.get("statement")
    for number, table in enumerate(tables if isinstance(tables, list) else []):
        line = held.line_of(("statement", number))
        known = {"justification": "", "detail": "", "time": now} | (table if isinstance(table, dict) else {})
        if set(known) != set(_NAMES) or not all(isinstance(one, str) for one in known.values()):
            raise ConfigError(f"a statement has {', '.join(_NAMES)}, all of them texts", file=path.name, line=line)
        statements.append(Statement(**known))
    if not statements:
        raise ConfigError("there is no [[statement]]", file=path.name)
    return statements
