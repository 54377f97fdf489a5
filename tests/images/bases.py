"""Bases that engines build upon: a Debian, and a stand-in for Alpine: Debian's programs at Alpine's places."""

import io
import os
import shutil
import subprocess
import tarfile
import time
from pathlib import Path

from needs import unavailable
from ringfence.images import debian
from ringfence.images.description import Variant
from ringfence.images.tree import Entry, Tree

_WEEK = 7 * 24 * 3600
_BUSYBOX = Path("/bin/busybox")
_SOURCES = ("/etc/apt/sources.list", "/etc/apt/sources.list.d/debian.sources")
#: What stands in for apk: it wants the words that the recipe has, and puts the packages into the root.
_APK = """\
#!/bin/sh
set -eu
[ "$1 $2 $3 $4 $5 $6" = "add --no-cache --no-scripts --initdb --root /image" ] || exit 64
[ -d /image/etc/apk/keys ] && [ -f /image/etc/apk/repositories ] || exit 65
shift 6
cp -a /packages/. /image/
mkdir -p /image/lib/apk/db
for name in "$@"; do printf 'P:%s\\nV:1-r0\\nA:x86_64\\n\\n' "$name"; done >/image/lib/apk/db/installed
echo x >/image/lib/apk/db/scripts.tar
"""


def debian_base(store: Path) -> Path:
    """A minimal Debian with the package sources of this machine, as an archive; made once a week."""
    archive = store / "debian-base.tar"
    if not archive.exists() or archive.stat().st_mtime < time.time() - _WEEK:
        if shutil.which("mmdebstrap") is None:
            unavailable("mmdebstrap is not here to make a base")
        made = store / f"debian-base.{os.getpid()}.tar"
        sources = [one for one in _SOURCES if Path(one).exists()]
        subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=apt", "bookworm", str(made), *sources],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
        made.replace(archive)
    return archive


def alpine_base(variant: Variant, store: Path, release: str = "3.22.1") -> bytes:
    """An archive with busybox, a stand-in for apk, and a variant's programs where Alpine keeps them."""
    packages = Tree()
    found = debian.resolve(variant.packages["debian"])
    debian.unpack(debian.fetch(found, store, lambda text: None), packages)
    tree = dict[str, Entry]()
    for path, entry in packages.items():
        if path in ("bin", "sbin", "lib", "lib64") or path.startswith(("usr/share/doc", "var/")):
            continue
        tree[f"packages/{_of_alpine(path)}"] = entry
    tree["packages/bin/sh"] = Entry(0o777, target="/bin/busybox")
    tree["packages/etc/shadow"] = Entry(0o640, data=b"root:*::0:::::\n")
    tree["bin/busybox"] = Entry(0o755, data=_BUSYBOX.read_bytes())
    applets = subprocess.run([str(_BUSYBOX), "--list"], capture_output=True, text=True, check=True).stdout.split()
    tree |= {f"bin/{name}": Entry(0o777, target="/bin/busybox") for name in applets if name != "busybox"}
    tree["sbin/apk"] = Entry(0o755, data=_APK.encode())
    tree["etc/apk/keys/one.pub"] = Entry(0o644, data=b"x")
    tree["etc/apk/repositories"] = Entry(0o644, data=b"https://example.org/alpine\n")
    tree["etc/os-release"] = Entry(0o644, data=f'ID=alpine\nVERSION_ID="{release}"\n'.encode())
    return _archive(tree)


def _of_alpine(path: str) -> str:
    """Where Alpine 3.22 keeps a file of Debian's: supervision and shell in /bin, the exporter by another name."""
    folder, _, name = path.rpartition("/")
    if path == "usr/bin/prometheus-node-exporter":
        return "usr/bin/node_exporter"
    if folder == "usr/bin" and (name.startswith("s6-") or name == "busybox"):
        return f"bin/{name}"
    return path.removeprefix("usr/") if path.startswith(("usr/lib64/", "usr/lib/x86_64-linux-gnu/lib")) else path


def _archive(tree: dict[str, Entry]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as tar:
        for path, entry in sorted(tree.items()):
            member = tarfile.TarInfo(path)
            member.mode = entry.mode
            if entry.target is not None:
                member.type, member.linkname = tarfile.SYMTYPE, entry.target
            elif entry.data is None:
                member.type = tarfile.DIRTYPE
            else:
                member.size = len(entry.data)
            tar.addfile(member, io.BytesIO(entry.data) if entry.data is not None else None)
    return whole.getvalue()
