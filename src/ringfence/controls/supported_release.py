"""Base images are on a supported release.

A distribution release gets fixes until a date announced long before. From then on, every vulnerability found in its
libraries stays open in every image based on it, and scanners that rely on its security advisories report nothing.

Bad, compose:

    services:
      web:
        image: debian:9.13-slim

Good, compose:

    services:
      web:
        image: debian:13.2-slim

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: ubuntu:18.04

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: ubuntu:26.04

Bad, dockerfile:

    FROM python:3.8.20-slim-buster

Good, dockerfile:

    FROM python:3.13.1-slim-trixie
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.known import releases
from ringfence.controls.references import cis, cwe, nsa
from ringfence.controls.workloads.images import images
from ringfence.models.build import Build
from ringfence.models.service import Service


def faults(model: Service | Build) -> Iterator[Fault]:
    """Only images whose name and tag plainly name a release; long-term repairs count."""
    for path, image in images(model):
        release = None if image.built_here else releases.named(image.name, image.tag)
        if release is not None and release.level(releases.today()) == "unsupported":
            whole = f"{release.distribution} {release.version}"
            found = f"{image.name}:{image.tag} is based on {whole}, which has been unsupported since {release.limited}"
            yield Fault(path=path, found=found, want=_QUESTION)


_QUESTION = Decision("on which newer release does the software run?")


CONTROL = Control(
    id="supported-release",
    title="Base images are on a supported release",
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
