"""Which resources mean which: by reference, or by the same known name."""

import re
from typing import TYPE_CHECKING

from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.hcl.syntax import Expression, Get, Parens, Template, Variable
from ringfence.formats.terraform.resource import Instance, Resource
from ringfence.formats.terraform.view import View

if TYPE_CHECKING:
    from ringfence.formats.terraform.module import Module

_KEY = re.compile(r"\[[^\]]*\]\Z")
#: An instance with the number of its resource in the module, and its own.
_Entry = tuple[int, int, Instance]
_MAX_STEPS = 10


class Index:
    """What the resources of one type in a module mean by one attribute: by address, by text, and whether nobody can
    say it of some. A text that was taken from a resource means that one, whatever else is called the same: `taken` has
    it by that, `texts` by the types that it was taken from."""

    __slots__ = ("addresses", "taken", "texts", "unresolved")

    def __init__(self, module: "Module", kind: str, by: str) -> None:
        self.addresses = dict[str, list[tuple[_Entry, frozenset[str]]]]()
        self.unresolved = False
        self.texts = dict[str, dict[frozenset[str], list[_Entry]]]()
        self.taken = dict[tuple[str, str], list[_Entry]]()
        numbers = dict[str, int]()
        for at, one in enumerate(one for some in module.resources.get(kind, ()) for one in some.instances):
            number = numbers.setdefault(one.resource.name, len(numbers))
            found = View.of(one).find(by)
            self._add(found.value, found.expression, (number, at, one))
            some = found.value if isinstance(found.value, list) else [found.value]
            self.unresolved |= any(isinstance(part, Unknown) and not _resources(part) for part in some)

    def _add(self, value: Value, expression: Expression | None, entry: _Entry) -> None:
        if isinstance(value, Unknown):
            for address in value.references:
                self.addresses.setdefault(address, []).append((entry, value.references))
        elif isinstance(value, list):
            for one in value:
                self._add(one, None, entry)
        elif isinstance(value, str) and value:
            came = taken_from(entry[2], expression)
            types = frozenset(one.type for one in came)
            self.texts.setdefault(value, {}).setdefault(types, []).append(entry)
            for resource in came:
                self.taken.setdefault((value, resource.address), []).append(entry)

    def named(self, text: str, own: Resource) -> list[_Entry]:
        """What says a text, and did not take it from another resource of the same type."""
        some = self.texts.get(text, {})
        loose = [entry for types, entries in some.items() if own.type not in types for entry in entries]
        return loose + self.taken.get((text, own.address), [])


def linked(instance: Instance, kind: str, by: str, attribute: str) -> list[Instance]:
    """Instances of a type whose `by` refers to the resource of `instance`; of its own key where they have keys too."""
    own_name = _name(instance, attribute)
    address = instance.resource.address
    found = list[Instance]()
    for module in around(instance):
        if kind not in module.resources:
            continue
        index = _index(module, kind, by)
        some = {at[:2]: at for at, refers in index.addresses.get(address, ()) if _is_meant(refers, instance)}
        if own_name:
            some |= {entry[:2]: entry for entry in index.named(own_name, instance.resource)}
        found += _of_own_keys([some[at] for at in sorted(some)], instance.key)
    return found


def refers_to(value: Unknown, instance: Instance) -> bool:
    """Whether a value comes from this instance, as far as it says of which one."""
    return instance.resource.address in value.references and _is_meant(value.references, instance)


def _is_meant(references: frozenset[str], instance: Instance) -> bool:
    """Of references to the resource of an instance, whether none names another of its keys alone."""
    if not instance.key or len(references) == 1 or instance.address in references:
        return True
    return not any(one.startswith(f"{instance.resource.address}[") for one in references)


def taken_from(instance: Instance, expression: Expression | None) -> list[Resource]:
    """The resources of its module that an expression takes a value from, one after the other: `b.bucket`, and `a.id`
    where that is what b says of its bucket; those of a text with several parts are of each part."""
    found, left = list[Resource](), [expression]
    while left and len(found) < _MAX_STEPS:
        at = left.pop(0)
        if isinstance(at, Parens):
            left.append(at.inner)
        elif isinstance(at, Template):
            left += [one for one in at.parts if isinstance(one, Expression)]
        elif isinstance(at, Get) and isinstance(at.base, Variable):
            names = [one for one in at.steps if isinstance(one, str)]
            one = instance.resource.module.resource_named(at.base.name, names[0]) if len(names) > 1 else None
            if one is not None:
                found.append(one)
                said = one.block.body.attributes.get(names[1])
                left.append(said.expression if said is not None else None)
    return found


def _of_own_keys(entries: list[_Entry], key: str) -> list[Instance]:
    """Of each resource those with a key, or all where none has that."""
    found = list[Instance]()
    for number in dict.fromkeys(entry[0] for entry in entries):
        some = [one for at, _, one in entries if at == number]
        found += [one for one in some if one.key == key] or some
    return found


def is_named(instance: Instance, kind: str, by: str, text: str) -> bool:
    """Whether some resource of a type says a text as its `by`, and did not take it from another one than this."""
    some = (_index(one, kind, by) for one in around(instance) if kind in one.resources)
    return any(index.named(text, instance.resource) for index in some)


def unresolved(instance: Instance, kind: str, by: str) -> bool:
    """Whether some resource of a type may mean this one, because nobody can say what it means, or because it means
    something of a module that this one is in."""
    some = [_index(one, kind, by) for one in around(instance) if kind in one.resources]
    return any(one.unresolved or not one.addresses.keys().isdisjoint(_modules(instance)) for one in some)


def _modules(instance: Instance) -> list[str]:
    """The modules that it is in, as they are called."""
    found, at = list[str](), instance.resource.module
    while at.parent is not None:
        found.append(_KEY.sub("", at.address))
        at = at.parent
    return found


def _index(module: "Module", kind: str, by: str) -> Index:
    if (kind, by) not in module.links:
        module.links[kind, by] = Index(module, kind, by)
    return module.links[kind, by]


def around(instance: Instance) -> "list[Module]":
    """The modules in which others may mean it: its own, its callers', and those called with it."""
    module = instance.resource.module
    if module.near is None:
        module.near = _around(module)
    return module.near


def _around(module: "Module") -> "list[Module]":
    seen = [module]
    at = module.parent
    while at is not None:
        seen.append(at)
        at = at.parent
    seen += [one for one in module.called() if one not in seen]
    if module.parent is not None:
        seen += [one for one in module.parent.called() if one not in seen]
    return seen[:50]


def _name(instance: Instance, attribute: str) -> str:
    value = View.of(instance).find(attribute).value if attribute else None
    return value if isinstance(value, str) else ""


def _resources(value: Unknown) -> list[str]:
    """The references to resources and modules, not to variables, among what a value comes from."""
    return [one for one in value.references if not one.rpartition("module.")[2].startswith("var.") and "." in one]
