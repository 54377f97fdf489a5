"""Commands and labels contain no secrets.

`ps` shows arguments to every user of a machine, and labels are visible to anybody who may query the engine; both are
copied into logs and monitoring.

Bad, compose:

    services:
      cache:
        image: redis:7.4.1
        command: ["redis-server", "--requirepass", "vT9-kQz7.mB2x"]

Good, compose:

    services:
      cache:
        image: redis:7.4.1
        command: ["redis-server", "/run/secrets/redis.conf"]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: cache}
    spec:
      containers:
        - name: cache
          image: redis:7.4.1
          args: ["--appendonly", "yes", "--requirepass", "vT9-kQz7.mB2x"]

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: cache}
    spec:
      containers:
        - name: cache
          image: redis:7.4.1
          args: ["/run/secrets/redis.conf"]

Bad, dockerfile:

    FROM alpine:3.20
    RUN wget --header "Authorization: Bearer ghp_16C7e42F292c6912E7710c838347Ae178B4a" https://api.example.com/x

Good, dockerfile:

    FROM alpine:3.20
    RUN --mount=type=secret,id=token wget --header "@/run/secrets/token" https://api.example.com/x
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.build import Build
from ringfence.models.service import Service
from ringfence.secrets import secret_in
from ringfence.secrets.programs import spoken


def faults(model: Service | Build) -> Iterator[Fault]:
    """No word of a command and no label may hold a secret."""
    found = dict[str, str | None]()
    for path, words in _commands(model):
        for index, kind in spoken(words):
            found.setdefault(path if isinstance(model, Build) else f"{path}[{index}]", kind)
    for index, (name, value) in enumerate(() if isinstance(model, Build) else model.labels):
        found[f"labels[{index}]"] = secret_in(name, value)
    yield from (Fault(path=path, found=f"it holds {kind}", want=_QUESTION) for path, kind in found.items() if kind)


def _commands(model: Service | Build) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(model, Build):
        for number, one in enumerate(model.instructions):
            for index, words in enumerate(one.commands):
                yield f"instructions[{number}].commands[{index}]", words
        return
    yield "command", model.command
    for number, words in enumerate(model.checks):
        yield f"checks[{number}]", words


_QUESTION = Decision("where should the secret come from: a store, or a file that is mounted?")


CONTROL = Control(
    id="no-secrets-in-commands",
    title="Commands and labels contain no secrets",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES}),
    guards=(
        "command",
        "checks",
        "labels",
        "instructions",
    ),
    references=(
        owasp("rule 12"),
        cis("4.10"),
        cwe(214),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Service",
        "Build",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
