"""Patches of Terraform files: the smallest edits after which a resource is read as another model, as `terraform fmt`
would have them.

A value that comes from a variable or an expression is not replaced: it is left, and said.
"""

import re
from collections.abc import Iterator
from typing import Any

from ringfence import dataclasses
from ringfence.formats.document import Edit, Patch
from ringfence.formats.hcl.body import Attribute, Body
from ringfence.formats.hcl.syntax import Expression, Literal, Tuple
from ringfence.formats.terraform.layout import Addition, additions, in_place, newline_of, whole_lines
from ringfence.formats.terraform.reader import Record, Writing
from ringfence.formats.terraform.view import View

_GONE = object()
_DECIDE = "this needs a decision"
_NOWHERE = "nothing is known that would write it"
_BESIDE = "it takes a resource of its own: add one where this one stands"


def patch(text: str, file: str, record: Record, old: object, new: object) -> Patch:
    """The edits after which `old` is read as `new`, but for what is left."""
    writer = _Writer(text, file, record)
    for path, value in _changes(old, new, "") if old != new else ():
        writer.change(path, value)
    return Patch(edits=tuple(writer.finished()), left=tuple(writer.left))


def _changes(old: Any, new: Any, path: str) -> Iterator[tuple[str, object]]:
    """What differs; `old` and `new` do."""
    if dataclasses.is_dataclass(old) and type(old) is type(new):
        for field in dataclasses.fields(old):
            one, other = getattr(old, field.name), getattr(new, field.name)
            if one != other:
                yield from _changes(one, other, f"{path}.{field.name}" if path else field.name)
    elif isinstance(old, tuple) and isinstance(new, tuple) and old:
        yield from _of_lists(old, new, path)
    else:
        yield path, new


def _of_lists(old: tuple[Any, ...], new: tuple[Any, ...], path: str) -> Iterator[tuple[str, object]]:
    if len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            if one != other:
                yield from _changes(one, other, f"{path}[{index}]")
        return
    at, gone = 0, list[int]()
    for index, one in enumerate(old):
        if at < len(new) and one == new[at]:
            at += 1
        else:
            gone.append(index)
    if at == len(new) and len(gone) == len(old) - len(new):
        for index in gone:
            yield f"{path}[{index}]", _GONE
    else:
        yield path, new


