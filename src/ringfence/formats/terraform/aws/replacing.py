"""How AWS' things are replaced that others use: before or after the old one goes."""

from collections.abc import Iterator

from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.managed import Replacement


def replaced(r: Reader) -> Iterator[Replacement]:
    """What its lifecycle says, which a plan leaves out."""
    if r.instance.resource.module.written:
        seamless = r.flag("seamless", "lifecycle.create_before_destroy", default=False)
        yield Replacement(name=r.address, seamless=seamless)
