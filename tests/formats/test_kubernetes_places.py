"""Where things stand: the exact line and the exact words."""

import pytest

from formats.kubernetes_kit import load, named, only, shown

TEXT = """\
# a comment
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata:
      labels:
        app: web
      annotations:
        container.apparmor.security.beta.kubernetes.io/side: unconfined
    spec:
      hostNetwork: true
      automountServiceAccountToken: true
      securityContext:
        runAsUser: 0
        sysctls:
          - name: kernel.msgmax
            value: "1"
      volumes:
        - name: run
          hostPath:
            path: /run
        - name: share
          nfs: {server: s, path: /}
      initContainers:
        - name: setup
          image: busybox
      containers:
        - image: example/web:latest
          name: app
          ports:
            - containerPort: 80
            - containerPort: 53
              hostPort: 53
          env:
            - name: A
              value: b
            - {name: B, valueFrom: {secretKeyRef: {name: s, key: k}}}
          command: ["run", "--token=x"]
          securityContext:
            privileged: true
            capabilities:
              drop: [KILL]
              add:
                - CHOWN
                - SYS_ADMIN
          resources:
            limits:
              memory: 64Mi
          volumeMounts:
            - name: run
              mountPath: /run
              mountPropagation: Bidirectional
            - mountPath: /share
              name: share
              readOnly: true
          livenessProbe:
            httpGet:
              host: 10.0.0.1
              port: 80
        -
          name: side
          image: "other"
"""
APP, SETUP, SIDE = (
    f"Deployment shop/web, {name}" for name in ("container app", "init container setup", "container side")
)


@pytest.mark.parametrize(
    ("name", "path", "line", "words"),
    [
        (APP, "host_namespaces[network]", 13, "hostNetwork: true"),
        (SETUP, "host_namespaces[network]", 13, "hostNetwork: true"),
        (APP, "token", 14, "automountServiceAccountToken: true"),
        (APP, "user", 16, "runAsUser: 0"),
        (APP, "sysctls[0]", 18, "name: kernel.msgmax"),
        (APP, "mounts[0]", 23, "path: /run"),
        (APP, "mounts[0].source", 23, "path: /run"),
        (APP, "mounts[0].target", 52, "name: run"),
        (APP, "mounts[0].writable", 52, "name: run"),
        (APP, "propagations[0]", 54, "mountPropagation: Bidirectional"),
        (APP, "volumes[0]", 25, "nfs: {server: s, path: /}"),
        (APP, "volumes[0].writable", 57, "readOnly: true"),
        (APP, "image", 30, "image: example/web:latest"),
        (APP, "read_only_root", 30, "image: example/web:latest"),
        (APP, "no_new_privileges", 30, "image: example/web:latest"),
        (APP, "health.ready", 30, "image: example/web:latest"),
        (APP, "name", 31, "name: app"),
        (APP, "ports[0]", 35, "hostPort: 53"),
        (APP, "ports[0].host", 35, "hostPort: 53"),
        (APP, "environment.variables[0]", 38, "b"),
        (APP, "secret_environment[0]", 39, "name: B"),
        (APP, "command[1]", 40, '"--token=x"'),
        (APP, "privileged", 42, "privileged: true"),
        (APP, "dropped", 44, "drop: [KILL]"),
        (APP, "capabilities[CHOWN]", 46, "CHOWN"),
        (APP, "capabilities[SYS_ADMIN]", 47, "SYS_ADMIN"),
        (APP, "limits.memory_bytes", 50, "memory: 64Mi"),
        (APP, "limits.cpu_millis", 30, "image: example/web:latest"),
        (APP, "probe_hosts[0]", 60, "host: 10.0.0.1"),
        (APP, "labels[0]", 9, "app: web"),
        (APP, "namespace", 4, "namespace: shop"),
        (SIDE, "privileged", 63, "name: side"),
        (SIDE, "image", 64, 'image: "other"'),
        (SIDE, "apparmor", 11, "container.apparmor.security.beta.kubernetes.io/side: unconfined"),
        (SETUP, "privileged", 27, "name: setup"),
        (SETUP, "image", 28, "image: busybox"),
    ],
)
def test_a_field_stands_where_it_is_said(name: str, path: str, line: int, words: str) -> None:
    """At its own line, also when the pod says it; what nobody says stands at the container's first line."""
    document = load(TEXT)
    assert document.unread == ()
    assert shown(document, document.place(named(document, name), path)) == (line, words)


