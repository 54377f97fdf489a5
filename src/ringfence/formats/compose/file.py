"""A Compose file as a document: subjects, what could not be read, places, patches."""

from ringfence.controls.control import Scope
from ringfence.formats.compose import service
from ringfence.formats.compose.project import Project
from ringfence.formats.compose.scalars import Reading
from ringfence.formats.document import Patch, Place, Read, Subject, Unread
from ringfence.formats.yamlread import duplicates, entries, is_null
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, parse, resolved


class ComposeFile:
    """One file. Services that a merged file brought stand here too when they are judged here."""

    def __init__(self, text: str, file: str, read: Read) -> None:
        self.text = text
        self.file = file
        self.parsed = parse(text)
        self.project = Project(text, file, read, self.parsed)
        self.readings = dict[str, Reading]()
        found, unread = list[Subject](), [self._broken(one.line, one.column, one.message) for one in self.parsed.broken]
        for name, fields in self.project.services.items():
            if not fields and not self._is_service(name):
                unread.append(self._unread(self.project.own[name][0], f"the service {name} is no mapping"))
                continue
            reading = Reading(self.project, fields)
            model = service.read(reading, name)
            self.readings[name] = reading
            unknown = frozenset(reading.unknown)
            found.append(Subject(scope=Scope.COMPOSE, name=f"service {name}", model=model, unknown=unknown))
        unread += [self._unread(node, message) for node, message in self.project.problems]
        unread += [self._unread(key, f"the key {key.value} stands here twice") for key in self._repeated()]
        unread += self._shape()
        self.subjects = tuple(found)
        self.unread = tuple(unread)

    def place(self, subject: Subject, path: str) -> Place:
        """Where a model path stands: see `ringfence.formats.document.Document`."""
        reading, name = self._reading(subject)
        at: str = path
        while at:
            node = reading.at.get(at)
            if node is not None:
                return self._at(node)
            cut = max(at.rfind("."), at.rfind("["))
            at = at[:cut] if cut > 0 else ""
        pair = self.project.own.get(name)
        return self._at(pair[0]) if pair is not None else self._at(next(iter(reading.fields.values()))[0])

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """The edits that lead to another model: see `ringfence.formats.document.Document`."""
        from ringfence.formats.compose.writing import patch

        reading, name = self._reading(subject)
        return patch(self, reading, name, subject, wanted)

    def _reading(self, subject: Subject) -> tuple[Reading, str]:
        name = subject.name.removeprefix("service ")
        if name not in self.readings:
            raise ValueError(f"{subject.name} is no subject of {self.file}")
        return self.readings[name], name

    def _is_service(self, name: str) -> bool:
        pair = self.project.own.get(name)
        return pair is None or is_null(pair[1]) or isinstance(resolved(pair[1]), Mapping)

    def _repeated(self) -> list[Scalar]:
        """Keys that stand twice in one mapping: the engine refuses such a file."""
        found, waiting = list[Scalar](), [one for one in self.parsed.documents if one is not None]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Mapping):
                found += duplicates(node)
                waiting += [value for _, value in node.pairs]
            elif isinstance(node, Sequence):
                waiting += node.items
        return found

    def _shape(self) -> list[Unread]:
        root = self.project.root
        if root is None:
            return []
        if not isinstance(root, Mapping):
            return [self._unread(root, "a Compose file is a mapping")]
        services = entries(root).get("services")
        if services is not None and not is_null(services[1]) and not isinstance(resolved(services[1]), Mapping):
            return [self._unread(services[0], "`services` is no mapping")]
        return []

    def _at(self, node: Node) -> Place:
        file = self.project.file_of(node)
        text = self.project.texts[file]
        if isinstance(node, Scalar) and "\n" in text[node.start : node.end]:
            end = node.start + len(text[node.start : node.end].rstrip())
            lines, behind = text.count("\n", node.start, end), end - text.rfind("\n", 0, end)
            return Place(file=file, line=node.line, column=node.column, end_line=node.line + lines, end_column=behind)
        end = min(node.end, _line_end(text, node.start))
        column = node.column + max(1, end - node.start)
        return Place(file=file, line=node.line, column=node.column, end_line=node.line, end_column=column)

    def _unread(self, node: Node, message: str) -> Unread:
        return Unread(place=self._at(node), message=message)

    def _broken(self, line: int, column: int, message: str) -> Unread:
        place = Place(file=self.file, line=line, column=column, end_line=line, end_column=column + 1)
        return Unread(place=place, message=message)


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found - (text[found - 1 : found] == "\r")
