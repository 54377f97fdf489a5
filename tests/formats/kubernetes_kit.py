"""For the tests of the Kubernetes format: loading, finding a subject, and pods in many spellings."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from ringfence.formats import kubernetes
from ringfence.formats.document import Document, Place, Subject, applied
from ringfence.models.cluster import PodContext

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: app
      image: example/web:1.4
"""


def load(text: str, file: str = "object.yaml", files: Mapping[str, str] | None = None) -> Document:
    """A document; `files` are what `read` gives."""
    return kubernetes.load(text, file, dict(files or {}).get)


def only(text: str) -> tuple[Document, Subject]:
    """A document with one subject, and nothing unread. (What a pod says for all of its containers is passed over.)"""
    document = load(text)
    assert document.unread == ()
    (subject,) = [one for one in document.subjects if not isinstance(one.model, PodContext)]
    return document, subject


def named(document: Document, name: str) -> Subject:
    """The subject of a name."""
    (found,) = [subject for subject in document.subjects if subject.name == name]
    return found


def shown(document: Document, place: Place) -> tuple[int, str]:
    """The line of a place, and the text that it covers."""
    lines = document.text.splitlines(keepends=True)
    begin = sum(map(len, lines[: place.line - 1])) + place.column - 1
    end = sum(map(len, lines[: place.end_line - 1])) + place.end_column - 1
    assert (place.line, place.column) < (place.end_line, place.end_column)
    return place.line, document.text[begin:end]


