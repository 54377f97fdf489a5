"""No host devices are exposed.

A disk device is every file on it, `/dev/mem` is the kernel's memory, and many kernel vulnerabilities have been
reached through `/dev/kvm` and `/dev/fuse`.

Bad, compose:

    services:
      backup:
        image: example/backup:1.4
        devices: ["/dev/snd:/dev/snd", "/dev/sda:/dev/sda:r"]

Good, compose:

    services:
      backup:
        image: example/backup:1.4
        volumes: ["data:/data:ro"]
    volumes:
      data: {}
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, compose, cwe
from ringfence.models.service import Service

_HOST = re.compile(r"/dev/(sd[a-z]|nvme|vd[a-z]|xvd|hd[a-z]|dm-|mapper|md|mem|kmem|port|disk)")


def faults(service: Service) -> Iterator[Fault]:
    """No device may be there; disks and memory weigh more."""
    for index, device in enumerate(service.devices):
        severity = Severity.CRITICAL if _HOST.match(device) else None
        yield Fault(path=f"devices[{index}]", found=f"{device} of the host", want=REMOVE, severity=severity)


CONTROL = Control(
    id="no-devices",
    title="No host devices are exposed",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("devices",),
    references=(
        cis("5.18"),
        compose("05-services.md#devices"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
