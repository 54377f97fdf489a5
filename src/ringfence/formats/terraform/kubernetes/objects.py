"""Resources read by way of the objects that they are: one function for those with a schema, one for whole objects, one
for objects as text."""

from collections.abc import Iterator

from ringfence.controls.control import Scope
from ringfence.dataclasses import replace
from ringfence.formats.document import Patch
from ringfence.formats.hcl import Unknown, Value, evaluate
from ringfence.formats.hcl.scope import children
from ringfence.formats.hcl.syntax import Call, Expression
from ringfence.formats.kubernetes.containers import Container
from ringfence.formats.kubernetes.held import Held, Object, Spot
from ringfence.formats.kubernetes.objectlist import Reader as ObjectReader
from ringfence.formats.kubernetes.objectlist import objects
from ringfence.formats.kubernetes.podcontext import PodHeld
from ringfence.formats.terraform.kubernetes import names
from ringfence.formats.terraform.kubernetes.edits import HclEdits
from ringfence.formats.terraform.kubernetes.silence import unknown_of
from ringfence.formats.terraform.kubernetes.tree import Tree
from ringfence.formats.terraform.reader import Reader, Record
from ringfence.formats.terraform.reader import Spot as Stretch
from ringfence.formats.yamltree import Mapping, Scalar, Sequence

#: Limit ranges and accounts of one module that are looked at.
MAX_AROUND = 200
_FILES = frozenset({"file", "templatefile"})
#: Functions whose argument is the object itself.
ENCODED = frozenset({"jsonencode", "yamlencode"})
_DECODED = frozenset({"jsondecode", "yamldecode"})
_LIMIT_RANGES = ("kubernetes_limit_range", "kubernetes_limit_range_v1")
_ACCOUNTS = ("kubernetes_service_account", "kubernetes_service_account_v1")


def typed(r: Reader) -> Iterator[object]:
    """A resource with a schema of its own. Its pods say themselves whether they get a token."""
    tree = Tree()
    own = _typed(tree, r)
    yield from _judged(r, tree, [own], _around(r, _LIMIT_RANGES))


def _typed(tree: Tree, r: Reader) -> Object:
    kind = names.kind_of(r.type)
    root = tree.block(r.view, skipped=names.META)
    metadata = tree.mapping(root, "metadata")
    if metadata is not None:
        said = tree.nodes.pairs(metadata)
        if kind.namespaced and "namespace" not in said:
            tree.put(metadata, "namespace", names.NAMESPACE)
        if "default_service_account" in r.type and "name" not in said:
            tree.put(metadata, "name", names.DEFAULT_ACCOUNT)
    if kind.kind == "Secret":
        _renamed(root, {"data": "stringData", "binaryData": "data"})
    _confined(tree, root)
    tree.forget()
    return Object(tree.nodes, root, tree.nodes.pairs(root), kind.api, kind.kind)


def _renamed(root: Mapping, new: dict[str, str]) -> None:
    """The provider encodes a secret's `data` itself, and takes what is encoded as `binary_data`."""
    for key, _ in root.pairs:
        if isinstance(key, Scalar):
            key.value = new.get(key.value, key.value)


def _confined(tree: Tree, root: Mapping) -> None:
    """A profile without a type is none."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        for key, value in one.pairs:
            below = value.items if isinstance(value, Sequence) else [value]
            waiting += [item for item in below if isinstance(item, Mapping)]
            profile = isinstance(key, Scalar) and key.value == "seccompProfile"
            if profile and isinstance(value, Mapping) and "type" not in tree.nodes.pairs(value):
                tree.put(value, "type", names.SECCOMP)


def manifest(r: Reader) -> Iterator[object]:
    """An object as it is, in HCL or as text."""
    yield from _described(r, "manifest")


def text(r: Reader) -> Iterator[object]:
    """An object as text, or encoded in place."""
    yield from _described(r, "yaml_body")


def _described(r: Reader, attribute: str) -> Iterator[object]:
    """What is read from a file is judged there, not here."""
    found = r.view.find(attribute)
    expression = found.expression
    if not found.there or (expression is not None and is_from_file(expression)):
        return
    if isinstance(expression, Call) and expression.name in ENCODED | _DECODED and len(expression.arguments) == 1:
        decoded = expression.name in _DECODED
        expression = expression.arguments[0]
        value = evaluate(expression, r.view.names)
    else:
        decoded, value = attribute == "yaml_body", found.value
    if decoded:
        from ringfence.formats.terraform.kubernetes.texts import documents

        yield from documents(r, value, expression, (found.start, found.end))
        return
    span = (expression.start, expression.end) if expression is not None else (found.start, found.end)
    yield from _whole(r, value, expression, span)


def _whole(r: Reader, value: Value, expression: Expression | None, span: tuple[int, int]) -> Iterator[object]:
    if not isinstance(value, dict) or any(isinstance(value.get(key), Unknown) for key in ("apiVersion", "kind")):
        return
    tree = Tree()
    own = list(objects(tree.nodes, tree.value(value, expression, span)))
    yield from _judged(r, tree, own, _around(r, (*_LIMIT_RANGES, *_ACCOUNTS)))


def _around(r: Reader, kinds: tuple[str, ...]) -> list[Object]:
    """The objects of a module that hold for others of it; made once."""
    known = r.instance.resource.module.objects
    if kinds not in known:
        known[kinds] = [_typed(Tree(), one) for kind in kinds for one in r.others(kind)][:MAX_AROUND]
    return known[kinds]


def is_from_file(expression: Expression) -> bool:
    """Whether an expression reads a file, which is judged itself."""
    waiting = [expression]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Call) and one.name in _FILES:
            return True
        waiting += [child for child, _ in children(one)]
    return False


def _judged(r: Reader, tree: Tree, own: list[Object], around: list[Object]) -> Iterator[object]:
    """The models of some objects; those around them are known to them."""
    for held in ObjectReader(own, around).held:
        held.subject = replace(held.subject, unknown=unknown_of(tree, held))
        _remember(r, r.record, tree, held)
        yield held.subject.model


def _remember(r: Reader, record: Record, tree: Tree, held: Held) -> None:
    """What the file says of a subject: places, unknown paths, and how it is written."""
    file = r.view.file

    def patch(wanted: object, text: str) -> Patch:
        from ringfence.formats.kubernetes.writing import patch

        return patch(held, wanted, lambda: HclEdits(text, file, tree))

    record.scope = Scope.KUBERNETES
    record.title = r.address + held.subject.name.removeprefix(held.of.title)
    # (What an object does not say stands at its resource; what a container does not say, at the container.)
    record.anchor = stretch(held.anchor, file) if isinstance(held, Container | PodHeld) else None
    record.unknown |= held.subject.unknown
    record.spots |= {path: stretch(spot, file) for path, spot in held.places.items()}
    record.patch = patch


def stretch(spot: Spot, file: str) -> Stretch:
    """Where a spot stands: from its key to the end of what belongs to it."""
    first, last = spot
    end = last.end if last is not None and last.end > first.end and last.start >= first.start else first.end
    return Stretch(file=file, start=first.start, end=end)
