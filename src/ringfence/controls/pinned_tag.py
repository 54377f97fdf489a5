"""Images are pinned to a version tag.

`latest`, or no tag at all, is whatever was pushed last: tomorrow's deployment runs code that nobody has tested, two
machines run different things under one name, and a rollback rolls nothing back.

Bad, compose:

    services:
      web:
        image: nginx:latest

Good, compose:

    services:
      web:
        image: nginx:1.27.3

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: nginx

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: nginx:1.27.3

Bad, dockerfile:

    FROM golang:1.23 AS build
    FROM alpine

Good, dockerfile:

    FROM golang:1.23 AS build
    FROM alpine:3.20
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, owasp
from ringfence.controls.workloads.images import images
from ringfence.models.build import Build
from ringfence.models.service import Service


def faults(model: Service | Build) -> Iterator[Fault]:
    """A tag other than `latest`, or a digest. An image that is built here needs none."""
    for path, image in images(model):
        if image.built_here or image.digest is not None:
            continue
        if image.tag is None:
            yield Fault(path=path, found=f"{image.name} has no tag, which means latest", want=_QUESTION)
        elif image.tag == "latest":
            yield Fault(path=path, found=f"{image.name} uses the tag latest", want=_QUESTION)


_QUESTION = Decision("which version of the image did you test?")


CONTROL = Control(
    id="pinned-tag",
    title="Images are pinned to a version tag",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES}),
    guards=(
        "image",
        "bases",
    ),
    references=(
        cis("4.2"),
        nsa("Image scanning"),
        owasp("rule 9"),
        cwe(1357),
        cwe(829),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Service",
        "Build",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
