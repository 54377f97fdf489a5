"""One call, with the values of what it is given."""

import ast
from typing import NamedTuple

from ringfence.programs.python.values import NOTHING, Value, union

#: Labels that do not flow through a call.
DROPPED = frozenset(["argument", "joined", "date", "calendar", "asks-date", "asks-identity"])


class Call(NamedTuple):
    """One call with the values of what it is given. `name` is what it resolves to, `base` what a method is of."""

    node: ast.Call
    name: str
    function: Value
    base: Value
    attribute: str
    given: list[Value]
    named: dict[str, Value]

    @property
    def labels(self) -> frozenset[str]:
        """Those of everything that is given."""
        return union(*self.given, *self.named.values())

    def at(self, number: int, *words: str) -> Value:
        """An argument, by its place or by one of its names."""
        for word in words:
            if word in self.named:
                return self.named[word]
        return self.given[number] if len(self.given) > number else NOTHING
