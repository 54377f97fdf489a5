"""Secrets are passed as files, not as variables.

An environment variable is inherited by every child process, visible in `/proc/PID/environ`, and printed by crash
reports and debug pages. A mounted file is read by the one program that needs it, and a changed secret arrives without
a restart.

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
            - name: PASSWORD
              valueFrom: {secretKeyRef: {name: database, key: password}}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      volumes:
        - name: database
          secret: {secretName: database}
      containers:
        - name: web
          image: example/web:1.4
          volumeMounts:
            - {name: database, mountPath: /run/secrets, readOnly: true}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """No variable may be filled from a secret store."""
    for index, name in enumerate(service.secret_environment):
        yield Fault(path=f"secret_environment[{index}]", found=f"{name} holds a secret", want=_QUESTION)


_QUESTION = Decision("can the program read the secret from a file?")


CONTROL = Control(
    id="no-secret-variables",
    title="Secrets are passed as files, not as variables",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("secret_environment",),
    references=(
        kubernetes("concepts/configuration/secret"),
        nsa("Protecting sensitive cloud infrastructure"),
        cwe(526),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.NSA}),
)
