"""It stays in the engine's control group.

A different parent group moves a container out from under the limits that the engine sets for all its containers.

Bad, compose:

    services:
      web:
        image: example/web:1.4
        cgroup_parent: /

Good, compose:

    services:
      web:
        image: example/web:1.4
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, compose, cwe
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """No other parent may be named."""
    if service.cgroup_parent:
        yield Fault(path="cgroup_parent", found=f"its control group is below {service.cgroup_parent}", want="")


CONTROL = Control(
    id="no-cgroup-parent",
    title="It stays in the engine's control group",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("cgroup_parent",),
    references=(
        cis("5.25"),
        compose("05-services.md#cgroup_parent"),
        cwe(770),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
