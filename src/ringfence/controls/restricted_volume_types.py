"""Only volume types managed by the cluster are used.

The "restricted" level of the Pod Security Standards allows volumes that the cluster manages: configuration, secrets,
claims, temporary space, CSI. Types that name a server or a disk directly (nfs, iscsi, rbd, gitRepo, …) let a pod's
author reach storage that nobody granted.

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      volumes:
        - name: scratch
          emptyDir: {}
        - name: share
          nfs: {server: 10.0.0.5, path: /exports}
      containers:
        - name: web
          image: example/web:1.4
          volumeMounts:
            - {name: scratch, mountPath: /tmp}
            - {name: share, mountPath: /share}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      volumes:
        - name: share
          persistentVolumeClaim: {claimName: share}
      containers:
        - name: web
          image: example/web:1.4
          volumeMounts:
            - {name: share, mountPath: /share}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, pod_security
from ringfence.models.service import Service

#: `tmpfs` is an emptyDir in memory.
_ALLOWED = frozenset(
    "configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret tmpfs".split()
)


def faults(service: Service) -> Iterator[Fault]:
    """Every volume's type must be one that the cluster manages."""
    for index, volume in enumerate(service.volumes):
        if volume.type not in _ALLOWED:
            question = f"move the data of volume {volume.name} behind a PersistentVolumeClaim"
            yield Fault(
                path=f"volumes[{index}]", found=f"volume {volume.name} is {volume.type}", want=Decision(question)
            )


CONTROL = Control(
    id="restricted-volume-types",
    title="Only volume types managed by the cluster are used",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("volumes",),
    references=(
        pod_security("Volume Types"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.RESTRICTED}),
)
