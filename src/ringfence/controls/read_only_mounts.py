"""Configuration is mounted read-only.

A container that can write to its own mounted configuration lets an intruder's changes survive, on the host, until the
next start. Files that are only read can be mounted with `:ro`.

Bad, compose:

    services:
      web:
        image: example/web:1.4
        volumes:
          - ./data:/data
          - ./nginx.conf:/etc/nginx/nginx.conf

Good, compose:

    services:
      web:
        image: example/web:1.4
        volumes:
          - ./data:/data
          - ./nginx.conf:/etc/nginx/nginx.conf:ro
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.service import Service

_CONFIGURATION = re.compile(
    r"\.(conf|cfg|cnf|ini|toml|ya?ml|json|xml|properties|crt|cert|pem|key|htpasswd|env|sh|sql)$|/Caddyfile$"
)


def faults(service: Service) -> Iterator[Fault]:
    """A file whose name says configuration, certificate or script must not be writable."""
    for index, mount in enumerate(service.mounts):
        if mount.writable and _CONFIGURATION.search(mount.source):
            yield Fault(
                path=f"mounts[{index}].writable", found=f"{mount.source} can be changed from inside", want=False
            )


CONTROL = Control(
    id="read-only-mounts",
    title="Configuration is mounted read-only",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("mounts",),
    references=(
        cis("5.13"),
        owasp("rule 8"),
        cwe(732),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
)
