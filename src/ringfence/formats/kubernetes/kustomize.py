"""Kustomize: a folder's kustomization.yaml with its resources, patches and changes, judged as what comes out.

Only what is in the tree is read: another address is unread, and so is what a plugin or a chart would generate.
Places are those of the file in which a value stands, which is the patch where a patch sets it. How many replicas run
is nothing that is judged; what generators read from files is looked at as text, in those files.
"""

import posixpath
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ringfence.formats.document import Patch, Place, Read, Subject, Unread
from ringfence.formats.kubernetes.align import changes
from ringfence.formats.kubernetes.held import Held, Spot
from ringfence.formats.kubernetes.jsonpatch import CannotPatch, patched
from ringfence.formats.kubernetes.merging import merged
from ringfence.formats.kubernetes.nodes import BRACES, Pairs, braces, items, repeated, text, value
from ringfence.formats.kubernetes.objectlist import Reader, objects
from ringfence.formats.kubernetes.selectors import selects
from ringfence.formats.kubernetes.transforms import Resource, Transforms, selected
from ringfence.formats.kubernetes.trees import Forest, Source
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
MAX_DEPTH = 10
MAX_FILES = 500
MAX_CHARS = 16 * 1024 * 1024
MAX_PATCHINGS = 10_000

_REMOTE = ("://", "git@", "github.com/", "gitlab.com/", "bitbucket.org/", "?ref=")
_GENERATED = ("generators", "transformers", "helmCharts", "helmChartInflationGenerator")