def patched(document: Document, subject: Subject, wanted: object) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text after a patch, and what was left."""
    patch = document.patch(subject, wanted)
    return applied(document.text, patch.edits), patch.left


def again(text: str, subject: Subject) -> Any:
    """The model of the same subject in another text."""
    document = load(text)
    assert document.unread == ()
    return named(document, subject.name).model


# ---- pods in many spellings ---------------------------------------------------------------------------------------

_flags = st.booleans()


def _some(shape: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=shape)


def _lists(*words: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(words), unique=True, min_size=1, max_size=3)


_profiles = st.sampled_from([{"type": "RuntimeDefault"}, {"type": "Unconfined"}])
_selinux = _some({"type": st.just("spc_t"), "user": st.just("root"), "role": st.just("sysadm_r")})
_probes = st.one_of(
    st.just({"httpGet": {"path": "/", "port": 80, "host": "10.0.0.1"}}), st.just({"exec": {"command": ["true"]}})
)
_contexts = _some(
    {
        "runAsUser": st.sampled_from([0, 1000]),
        "runAsGroup": st.sampled_from([0, 1000]),
        "runAsNonRoot": _flags,
        "privileged": _flags,
        "allowPrivilegeEscalation": _flags,
        "readOnlyRootFilesystem": _flags,
        "capabilities": _some(
            {"add": _lists("SYS_ADMIN", "CAP_NET_ADMIN", "chown"), "drop": _lists("ALL", "NET_RAW", "KILL")}
        ),
        "seccompProfile": _profiles,
        "appArmorProfile": _profiles,
        "seLinuxOptions": _selinux,
        "procMount": st.sampled_from(["Default", "Unmasked"]),
    }
)
_pod_contexts = _some(
    {
        "runAsUser": st.sampled_from([0, 1000]),
        "runAsNonRoot": _flags,
        "seccompProfile": _profiles,
        "appArmorProfile": _profiles,
        "seLinuxOptions": _selinux,
        "sysctls": st.just([{"name": "kernel.msgmax", "value": "1"}, {"name": "net.core.somaxconn", "value": "2"}]),
    }
)
_ports = st.sampled_from(
    [
        [{"containerPort": 80}, {"containerPort": 443, "hostPort": 443}],
        [{"hostPort": 53, "containerPort": 53, "protocol": "UDP", "hostIP": "10.0.0.1"}, {"containerPort": 1}],
    ]
)
_resources = _some(
    {
        "limits": _some({"memory": st.sampled_from(["64Mi", "1G"]), "cpu": st.sampled_from(["500m", 1])}),
        "requests": _some({"memory": st.just("32Mi"), "cpu": st.just("100m")}),
    }
)
_mounts = st.lists(
    st.sampled_from(
        [
            {"name": "host", "mountPath": "/host"},
            {"name": "host", "mountPath": "/etc/x", "readOnly": True, "mountPropagation": "Bidirectional"},
            {"name": "scratch", "mountPath": "/tmp"},
        ]
    ),
    unique_by=lambda one: str(one["mountPath"]),
    min_size=1,
    max_size=3,
)
_environment = st.just(
    [
        {"name": "A", "value": "1"},
        {"name": "B", "valueFrom": {"secretKeyRef": {"name": "s", "key": "b"}}},
        {"name": "C", "value": "3"},
    ]
)


_images = st.sampled_from(["example/web", "example/web:1.4", "localhost:5000/a/b:2"])


def _containers(*names: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = [
        st.fixed_dictionaries(
            {
                "name": st.just(name),
                "image": st.sampled_from(["example/web", "example/web:1.4", "localhost:5000/a/b:2"]),
            },
            optional={
                "securityContext": _contexts,
                "ports": _ports,
                "resources": _resources,
                "volumeMounts": _mounts,
                "env": _environment,
                "livenessProbe": _probes,
                "imagePullPolicy": st.just("Always"),
            },
        )
        for name in names
    ]
    return st.tuples(*one).map(list)


_specs = st.fixed_dictionaries(
    {
        "containers": st.one_of(_containers("app"), _containers("app", "side")),
        "volumes": st.just([{"name": "host", "hostPath": {"path": "/srv/data"}}, {"name": "scratch", "emptyDir": {}}]),
    },
    optional={
        "initContainers": _containers("setup"),
        "securityContext": _pod_contexts,
        "hostNetwork": _flags,
        "hostPID": _flags,
        "hostIPC": _flags,
        "automountServiceAccountToken": _flags,
        "serviceAccountName": st.just("worker"),
    },
)


def _object(kind: str, spec: dict[str, Any]) -> dict[str, Any]:
    template = {"metadata": {"labels": {"app": "web"}}, "spec": spec}
    inner: dict[str, Any] = {"template": template}
    if kind == "Pod":
        inner = spec
    elif kind == "CronJob":
        inner = {"schedule": "@daily", "jobTemplate": {"spec": inner}}
    return {"apiVersion": "v1", "kind": kind, "metadata": {"name": "web"}, "spec": inner}


objects = st.builds(_object, st.sampled_from(["Pod", "Deployment", "CronJob"]), _specs)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """An object as text: block or flow style here and there, dashes indented or not, comments, CRLF or not."""
    writer = _Writer(draw(st.randoms(use_true_random=False)))
    said = "".join(writer.block(draw(objects), 0))
    return said.replace("\n", "\r\n") if draw(st.booleans()) else said


class _Writer:
    def __init__(self, random: Any) -> None:
        self._random = random
        self._count = 0
        self._dash = random.choice([0, 2])

    def _comment(self) -> str:
        self._count += 1
        return f"# note {self._count} kept"

    def block(self, data: dict[str, Any], indent: int) -> list[str]:
        lines = []
        for key, value in data.items():
            pad = " " * indent
            if self._random.random() < 0.15:
                lines.append(f"{pad}{self._comment()}\n")
            if isinstance(value, dict) and value and self._random.random() < 0.8:
                lines += [f"{pad}{key}:\n", *self.block(value, indent + 2)]
            elif isinstance(value, list) and value and self._random.random() < 0.8:
                lines += [f"{pad}{key}:\n", *self._items(value, indent + self._dash)]
            else:
                lines.append(f"{pad}{key}: {self._flow(value)}\n")
        return lines

    def _items(self, values: list[Any], indent: int) -> list[str]:
        lines = []
        for value in values:
            if isinstance(value, dict) and value:
                inner = self.block(value, indent + 2)
                while inner[0].lstrip().startswith("#"):
                    lines.append(inner.pop(0))
                lines += [" " * indent + "- " + inner[0].lstrip(), *inner[1:]]
            else:
                lines.append(" " * indent + "- " + self._flow(value) + "\n")
        return lines

    def _flow(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self._flow(one)}" for key, one in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self._flow, value)) + "]"
        if isinstance(value, str) and not value.replace("_", "").replace("/", "").isalpha():
            return json.dumps(value)
        return value if isinstance(value, str) else json.dumps(value)
