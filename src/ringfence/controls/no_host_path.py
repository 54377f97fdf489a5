"""No host path is mounted.

A hostPath volume ties a pod to a node and opens that node's file system to it. Even read-only, it exposes credentials
and other workloads' logs; writable, it is a way to take over the node. The Pod Security Standards forbid it from the
baseline level on.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      volumes:
        - name: data
          hostPath: {path: /srv/data}
      containers:
        - name: web
          image: example/web:1.4
          volumeMounts:
            - {name: data, mountPath: /data}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
      containers:
        - name: web
          image: example/web:1.4
          volumeMounts:
            - {name: data, mountPath: /data}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, pod_security
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """Nothing of the host may be mounted."""
    for index, mount in enumerate(service.mounts):
        question = f"move the data of {mount.source} behind a PersistentVolumeClaim"
        yield Fault(path=f"mounts[{index}]", found=f"mounts {mount.source} of the node", want=Decision(question))


CONTROL = Control(
    id="no-host-path",
    title="No host path is mounted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("mounts",),
    references=(
        pod_security("HostPath Volumes"),
        nsa("Pod security"),
        cis("5.6"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.BASELINE, Standard.RESTRICTED, Standard.NSA}),
)
