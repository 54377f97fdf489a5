"""Which resources mean which: by reference, or by the same known name."""

from typing import TYPE_CHECKING

from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.terraform.resource import Instance
from ringfence.formats.terraform.view import View

if TYPE_CHECKING:
    from ringfence.formats.terraform.module import Module


def linked(instance: Instance, kind: str, by: str, attribute: str) -> list[Instance]:
    """Instances of a type whose `by` refers to the resource of `instance`; of its own key where they have keys too."""
    own_name = _name(instance, attribute)
    found = list[Instance]()
    for module in around(instance):
        for resource in module.resources.get(kind, ()):
            some = [one for one in resource.instances if _means(View.of(one).find(by).value, instance, own_name)]
            same_key = [one for one in some if one.key == instance.key]
            found += same_key or some
    return found


def unresolved(instance: Instance, kind: str, by: str) -> bool:
    """Whether some resource of a type may mean this one, because nobody can say what it means."""
    for module in around(instance):
        for resource in module.resources.get(kind, ()):
            for one in resource.instances:
                value = View.of(one).find(by).value
                if isinstance(value, Unknown) and not _resources(value):
                    return True
    return False


def around(instance: Instance) -> "list[Module]":
    """The modules in which others may mean it: its own, its callers', and those called with it."""
    module = instance.resource.module
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


def _means(value: Value, instance: Instance, own_name: str) -> bool:
    if isinstance(value, Unknown):
        return instance.resource.address in value.references
    if isinstance(value, list):
        return any(_means(one, instance, own_name) for one in value)
    return bool(own_name) and value == own_name


def _resources(value: Unknown) -> list[str]:
    """The references to resources and modules, not to variables, among what a value comes from."""
    return [one for one in value.references if not one.rpartition("module.")[2].startswith("var.") and "." in one]
