"""One file of a plugin, as the rules look at it."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from ringfence.programs.seen import Facts, Seen
from ringfence.programs.words import credentials


class Said(NamedTuple):
    """What a rule says of a place. `soft`: it only warns."""

    rule: str
    path: str
    line: int
    message: str
    soft: bool = False


class Case:
    """What was seen in one file, by kind, beside the whole."""

    def __init__(self, facts: Facts, whole: tuple[Facts, ...], kind: str) -> None:
        self.facts = facts
        self.whole = whole
        self.kind = kind
        self._kinds = dict[str, list[Seen]]()
        for one in facts.seen:
            self._kinds.setdefault(one.kind, []).append(one)

    def of(self, *kinds: str) -> list[Seen]:
        """Everything of these kinds."""
        return [one for kind in kinds for one in self._kinds.get(kind, ())]

    def beside(self, seen: Seen, *kinds: str) -> list[Seen]:
        """Everything of these kinds in the same function."""
        return [one for one in self.of(*kinds) if one.where == seen.where]

    def say(self, rule: str, seen: Seen, message: str, *, soft: bool = False) -> Said:
        """A rule's word on a place."""
        return Said(rule, seen.path, seen.line, message, soft)

    @cached_property
    def mentioned(self) -> str:
        """All texts of the file that are no documentation, together."""
        return "\n".join(sorted(self.facts.mentions))[:400_000]

    @cached_property
    def families(self) -> frozenset[str]:
        """Families of credentials that are reached for in the file."""
        found = frozenset(name for one in self.of("credential") for name in one.name.split(", "))
        return found | (credentials(self.mentioned) if found else frozenset())


def shown(text: str, most: int = 80) -> str:
    """A detail as people read it: holes as `…`."""
    return " ".join(text.replace("\0", "\u2026").split())[:most]


def first(found: Iterable[Seen]) -> Seen | None:
    """The first of some, if any."""
    return next(iter(found), None)
