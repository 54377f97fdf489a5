"""A Compose file with all that belongs to it: overrides, includes, extended services, `.env`.

Files come from the `read` function alone. Cycles and depth are bounded; what cannot be followed is noted in
`problems` with the node that names it.
"""

import posixpath

from ringfence.formats.compose.interpolation import dotenv, interpolated
from ringfence.formats.compose.merging import Fields, merged
from ringfence.formats.document import Read
from ringfence.formats.yamlread import entries, get, items, text
from ringfence.formats.yamltree import Mapping, Node, YamlText, parse, resolved

MAX_DEPTH = 20
MAX_FILES = 100

_BASES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_OVERRIDES = tuple(name.replace(".y", ".override.y") for name in _BASES)


class Project:
    """What one file leads to. `services` are the effective ones by name, `own` the nodes that this file has for them.

    `foreign` gives the file in which a node was written, for nodes of other files; `texts` their texts.
    """

    def __init__(self, text_: str, file: str, read: Read, parsed: YamlText) -> None:
        self.file = file
        self._read = read
        self._folder = posixpath.dirname(file)
        self._loaded = dict[str, Node | None]()
        self._kept = list[Node]()
        self.foreign = dict[int, str]()
        self.texts = {file: text_}
        self.problems = list[tuple[Node, str]]()
        self.env = dotenv(read(posixpath.join(self._folder, ".env")) or "") if "$" in text_ else {}
        root = parsed.documents[0] if parsed.documents else None
        self.root = root
        self.own: dict[str, tuple[Node, Node]] = services_of(root, file)
        self.is_part = self._is_part()
        self.networks: Fields = {}
        self.volumes: Fields = {}
        self.services: dict[str, Fields] = {}
        if not self.is_part:
            self._take(root, file, 0)
            for override in self._overrides():
                other = self._load(override)
                self._take(other, override, 0)

    def file_of(self, node: Node) -> str:
        """The file in which a node was written."""
        return self.foreign.get(id(node), self.file)

    def _is_part(self) -> bool:
        """Whether the file is an override whose base stands beside it: it is judged there."""
        name = posixpath.basename(self.file)
        if name not in _OVERRIDES:
            return False
        return any(self._read(posixpath.join(self._folder, base)) is not None for base in _BASES)

    def _overrides(self) -> list[str]:
        if posixpath.basename(self.file) not in _BASES:
            return []
        places = [posixpath.join(self._folder, name) for name in _OVERRIDES]
        return [place for place in places if self._read(place) is not None][:1]

    def _take(self, root: Node | None, file: str, depth: int) -> None:
        """Merge a file's services, networks and volumes over what was taken before."""
        for name, (_, node) in services_of(root, file).items():
            fields = self._extended(node, root, file, depth)
            self.services[name] = merged(self.services[name], fields) if name in self.services else fields
        self.networks = merged(self.networks, entries(get(root, "networks")))
        self.volumes = merged(self.volumes, entries(get(root, "volumes")))
        for item in items(get(root, "include")):
            for path in [item] if text(item) is not None else self._include_paths(item):
                self._include(path, file, depth)

    def _include_paths(self, item: Node) -> list[Node]:
        path = get(item, "path")
        return items(path) or ([path] if path is not None else [])

    def _include(self, node: Node, file: str, depth: int) -> None:
        said = interpolated(text(node) or "", self.env)
        place = posixpath.normpath(posixpath.join(posixpath.dirname(file), said.value))
        if said.marked or place.startswith(("/", "..")) or "://" in said.value:
            self.problems.append((node, f"the included file {said.value!r} cannot be read from here"))
        elif depth >= MAX_DEPTH or place == self.file:
            self.problems.append((node, "the files include each other"))
        else:
            root = self._load(place)
            if root is None:
                self.problems.append((node, f"the included file {place} is not there or cannot be read"))
            else:
                own = dict(self.services)
                self._take(root, place, depth + 1)
                self.services = own  # they are judged where they stand
                self.networks |= entries(get(root, "networks"))

    def _extended(self, node: Node, root: Node | None, file: str, depth: int) -> Fields:
        """A service's fields, over those of the service that it extends."""
        fields = entries(node)
        if "extends" not in fields:
            return fields
        target = fields["extends"][1]
        name = text(target) or text(get(target, "service")) or ""
        other = get(target, "file")
        if depth >= MAX_DEPTH:
            self.problems.append((target, "the services extend each other"))
            return fields
        if other is not None:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(file), text(other) or ""))
            root, file = self._load(place), place
        base = services_of(root, file).get(name)
        if base is None:
            self.problems.append((target, f"there is no service {name!r} to extend"))
            return fields
        if resolved(base[1]) is resolved(node):
            self.problems.append((target, "the service extends itself"))
            return fields
        return merged(self._extended(base[1], root, file, depth + 1), fields)

    def _load(self, file: str) -> Node | None:
        if file not in self._loaded:
            content = None if file.startswith(("/", "..")) or len(self._loaded) >= MAX_FILES else self._read(file)
            parsed = parse(content) if content is not None else None
            root = parsed.documents[0] if parsed and parsed.documents else None
            self._loaded[file] = root
            if root is not None and content is not None:
                self.texts[file] = content
                self._mark(root, file)
        return self._loaded[file]

    def _mark(self, root: Node, file: str) -> None:
        waiting = [root]
        while waiting:
            node = waiting.pop()
            self.foreign[id(node)] = file
            self._kept.append(node)
            if isinstance(node, Mapping):
                waiting += [one for pair in node.pairs for one in pair]
            else:
                waiting += getattr(node, "items", [])


def services_of(root: Node | None, file: str) -> dict[str, tuple[Node, Node]]:
    """The services of a document's root; the first version of the format has them at the top."""
    pairs = entries(root)
    if "services" in pairs:
        return entries(pairs["services"][1])
    if posixpath.basename(file).startswith("docker-compose") and "version" not in pairs:
        return {name: pair for name, pair in pairs.items() if {"image", "build"} & entries(pair[1]).keys()}
    return {}
