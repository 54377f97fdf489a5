"""The environment contains no secrets.

What is written in a file stays in its history for ever, in every clone and every backup; what an image sets can be
read by everybody who can pull it. Take secrets from a store, a file that is not committed, or a variable of the shell
that starts the service.

Bad, compose:

    services:
      db:
        image: postgres:16.4
        environment:
          POSTGRES_DB: shop
          POSTGRES_PASSWORD: vT9-kQz7.mB2x

Good, compose:

    services:
      db:
        image: postgres:16.4
        environment:
          POSTGRES_DB: shop
          POSTGRES_PASSWORD_FILE: /run/secrets/db
        secrets: [db]
    secrets:
      db: {environment: DB_PASSWORD}

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          env:
            - name: LOG_LEVEL
              value: info
            - name: API_TOKEN
              value: ghp_16C7e42F292c6912E7710c838347Ae178B4a

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          env:
            - name: API_TOKEN
              valueFrom: {secretKeyRef: {name: api, key: token}}

Bad, dockerfile:

    FROM alpine:3.20
    ENV LANG=C.UTF-8 DB_PASSWORD=vT9-kQz7.mB2x

Good, dockerfile:

    FROM alpine:3.20
    ARG VERSION=1.4
    RUN --mount=type=secret,id=db cat /run/secrets/db >/dev/null
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.build import Build, Verb
from ringfence.models.service import Service
from ringfence.secrets import secret_in


def faults(model: Service | Build) -> Iterator[Fault]:
    """No variable may hold a value that is a secret, by its form or by the name it stands under."""
    if isinstance(model, Build):
        yield from _built(model)
        return
    for index, (name, value) in enumerate(model.environment.variables):
        kind = secret_in(name, value)
        if kind:
            yield Fault(path=f"environment.variables[{index}]", found=f"{name} holds {kind}", want=_QUESTION)


def _built(build: Build) -> Iterator[Fault]:
    for number, instruction in enumerate(build.instructions):
        if instruction.verb in {Verb.ENV, Verb.ARG}:
            for index, word in enumerate(instruction.words):
                name, _, value = word.partition("=")
                kind = secret_in(name, value)
                if kind:
                    path = f"instructions[{number}].words[{index}]"
                    yield Fault(path=path, found=f"{name} holds {kind}", want=_QUESTION)


_QUESTION = Decision("where should the secret come from: a store, a file, or the shell's environment?")


CONTROL = Control(
    id="no-secrets-in-environment",
    title="The environment contains no secrets",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES}),
    guards=(
        "environment.variables",
        "instructions",
    ),
    references=(
        cis("4.10"),
        owasp("rule 12"),
        cwe(798),
        cwe(526),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Service",
        "Build",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
