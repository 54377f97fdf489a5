"""Images are pinned by digest.

A tag can be moved to different content, by its owner or by somebody who took over the owner's account. A digest
identifies the content itself: what was reviewed is what runs, and a changed image does not start.

Bad, compose:

    services:
      web:
        image: nginx:1.27.3

Good, compose:

    services:
      web:
        image: nginx:1.27.3@sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: nginx:1.27.3

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: nginx@sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a

Bad, dockerfile:

    FROM alpine:3.20

Good, dockerfile:

    FROM alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, owasp
from ringfence.controls.workloads.images import images
from ringfence.models.build import Build
from ringfence.models.service import Service


def faults(model: Service | Build) -> Iterator[Fault]:
    """Every image that a registry is asked for must have a digest."""
    for path, image in images(model):
        if not image.built_here and image.digest is None:
            yield Fault(path=path, found=f"{image.name} is not pinned by digest", want=_QUESTION)


_QUESTION = Decision("which digest does the registry give for the version that you tested?")


CONTROL = Control(
    id="pinned-digest",
    title="Images are pinned by digest",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES}),
    guards=(
        "image",
        "bases",
    ),
    references=(
        nsa("Image scanning"),
        owasp("rule 9"),
        cis("4.2"),
        cwe(494),
        cwe(829),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Service",
        "Build",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
