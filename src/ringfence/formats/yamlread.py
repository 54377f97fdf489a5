"""Reading values out of a YAML tree: keys with merge keys applied, and the plain types of YAML 1.1 and 1.2.

Functions give None for what is not there or of another kind; whether that is an error is the format's affair.
"""

import re
from collections.abc import Iterator

from ringfence.formats.yamltree import Alias, Mapping, Node, Scalar, Sequence, resolved

_TRUE = frozenset({"true", "yes", "on", "y"})
_FALSE = frozenset({"false", "no", "off", "n"})
_NULL = frozenset({"", "~", "null"})
_INTEGER = re.compile(r"[-+]?(0[xX][0-9a-fA-F_]+|0o[0-7_]+|[0-9][0-9_]*)")
MAX_MERGES = 20


def entries(node: Node | None) -> dict[str, tuple[Node, Node]]:
    """The pairs of a mapping by key text: merged ones (`<<`) first, so that own keys win; of duplicates the last."""
    return _entries(node, MAX_MERGES)


def _entries(node: Node | None, deeper: int) -> dict[str, tuple[Node, Node]]:
    found = dict[str, tuple[Node, Node]]()
    mapping = resolved(node)
    if not isinstance(mapping, Mapping):
        return found
    for key, value in mapping.pairs:
        if isinstance(key, Scalar) and key.value == "<<" and not key.style and deeper:
            merged = resolved(value)
            sources = list(reversed(merged.items)) if isinstance(merged, Sequence) else [value]
            for source in sources:
                found.update(_entries(source, deeper - 1))
    for key, value in mapping.pairs:
        name = resolved(key)
        if isinstance(name, Scalar) and not (name.value == "<<" and not name.style):
            found[name.value] = (key, value)
    return found


def get(node: Node | None, *path: str) -> Node | None:
    """The value below a mapping, key by key; None where there is none. An alias is given as it stands."""
    for name in path:
        pair = entries(node).get(name)
        if pair is None:
            return None
        node = pair[1]
    return node


def duplicates(node: Mapping) -> Iterator[Scalar]:
    """Keys that repeat an earlier one of the same mapping."""
    seen = set[str]()
    for key, _ in node.pairs:
        if isinstance(key, Scalar):
            if key.value in seen and key.value != "<<":
                yield key
            seen.add(key.value)


def items(node: Node | None) -> list[Node]:
    """The items of a sequence; nothing for any other node."""
    found = resolved(node)
    return found.items if isinstance(found, Sequence) else []


def text(node: Node | None) -> str | None:
    """A scalar's text; None for null and for collections."""
    found = resolved(node)
    if not isinstance(found, Scalar) or is_null(found):
        return None
    return found.value


def string(node: Node | None) -> str:
    """A scalar's text; empty for null, for collections and for nothing."""
    return text(node) or ""


def is_null(node: Node | None) -> bool:
    """Whether there is nothing, or a plain null."""
    found = resolved(node)
    return found is None or (isinstance(found, Scalar) and not found.style and found.value.lower() in _NULL)


def boolean(node: Node | None) -> bool | None:
    """True or False as YAML 1.1 spells them (`yes`, `on`), also in quotes; None for anything else."""
    word = string(node).lower()
    return True if word in _TRUE else False if word in _FALSE else None


def integer(node: Node | None) -> int | None:
    """A whole number in a base that YAML knows, also in quotes; None for anything else."""
    word = string(node).strip()
    if not _INTEGER.fullmatch(word) or len(word) > 40:
        return None
    try:
        return int(word, 0)
    except ValueError:  # 010 is octal in YAML 1.1
        return int(word, 8) if re.fullmatch(r"[-+]?0[0-7_]+", word) else None


__all__ = ["Alias", "boolean", "duplicates", "entries", "get", "integer", "is_null", "items", "string", "text"]
