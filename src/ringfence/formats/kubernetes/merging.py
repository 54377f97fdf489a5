"""Strategic merge patches: a patch shaped like the object, in which lists of a pod are merged by a key.

The merge keys are those of the API (`patchMergeKey`); a kind that is not built in has none, so its lists are replaced.
"""

from collections.abc import Iterator

from ringfence.formats import yamlread
from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.nodes import Pairs, text
from ringfence.formats.kubernetes.trees import Forest
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

_KEYS = {
    "containers": ("name",),
    "initContainers": ("name",),
    "ephemeralContainers": ("name",),
    "volumes": ("name",),
    "env": ("name",),
    "imagePullSecrets": ("name",),
    "resourceClaims": ("name",),
    "secrets": ("name",),
    "volumeMounts": ("mountPath",),
    "volumeDevices": ("devicePath",),
    "hostAliases": ("ip",),
    "ports": ("containerPort", "port"),
}
_MERGED = frozenset({*facts.TEMPLATES, "Service", "ServiceAccount"})
_DIRECTIVE = "$patch"


def merged(forest: Forest, base: Mapping, patch: Mapping, kind: str) -> Mapping | None:
    """The object with the patch applied; None where the patch deletes it."""
    return _Merge(forest, by_key=kind in _MERGED).mapping(base, patch)


class _Merge:
    def __init__(self, forest: Forest, *, by_key: bool) -> None:
        self._forest = forest
        self._by_key = by_key

    def mapping(self, base: Mapping, patch: Mapping) -> Mapping | None:
        directive = text(self._forest.nodes.pairs(patch), _DIRECTIVE)
        if directive == "delete":
            return None
        pairs = {} if directive == "replace" else dict(self._forest.nodes.pairs(base))
        for name, key, value in _said(patch):
            if value is None or yamlread.is_null(value):
                pairs.pop(name, None)
            else:
                self._set(pairs, name, key, value)
        return self._forest.mapping(pairs, base)

    def _set(self, pairs: Pairs, name: str, key: Node, value: Mapping | Sequence | Node) -> None:
        old = pairs.get(name)
        before = old[1] if old is not None else None
        if old is not None and isinstance(before, Mapping) and isinstance(value, Mapping):
            inner = self.mapping(before, value)
            if inner is None:
                del pairs[name]
            else:
                pairs[name] = (old[0], inner)
        elif (
            old is not None
            and self._by_key
            and isinstance(before, Sequence)
            and isinstance(value, Sequence)
            and name in _KEYS
        ):
            pairs[name] = (old[0], self._list(before, value, _KEYS[name]))
        else:
            target = resolved(value)
            if target is not None:
                pairs[name] = (key, target)

    def _list(self, base: Sequence, patch: Sequence, keys: tuple[str, ...]) -> Sequence:
        found = list[Node](resolved(item) or item for item in base.items)
        for item in (resolved(item) or item for item in patch.items):
            said = self._forest.nodes.pairs(item)
            directive = text(said, _DIRECTIVE)
            if directive == "replace" and len(said) == 1:
                found = [one for one in patch.items if one is not item]
                break
            self._merge_item(found, item, keys, directive)
        return self._forest.sequence(found, base)

    def _merge_item(self, found: list[Node], item: Node, keys: tuple[str, ...], directive: str) -> None:
        wanted = self._identity(item, keys)
        at = next((index for index, one in enumerate(found) if wanted and self._identity(one, keys) == wanted), None)
        if at is None:
            if directive != "delete":
                found.append(item)
            return
        before = found[at]
        inner = self.mapping(before, item) if isinstance(before, Mapping) and isinstance(item, Mapping) else item
        if inner is None:
            del found[at]
        else:
            found[at] = inner

    def _identity(self, item: Node, keys: tuple[str, ...]) -> tuple[str, str] | None:
        pairs = self._forest.nodes.pairs(item)
        return next(((key, text(pairs, key)) for key in keys if key in pairs), None)


def _said(patch: Mapping) -> Iterator[tuple[str, Node, Scalar | Mapping | Sequence | None]]:
    for name, (key, value) in yamlread.entries(patch).items():
        if not name.startswith("$"):
            yield name, key, resolved(value)
