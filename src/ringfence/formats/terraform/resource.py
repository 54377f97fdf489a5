"""A resource as it is declared, and its instances."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ringfence.formats.hcl import Unknown, evaluate
from ringfence.formats.hcl.body import Block
from ringfence.formats.hcl.syntax import Call, Expression, Object
from ringfence.formats.hcl.values import Value, follow

if TYPE_CHECKING:
    from ringfence.formats.terraform.module import Module
    from ringfence.formats.terraform.view import View


_T = TypeVar("_T")
#: The key of an instance; None where there is none, or nobody can say.
Key = str | int | None


class Names:
    """The names that an expression of a block may use: the module's, and its own (`each`, `count`, an iterator)."""

    __slots__ = ("_module", "_own", "work")

    def __init__(self, module: "Module", own: dict[str, Value]) -> None:
        self._module, self._own, self.work = module, own, module.work

    @property
    def key(self) -> Key:
        """The key of the instance that has these names; None where it has none, or it is not known."""
        for root, name in (("count", "index"), ("each", "key")):
            said = self._own.get(root)
            if isinstance(said, dict):
                key = said[name]
                return key if isinstance(key, str | int) else None
        return None

    def lookup(self, root: str, path: tuple[str | int, ...]) -> Value:
        """What a reference stands for."""
        if root in self._own:
            return follow(self._own[root], path)
        return self._module.lookup(root, path)

    def read_file(self, path: str) -> str | None:
        """A file of the tree."""
        return self._module.read_file(path)

    def names_of_files(self, folder: str) -> list[str]:
        """The names of the files in a folder."""
        return self._module.names_of_files(folder)

    def extended(self, own: dict[str, Value]) -> "Names":
        """With more names of its own."""
        return Names(self._module, {**self._own, **own})


