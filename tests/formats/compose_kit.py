"""For the tests of the Compose format: loading, finding a service, and services in many spellings."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from ringfence.formats import compose
from ringfence.formats.document import Document, Place, Subject, applied

WEB = "services:\n  web:\n    image: example/web:1.4\n"


def load(text: str, files: Mapping[str, str] | None = None, file: str = "compose.yaml") -> Document:
    """A document; `files` are what `read` gives."""
    return compose.load(text, file, dict(files or {}).get)


def named(document: Document, name: str) -> Subject:
    """The service of a name."""
    (found,) = [subject for subject in document.subjects if subject.name == f"service {name}"]
    return found


def web(text: str, files: Mapping[str, str] | None = None) -> tuple[Document, Subject, Any]:
    """A document in which nothing is unread, its service `web`, and the model."""
    document = load(text, files)
    assert document.unread == ()
    subject = named(document, "web")
    return document, subject, subject.model


def shown(document: Document, place: Place) -> tuple[int, str]:
    """The line of a place, and the text that it covers."""
    lines = document.texts[place.file].splitlines(keepends=True)  # type: ignore[attr-defined]
    start = sum(map(len, lines[: place.line - 1])) + place.column - 1
    end = sum(map(len, lines[: place.end_line - 1])) + place.end_column - 1
    assert 1 <= place.line <= place.end_line <= len(lines)
    return place.line, "".join(lines)[start:end]


def patched(document: Document, subject: Subject, wanted: object) -> tuple[str, dict[str, str]]:
    """The text after a patch, and what was left."""
    patch = document.patch(subject, wanted)
    return applied(document.text, patch.edits), dict(patch.left)


# -- services in many spellings

_ports = st.sampled_from(
    [
        "80:80",
        "0.0.0.0:81:80",
        8082,
        "83:80/udp",
        "[::]:84:80",
        "8085-8090:85-90",
        "127.0.0.1:86:80",
        "${PORT:-87}:80",
        {"target": 80, "published": "88", "host_ip": "0.0.0.0"},
        {"target": 80, "published": 89, "protocol": "tcp"},
    ]
)
_volumes = st.sampled_from(
    [
        "/srv/a:/a",
        "./b.conf:/etc/b.conf:rw",
        "/srv/c:/c:ro,z",
        "/srv/d:/d:rshared",
        "${HOME:-/root}/e:/e:z",
        "data:/f",
        "/g",
        {"type": "bind", "source": "/srv/h", "target": "/h", "bind": {"propagation": "shared"}},
        {"type": "volume", "source": "data", "target": "/i", "read_only": True},
        {"type": "bind", "source": "/srv/j", "target": "/j", "read_only": False},
    ]
)
_options = st.sampled_from(
    [
        "no-new-privileges:false",
        "no-new-privileges=false",
        "seccomp:unconfined",
        "seccomp=./profile.json",
        "apparmor=unconfined",
        "label:type:spc_t",
        "label=user:system_u",
        "label:disable",
        "systempaths=unconfined",
    ]
)
_names = st.sampled_from(["SYS_ADMIN", "CAP_NET_ADMIN", "net_raw", "CHOWN"])
_pairs = st.dictionaries(st.sampled_from(["A", "B.c", "D_E"]), st.sampled_from(["one", "two words", "3"]), max_size=3)
_named = _pairs | _pairs.map(lambda said: [f"{name}={value}" for name, value in said.items()])


def _some(items: st.SearchStrategy[Any], about: Any = None) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, min_size=1, max_size=3, unique_by=about or json.dumps)


def _volume_target(entry: Any) -> str:
    if isinstance(entry, dict):
        return str(entry["target"])
    parts = entry.replace("${HOME:-/root}", "/root").split(":")
    return str(parts[1] if len(parts) > 1 else parts[0])


#: One strategy for each key of a service.
KEYS: dict[str, st.SearchStrategy[Any]] = {
    "user": st.sampled_from(["0", 0, "root", "1000:0", "0:0", "1000:1000", "app"]),
    "privileged": st.booleans(),
    "read_only": st.booleans(),
    "cap_add": _some(_names),
    "cap_drop": _some(_names) | st.just(["ALL"]),
    "security_opt": _some(_options),
    "ports": _some(_ports),
    "volumes": _some(_volumes, _volume_target),
    "tmpfs": st.sampled_from(["/tmp", ["/tmp", "/run:size=1m"]]),
    "devices": _some(st.sampled_from(["/dev/a:/dev/a", "/dev/b", "/dev/c:/dev/d:rw"])),
    "environment": _named,
    "labels": _named,
    "sysctls": _named,
    "pid": st.just("host"),
    "ipc": st.sampled_from(["host", "shareable"]),
    "mem_limit": st.sampled_from(["1g", 1024, "0"]),
    "cpus": st.sampled_from([0.5, "1.5"]),
    "pids_limit": st.sampled_from([10, -1]),
    "ulimits": st.sampled_from([{"nofile": 10}, {"nofile": {"soft": 5, "hard": 9999}}, {"nproc": 3}]),
    "logging": st.sampled_from([{"driver": "json-file"}, {"options": {"max-file": "2"}}, {"driver": "journald"}]),
    "restart": st.sampled_from(["no", "always", "on-failure:3"]),
    "cgroup_parent": st.just("own"),
    "deploy": st.sampled_from(
        [
            {"replicas": 2},
            {"resources": {"limits": {"memory": "1g"}}},
            {"resources": {"reservations": {"cpus": "0.1"}}, "restart_policy": {"condition": "none"}},
        ]
    ),
    "networks": st.sampled_from([["back"], ["back", "front"], {"front": None, "back": {"aliases": ["b"]}}]),
    "build": st.sampled_from([".", {"context": ".", "args": {"X": "1"}}, {"context": ".", "privileged": True}]),
}
# A deployment's limits may not contradict those at the top.
_TWICE = frozenset({"mem_limit", "cpus", "pids_limit"})


@st.composite
def _service(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from(sorted(KEYS)), unique=True, max_size=9))
    if "deploy" in keys:
        keys = [key for key in keys if key not in _TWICE]
    return {"image": "example/web:1.4", **{key: draw(KEYS[key]) for key in keys}}


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A file with a service `web` and another one: block or flow style, comments, anchors, merges, CRLF or not."""
    service = draw(_service())
    writer = _Writer(draw(st.randoms(use_true_random=False)))
    body = writer.file(service, {"image": "example/other:2"})
    return body.replace("\n", "\r\n") if draw(st.booleans()) else body


