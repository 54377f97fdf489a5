"""A file of manifests as a document: its subjects, what could not be read, places, and patches."""

import re
from collections.abc import Iterable

from ringfence.formats.document import Patch, Place, Subject, Unread
from ringfence.formats.kubernetes.held import Held, Spot, place_of
from ringfence.formats.kubernetes.nodes import BRACES, Nodes, braces, repeated
from ringfence.formats.kubernetes.objectlist import Reader, objects
from ringfence.formats.yamltree import YamlText, parse

_API = re.compile(r"""(?:^|[\s{,"'])apiVersion["']?[ \t]*:""")
_KIND = re.compile(r"""(?:^|[\s{,"'])kind["']?[ \t]*:""")


def is_manifest(text: str) -> bool:
    """Whether a text looks like a Kubernetes object, in YAML or JSON."""
    return "apiVersion" in text and _API.search(text) is not None and _KIND.search(text) is not None


class Manifest:
    """One file of objects."""

    chart = ""  # see `ringfence.formats.kubernetes.load`
    parts: tuple[str, ...] = ()

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        nodes = Nodes()
        parsed = parse(text)
        self.reader = Reader([one for root in parsed.documents for one in objects(nodes, root)])
        self.subjects = tuple(held.subject for held in self.reader.held)
        self.unread = tuple(self._unread(parsed, nodes))
        self._held = {id(held.subject): held for held in self.reader.held}

    def _unread(self, parsed: YamlText, nodes: Nodes) -> Iterable[Unread]:
        for broken in parsed.broken:
            place = Place(
                file=self.file,
                line=broken.line,
                column=broken.column,
                end_line=broken.line,
                end_column=broken.column + 1,
            )
            yield Unread(place=place, message=broken.message)
        for key in nodes.repeated:
            yield self._problem((key, None), repeated(key))
        template = braces(parsed)
        if template is not None:
            yield self._problem((template, None), BRACES)
        for spot, message in self.reader.problems:
            yield self._problem(spot, message)

    def _problem(self, spot: Spot, message: str) -> Unread:
        return Unread(place=place_of(spot, self.text, self.file), message=message)

    def held(self, subject: Subject) -> Held:
        """What is kept of a subject. Raises ValueError for one that is not of this document."""
        found = self._held.get(id(subject))
        if found is None:
            found = next((one for one in self.reader.held if one.subject == subject), None)
        if found is None:
            raise ValueError(f"{subject.name} is no subject of {self.file}")
        return found

    def place(self, subject: Subject, path: str) -> Place:
        """Where a model path stands: see `ringfence.formats.document.Document`."""
        return place_of(self.held(subject).spot(path), self.text, self.file)

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """The edits that lead to another model: see `ringfence.formats.document.Document`."""
        from ringfence.formats.kubernetes.writing import patch
        from ringfence.formats.yamledit import YamlEdits

        return patch(self.held(subject), wanted, lambda: YamlEdits(self.text))
