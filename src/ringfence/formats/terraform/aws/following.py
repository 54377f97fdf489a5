"""From an attribute to what it points to; and which provider a module asks for."""

import re
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.terraform.links import around, refers_to, taken_from
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.resource import Instance
from ringfence.formats.terraform.view import View

_MAJOR = re.compile(r"^\s*(~>|>=|=|>|)\s*v?([0-9]{1,4})")
#: What `data.aws_…` documents are called in references.
DOCUMENT = "data.aws_iam_policy_document."


def there(r: Reader, attribute: str) -> bool | None:
    """Whether an attribute is set to something; None where nobody can say."""
    found = r.view.find(attribute)
    if isinstance(found.value, Unknown):
        if not found.there:
            return None
        return None if found.value.pieces is None and not names_resource(found.value) else True
    return found.there and found.value not in (None, "", [], {})


def said(r: Reader, attribute: str) -> str:
    """An attribute's text without remembering anything; "" where it is not there or not known."""
    value = r.view.find(attribute).value
    return value if isinstance(value, str) else ""


def followed(r: Reader, attribute: str, kind: str, name: str = "") -> list[Reader]:
    """The resources of a type that an attribute means: by reference, also into other modules, or by their `name`."""
    found = r.view.find(attribute)
    value = found.value
    here = [Reader(one) for one in _meant(r, value, kind, name)]
    came = taken_from(r.instance, found.expression) if len(here) > 1 and isinstance(value, str) else []
    if any(one.type == kind for one in came):
        here = [one for one in here if one.instance.resource in came]
    asked = {one for one in _references(value) if kind in one}
    if here or not asked:
        return here
    return [
        Reader(one)
        for module in around(r.instance)[1:]
        for resource in module.resources.get(kind, ())
        if resource.address in asked
        for one in resource.instances
    ]


def _references(value: Value) -> set[str]:
    if isinstance(value, list):
        return {name for one in value for name in _references(one)}
    return set(value.references) if isinstance(value, Unknown) else set()


def _meant(r: Reader, value: Value, kind: str, name: str) -> Iterator[Instance]:
    """The resources of a type in the same module that a value means."""
    parts = list(_parts(value))
    texts = {one for one in parts if isinstance(one, str) and one} if name else set[str]()
    for resource in r.instance.resource.module.resources.get(kind, ()):
        near = [one for one in parts if isinstance(one, Unknown) and resource.address in one.references]
        for one in resource.instances if near or texts else ():
            called = View.of(one).find(name).value if texts else None
            if any(refers_to(part, one) for part in near) or (isinstance(called, str) and called in texts):
                yield one


def _parts(value: Value) -> Iterator[Value]:
    if isinstance(value, list):
        for one in value:
            yield from _parts(one)
    else:
        yield value


def is_document(r: Reader, attribute: str) -> bool:
    """Whether a policy is a data source's document: then that is judged where it stands, and not a second time."""
    value = r.view.find(attribute).value
    if not isinstance(value, Unknown) or value.pieces is not None or value.decoded is not None:
        return False
    return any(DOCUMENT in one for one in value.references)


def provider_major(r: Reader, names: tuple[str, ...] = ("aws",), otherwise: int = 5) -> int:
    """The least major version of a provider that the module asks for; `otherwise` where it does not say.

    Newer versions made some defaults safe. What older files are silent about was written for older versions.
    """
    for one in r.others("terraform"):
        for block in one.view.blocks("required_providers")[0]:
            for name in names:
                asked = block.find(name).value
                version = asked.get("version") if isinstance(asked, dict) else asked
                match = _MAJOR.match(version) if isinstance(version, str) else None
                if match:
                    return int(match[2])
    return otherwise


def names_resource(value: Unknown) -> bool:
    """Whether it refers to a resource, so that another reference means another."""
    return any(not one.rpartition("module.")[2].startswith(("var.", "local.")) for one in value.references)
