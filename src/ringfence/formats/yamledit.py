"""Edits of YAML as splices: what is not touched stays byte for byte, comments, quotes, anchors and line ends too.

Wishes are collected on the tree of the text as it was; `done` turns them into edits that do not overlap. A value
behind an alias is written out where the alias stands, so that the anchor's other users keep theirs; a key that a
merge brings is overridden by one of the mapping's own.
"""

import re

from ringfence.formats.document import Edit
from ringfence.formats.yamlread import entries, is_null
from ringfence.formats.yamltree import Alias, Mapping, Node, Scalar, Sequence, resolved
from ringfence.formats.yamlwrite import Data, flow, items, pairs, plain, scalar

Path = tuple[str, ...]

# What may stand before a block mapping's first key or a sequence's first dash on its line.
_LEAD = re.compile(r"[\ufeff ]*(?:- +)*(?:[&!]\S* +)*")


class CannotEdit(Exception):
    """Why a text cannot be changed in this way: one sentence."""


class YamlEdits:
    """Wishes for one text. Nodes must come from that text's tree."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._edits = list[Edit]()
        self._puts = dict[int, tuple[Mapping, dict[str, Data]]]()
        self._appends = dict[int, tuple[Sequence, list[Data]]]()
        self._removals = list[list[tuple[Mapping, int]]]()
        self._removed_keys = dict[int, tuple[Mapping, set[int]]]()
        self._removed_items = dict[int, tuple[Sequence, set[int]]]()
        # What aliases and empty values were written out as so far, and the edits that did it.
        self._expanded = dict[int, Data]()
        self._filled = dict[int, tuple[Edit, ...]]()

    def put(self, mapping: Mapping, path: Path, data: Data) -> None:
        """Set the value at a key path below a mapping; levels that are missing are made."""
        self._put(mapping, path, data, append=False)

    def append(self, mapping: Mapping, path: Path, item: Data) -> None:
        """Add an item to the list at a key path below a mapping; a missing list is made."""
        self._put(mapping, path, item, append=True)

    def put_item(self, sequence: Sequence, index: int, data: Data) -> None:
        """Replace an item of a list."""
        self.put_node(sequence.items[index], data)

    def put_node(self, node: Node, data: Data) -> None:
        """Replace a value where it stands."""
        if isinstance(node, Scalar) and not isinstance(data, dict | list):
            said = scalar(data, node.style if node.style in ("'", '"') and isinstance(data, str) else "")
            self._splice(node, said)
        elif isinstance(node, Mapping | Sequence) and not node.flow:
            head = len(self._text[: node.start].rstrip())
            if self._text[head - 1 : head] not in (":", "-"):
                raise CannotEdit("a comment, an anchor or a tag stands before the block that would be replaced")
            self._edits.append(Edit(start=head, end=self._end_of(node), text=" " + flow(data)))
        else:
            self._splice(node, flow(data))

    def remove(self, mapping: Mapping, path: Path) -> None:
        """Drop a key with its value; a mapping that becomes empty goes too."""
        holders = list[tuple[Mapping, int]]()
        node: Node = mapping
        for name in path:
            if not isinstance(node, Mapping):
                raise CannotEdit(f"`{name}` stands behind an alias or is no mapping's key")
            index = self._own(node, name)
            if index is None:
                raise CannotEdit(f"`{name}` is not written here: it is merged in from elsewhere")
            holders.append((node, index))
            node = node.pairs[index][1]
        self._removals.append(holders)

    def remove_item(self, sequence: Sequence, index: int) -> None:
        """Drop an item of a list; a list without items stays as `[]`."""
        self._removed_items.setdefault(id(sequence), (sequence, set()))[1].add(index)

    def done(self) -> tuple[Edit, ...]:
        """All edits. Raises CannotEdit where the text's form does not allow one of them."""
        self._settle_removals()
        for sequence, gone in self._removed_items.values():
            self._drop_items(sequence, gone)
        for mapping, lost in self._removed_keys.values():
            self._drop_keys(mapping, lost)
        inserted = [self._insert_pairs(*wish) for wish in self._puts.values()]
        inserted += [self._insert_items(*wish) for wish in self._appends.values()]
        at = dict[int, list[tuple[int, str]]]()
        for offset, indent, said in inserted:
            at.setdefault(self._outside(offset), []).append((indent, said))
        for offset, several in at.items():
            # What is deeper belongs to what stands before, so it comes first.
            said = "".join(text for _, text in sorted(several, key=lambda one: -one[0]))
            self._edits.append(Edit(start=offset, end=offset, text=said))
        return tuple(self._edits)

    def _settle_removals(self) -> None:
        """Mark the keys that go: those that were named, and those of mappings that become empty and stay so."""
        marked = True
        while marked:
            marked = False
            for holders in self._removals:
                for depth in reversed(range(len(holders))):
                    holder, index = holders[depth]
                    gone = self._removed_keys.setdefault(id(holder), (holder, set()))[1]
                    if index not in gone:
                        gone.add(index)
                        marked = True
                    if len(gone) < len(holder.pairs) or id(holder) in self._puts:
                        break

    def _outside(self, at: int) -> int:
        """A place for new lines: the end of the line before, where the lines that they would follow go."""
        moved = True
        while moved:
            moved = False
            for edit in self._edits:
                if not edit.text and edit.start < at < edit.end and self._text[edit.start - 1 : edit.start] == "\n":
                    at, moved = edit.start - len(self._newline), True
        return at

    # -- finding the place

    def _put(self, mapping: Mapping, path: Path, data: Data, *, append: bool) -> None:
        node = mapping
        for depth, name in enumerate(path):
            rest = path[depth + 1 :]
            index = self._own(node, name)
            if index is None:
                self._add(node, name, rest, data, append=append)
                return
            value = node.pairs[index][1]
            if isinstance(value, Mapping) and rest:
                node = value
            elif isinstance(value, Sequence) and append and not rest:
                self._appends.setdefault(id(value), (value, []))[1].append(data)
                return
            else:
                self._replace(node, index, rest, data, append=append)
                return

    def _own(self, mapping: Mapping, name: str) -> int | None:
        """The last pair that a mapping itself has under a name."""
        for index in range(len(mapping.pairs) - 1, -1, -1):
            key = resolved(mapping.pairs[index][0])
            if isinstance(key, Scalar) and key.value == name and not (name == "<<" and not key.style):
                return index
        return None

    def _add(self, mapping: Mapping, name: str, rest: Path, data: Data, *, append: bool) -> None:
        """A key that the mapping does not have itself; what a merge brings under it is kept."""
        new = self._puts.setdefault(id(mapping), (mapping, {}))[1]
        if name not in new:
            merged = entries(mapping).get(name)
            new[name] = plain(merged[1]) if merged is not None and (rest or append) else None
        new[name] = _with(new[name], rest, data, append=append)

    def _replace(self, mapping: Mapping, index: int, rest: Path, data: Data, *, append: bool) -> None:
        """A key whose value is no collection of its own: a scalar, nothing, or an alias."""
        key, value = mapping.pairs[index]
        if not (rest or append):
            if is_null(value) and isinstance(data, dict | list) and not mapping.flow and data:
                self._fill(mapping, key, value, data)
            else:
                self.put_node(value, data)
            return
        if isinstance(resolved(value), Scalar) and not is_null(value):
            raise CannotEdit(f"`{getattr(key, 'value', '')}` has a value of another kind")
        # Later wishes for the same place build on what the earlier ones made of it.
        made = self._expanded.get(id(value))
        whole = _with(made if made is not None else plain(value), rest, data, append=append)
        self._expanded[id(value)] = whole
        self._edits = [edit for edit in self._edits if edit not in self._filled.get(id(value), ())]
        before = len(self._edits)
        self._fill(mapping, key, value, whole)
        self._filled[id(value)] = tuple(self._edits[before:])

    def _fill(self, mapping: Mapping, key: Node, value: Node, data: Data) -> None:
        """Put a collection where nothing or an alias stood, in the style of the mapping around it."""
        if mapping.flow or not isinstance(data, dict | list) or not data:
            self._splice(value, flow(data))
            return
        indent = key.column - 1 + 2
        lines = pairs(data, indent) if isinstance(data, dict) else items(data, indent)
        block = self._newline + self._newline.join(lines)
        end = self._line_end(value.end)
        if value.end > value.start:
            begin = value.start
            while self._text[begin - 1] in " \t":
                begin -= 1
            self._edits.append(Edit(start=begin, end=value.end, text=""))
        self._edits.append(Edit(start=end, end=end, text=block))

    def _splice(self, node: Node, said: str) -> None:
        end = node.end
        if isinstance(node, Scalar) and node.style in ("|", ">"):
            end = self._content_end(node)
        if node.start == end and self._text[node.start - 1 : node.start] in (":", "-", ","):
            said = " " + said
        self._edits.append(Edit(start=node.start, end=end, text=said))

    # -- adding

    def _insert_pairs(self, mapping: Mapping, data: dict[str, Data]) -> tuple[int, int, str]:
        lost = self._removed_keys.get(id(mapping), (mapping, set[int]()))[1]
        left = [index for index in range(len(mapping.pairs)) if index not in lost]
        if mapping.flow:
            said = ", ".join(f"{scalar(key)}: {flow(value)}" for key, value in data.items())
            return self._into_flow(mapping, mapping.pairs[left[-1]][1].end if left else None, said)
        indent = self._indent(mapping)
        text = self._newline.join(pairs(data, indent))
        return self._behind(mapping.pairs[left[-1]][1] if left else None, indent, text)

    def _insert_items(self, sequence: Sequence, data: list[Data]) -> tuple[int, int, str]:
        lost = self._removed_items.get(id(sequence), (sequence, set[int]()))[1]
        left = [index for index in range(len(sequence.items)) if index not in lost]
        if sequence.flow:
            said = ", ".join(map(flow, data))
            return self._into_flow(sequence, sequence.items[left[-1]].end if left else None, said)
        indent = self._indent(sequence)
        text = self._newline.join(items(data, indent))
        # A dash may stand in the column of the key that its list belongs to, and yet is deeper than the next key.
        return self._behind(sequence.items[left[-1]] if left else None, indent + 1, text)

    def _into_flow(self, node: Mapping | Sequence, behind: int | None, said: str) -> tuple[int, int, str]:
        if behind is None:
            return node.end - 1, 0, said
        comma = re.compile(r"\s*,").match(self._text, behind, node.end)
        if comma is not None and any(edit.start < comma.end() <= edit.end for edit in self._edits if not edit.text):
            comma = None  # it goes with what stood behind it
        return (comma.end(), 0, " " + said) if comma else (behind, 0, ", " + said)

    def _behind(self, last: Node | None, indent: int, text: str) -> tuple[int, int, str]:
        """A place behind the last thing that stays, at the end of its line."""
        if last is None:
            raise CannotEdit("all that stood there goes, so there is no place beside it")
        tail = self._tail(last)
        end = self._content_end(tail) if isinstance(tail, Scalar) and tail.style in ("|", ">") else tail.end
        at = self._line_end(end)
        return at, indent, self._newline + text

    def _indent(self, node: Mapping | Sequence) -> int:
        """The column (from 0) at which a block's keys or dashes stand. Raises CannotEdit for explicit keys and tabs."""
        start = node.start
        line = self._text.rfind("\n", 0, start) + 1
        if not _LEAD.fullmatch(self._text, line, start):
            raise CannotEdit("the keys there are written in a form that nothing can be added to")
        return start - line - (1 if self._text[line : line + 1] == "\ufeff" else 0)

    def _tail(self, node: Node) -> Node:
        """The last thing that is written in a node."""
        while not isinstance(node, Scalar | Alias) and not node.flow:
            node = node.pairs[-1][1] if isinstance(node, Mapping) else node.items[-1]
        return node

    def _content_end(self, node: Node) -> int:
        """Where a block scalar's last line ends, without its newline."""
        return len(self._text[: node.end].rstrip("\r\n ")) if node.end > node.start else node.end

    def _line_end(self, at: int) -> int:
        found = self._text.find("\n", at)
        if found < 0:
            return len(self._text)
        return found - 1 if self._text[found - 1] == "\r" and found > at else found

    # -- taking away

    def _drop_keys(self, mapping: Mapping, lost: set[int]) -> None:
        if len(lost) == len(mapping.pairs):
            new = self._puts.pop(id(mapping), (mapping, dict[str, Data]()))[1]
            if not new and self._is_gone(mapping):
                return
            said = flow(new)
            if new and not mapping.flow:  # what is put takes the place of what goes
                said = self._newline.join(pairs(new, self._indent(mapping))).lstrip(" ")
            self._edits.append(Edit(start=mapping.start, end=self._end_of(mapping), text=said))
            return
        spans = [(key.start, self._end_of(value)) for key, value in mapping.pairs]
        for first, last in _runs(lost):
            self._drop(spans, first, last, flow_style=mapping.flow)

    def _is_gone(self, mapping: Mapping) -> bool:
        """Whether the key that holds an emptied mapping goes too."""
        return any(holder.pairs[one][1] is mapping for holder, gone in self._removed_keys.values() for one in gone)

    def _drop_items(self, sequence: Sequence, lost: set[int]) -> None:
        if len(lost) == len(sequence.items):
            self._empty(sequence)
            return
        if sequence.flow:
            spans = [(item.start, item.end) for item in sequence.items]
        else:
            spans = [(self._dash(sequence, item), self._end_of(item)) for item in sequence.items]
        for first, last in _runs(lost):
            self._drop(spans, first, last, flow_style=sequence.flow)

    def _empty(self, sequence: Sequence) -> None:
        """Take all items; what is to be appended takes the places of the first of them."""
        new = self._appends.pop(id(sequence), (sequence, []))[1]
        if sequence.flow or not new:
            begin, said = sequence.start, flow(new)
            if not sequence.flow:
                head = self._text[:begin].rstrip()
                if head.endswith(":"):
                    begin, said = len(head), " " + said
            self._edits.append(Edit(start=begin, end=self._end_of(sequence), text=said))
            return
        lines = items(new, self._indent(sequence))
        said = self._newline.join(lines).lstrip(" ")
        self._edits.append(Edit(start=sequence.start, end=self._end_of(sequence), text=said))

    def _drop(self, spans: list[tuple[int, int]], first: int, last: int, *, flow_style: bool) -> None:
        """Take a run of neighbours; at least one thing beside it stays."""
        start, end = spans[first][0], spans[last][1]
        line = self._text.rfind("\n", 0, start) + 1
        shared = self._text[line:start].strip(" \ufeff") != ""
        if (flow_style or shared) and last + 1 < len(spans):
            following = spans[last + 1][0]
            behind = self._line_end(end)
            if not flow_style and self._text[behind:following].strip():  # comments stand between
                start, end = len(self._text[:start].rstrip(" ")), behind
            else:
                end = following  # in a block, what comes next moves up to the dash
        elif flow_style:
            start = spans[first - 1][1]
        else:
            for begin, stop in self._line_ranges(spans[first : last + 1]):
                self._edits.append(Edit(start=begin, end=stop, text=""))
            return
        self._edits.append(Edit(start=start, end=end, text=""))

    def _line_ranges(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The whole lines of neighbours; what stands between two of them (a comment) stays."""
        found = list[tuple[int, int]]()
        for start, end in spans:
            begin, stop = self._lines(self._text.rfind("\n", 0, start) + 1, end)
            if found and begin <= found[-1][1]:
                found[-1] = (found[-1][0], stop)
            else:
                found.append((begin, stop))
        return found

    def _lines(self, start: int, end: int) -> tuple[int, int]:
        """Whole lines, with one of the newlines around them."""
        end = self._line_end(end)
        if end < len(self._text):
            return start, end + (2 if self._text.startswith("\r\n", end) else 1)
        return max(0, start - len(self._newline)), end

    def _end_of(self, node: Node) -> int:
        tail = self._tail(node)
        return self._content_end(tail) if isinstance(tail, Scalar) and tail.style in ("|", ">") else tail.end

    def _dash(self, sequence: Sequence, item: Node) -> int:
        """The dash of an item: the last one before it in the sequence's column."""
        at = item.start
        while True:
            at = self._text.rfind("-", 0, at)
            if at < 0:
                raise CannotEdit("the list's dashes cannot be found")
            if at - self._text.rfind("\n", 0, at) == sequence.column:
                return at


def _runs(indices: set[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours."""
    runs = list[tuple[int, int]]()
    for index in sorted(indices):
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _with(data: Data, path: Path, value: Data, *, append: bool) -> Data:
    """Plain data with a value put, or an item appended, at a key path."""
    if not path:
        if not append:
            return value
        if data is not None and not isinstance(data, list):
            raise CannotEdit("a list is wanted where something else stands")
        return [*(data or []), value]
    if data is not None and not isinstance(data, dict):
        raise CannotEdit(f"`{path[0]}` is wanted below something that is no mapping")
    known = dict(data or {})
    known[path[0]] = _with(known.get(path[0]), path[1:], value, append=append)
    return known


__all__ = ["CannotEdit", "Data", "YamlEdits"]