class Resource:
    """A `resource` or `data` block, or one of Terraform's own (`module`, `provider`, `variable`, `terraform`)."""

    __slots__ = ("_complete", "_instances", "block", "data", "module", "name", "type")

    def __init__(self, module: "Module", block: Block, kind: str, name: str, data: bool) -> None:
        self.module, self.block, self.type, self.name, self.data = module, block, kind, name, data
        self._instances: list[Instance] | None = None
        self._complete = False

    @property
    def file(self) -> str:
        """The file that it stands in."""
        return self.block.source.file

    @property
    def reference(self) -> str:
        """How its own module names it: `aws_s3_bucket.b`."""
        return f"{'data.' if self.data else ''}{self.type}.{self.name}" if self.name else self.type

    @property
    def address(self) -> str:
        """Its name as seen from the root, without the keys of instances."""
        return self.module.qualified(self.reference)

    @property
    def instances(self) -> "list[Instance]":
        """What `count` and `for_each` make of it; none for a count of 0."""
        if self._instances is None:
            from ringfence.formats.terraform.instances import instances

            made = instances(self.block, self.module)
            self._instances = [Instance(self, names, key) for names, key in made.some]
            self._complete = made.complete
        return self._instances

    def is_only(self, key: str) -> None:
        """It has one instance, with a key."""
        if self._instances is None:
            self._instances = [Instance(self, Names(self.module, {}), key)]

    @property
    def is_repeated(self) -> bool:
        """Whether it has instances with keys."""
        return "count" in self.block.body.attributes or "for_each" in self.block.body.attributes

    def key_said(self, key: str | int) -> str:
        """How an instance's key stands in its address, whether it was asked for as a number or as a text."""
        counted = "count" in self.block.body.attributes and str(key).isdecimal()
        return shown_key(int(key) if counted else str(key))

    def _whole(self) -> Value:
        """Its instances by their keys, each of which is unknown."""

        def unknown(key: Key) -> Unknown:
            said = "" if key is None else shown_key(key)
            return Unknown(references=frozenset({self.address, self.address + said}))

        keys, keyed = [one.names.key for one in self.instances], "for_each" in self.block.body.attributes
        if not self._complete:
            return unknown(None)
        return together([(key, partial(unknown, key)) for key in keys], keyed=keyed)

    def value(self, path: tuple[str | int, ...], unknown: Unknown) -> Value:
        """The value of an attribute that another expression asks for; `unknown` where the block does not say it."""
        instance = self.instances[0] if self.instances else None
        if self.is_repeated:
            if not path:
                return self._whole()
            some = [(one.names.key, one) for one in self.instances]
            instance, path = picked(some, path[0], self._complete), path[1:]
        if not path or instance is None or (path[0] in ("id", "arn") and not self.data):
            return unknown
        expression = self._expression(str(path[0]))
        if expression is None:
            return self._nested(instance, path, unknown) if len(path) > 2 else unknown
        guard = ("attribute", f"{self.reference}.{path[0]}")
        if guard in self.module._open:
            return unknown
        self.module._open.add(guard)
        try:
            value = follow(evaluate(expression, instance.names), path[1:])
        except LookupError:
            return unknown
        finally:
            self.module._open.discard(guard)
        if isinstance(value, Unknown):
            return Unknown(references=value.references | unknown.references, pieces=value.pieces, decoded=value.decoded)
        return value

    def _expression(self, name: str) -> Expression | None:
        """What an attribute is given; what the older `template_file` makes of its template is worked out as
        `templatestring` would."""
        attributes = self.block.body.attributes
        if name == "id" and self.data and self.type == "aws_s3_bucket":
            name = "bucket"  # its name is what it is known by
        if name in attributes:
            return attributes[name].expression
        if name != "rendered" or self.reference != f"data.template_file.{self.name}" or "template" not in attributes:
            return None
        template = attributes["template"].expression
        given = attributes["vars"].expression if "vars" in attributes else Object(template.start, template.end, [], [])
        return Call(template.start, template.end, "templatestring", [template, given], False)

    def _nested(self, instance: "Instance", path: tuple[str | int, ...], unknown: Unknown) -> Value:
        """What a block says, as `metadata[0].name` asks for it."""
        from ringfence.formats.terraform.view import View

        guard = ("attribute", f"{self.reference}.{'.'.join(map(str, path))}")
        if guard in self.module._open:
            return unknown
        self.module._open.add(guard)
        try:
            view = View.of(instance)
            while len(path) > 2:
                some, _ = view.blocks(str(path[0]))
                view, path = some[int(path[1])], path[2:]
            found = view.find(str(path[0]))
            return follow(found.value, path[1:]) if found.there else unknown
        except (LookupError, ValueError):
            return unknown
        finally:
            self.module._open.discard(guard)


class Instance:
    """One instance of a resource. `key` is `["x"]`, `[0]`, or "" where there is one only."""

    __slots__ = ("key", "names", "resource", "view")

    def __init__(self, resource: Resource, names: Names, key: str) -> None:
        self.resource, self.names, self.key = resource, names, key
        self.view: View | None = None

    @property
    def address(self) -> str:
        """Its name as seen from the root."""
        return self.resource.address + self.key


def shown_key(key: str | int) -> str:
    """How an instance's key stands in its address."""
    return f"[{key}]" if isinstance(key, int) else f'["{key}"]'


def picked(some: Sequence[tuple[Key, _T]], key: str | int, complete: bool) -> _T | None:
    """Of instances the one with a key, or the one that stands for all; None where it is not among those looked at.

    Raises LookupError where there certainly is none.
    """
    for own, one in some:
        if own is None or str(own) == str(key):
            return one
    if complete:
        raise LookupError(f"there is no instance {key!r}")
    return None


def together(some: Sequence[tuple[Key, Callable[[], Value]]], *, keyed: bool) -> Value:
    """All instances together, as `for_each` or `count` makes them."""
    return {str(key): one() for key, one in some} if keyed else [one() for _, one in some]
