"""Where the parts of a policy stand that is written out in an attribute: in `jsonencode`, in a heredoc, in a text.

Each statement has its keys once, and statements stand in their order: so the next key of a name belongs to the next
statement that has one. What is not found where it should be has the attribute's place.
"""

import re
from collections.abc import Iterator

from ringfence.formats.hcl.syntax import Call, Expression, Literal, Template
from ringfence.models.cloud.policy import Statement

_KEYS = (
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
    ("principals", "Principal"),
    ("not_principals", "NotPrincipal"),
)
_PATTERNS = {key: re.compile(rf'(?<![A-Za-z:])(?:\\?")?{key}(?:\\?")?\s*[:=]', re.IGNORECASE) for _, key in _KEYS}
MAX_PLACES = 2000


def places(text: str, expression: Expression | None, some: tuple[Statement, ...]) -> Iterator[tuple[str, int, int]]:
    """(path below the field, start, end) of the values that are found: `[0].actions[1]`."""
    if not isinstance(expression, Call | Literal | Template):
        return
    at, end, made = expression.start, expression.end, 0
    for index, statement in enumerate(some):
        last = at
        for field, key in _KEYS:
            values = getattr(statement, field)
            match = _PATTERNS[key].search(text, at, end) if values else None
            if match is None:
                continue
            last, cursor = max(last, match.end()), match.end()
            yield f"[{index}].{field}", match.start(), match.end()
            for number, value in enumerate(values):
                found = _find(text, value[1] if isinstance(value, tuple) else value, cursor, end)
                made += 1
                if found >= 0 and made < MAX_PLACES:
                    cursor = found
                    yield f"[{index}].{field}[{number}]", found, found + 1
        at = last


def _find(text: str, value: str, start: int, end: int) -> int:
    """Where a text stands in quotes; -1 where it does not, or is put together."""
    return -1 if not value or "${}" in value else text.find(f'"{value}', start, end)
