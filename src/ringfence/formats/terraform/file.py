"""A Terraform file as the auditor sees it: its resources, each with the values that the callers of its module pass."""

from collections.abc import Iterator, Sequence

from ringfence.formats.document import Patch, Place, Read, Subject, Unread
from ringfence.formats.hcl import HclFile
from ringfence.formats.terraform import kinds, writing
from ringfence.formats.terraform.module import Budget, Module
from ringfence.formats.terraform.reader import Reader, Record, Spot
from ringfence.formats.terraform.resource import Instance
from ringfence.formats.terraform.sources import Sources

#: Models of one file.
MAX_SUBJECTS = 5000
_PATH = "\0"


class TerraformFile:
    """A `.tf` or `.tf.json` file, read as part of its module; `parsed` are the module's files."""

    def __init__(
        self, text: str, file: str, parsed: Sequence[HclFile], subjects: list[tuple[Subject, Record]]
    ) -> None:  # fmt: skip
        self.text, self.file = text, file
        self._parsed = {one.file: one for one in parsed}
        self.subjects: tuple[Subject, ...] = tuple(subject for subject, _ in subjects)
        self.records = {id(subject): record for subject, record in subjects}
        self.unread: tuple[Unread, ...] = ()

    def place(self, subject: Subject, path: str) -> Place:
        """Where a model path stands; for something that is not there, the block that it belongs to."""
        record = self.records[id(subject)]
        at = path
        while at and at not in record.spots:
            at = at[: max(at.rfind("."), at.rfind("["), 0)]
        block = record.instance.resource.block
        spot = record.spots.get(at) if at else None
        spot = spot or record.anchor
        return self._place(spot or Spot(file=self.file, start=block.start, end=block.open_end))

    def _place(self, spot: Spot) -> Place:
        parsed = self._parsed.get(spot.file)
        if parsed is None:
            return Place(file=spot.file, line=1, column=1, end_line=1, end_column=1)
        line, column = parsed.position(spot.start)
        end_line, end_column = parsed.position(spot.end)
        return Place(file=spot.file, line=line, column=column, end_line=end_line, end_column=end_column)

    def asks(self, subject: Subject, path: str, question: str) -> str:
        """The question of the resource's own kind, else the control's, with the attribute that answers it."""
        record = self.records[id(subject)]
        asked = record.questions.get(path, question)
        attribute = record.attributes.get(path.rpartition("[")[0] if path.endswith("]") else path, "")
        return asked if not attribute or attribute in asked else f"{asked} ({attribute})"

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """The edits after which the resource is read as `wanted`."""
        record = self.records[id(subject)]
        if record.patch is not None:
            return record.patch(wanted, self.text)
        return writing.patch(self.text, self.file, record, subject.model, wanted)


class Context:
    """All the Terraform that one audit reads: the sources, and the models of each root. Texts in `changed` replace
    those on disk."""

    def __init__(self, read: Read, changed: dict[str, str]) -> None:
        self.sources = Sources(read, changed)
        self._by_file = dict[str, dict[str, list[tuple[Subject, Record]]]]()
        self._said = dict[str, dict[tuple[str, int], str]]()

    def subjects(self, root: str) -> dict[str, list[tuple[Subject, Record]]]:
        """The subjects below a root, by file."""
        if root not in self._by_file:
            module = Module(root, self.sources)
            found = dict[str, list[tuple[Subject, Record]]]()
            seen = set[object]()
            for one in module.everything():
                for file, subject, record in judged(one, seen):
                    found.setdefault(file, []).append((subject, record))
            self._by_file[root], self._said[root] = found, module.budget.said
        return self._by_file[root]

    def document(self, text: str, file: str, folder: str) -> TerraformFile:
        """One file."""
        roots = self.sources.roots(folder)
        files = self.sources.folder(folder)
        parsed = next((one for one in files if one.file == file), None)
        found = list[tuple[Subject, Record]]()
        seen = set[object]()
        for root in roots:
            for subject, record in self.subjects(root).get(file, ()):
                if len(roots) > 1:
                    key = (id(record.instance.resource.block), _same(subject))
                    if key in seen:
                        continue
                    seen.add(key)
                found.append((subject, record))
        document = TerraformFile(text, file, files, found[:MAX_SUBJECTS])
        document.unread = tuple(self._unread(file, parsed, roots))
        return document

    def _unread(self, file: str, parsed: HclFile | None, roots: list[str]) -> Iterator[Unread]:
        for one in parsed.broken if parsed else ():
            yield _at(file, one.line, one.column, one.message)
        for root in roots:
            for (where, line), message in self._said.get(root, {}).items():
                if where == file:
                    yield _at(file, line, 1, message)


def _at(file: str, line: int, column: int, message: str) -> Unread:
    return Unread(place=Place(file=file, line=line, column=column, end_line=line, end_column=column), message=message)


def _same(subject: Subject) -> str:
    """What tells two instances of one block apart, but for their names."""
    said = repr(subject.model)
    name = getattr(subject.model, "name", "")
    return f"{type(subject.model).__name__}{said.replace(repr(name), _PATH)}{sorted(subject.unknown)}"


def judged(module: Module, seen: set[object]) -> Iterator[tuple[str, Subject, Record]]:
    """(file, subject, record) of everything in a module that is judged; `seen` are instances that say the same."""
    for kind, resources in module.resources.items():
        read = kinds.reader_of(kind)
        if read is None:
            continue
        for resource in resources:
            for instance in resource.instances:
                yield from _subjects(instance, read, seen)


def _subjects(instance: Instance, read: kinds.Kind, seen: set[object]) -> Iterator[tuple[str, Subject, Record]]:
    reader = Reader(instance)
    models = iter(read(reader))
    while True:
        model = next(models, None)
        if model is None:
            return
        record = reader.record
        name = record.title or getattr(model, "name", instance.address)
        subject = Subject(scope=record.scope, name=name, model=model, unknown=frozenset(record.unknown))
        if instance.key or instance.resource.module.address:
            key = (id(instance.resource.block), _same(subject))
            if key not in seen:
                seen.add(key)
                yield instance.resource.file, subject, record
        else:
            yield instance.resource.file, subject, record
        reader.record = Record(instance)  # the next model of the same resource has fields of its own


__all__ = ["Budget", "Context", "TerraformFile"]
