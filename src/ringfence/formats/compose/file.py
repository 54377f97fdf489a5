"""A Compose file as a document: subjects, what could not be read, places, patches."""

from ringfence.controls.control import Scope
from ringfence.formats.compose import service, trouble
from ringfence.formats.compose.extent import said_only
from ringfence.formats.compose.project import Project
from ringfence.formats.compose.scalars import Reading
from ringfence.formats.compose.storage import Storage
from ringfence.formats.document import Patch, Place, Read, Subject
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, parse, resolved


class ComposeFile:
    """One file. Services that a merged file brought are judged here too; those files are `parts`, and `texts` has
    the texts of all files in which a place may lie."""

    def __init__(self, text: str, file: str, read: Read) -> None:
        self.text = text
        self.file = file
        self.parsed = parse(text)
        self.project = Project(file, read, self.parsed)
        self.readings = dict[str, tuple[Reading, Storage]]()
        found = list[Subject]()
        for name in self.project.services:
            subject = self._subject(name)
            if subject is not None:
                found.append(subject)
        self.subjects = tuple(found)
        self.unread = tuple(trouble.unread(self))

    @property
    def parts(self) -> tuple[str, ...]:
        """Files that are judged with this one, and need not be judged alone."""
        return self.project.parts

    @property
    def texts(self) -> dict[str, str]:
        """The texts of this file and of those that it led to."""
        return self.project.files.texts

    def place(self, subject: Subject, path: str) -> Place:
        """Where a model path stands: see `ringfence.formats.document.Document`."""
        reading, _ = self._reading(subject)
        at = path
        while at:
            nodes = reading.at.get(at)
            if nodes is not None:
                return self.span(*nodes)
            cut = max(at.rfind("."), at.rfind("["))
            at = at[:cut] if cut > 0 else ""
        return self.span(reading.head, reading.head)

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """The edits that lead to another model: see `ringfence.formats.document.Document`."""
        from ringfence.formats.compose.writing import patch

        return patch(self, *self._reading(subject), subject, wanted)

    def span(self, first: Node, last: Node) -> Place:
        """From the first node to the end of the last; of what goes on for lines in blocks only its first line."""
        file = self.project.files.file_of(first)
        text = self.texts[file]
        end = _end(text, first) if isinstance(resolved(last), Mapping | Sequence) and not _is_short(last) else 0
        end = end or _end(text, last)
        lines = text.count("\n", first.start, end)
        column = end - text.rfind("\n", 0, end) if lines else first.column + max(1, end - first.start)
        return Place(file=file, line=first.line, column=first.column, end_line=first.line + lines, end_column=column)

    def _subject(self, name: str) -> Subject | None:
        project = self.project
        own = project.own.get(name)
        if own is not None and not any(isinstance(resolved(node), Mapping) for _, node in own):
            project.problems.append((own[-1][0], f"the service {name} is no mapping"))
            return None
        fields = project.services[name]
        if "provider" in fields:  # no container: a program outside of the engine stands for it
            return None
        reading = Reading(project, fields, project.heads[name])
        model, storage = service.read(reading, name)
        if project.base or name in project.partial or trouble.is_addition(project, fields):
            said_only(reading, self.file if project.base else "")
        self.readings[name] = reading, storage
        return Subject(scope=Scope.COMPOSE, name=f"service {name}", model=model, unknown=frozenset(reading.unknown))

    def _reading(self, subject: Subject) -> tuple[Reading, Storage]:
        name = subject.name.removeprefix("service ")
        if name not in self.readings:
            raise ValueError(f"{subject.name} is no subject of {self.file}")
        return self.readings[name]


def _is_short(node: Node) -> bool:
    return getattr(node, "flow", True) is True


def _end(text: str, node: Node) -> int:
    """Where a node ends: a scalar with its last line, an alias and flow whole, a block with its first line."""
    if isinstance(node, Scalar) or _is_short(node):
        return node.start + len(text[node.start : node.end].rstrip()) if node.end > node.start else node.end
    found = text.find("\n", node.start)
    end = len(text) if found < 0 else found - (text[found - 1 : found] == "\r")
    return min(node.end, end)
