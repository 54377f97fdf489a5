"""Objects and lists written in HCL: how new entries look, and where in one that is there they go."""

import re
from collections.abc import Collection

from ringfence.formats.hcl.syntax import Object, Tuple
from ringfence.formats.terraform.layout import aligned_lines, newline_of, whole_lines
from ringfence.formats.terraform.writing import hcl
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamlwrite import Data

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FORM = "what stands there is written in a form that nothing can be added to"
Change = tuple[int, int, str]


def said(data: Data, indent: str, newline: str) -> str:
    """A value as HCL, its first line where it stands and the others below `indent`."""
    if isinstance(data, dict):
        if not data:
            return "{}"
        return newline.join(["{", *entries(data, indent + "  ", newline, 0), f"{indent}}}"])
    if isinstance(data, list) and any(isinstance(one, dict | list) for one in data):
        inner = indent + "  "
        return newline.join(["[", *(f"{inner}{said(one, inner, newline)}," for one in data), f"{indent}]"])
    found = hcl(tuple(data) if isinstance(data, list) else data)
    if found is None:
        raise CannotEdit("it has no plain form")
    return found


def inline(data: Data) -> str:
    """A value as HCL in one line."""
    if isinstance(data, dict):
        return (
            "{ " + ", ".join(f"{_key(key)} = {inline(value)}" for key, value in data.items()) + " }" if data else "{}"
        )
    if isinstance(data, list):
        return "[" + ", ".join(map(inline, data)) + "]"
    return said(data, "", "\n")


def entries(data: dict[str, Data], indent: str, newline: str, width: int) -> list[str]:
    """The lines of an object's entries, aligned as `terraform fmt` aligns them."""
    return aligned_lines({_key(key): said(value, indent, newline) for key, value in data.items()}, indent, width)


def added(text: str, node: Object, data: dict[str, Data], gone: Collection[str] = ()) -> Change:
    """The edit that adds entries to an object, of which some go; where all of them do, it takes their place. Raises
    CannotEdit."""
    newline = newline_of(text)
    indent = _line_indent(text, node.start)
    if not node.entries:
        if text[node.start + 1 : node.end - 1].strip():
            raise CannotEdit(_FORM)
        return node.start, node.end, said(data, indent, newline)
    stays = [index for index, (key, _) in enumerate(node.entries) if key not in gone]
    if not stays:
        one_line = "\n" not in text[node.start : node.end]
        return node.start, node.end, inline(data) if one_line else said(data, indent, newline)
    last = node.entries[stays[-1]][1].end
    if "\n" not in text[node.start : node.end]:
        return last, last, "".join(f", {_key(key)} = {inline(value)}" for key, value in data.items())
    key_start, key_end = node.key_spans[stays[-1]]
    at = _line_end(text, _behind_comma(text, last))
    if at >= node.end - 1 or text.rfind("\n", 0, key_start) < node.start:
        raise CannotEdit(_FORM)
    sign = re.compile(r"[ \t]*=").match(text, key_end)
    single = "\n" not in text[key_start:last]
    width = sign.end() - 2 - key_start if sign is not None and single else 0
    lines = entries(data, _line_indent(text, key_start), newline, width)
    fits = not single or all(len(_key(key)) <= width for key, one in data.items() if not isinstance(one, dict))
    return at, at, newline + newline.join([*([] if fits else [""]), *lines])


def appended(text: str, node: Tuple, items: list[Data]) -> Change:
    """The edit that adds items to a list. Raises CannotEdit."""
    newline = newline_of(text)
    if not node.items:
        return node.start, node.end, said(items, _line_indent(text, node.start), newline)
    last = node.items[-1]
    first_line = text.rfind("\n", 0, node.items[0].start)
    if first_line < node.start:
        return last.end, last.end, "".join(f", {inline(one)}" for one in items)
    indent = _line_indent(text, node.items[0].start)
    behind = _behind_comma(text, last.end)
    lines = [f"{newline}{indent}{said(one, indent, newline)}," for one in items]
    if behind == last.end:
        return last.end, last.end, "," + "".join(lines)[:-1]
    return behind, behind, "".join(lines)


def without_entries(text: str, node: Object, gone: set[int]) -> list[Change]:
    """The edits that drop entries of an object; at least one stays."""
    spans = [(key[0], value.end) for key, (_, value) in zip(node.key_spans, node.entries, strict=True)]
    found = list[Change]()
    for index in sorted(gone):
        start, end = spans[index][0], _behind_comma(text, spans[index][1])
        begin, stop = whole_lines(text, start, end)
        if (begin, stop) == (start, end):  # it shares its line
            return _without(spans, gone)
        found.append((begin, stop, ""))
    return found


def without_items(node: Tuple, gone: set[int]) -> list[Change]:
    """The edits that drop items of a list; at least one stays."""
    return _without([(one.start, one.end) for one in node.items], gone)


def _without(spans: list[tuple[int, int]], gone: set[int]) -> list[Change]:
    last = len(spans) - 1
    kept = max(index for index in range(len(spans)) if index not in gone)
    found = [(spans[index][0], spans[index + 1][0], "") for index in sorted(gone) if index < kept]
    return [*found, (spans[kept][1], spans[last][1], "")] if kept < last else found


def _key(key: str) -> str:
    return key if _NAME.fullmatch(key) else f'"{key}"'


def _line_indent(text: str, at: int) -> str:
    line = text.rfind("\n", 0, at) + 1
    return text[line : line + len(text[line:at]) - len(text[line:at].lstrip())]


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > 0 and text[end - 1] == "\r" else end


def _behind_comma(text: str, at: int) -> int:
    found = re.compile(r"[ \t\r\n]*,").match(text, at)
    return found.end() if found else at
