"""What is looked for in a whole account: every resource of a type around one, and modules that may make it."""

from collections.abc import Iterator

from ringfence.formats.terraform.aws.following import said
from ringfence.formats.terraform.links import around
from ringfence.formats.terraform.reader import Reader

#: Words in the source of a module elsewhere that may make alarms.
_MAKING = ("cloudwatch", "alarm", "alert", "monitor", "metric", "cis", "baseline", "security", "landing")


def everywhere(r: Reader, kind: str) -> Iterator[Reader]:
    """Every resource of a type in the modules in which others may mean this one, in one order from wherever seen."""
    for module in sorted(around(r.instance), key=lambda one: (one.depth, one.address)):
        for resource in module.resources.get(kind, ()):
            yield from (Reader(one) for one in resource.instances)


def settings(r: Reader, kind: str) -> Iterator[Reader]:
    """What is set for a whole account around a resource, but for what is set through another provider."""
    own = _provider(r)
    for one in everywhere(r, kind):
        if one.instance.resource.module is not r.instance.resource.module or _provider(one) == own:
            yield one


def _provider(r: Reader) -> str:
    said = r.instance.resource.block.body.attributes.get("provider")
    return said.source.text[said.value_start : said.end].strip('"') if said is not None else ""


def made_elsewhere(r: Reader, words: tuple[str, ...]) -> bool:
    """Whether a module whose code is not here has one of some words in its source, so that it may make what these
    name."""
    sources = [said(one, "source") for one in everywhere(r, "module")]
    return any(any(word in one for word in words) for one in sources if not one.startswith("."))


def alarms_made_elsewhere(r: Reader) -> bool:
    """Whether a module whose code is not here may make filters and alarms."""
    return made_elsewhere(r, _MAKING)


def is_first(r: Reader, some: Iterator[Reader]) -> bool:
    """Whether this resource is the first of some, which stands for all of them."""
    first = next(some, None)
    return first is not None and first.address == r.address