class _Writer:
    def __init__(self, text: str, file: str, record: Record) -> None:
        self._text, self._file, self._record = text, file, record
        self._edits = dict[tuple[int, int], str]()
        self._added = dict[int, Addition]()
        self._removed = dict[str, list[int]]()
        self._companions = list[str]()
        self.left = list[tuple[str, str]]()

    def change(self, path: str, value: object) -> None:
        """Write one field."""
        record = self._record
        if path in record.questions:
            self.left.append((path, record.questions[path]))
        elif value is _GONE:
            self._remove(path)
        elif path in record.companions:
            block = record.instance.resource.block
            if block.source.file != self._file or block.body.json:
                self.left.append((path, _BESIDE))
            else:
                self._companions.append(record.companions[path])
        elif path in record.writings:
            self._write(path, record.writings[path], value)
        elif self._item(path, value) or self._stretch(path, value):
            pass
        else:
            self.left.append((path, _NOWHERE))

    def finished(self) -> list[Edit]:
        """All edits."""
        for field, indexes in self._removed.items():
            self._remove_items(field, indexes)
        block = self._record.instance.resource.block
        newline = newline_of(self._text)
        if self._companions:
            said = "".join(newline * 2 + one.strip().replace("\n", newline) for one in self._companions)
            self._edits[(block.end, block.end)] = said
        for addition in self._added.values():
            for start, end, said in additions(self._text, addition):
                self._edits[(start, end)] = self._edits.get((start, end), "") + said
        return [Edit(start=start, end=end, text=said) for (start, end), said in sorted(self._edits.items())]

    # One attribute.

    def _write(self, path: str, writing: Writing, value: object) -> None:
        said = _written(writing, value)
        if said is None:
            self.left.append((path, _DECIDE))
            return
        view = writing.view
        *outer, name = writing.attribute.split(".")
        missing = list[str]()
        for kind in outer:
            some, _ = view.blocks(kind) if not missing else ([], True)
            if some:
                view = some[0]
            else:
                missing.append(kind)
        while not view.there and view.parent is not None:
            missing.insert(0, view.kind)
            view = view.parent
        if view.file != self._file or view.body is None or view.body.json:
            self.left.append((path, "it stands in an object, in JSON or in another file: change it there"))
            return
        attribute = view.body.attributes.get(name) if not missing else None
        if attribute is None:
            self._add(view, missing, name, said)
        elif attribute.source.file != self._file:
            self.left.append((path, f"{attribute.source.file} says it: change it there"))
        elif is_literal(attribute.expression):
            start, end, said = in_place(self._text, attribute.expression.start, attribute.expression.end, said)
            self._edits[(start, end)] = said
        else:
            self.left.append((path, f"its value is worked out from {shown(self._text, attribute)}: change it there"))

    def _add(self, view: View, missing: list[str], name: str, said: str) -> None:
        assert view.body is not None  # noqa: S101
        addition = self._added.setdefault(id(view.body), Addition(view.body, indent_of(self._text, view.body)))
        for kind in missing:
            addition = addition.block(kind)
        addition.attributes[name] = said

    # Items of lists.

    def _item(self, path: str, value: object) -> bool:
        """An item of a list that is written out."""
        field, _, index = path.rpartition("[")
        place = self._record.elements.get(field)
        if place is None or not index[:-1].isdigit() or not isinstance(value, str):
            return False
        start, end = place[1][int(index[:-1])]
        if self._record.spots[path].file != self._file or not _QUOTED.fullmatch(self._text[start:end]):
            return False
        self._edits[(start, end)] = hcl(value) or ""
        return True

    def _stretch(self, path: str, value: object) -> bool:
        """A literal inside of an expression."""
        spot, values = self._record.stretches.get(path, (None, {}))
        if spot is None or spot.file != self._file or value not in values:
            return False
        self._edits[(spot.start, spot.end)] = values[value]
        return True

    def _remove(self, path: str) -> None:
        block = self._record.blocks.get(path)
        field, _, index = path.rpartition("[")
        if (
            block is not None
            and block.file == self._file
            and self._text[block.start : block.start + 1] not in ("{", "[")
        ):
            end = _block_end(self._record, block.start)
            if end is not None:
                self._edits[whole_lines(self._text, block.start, end)] = ""
                return
        if field in self._record.elements and self._record.spots[path].file == self._file:
            self._removed.setdefault(field, []).append(int(index[:-1]))
            return
        self.left.append((path, "it does not stand by itself in this file: remove it where it comes from"))

    def _remove_items(self, field: str, indexes: list[int]) -> None:
        spans = self._record.elements[field][1]
        kept = [span for index, span in enumerate(spans) if index not in indexes]
        if not kept:
            self._edits[(spans[0][0], spans[-1][1])] = ""
            return
        for index in indexes:
            if index + 1 < len(spans):
                self._edits[(spans[index][0], spans[index + 1][0])] = ""
            else:
                previous = max(n for n in range(len(spans)) if n not in indexes)
                self._edits[(spans[previous][1], spans[index][1])] = ""
                for other in list(self._edits):
                    if (
                        other != (spans[previous][1], spans[index][1])
                        and spans[previous][1] <= other[0] < spans[index][1]
                    ):
                        del self._edits[other]


_QUOTED = re.compile(r'"(?:[^"\\$%]|\\.)*"')


def _block_end(record: Record, start: int) -> int | None:
    waiting = [record.instance.resource.block]
    while waiting:
        block = waiting.pop()
        for one in block.body.blocks:
            if one.start == start:
                return one.end
            waiting.append(one)
    return None


def _written(writing: Writing, value: object) -> str | None:
    if writing.values is not None:
        return writing.values.get(value)
    if writing.invert and isinstance(value, bool):
        value = not value
    return hcl(value)


def hcl(value: object) -> str | None:
    """A value as HCL; None for what has no plain form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        said = (
            value.replace("\\", "\\\\")
            .replace('"', '\\"')
            .replace("\n", "\\n")
            .replace("${", "$${")
            .replace("%{", "%%{")
        )
        return f'"{said}"'
    if isinstance(value, tuple) and all(isinstance(one, str | int) for one in value):
        return "[" + ", ".join(hcl(one) or "" for one in value) + "]"
    return None


def is_literal(expression: Expression) -> bool:
    """Whether a value, or a list of values, is written out."""
    if isinstance(expression, Literal):
        return True
    return isinstance(expression, Tuple) and all(isinstance(one, Literal) for one in expression.items)


def shown(text: str, attribute: Attribute) -> str:
    """An attribute's expression in a message."""
    said = " ".join(text[attribute.value_start : attribute.end].split())
    return f"`{said[:60]}`" + ("…" if len(said) > 60 else "")


def indent_of(text: str, body: Body) -> str:
    """The indentation of what stands in a body: that of its first line, or two more than that of its block."""
    line = text.rfind("\n", 0, body.start) + 1
    outer = text[line : body.start]
    return outer[: len(outer) - len(outer.lstrip())] + "  "
