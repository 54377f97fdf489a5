"""Plain data as YAML text that every reader, of YAML 1.1 and of 1.2, understands alike."""

import json
import re
from typing import TypeAlias

from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

Data: TypeAlias = "str | int | bool | list[Data] | dict[str, Data] | None"

#: What needs no quotes anywhere: a word, a path, an amount with its unit.
_PLAIN = re.compile(r"[A-Za-z_./][A-Za-z0-9_./-]*|[0-9]+(?:[kmgt]b?|[KMGT]i|ms|s|h)")
_RESERVED = frozenset("true false yes no on off y n null nan inf .inf .nan none ~ . .. ... - _".split())
MAX_DEPTH = 50


def scalar(value: str | int | bool | None, style: str = "") -> str:
    """A scalar; `style` is the quote to keep where it can hold the value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    # JSON's escapes are YAML's, but for DEL and the marks that YAML counts as line breaks.
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda one: f"\\u{ord(one.group()):04x}", text)


def flow(data: Data) -> str:
    """Any data in one line."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(flow, data)) + "]"
    return scalar(data)


def pairs(data: "dict[str, Data]", indent: int) -> list[str]:
    """A mapping in block style: its lines, each indented by `indent` spaces."""
    lines = list[str]()
    for key, value in data.items():
        head = " " * indent + scalar(key) + ":"
        lines += _value(head, value, indent)
    return lines


def items(data: "list[Data]", indent: int) -> list[str]:
    """A sequence in block style: its lines, the dashes indented by `indent` spaces."""
    lines = list[str]()
    for value in data:
        if isinstance(value, dict) and value:
            first, *rest = pairs(value, indent + 2)
            lines += [" " * indent + "- " + first.lstrip(" "), *rest]
        else:
            lines.append(" " * indent + "- " + flow(value))
    return lines


def _value(head: str, value: Data, indent: int) -> list[str]:
    if isinstance(value, dict) and value:
        return [head, *pairs(value, indent + 2)]
    if isinstance(value, list) and value:
        return [head, *items(value, indent + 2)]
    return [f"{head} {flow(value)}"]


def plain(node: Node | None, depth: int = MAX_DEPTH) -> Data:
    """The data of a node, to be written elsewhere; plain scalars become what YAML 1.2 makes of them.

    Raises ValueError for what is nested too deeply.
    """
    found = resolved(node)
    if depth == 0:
        raise ValueError("nested too deeply")
    if isinstance(found, Mapping):
        from ringfence.formats.yamlread import entries

        return {key: plain(value, depth - 1) for key, (_, value) in entries(found).items()}
    if isinstance(found, Sequence):
        return [plain(item, depth - 1) for item in found.items]
    if isinstance(found, Scalar):
        return found.value if found.style else _typed(found.value)
    return None


def _typed(word: str) -> Data:
    if word.lower() in {"true", "false"}:
        return word.lower() == "true"
    if word.lower() in {"", "~", "null"}:
        return None
    return int(word) if re.fullmatch(r"0|-?[1-9][0-9]{0,17}", word) else word
