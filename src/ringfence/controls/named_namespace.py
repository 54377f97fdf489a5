"""It has a namespace of its own.

Policies, quotas and permissions apply to namespaces. None of them can tell apart what everybody puts into `default`.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web, namespace: default}
    spec:
      containers:
        - name: web
          image: example/web:1.4

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web, namespace: shop}
    spec:
      containers:
        - name: web
          image: example/web:1.4
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """Written out as `default` is at fault; where none is written, whoever applies the file chooses."""
    if service.namespace == "default":
        yield Fault(
            path="namespace", found="it is in the namespace `default`", want=Decision("which namespace should it have?")
        )


CONTROL = Control(
    id="named-namespace",
    title="It has a namespace of its own",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("namespace",),
    references=(
        nsa("Namespaces"),
        kubernetes("concepts/overview/working-with-objects/namespaces"),
        cwe(653),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
