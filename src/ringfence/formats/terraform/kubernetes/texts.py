"""Objects that stand in a configuration as YAML text.

A heredoc is read where it stands, so that lines and edits are those of the file; what is interpolated is put in where
it is known, and is nothing that a field takes where it is not. Any other text is read as it comes out, and stands where
its attribute does.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from ringfence.controls.control import Scope
from ringfence.dataclasses import replace
from ringfence.formats.document import Edit, Patch
from ringfence.formats.hcl import Value, evaluate
from ringfence.formats.hcl.syntax import Expression, Literal, Template
from ringfence.formats.kubernetes.held import Held, Spot
from ringfence.formats.kubernetes.manifest import Manifest, is_manifest
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.reader import Spot as Stretch
from ringfence.formats.yamledit import CannotEdit, YamlEdits
from ringfence.formats.yamltree import Scalar

#: What stands for a value that nobody knows: no field takes it, and every reader passes it over.
UNKNOWN = "$(unknown)"
_HEREDOC = re.compile(r"<<-?([^\W\d][\w-]*)[ \t]*\r?\n")
_WORKED_OUT = "its value is worked out from elsewhere: change it there"


class Source:
    """A text, and where its stretches stand in the file: (offset in the text, offset in the file), in order; odd ones
    are interpolated."""

    def __init__(self, text: str, stretches: list[tuple[int, int]], whole: tuple[int, int]) -> None:
        self.text = text
        self._starts = [one for one, _ in stretches]
        self._stretches = stretches
        self._whole = whole

    def offset(self, at: int, *, end: bool = False) -> int:
        """Where an offset of the text stands in the file."""
        if not self._stretches:
            return self._whole[1 if end else 0]
        index = bisect_right(self._starts, at - 1 if end and at else at) - 1
        start, outer = self._stretches[index]
        if index % 2:
            following = self._stretches[index + 1][1]
            return following if end else outer
        return outer + at - start

    def is_written(self, start: int, end: int) -> bool:
        """Whether a stretch of the text stands in the file as it is."""
        if not self._stretches:
            return False
        first, last = bisect_right(self._starts, start) - 1, bisect_right(self._starts, max(start, end - 1)) - 1
        return first == last and not first % 2


def documents(r: Reader, value: Value, expression: Expression | None, span: tuple[int, int]) -> Iterator[object]:
    """The models of the objects in a text."""
    source = source_of(r, value, expression, span)
    if source is None:
        return
    if not is_manifest(source.text):
        if source.text.strip() and UNKNOWN not in source.text:
            r.instance.resource.module.budget.say(r.instance.resource.block, "its text is no object of Kubernetes")
        return
    manifest = Manifest(source.text, r.view.file)
    for one in manifest.unread:
        r.instance.resource.module.budget.say(r.instance.resource.block, one.message)
    for held in manifest.reader.held:
        unknown = {path for path, (key, said) in held.places.items() if _is_unknown(said or key)}
        held.subject = replace(held.subject, unknown=held.subject.unknown | unknown)
        _remember(r, source, held)
        yield held.subject.model


def _is_unknown(node: object) -> bool:
    return isinstance(node, Scalar) and node.value == UNKNOWN


def source_of(r: Reader, value: Value, expression: Expression | None, span: tuple[int, int]) -> Source | None:
    """The text that a value is; None where nobody knows it."""
    text = r.view.body.source.text if r.view.body is not None and not r.view.body.json else ""
    found = _HEREDOC.match(text, expression.start) if expression is not None and text else None
    if found is not None and isinstance(expression, Template | Literal):
        made = _heredoc(r, text, found, expression)
        if made is not None:
            return made
    return Source(value, [], span) if isinstance(value, str) else None


def _heredoc(r: Reader, text: str, head: re.Match[str], expression: Template | Literal) -> Source | None:
    """The lines of a heredoc as they stand; None where they are not what comes out."""
    end = re.compile(rf"^[ \t]*{re.escape(head[1])}[ \t]*\r?$", re.MULTILINE).search(text, head.end())
    if end is None or any(sign in text[head.end() : end.start()] for sign in ("$${", "%{", "\0")):
        return None
    pieces, stretches, at = list[str](), list[tuple[int, int]](), head.end()
    length = 0
    inner = [one for one in expression.parts if isinstance(one, Expression)] if isinstance(expression, Template) else []
    for one in inner:
        begin, stop = text.rfind("${", at, one.start), text.find("}", one.end)
        said = evaluate(one, r.view.names)
        if begin < 0 or stop < 0 or stop > end.start():
            return None
        shown = str(said).lower() if isinstance(said, bool) else str(said) if isinstance(said, str | int) else UNKNOWN
        if "\n" in shown:
            return None
        stretches += [(length, at), (length + begin - at, begin)]
        pieces += [text[at:begin], shown]
        length += begin - at + len(shown)
        at = stop + 1
    stretches.append((length, at))
    pieces.append(text[at : end.start()])
    return Source("".join(pieces), stretches, (expression.start, expression.end))


def _remember(r: Reader, source: Source, held: Held) -> None:
    record, file = r.record, r.view.file

    def patch(wanted: object, text: str) -> Patch:
        from ringfence.formats.kubernetes.writing import patch

        return patch(held, wanted, lambda: _Edits(source))

    record.scope = Scope.KUBERNETES
    record.title = r.address + held.subject.name.removeprefix(held.of.title)
    record.anchor = stretch_of(source, held.anchor, file)
    record.unknown |= held.subject.unknown
    record.spots |= {path: stretch_of(source, spot, file) for path, spot in held.places.items()}
    record.patch = patch


def stretch_of(source: Source, spot: Spot, file: str) -> Stretch:
    """Where a spot of the text stands in the file."""
    first, last = spot
    end = last.end if isinstance(last, Scalar) and last.start >= first.start else first.end
    line = source.text.find("\n", first.start)
    end = max(min(end, line if line >= 0 else end), first.start)
    return Stretch(file=file, start=source.offset(first.start), end=source.offset(end, end=True))


class _Edits(YamlEdits):
    """Edits of the text, moved to where it stands."""

    def __init__(self, source: Source) -> None:
        super().__init__(source.text)
        self._source = source

    def done(self) -> tuple[Edit, ...]:
        """All edits, in the file. Raises CannotEdit where the text does not stand there as it is."""
        return tuple(self._moved(one) for one in super().done())

    def _moved(self, edit: Edit) -> Edit:
        if not self._source.is_written(edit.start, edit.end):
            raise CannotEdit(_WORKED_OUT)
        start = self._source.offset(edit.start)
        if "${" in edit.text or "%{" in edit.text:
            raise CannotEdit(_WORKED_OUT)
        return Edit(start=start, end=start + edit.end - edit.start, text=edit.text)
