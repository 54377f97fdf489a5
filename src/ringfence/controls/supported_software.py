"""Software in images is still supported by its makers.

Languages, databases and runtimes get fixes until a date announced long before. From then on every vulnerability that
is found stays open, and everybody knows it. Only official images are recognised, and only if the tag says which
release it is: `python:3` moves on by itself.

Bad, compose:

    services:
      db:
        image: postgres:11.22

Good, compose:

    services:
      db:
        image: postgres:16.4

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: node:14-alpine

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: node:24-alpine

Bad, dockerfile:

    FROM python:3.7-slim

Good, dockerfile:

    FROM python:3.13-slim
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.known import softwarereleases
from ringfence.controls.references import cis, cwe, nsa
from ringfence.controls.workloads.images import images
from ringfence.models.build import Build
from ringfence.models.service import Service


def faults(model: Service | Build) -> Iterator[Fault]:
    """Only images whose name and tag plainly name a release; its last day counts."""
    for path, image in images(model):
        known = None if image.built_here else softwarereleases.named(image.name, image.tag)
        if known is None:
            continue
        product, release, end = known
        if end < softwarereleases.today().isoformat():
            yield Fault(path=path, found=f"{product.title} {release} has been unsupported since {end}", want=_QUESTION)


_QUESTION = Decision("on which newer release does it run?")


CONTROL = Control(
    id="supported-software",
    title="Software in images is still supported by its makers",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES}),
    guards=(
        "image",
        "bases",
    ),
    references=(
        cis("4.2"),
        nsa("Image scanning"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Service",
        "Build",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