class _Writer:
    def __init__(self, random: Any) -> None:
        self._random = random
        self._count = 0
        self._dash = random.choice([0, 2])

    def file(self, web: dict[str, Any], other: dict[str, Any]) -> str:
        lines = ["services:\n"]
        movable = sorted(web.keys() - {"image"})
        shared = {key: web.pop(key) for key in movable if self._random.random() < 0.25}
        bases: list[str] = []
        if shared and self._random.random() < 0.5:
            lines.insert(0, "x-base: &base\n")
            lines[1:1] = self._block(shared, 2)
            bases = ["    <<: *base\n"]
        else:
            for number, (key, value) in enumerate(shared.items()):
                lines.insert(0, f"x-{number}: &a{number} {self._flow(value)}\n")
                bases.append(f"    {key}: *a{number}\n")
        lines += ["  web:\n", *bases, *self._block(web, 4), "  other:\n", *bases, *self._block(other, 4)]
        lines += ["networks:\n", "  back: {internal: true}\n", "  front:\n"]
        return "".join(lines)

    def _comment(self) -> str:
        self._count += 1
        return f"# note {self._count} kept"

    def _block(self, data: dict[str, Any], indent: int) -> list[str]:
        lines = []
        for key, value in data.items():
            pad = " " * indent
            if self._random.random() < 0.15:
                lines.append(f"{pad}{self._comment()}\n")
            if isinstance(value, dict) and value and self._random.random() < 0.8:
                lines += [f"{pad}{key}:\n", *self._block(value, indent + 2)]
            elif isinstance(value, list) and value and self._random.random() < 0.8:
                lines += [f"{pad}{key}:\n", *self._items(value, indent + self._dash)]
            else:
                behind = f" {self._comment()}" if self._random.random() < 0.1 else ""
                lines.append(f"{pad}{key}: {self._flow(value)}{behind}\n")
        return lines

    def _items(self, values: list[Any], indent: int) -> list[str]:
        lines = []
        for value in values:
            if isinstance(value, dict) and value and self._random.random() < 0.8:
                inner = self._block(value, indent + 2)
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
        if isinstance(value, str) and value.isalpha():
            return self._random.choice([value, f'"{value}"']) if value not in ("no", "on") else f'"{value}"'
        if isinstance(value, str) and self._random.random() < 0.3:
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value)
