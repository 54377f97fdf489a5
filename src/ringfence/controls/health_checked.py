"""A health check notices when it stops working.

A hung process is still running: without a check nobody restarts it, it still receives traffic, and an attack that
stops it goes unnoticed. Kubernetes asks two questions, whether to restart (liveness) and whether to send traffic
(readiness); Compose and images have one check for both.

Bad, compose:

    services:
      web:
        image: example/web:1.4
        healthcheck: {disable: true}

Good, compose:

    services:
      web:
        image: example/web:1.4
        healthcheck:
          test: ["CMD", "curl", "--fail", "http://127.0.0.1:8080/healthz"]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          livenessProbe:
            httpGet: {path: /healthz, port: 8080}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          livenessProbe:
            httpGet: {path: /healthz, port: 8080}
          readinessProbe:
            httpGet: {path: /ready, port: 8080}

Bad, dockerfile:

    FROM example/base:1.4
    CMD ["/app"]

Good, dockerfile:

    FROM example/base:1.4
    HEALTHCHECK CMD ["/app", "--check"]
    CMD ["/app"]
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, kubernetes
from ringfence.models.build import Build
from ringfence.models.service import Service


def faults(model: Service | Build) -> Iterator[Fault]:
    """Both questions must be asked, or the one that stands for both."""
    health = model.health
    if not (health.live or health.ready):
        yield Fault(path="health", found="it has no health check", want=_QUESTION)
    elif not health.live:
        yield Fault(path="health.live", found="it has no liveness probe", want=_QUESTION)
    elif not health.ready:
        yield Fault(path="health.ready", found="it has no readiness probe", want=_QUESTION)


_QUESTION = Decision("which command or address answers only when it works?")


CONTROL = Control(
    id="health-checked",
    title="A health check notices when it stops working",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES}),
    guards=("health",),
    references=(
        cis("4.6 and 5.27"),
        kubernetes("concepts/workloads/pods/pod-lifecycle"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Service",
        "Build",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
