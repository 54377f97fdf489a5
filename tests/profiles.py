"""A profile to begin with: what hardening makes of a plugin of which nothing is said."""

from dataclasses import fields, replace

from ringfence.controls.hardening import hardened
from ringfence.model import Environment, Limits, Network, Reach, Seccomp, Workload

_SILENT = Workload(
    name="plugin",
    user=None,
    group=None,
    no_new_privileges=False,
    capabilities=frozenset(),
    seccomp=Seccomp.UNCONFINED,
    read_only_root=False,
    host_namespaces=frozenset(),
    network=Network(reach=Reach.ANY, destinations=()),
    mounts=(),
    environment=Environment(inherits_host=True, variables=()),
    limits=Limits(**{field.name: None for field in fields(Limits)}),
)


def hardened_profile(name: str = "plugin") -> Workload:
    """The profile of a plugin to which nothing was granted."""
    return replace(hardened(_SILENT), name=name)
