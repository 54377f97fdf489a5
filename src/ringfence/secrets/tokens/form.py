"""A kind of secret that is known by its form, and what several forms are written with.

A row has the words of which one must occur, in the text as it is, before its expression is tried around them; then a
check of the value where the form has one. Expressions are linear: no nested repetition.
"""

from collections.abc import Callable
from typing import NamedTuple


class Form(NamedTuple):
    """A kind of secret. The value is the expression's last group that matched, or all of it.

    `beside`: its words stand beside the value, not in it. `nearby`: words of which one must stand in the same line or
    the two above it (lower case), for forms that are not telling alone.
    """

    kind: str
    words: tuple[str, ...]
    expression: str
    check: Callable[[str], bool] | None = None
    nearby: tuple[str, ...] = ()
    beside: bool = False


UUID = r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
#: What stands behind the last character of a token.
END = r"(?![A-Za-z0-9_])"
