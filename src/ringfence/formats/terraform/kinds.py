"""Which function reads which type of resource: one visible table a provider, imported when such a resource is there."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from ringfence.formats.terraform.reader import Reader

Kind = Callable[[Reader], Iterator[object]]

#: The first word of a type to the package whose KINDS has it; Terraform's own blocks have none.
PROVIDERS = {
    "alicloud": "alibaba",
    "aws": "aws",
    "azuread": "azure",
    "azurerm": "azure",
    "digitalocean": "digitalocean",
    "github": "github",
    "google": "google",
    "helm": "kubernetes",
    "kubectl": "kubernetes",
    "kubernetes": "kubernetes",
    "openstack": "openstack",
}


@cache
def reader_of(kind: str) -> Kind | None:
    """The function that reads a type of resource ("data." before data sources); None where nothing does."""
    name = kind.removeprefix("data.")
    provider = PROVIDERS.get(name.partition("_")[0], "core")
    table: dict[str, str] = import_module(f"ringfence.formats.terraform.{provider}").KINDS
    where = table.get(kind)
    if where is None:
        return None
    module, _, function = where.partition(":")
    package = f"ringfence.formats.terraform.{provider}" + (f".{module}" if module else "")
    found: Kind = getattr(import_module(package), function)
    return found
