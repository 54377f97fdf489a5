"""The guest's root as an image: one layer, the same bytes for the same root, known by what is in it.

Made from the root that the bubblewrap cell binds, so that both kinds of cell run the same files. The archive is
the form that `docker load` and `podman load` both take.
"""

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

from ringfence.cells.runtime import Runtime
from ringfence.dataclasses import dataclass

LABEL_GUEST = "dev.ringfence.guest"
INTERPRETER = ("/usr/bin/python3", "-I", "-S", "-B", "-X", "utf8")
#: The interpreter's first words; `sys.argv` is the module, then what follows.
START = "import sys; sys.path.append('/ringfence'); import {0}; {0}.main()"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True, slots=True)
class Archive:
    """An image to load: its bytes, and by what it is known afterwards."""

    data: bytes
    layer: str
    config: str
    name: str


def archive(runtime: Runtime, guest: str) -> Archive:
    """The image of a root. Deterministic: sorted, without owners or the times of folders."""
    layer = _layer(Path(runtime.path))
    digest = "sha256:" + hashlib.sha256(layer).hexdigest()
    config = json.dumps(_config(digest, guest), sort_keys=True, separators=(",", ":")).encode()
    identity = hashlib.sha256(config).hexdigest()
    name = f"ringfence-guest:{runtime.digest[:16]}"
    manifest = [{"Config": f"{identity}.json", "RepoTags": [name], "Layers": ["layer.tar"]}]
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for title, data in (
            (f"{identity}.json", config),
            ("layer.tar", layer),
            ("manifest.json", json.dumps(manifest).encode()),
        ):
            member = tarfile.TarInfo(title)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return Archive(whole.getvalue(), digest, f"sha256:{identity}", name)


def _config(layer: str, guest: str) -> dict[str, Any]:
    machine = os.uname().machine
    return {
        "architecture": _ARCHITECTURES.get(machine, machine),
        "os": "linux",
        "config": {
            "User": "65532:65532",
            "Env": ["PATH=/usr/bin"],
            "Entrypoint": [*INTERPRETER, "-c", START.format("container")],
            "WorkingDir": "/",
            "Labels": {LABEL_GUEST: guest},
        },
        "rootfs": {"type": "layers", "diff_ids": [layer]},
        "history": [{"created_by": "ringfence"}],
    }


def _layer(root: Path) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for path in sorted(root.rglob("*")):
            tar.add(path, arcname=str(path.relative_to(root)), recursive=False, filter=_plain)
    return whole.getvalue()


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Owned by root, readable by all, written by nobody else, with the time of its content alone."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = int(member.mtime) if member.isfile() else 0  # by which bytecode knows its source
    member.mode = 0o777 if member.issym() else 0o755 if member.isdir() or member.mode & 0o111 else 0o644
    return member