class Kustomization:
    """One folder, built. `parts` are the files that it was built from, beside its own."""

    chart = ""

    def __init__(self, text: str, file: str, read: Read) -> None:
        self.text = text
        self.file = file
        build = _Build(read)
        resources = build.folder(file, text, 0)
        found = [one for resource in resources for one in objects(build.forest.nodes, resource.root)]
        self._forest = build.forest
        self._reader = Reader(found)
        self.parts = tuple(sorted(build.files - {file}))
        self.subjects = tuple(held.subject for held in self._reader.held)
        self.unread = tuple(self._unread(build))
        self._held = {id(held.subject): held for held in self._reader.held}

    def _unread(self, build: "_Build") -> Iterator[Unread]:
        for spot, message in (*build.problems, *self._reader.problems):
            yield Unread(place=self._place(spot), message=message)
        for source in build.forest.sources:
            for broken in source.tree.broken:
                end = broken.column + 1
                place = Place(
                    file=source.file, line=broken.line, column=broken.column, end_line=broken.line, end_column=end
                )
                yield Unread(place=place, message=broken.message)

        for key in build.forest.nodes.repeated:
            yield Unread(place=self._place((key, None)), message=repeated(key))
        for template in filter(None, (braces(source.tree) for source in build.forest.sources)):
            yield Unread(place=self._place((template, None)), message=BRACES)

    def _place(self, spot: Spot) -> Place:
        return self._forest.source_of(spot[0]).place(self._shown(spot))

    def _shown(self, spot: Spot) -> Spot:
        first, last = spot
        same = last is None or self._forest.source_of(first) is self._forest.source_of(last)
        return first, last if same else None

    def _kept(self, subject: Subject) -> Held:
        found = self._held.get(id(subject)) or next((one for one in self._reader.held if one.subject == subject), None)
        if found is None:
            raise ValueError(f"{subject.name} is no subject of {self.file}")
        return found

    def place(self, subject: Subject, path: str) -> Place:
        """Where a model path stands, in whichever file."""
        return self._place(self._kept(subject).spot(path))

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Nothing: what is built comes from several files, each of which is patched as itself."""
        held = self._kept(subject)
        file = self._forest.source_of(held.of.root).file
        left = [(path, f"it is built from {file}") for path, _, _ in changes(held.subject.model, wanted)]
        return Patch(edits=(), left=tuple(left))


def load(text: str, file: str, read: Read) -> Kustomization:
    """Build the folder of a kustomization. Never raises for what its files hold."""
    return Kustomization(text, file, read)


class _Build:
    """One build: all folders that it comes to, and what went wrong."""

    def __init__(self, read: Read) -> None:
        self.forest = Forest()
        self.problems = list[tuple[Spot, str]]()
        self.files = set[str]()
        self._read = read
        self._open = list[str]()
        self._entries = 0
        self._chars = 0
        self._sources = dict[str, Source]()
        self._patchings = 0
        self._nodes = self.forest.nodes

    def folder(self, file: str, text: str, depth: int, outer: list[Resource] | None = None) -> list[Resource]:
        """The objects of a folder's kustomization. A component also changes those of `outer`."""
        source = self._add(file, text)
        self._open.append(file)
        resources = outer if outer is not None else list[Resource]()
        for root in source.tree.documents:
            said = self._nodes.pairs(root)
            for key in ("resources", "bases"):
                for scalar in self._words(said, key):
                    resources += self._entry(scalar, file, depth)
            for scalar in self._words(said, "components"):
                self._component(scalar, file, depth, resources)
            self._generate(said, resources)
            self._apply(said, file, resources)
        self._open.pop()
        return resources

    def _add(self, file: str, text: str) -> Source:
        """The source of a file; one that is used twice is parsed once."""
        source = self._sources.get(file)
        if source is None:
            self.files.add(file)
            self._chars += len(text)
            source = self._sources[file] = self.forest.add(Source(file, text))
        return source

    def _words(self, said: Pairs, key: str) -> list[Scalar]:
        return [one for one in items(said, key) if isinstance(one, Scalar)]

    def _entry(self, scalar: Scalar, file: str, depth: int) -> list[Resource]:
        """The objects of one entry of `resources`: a file or a folder."""
        found = self._open_entry(scalar, file, depth)
        if found is None:
            return []
        path, text = found
        if posixpath.basename(path) in NAMES:
            return self.folder(path, text, depth + 1)
        source = self._add(path, text)
        roots = [one.root for root in source.tree.documents for one in objects(self._nodes, root)]
        return [self._resource(root) for root in roots]

    def _resource(self, root: Mapping) -> Resource:
        pairs = self._nodes.pairs(root)
        return Resource(root, pairs, self._nodes.below(pairs, "metadata"))

    def _open_entry(self, scalar: Scalar, file: str, depth: int) -> tuple[str, str] | None:
        """The path and text behind an entry, or None and a problem."""
        said = scalar.value
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), said))
        tried = [path, *(posixpath.normpath(posixpath.join(path, name)) for name in NAMES)]
        self._entries += 1
        if any(mark in said for mark in _REMOTE):
            self._problem(scalar, f"{said} is elsewhere, and nothing is fetched")
        elif not set(tried).isdisjoint(self._open):
            self._problem(scalar, f"{said} leads back to itself")
        elif depth >= MAX_DEPTH or self._entries > MAX_FILES or self._chars > MAX_CHARS:
            limits = f"{MAX_DEPTH} folders deep, {MAX_FILES} files or {MAX_CHARS} characters"
            self._problem(scalar, f"{said} is not read: more than {limits}")
        else:
            for one in tried:
                text = self._read(one)
                if text is not None:
                    return one, text
            self._problem(scalar, f"{said} is not there, or outside of what is audited")
        return None

    def _component(self, scalar: Scalar, file: str, depth: int, resources: list[Resource]) -> None:
        found = self._open_entry(scalar, file, depth)
        if found is not None:
            self.folder(*found, depth + 1, outer=resources)

    def _problem(self, node: Node, message: str) -> None:
        self.problems.append(((node, None), message))

    def _generate(self, said: Pairs, resources: list[Resource]) -> None:
        for key in _GENERATED:
            if key in said:
                self._problem(said[key][0], f"what {key} make of the objects is not known")
        for key, kind in (("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")):
            for item in items(said, key):
                resources.append(self._resource(self._generated(item, kind)))

    def _generated(self, item: Node, kind: str) -> Mapping:
        """The ConfigMap or Secret of a generator, with its literals."""
        forest, entry = self.forest, self._nodes.pairs(item)
        shown = entry["name"][1] if "name" in entry else item
        root = forest.mapping({}, item)
        for path, word in ((("apiVersion",), "v1"), (("kind",), kind), (("metadata", "name"), text(entry, "name"))):
            root = forest.put(root, path, shown, forest.scalar(word, shown))
        for literal in self._words(entry, "literals"):
            name, _, said = literal.value.partition("=")
            root = forest.put(root, ("stringData", name), literal, forest.scalar(said.strip("'\""), literal))
        return root

    def _apply(self, said: Pairs, file: str, resources: list[Resource]) -> None:
        for scalar in self._words(said, "patchesStrategicMerge"):
            self._strategic(self._patch_text(scalar, file), resources, None, scalar)
        later = items(said, "patchesJson6902")
        for item in items(said, "patches"):
            self._patch(item, file, resources)
        transforms = Transforms(self.forest, said)
        transforms.names(resources)
        transforms.metadata(resources)
        for item in later:
            self._patch(item, file, resources)
        transforms.images(resources)
        self._replace(said, file, resources)

    def _replace(self, said: Pairs, file: str, resources: list[Resource]) -> None:
        """`replacements`, in place or from a file, and `vars`."""
        if "replacements" not in said and "vars" not in said:
            return
        from ringfence.formats.kubernetes.replacing import Replacing

        replacing = Replacing(self.forest)
        for item in items(said, "replacements"):
            entry = self._nodes.pairs(item)
            path = value(entry, "path")
            source = self._patch_text(path, file) if isinstance(path, Scalar) else None
            for one in self._entries_of(source) if source is not None else [item]:
                with self._attempt(item):
                    replacing.replace(self._nodes.pairs(one), resources)
        filled = items(said, "vars")
        if filled:
            with self._attempt(filled[0]):
                replacing.fill([self._nodes.pairs(one) for one in filled], resources)

    def _entries_of(self, source: Source) -> list[Node]:
        """The replacements of a file: a list of them, or one."""
        roots = [one for one in map(resolved, source.tree.documents) if one is not None]
        return [one for root in roots for one in (root.items if isinstance(root, Sequence) else [root])]

    @contextmanager
    def _attempt(self, item: Node) -> Iterator[None]:
        try:
            yield
        except CannotPatch as reason:
            self._problem(item, f"this replacement was not applied: {reason}")

    def _patch(self, item: Node, file: str, resources: list[Resource]) -> None:
        """One entry of `patches`: `path` or `patch`, and a `target` unless the patch names its object itself."""
        entry = self._nodes.pairs(item)
        said = value(entry, "patch") or value(entry, "path")
        if not isinstance(said, Scalar):
            self._problem(item, "this patch says neither what nor where")
            return
        inline, every = "patch" in entry, resources
        source = self._inline(said, file) if inline else self._patch_text(said, file)
        target = self._nodes.below(entry, "target") if "target" in entry else None
        if target is not None:
            chosen = self._chosen(target, resources)
            if chosen is None:
                self._problem(item, "what this patch is for is not understood")
                return
            target, resources = {}, chosen
        first = next(iter(source.tree.documents), None) if source is not None else None
        if isinstance(first, Sequence):
            for one in list(resources):
                self._json(one, first, item)
        else:
            self._strategic(source, resources, target, item, every)

    def _chosen(self, target: Pairs, resources: list[Resource]) -> list[Resource] | None:
        """The objects that a target means; None where a selector of it is not understood."""
        found = selected(resources, target)
        for key, field in (("labelSelector", "labels"), ("annotationSelector", "annotations")):
            if key in target:
                held = [(one, self._nodes.below(self._nodes.pairs(one.root), "metadata")) for one in found]
                verdicts = [selects(text(target, key), self._nodes.below(below, field)) for _, below in held]
                if None in verdicts:
                    return None
                found = [one for one, is_meant in zip(found, verdicts, strict=True) if is_meant]
        return found

    def _may_patch(self, item: Node) -> bool:
        self._patchings += 1
        if self._patchings == MAX_PATCHINGS:
            self._problem(item, f"more than {MAX_PATCHINGS} patches of objects; the rest is not applied")
        return self._patchings < MAX_PATCHINGS

    def _json(self, one: Resource, operations: Sequence, item: Node) -> None:
        if not self._may_patch(item):
            return
        try:
            one.root = patched(self.forest, one.root, operations)
        except CannotPatch as reason:
            self._problem(item, f"the patch of {one.kind} {min(one.names)} was not applied: {reason}")

    def _strategic(
        self,
        source: Source | None,
        resources: list[Resource],
        target: Pairs | None,
        shown: Node,
        every: list[Resource] | None = None,
    ) -> None:
        """Apply a merge patch to what it names itself among `resources`, or (with a target) to all of these; what it
        deletes goes from `every`."""
        for root in source.tree.documents if source is not None else ():
            patch = resolved(root)
            if not isinstance(patch, Mapping):
                continue
            chosen = selected(resources, self._own_target(patch) if target is None else target)
            if not chosen and not self.problems:
                self._problem(shown, "the patch finds no object")
            for one in chosen:
                if not self._may_patch(shown):
                    return
                found = merged(self.forest, one.root, self._without_name(patch), one.kind)
                if found is None:
                    (resources if every is None else every).remove(one)
                else:
                    one.root = found

    def _own_target(self, patch: Mapping) -> Pairs:
        """The object that a patch names itself, as a target."""
        pairs = self._nodes.pairs(patch)
        metadata = self._nodes.below(pairs, "metadata")
        found = {key: pairs[key] for key in ("kind",) if key in pairs}
        return found | {key: metadata[key] for key in ("name", "namespace") if key in metadata}

    def _without_name(self, patch: Mapping) -> Mapping:
        """The patch without what only says which object is meant."""
        metadata = dict(self._nodes.below(self._nodes.pairs(patch), "metadata"))
        made = self.forest.mapping({}, patch)
        for key, said in patch.pairs:
            name = key.value if isinstance(key, Scalar) else ""
            if name == "metadata":
                kept = {one: pair for one, pair in metadata.items() if one not in {"name", "namespace"}}
                made.pairs.append((key, self.forest.mapping(kept, said)))
            elif name not in {"apiVersion", "kind"}:
                made.pairs.append((key, said))
        return made

    def _patch_text(self, scalar: Scalar, file: str) -> Source | None:
        """The source of a patch that is named by its path, or (the older way) stands there itself."""
        if "\n" in scalar.value:
            return self._inline(scalar, file)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), scalar.value))
        text = self._read(path) if self._chars <= MAX_CHARS else None
        if text is None:
            self._problem(scalar, f"the patch {scalar.value} is not there, or outside of what is audited")
            return None
        return self._add(path, text)

    def _inline(self, scalar: Scalar, file: str) -> Source:
        return self.forest.add(Source(file, scalar.value, self._sources[file], scalar))


def patch_files(text: str, file: str) -> Iterable[str]:
    """The paths of the patches that a kustomization names."""
    forest = Forest()
    source = forest.add(Source(file, text))
    for root in source.tree.documents:
        said = forest.nodes.pairs(root)
        entries = [forest.nodes.pairs(item) for key in ("patches", "patchesJson6902") for item in items(said, key)]
        names = [*(entry["path"][1] for entry in entries if "path" in entry), *items(said, "patchesStrategicMerge")]
        for one in names:
            if isinstance(one, Scalar) and "\n" not in one.value:
                yield posixpath.normpath(posixpath.join(posixpath.dirname(file), one.value))


def is_patch(file: str, read: Read) -> bool:
    """Whether a kustomization of the same folder, or of one of the three above it, uses a file as a patch."""
    folder = posixpath.dirname(file)
    for _ in range(4):
        for name in NAMES:
            path = posixpath.join(folder, name)
            text = read(path)
            if text is not None and file in patch_files(text, path):
                return True
        if not folder:
            break
        folder = posixpath.dirname(folder)
    return False
