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


def entries(data: dict[str, Data], indent: str, newline: str, width: int) -> list[str]:
    """The lines of an object's entries, aligned as `terraform fmt` aligns them."""
    return aligned_lines({_key(key): said(value, indent, newline) for key, value in data.items()}, indent, width)


def added(text: str, node: Object, data: dict[str, Data], gone: Collection[str] = ()) -> Change:
    """The edit that adds entries to an object, of which some go. Raises CannotEdit."""
    newline = newline_of(text)
    indent = _line_indent(text, node.start)
    if not node.entries:
        if text[node.start + 1 : node.end - 1].strip():
            raise CannotEdit(_FORM)
        return node.start, node.end, said(data, indent, newline)
    stays = [index for index, (key, _) in enumerate(node.entries) if key not in gone]
    if not stays:
        raise CannotEdit(_FORM)
    last = node.entries[stays[-1]][1].end
    if "\n" not in text[node.start : node.end]:
        if any(isinstance(one, dict | list) for one in data.values()):
            raise CannotEdit(_FORM)
        return last, last, "".join(f", {line}" for line in entries(data, "", newline, 0))
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
        indent = _line_indent(text, node.items[0].start)
        return last.end, last.end, "".join(f", {said(one, indent, newline)}" for one in items)
    indent = _line_indent(text, node.items[0].start)
    behind = _behind_comma(text, last.end)
    lines = [f"{newline}{indent}{said(one, indent, newline)}," for one in items]
    if behind == last.end:
        return last.end, last.end, "," + "".join(lines)[:-1]
    return behind, behind, "".join(lines)


def without_entry(text: str, node: Object, index: int) -> Change:
    """The edit that drops an entry; others stay."""
    start, end = node.key_spans[index][0], _behind_comma(text, node.entries[index][1].end)
    begin, stop = whole_lines(text, start, end)
    if (begin, stop) != (start, end):
        return begin, stop, ""
    if index + 1 < len(node.entries):
        return start, node.key_spans[index + 1][0], ""
    return (node.entries[index - 1][1].end if index else start), node.entries[index][1].end, ""


def without_items(text: str, node: Tuple, gone: set[int]) -> list[Change]:
    """The edits that drop items of a list; at least one stays. Raises CannotEdit for neighbours at its end."""
    spans = [(one.start, one.end) for one in node.items]
    last = len(spans) - 1
    found = list[Change]()
    kept = max(index for index in range(len(spans)) if index not in gone)
    for index in sorted(gone):
        if index < kept:
            found.append((spans[index][0], spans[index + 1][0], ""))
    if kept < last:
        found.append((spans[kept][1], spans[last][1], ""))
    return found


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
