"""No sensitive host path is mounted.

Some folders are the host itself: `/` and `/etc` decide who may log in and what runs, `/proc`, `/sys` and `/dev` are
its kernel, `/var/lib/docker` and `/var/lib/kubelet` contain every other container, `/root` and `~/.ssh` contain keys.
Reading the time zone, the host name and public certificates is harmless.

Bad, compose:

    services:
      agent:
        image: example/agent:1.4
        volumes:
          - /etc/localtime:/etc/localtime:ro
          - /:/host

Good, compose:

    services:
      agent:
        image: example/agent:1.4
        volumes:
          - /etc/localtime:/etc/localtime:ro
          - ./config:/config:ro

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: agent}
    spec:
      volumes:
        - name: etc
          hostPath: {path: /etc/kubernetes}
      containers:
        - name: agent
          image: example/agent:1.4
          volumeMounts:
            - {name: etc, mountPath: /host, readOnly: true}

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: agent}
    spec:
      volumes:
        - name: zone
          hostPath: {path: /etc/localtime}
      containers:
        - name: agent
          image: example/agent:1.4
          volumeMounts:
            - {name: zone, mountPath: /etc/localtime, readOnly: true}
"""

import posixpath
import re
from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp, pod_security
from ringfence.controls.workloads.hostpath import is_within
from ringfence.models.service import Service

_HARMLESS = re.compile(
    r"/etc/(localtime|timezone|hostname|hosts|resolv\.conf|machine-id|os-release|ssl/certs|pki/ca-trust"
    r"|ca-certificates)"
    r"(/|$)|/usr/share/(zoneinfo|ca-certificates)(/|$)|/dev/(null|zero|random|urandom|shm)$"
)
# With everything below them.
_TREES = tuple(
    "/boot /dev /proc /sys /root /run/secrets /etc/kubernetes /etc/docker /etc/ssh /etc/sudoers.d /etc/cron.d"
    " /etc/systemd /etc/pam.d /var/lib/docker /var/lib/containerd /var/lib/containers /var/lib/kubelet"
    " /var/lib/etcd".split()
)
_ALONE = frozenset(
    "/ /bin /etc /etc/cron /etc/crontab /etc/group /etc/gshadow /etc/passwd /etc/shadow /etc/sudoers /home /lib /lib32"
    " /lib64 /libx32 /opt /run /sbin /usr /usr/bin /usr/lib /usr/local /usr/local/bin /usr/sbin /var /var/lib /var/log"
    " /var/run /var/spool/cron ~".split()
)
_KEYS = re.compile(r"(^|/)\.(ssh|gnupg|aws|azure|kube|docker|config/gcloud)(/|$)")


def faults(service: Service) -> Iterator[Fault]:
    """No mount may be a sensitive place; a read-only one weighs less."""
    for index, mount in enumerate(service.mounts):
        if _is_sensitive(mount.source):
            severity = Severity.CRITICAL if mount.source == "/" else None if mount.writable else Severity.MEDIUM
            found = f"{mount.source} of the host can be {'changed' if mount.writable else 'read'}"
            yield Fault(path=f"mounts[{index}]", found=found, want=REMOVE, severity=severity)


def _is_sensitive(source: str) -> bool:
    path = posixpath.normpath(source) if source.startswith(("/", "~")) else source
    path = "/" + path.lstrip("/") if path.startswith("/") else path
    if _HARMLESS.match(path):
        return False
    return path in _ALONE or any(is_within(path, tree) for tree in _TREES) or _KEYS.search(path) is not None


CONTROL = Control(
    id="no-sensitive-host-paths",
    title="No sensitive host path is mounted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("mounts",),
    references=(
        cis("5.6"),
        pod_security("HostPath Volumes"),
        owasp("rule 8"),
        cwe(552),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
