"""A Compose file with all that belongs to it: overrides, includes, extended services, `.env`.

Cycles and depth are bounded; what cannot be followed is noted in `problems` with the node that names it.
"""

import posixpath

from ringfence.formats.compose.files import Files, beside
from ringfence.formats.compose.interpolation import Text, interpolated, shown
from ringfence.formats.compose.merging import Fields, Merger
from ringfence.formats.compose.recognise import by_content, by_name
from ringfence.formats.document import Read
from ringfence.formats.yamlread import entries, get, items, text
from ringfence.formats.yamltree import Mapping, Node, YamlText, resolved

MAX_DEPTH = 20

#: As Compose looks for them: the first that is there.
_BASES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_OVERRIDES = tuple(name.replace(".y", ".override.y") for name in ("compose.yml", "compose.yaml", *_BASES[2:]))
_SECTIONS = ("networks", "volumes")
#: Top-level keys of every version but the first, which has its services there.
TOP = frozenset("version name services networks volumes configs secrets include models".split())


class Project:
    """What one file leads to.

    `services` are the merged ones by name, `heads` the keys under which they stand, `own` the keys and values that
    this file itself has for them. `parts` are files that are merged into this one, `base` is the file into which this
    one is merged ("" where it stands for itself). `partial` are services of which not everything could be read.
    """

    def __init__(self, file: str, read: Read, parsed: YamlText) -> None:
        self.files = Files(file, parsed, read)
        self.file = file
        self.problems = list[tuple[Node, str]]()
        self._included = set[str]()
        self._merger = Merger(self.files)
        self.base, self.parts = self._beside()
        self.services = dict[str, Fields]()
        self.heads = dict[str, Node]()
        self.own = dict[str, list[tuple[Node, Node]]]()
        self.partial = set[str]()
        self.sections: dict[str, Fields] = {name: {} for name in _SECTIONS}
        for one in (self.base, file, *self.parts):
            if one:
                self._take(one)
        judged = self.own if self.base else self.services
        self.services = {name: _stated(self.services[name]) for name in judged}

    def is_above(self, node: Node) -> bool:
        """Whether a node stands in a file whose values replace those of this one."""
        return self.files.file_of(node) in self.parts

    def filled(self, said: str) -> Text:
        """A text with its variables filled in from `.env`, which is read when a text needs it."""
        env = self.files.variables(beside(self.file, ".env"), {}) if "$" in said else {}
        return interpolated(said, env)

    def _beside(self) -> tuple[str, tuple[str, ...]]:
        """The base of an override file, or the override of a base."""
        name = posixpath.basename(self.file)
        if name not in _BASES and name not in _OVERRIDES:
            return "", ()
        base, override = self._first(_BASES), self._first(_OVERRIDES)
        if self.file == override and base:
            return base, ()
        return "", (override,) if self.file == base and override else ()

    def _first(self, names: tuple[str, ...]) -> str:
        places = (beside(self.file, name) for name in names)
        return next((one for one in places if one == self.file or self.files.roots(one) is not None), "")

    def _take(self, file: str) -> None:
        """Merge a file over what was taken before."""
        for root in self.files.roots(file) or ():
            for name, (key, node) in services_of(root, file).items():
                if file == self.file or name not in self.heads:
                    self.heads[name] = key
                if file == self.file:
                    self.own.setdefault(name, []).append((key, node))
                fields = self._extended(name, node, file, [])
                self.services[name] = self._merger.merged(self.services.get(name, {}), fields)
            self._take_sections(root)
            self._include_all(root, file, [file])

    def _take_sections(self, root: Node) -> None:
        for name in _SECTIONS:
            self.sections[name] = self._merger.merged(self.sections[name], entries(get(root, name)))

    # -- include

    def _include_all(self, root: Node, file: str, stack: list[str]) -> None:
        for item in items(get(root, "include")):
            path = item if text(item) is not None else get(item, "path")
            for one in items(path) or ([path] if path is not None else []):
                self._include(one, file, stack)

    def _include(self, node: Node, file: str, stack: list[str]) -> None:
        said = self.filled(text(node) or "")
        place = beside(file, said.value)
        outside = said.marked or "://" in said.value or place.startswith(("/", "../"))
        roots = None if outside else self.files.roots(place)
        if roots is None:
            why = "cannot be read from here" if outside else "is not there or cannot be read"
            self.problems.append((node, f"the included file {shown(said.value)} {why}"))
        elif place in stack or len(stack) > MAX_DEPTH:
            self.problems.append((node, "the files include each other"))
        elif place not in self._included:
            self._included.add(place)
            for root in roots:
                self._take_sections(root)
                self._adopt(root, place)
                self._include_all(root, place, [*stack, place])

    def _adopt(self, root: Node, file: str) -> None:
        """Services of an included file are judged where they stand, unless nobody would know that file as Compose's."""
        if by_name(posixpath.basename(file)) or by_content(self.files.texts[file]):
            return
        for name, (key, node) in services_of(root, file).items():
            if name not in self.services:
                self.heads[name] = key
                self.services[name] = self._extended(name, node, file, [])

    # -- extends

    def _extended(self, name: str, node: Node, file: str, stack: list[tuple[str, str]]) -> Fields:
        """A service's fields, over those of the service that it extends."""
        own = entries(node)
        if "extends" not in own:
            return own
        target = own["extends"][1]
        base_file, base_name = self._target(target, file)
        stack = [*stack, (file, name)]
        base = self._service(base_file, base_name)
        if (base_file, base_name) in stack:
            itself = base_name == name and base_file == file
            message = "the service extends itself" if itself else "the services extend each other"
            self.problems.append((target, message))
        elif len(stack) > MAX_DEPTH:
            self.problems.append((target, f"more than {MAX_DEPTH} services extend one another"))
        elif base is None:
            self.problems.append((target, f"there is no service {base_name!r} to extend"))
        else:
            return self._merger.merged(self._extended(base_name, base, base_file, stack), own)
        self.partial.add(stack[0][1])
        return own

    def _target(self, target: Node, file: str) -> tuple[str, str]:
        """The file and the name of the service that `extends` names."""
        other = text(get(target, "file"))
        name = text(target) or text(get(target, "service")) or ""
        place = shown(self.filled(other).value) if other else ""
        return beside(file, place) if place else file, shown(self.filled(name).value)

    def _service(self, file: str, name: str) -> Node | None:
        found = None
        for root in self.files.roots(file) or ():
            pair = services_of(root, file).get(name)
            found = pair[1] if pair is not None else found
        return found


def services_of(root: Node, file: str) -> Fields:
    """The services of a document's root; the first version of the format has them at the top."""
    pairs = entries(root)
    if "services" in pairs:
        return entries(pairs["services"][1])
    if not by_name(posixpath.basename(file)) or not TOP.isdisjoint(pairs):
        return {}
    found = {name: pair for name, pair in pairs.items() if isinstance(resolved(pair[1]), Mapping)}
    if not any({"image", "build"} & entries(pair[1]).keys() for pair in found.values()):
        return {}
    return {name: pair for name, pair in found.items() if not name.startswith(("x-", "."))}


def _stated(fields: Fields) -> Fields:
    """The fields without those that a tag takes away."""
    return {name: pair for name, pair in fields.items() if getattr(pair[1], "tag", "") != "!reset"}