def test_line_ends_and_a_byte_order_mark_do_not_move_a_place() -> None:
    """CRLF and BOM: the same lines, and columns that count what stands there."""
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    document = load(text)
    place = document.place(named(document, APP), "host_namespaces[network]")
    assert (place.line, place.column, place.end_column) == (13, 7, 24)
    first = load("\ufeffapiVersion: v1\r\nkind: Namespace\r\nmetadata: {name: n}\r\n")
    assert shown(first, first.place(first.subjects[0], "enforce")) == (3, "name: n")


def test_a_container_on_one_line_is_shown_whole() -> None:
    """Flow style, and JSON."""
    document, subject = only("apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: x}]}\n")
    assert shown(document, document.place(subject, "privileged")) == (3, "{name: a, image: x}")
    document, subject = only(
        '{"apiVersion":"v1","kind":"Pod","spec":{"hostPID":true,"containers":[{"name":"a","image":"x"}]}}'
    )
    assert shown(document, document.place(subject, "host_namespaces[pid]")) == (1, '"hostPID":true')


def test_a_value_behind_an_alias_stands_at_its_key() -> None:
    """The key is where somebody chose it."""
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nx: &on true\nspec:\n  containers:\n"
        "    - name: a\n      image: x\n      securityContext:\n        privileged: *on\n"
    )
    document, subject = only(text)
    assert subject.model.privileged  # type: ignore[attr-defined]
    assert shown(document, document.place(subject, "privileged")) == (10, "privileged")


OBJECTS = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reader
rules:
  - apiGroups: [""]
    resources:
      - pods
      - Secrets
    verbs: [get, "*"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
  - kind: Group
    name: system:masters
---
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations: {a: b}
spec:
  type: NodePort
  externalIPs:
    - 192.0.2.1
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: open}
spec:
  podSelector: {}
  ingress:
    - from: [{podSelector: {}}]
    - {}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
stringData:
  user: ann
  password: |
    hunter2
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: privileged
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: worker}
"""


@pytest.mark.parametrize(
    ("name", "path", "line", "words"),
    [
        ("ClusterRole reader", "rules[0]", 6, 'apiGroups: [""]'),
        ("ClusterRole reader", "rules[0].resources", 7, "resources"),
        ("ClusterRole reader", "rules[0].resources[1]", 9, "Secrets"),
        ("ClusterRole reader", "rules[0].verbs", 10, 'verbs: [get, "*"]'),
        ("ClusterRole reader", "rules[0].verbs[1]", 10, '"*"'),
        ("ClusterRole reader", "aggregated", 4, "name: reader"),
        ("RoleBinding shop/b", "role", 15, "name: cluster-admin"),
        ("RoleBinding shop/b", "subjects[0]", 18, "name: system:masters"),
        ("Service web", "kind", 26, "type: NodePort"),
        ("Service web", "external_ips[0]", 28, "192.0.2.1"),
        ("Service web", "annotations[0]", 24, "a: b"),
        ("Service web", "hosts", 23, "name: web"),
        ("NetworkPolicy open", "allows_all_ingress", 37, "{}"),
        ("Secret s", "values[0]", 43, "user: ann"),
        ("Secret s", "values[1]", 44, "password: |\n    hunter2"),
        ("Namespace shop", "enforce", 52, "pod-security.kubernetes.io/enforce: privileged"),
        ("Namespace shop", "warn", 50, "name: shop"),
        ("ServiceAccount worker", "token", 56, "name: worker"),
    ],
)
def test_a_part_of_an_object_stands_where_it_is_said(name: str, path: str, line: int, words: str) -> None:
    """At its item or key; what is not said stands at the object's name."""
    document = load(OBJECTS)
    assert document.unread == ()
    assert shown(document, document.place(named(document, name), path)) == (line, words)


def test_a_subject_of_another_document_is_refused() -> None:
    """That is a defect of the caller."""
    subject = named(load(OBJECTS), "Service web")
    with pytest.raises(ValueError, match=r"Service web is no subject of object\.yaml"):
        load(TEXT).place(subject, "kind")
