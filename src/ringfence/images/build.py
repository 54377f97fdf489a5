"""Building a variant for Debian: packages, supervision, hardening, layer, configuration, bill of materials, in order.

What breaks a rule is not written. The same packages and the same folder make the same layer, whoever builds it when:
one time for all files ($SOURCE_DATE_EPOCH, else the beginning of time as computers count it).
"""

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ringfence import __version__
from ringfence.audit.repository import Repository, shown
from ringfence.cells import containerimage, runtime
from ringfence.dataclasses import dataclass
from ringfence.errors import ImageRefused, UsageError
from ringfence.images import debian, harden, sbom, supervise
from ringfence.images.description import Variant
from ringfence.images.layout import Layout
from ringfence.images.tree import Tree, sha256

_SOURCE = "https://github.com/ringfence/ringfence"
LABELS = "org.opencontainers.image."
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What was written: the image's digest and its layer's, how large the layer is, which packages are in it."""

    name: str
    digest: str
    layer: str
    size: int
    packages: tuple[str, ...]


def build(
    variant: Variant,
    layout: Layout,
    store: Path,
    *,
    distribution: tuple[str, str],
    folder: Path | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> Built:
    """Build one variant into a layout. Raises ImageRefused."""
    progress(f"finding the packages of {variant.name}")
    packages = debian.resolve(variant.packages["debian"])
    archives = debian.fetch(packages, store, progress)
    progress(f"putting {len(packages)} packages together")
    tree = compose(variant, archives)
    progress("looking at every file")
    entries = dict(tree.items())
    if wrong := list(harden.faults(entries, shell=variant.shell, unhardened=variant.unhardened)):
        raise harden.refused(wrong)
    epoch = source_date()
    layer = tree.layer(epoch)
    layout.create()
    annotations = labels(variant, distribution, folder, epoch)
    name = f"{variant.name}-{distribution[0]}{distribution[1]}"
    progress("writing the layer and the configuration")
    digest = layout.image(layer, configuration(variant, annotations, epoch), annotations, name)
    layout.attach(digest, sbom.KIND, sbom.text(variant, packages, distribution, epoch))
    return Built(
        name=name,
        digest=digest,
        layer=sha256(layer),
        size=sum(len(entry.data) for entry in entries.values() if entry.data is not None),
        packages=tuple(f"{one.name} {one.version}" for one in packages),
    )


def compose(variant: Variant, archives: dict[str, Path]) -> Tree:
    """The tree of a variant from the archives of its packages."""
    tree = Tree()
    debian.unpack(archives, tree)
    debian.record(archives, tree)
    if variant.supervised:
        supervise.add(tree, variant)
    harden.strip(tree, variant)
    shell(tree, variant)
    _certificates(tree)
    _release_file(tree)
    overlay(tree, variant)
    _interpreter(tree, variant)
    return tree


def shell(tree: Tree, variant: Variant) -> None:
    """The one shell of an image is busybox'; in the search path only where the variant cannot do without."""
    if variant.shell and variant.supervised and "usr/bin/sh" not in tree:
        tree.link("usr/bin/sh", f"/{supervise.HOME}/bin/busybox")


def _interpreter(tree: Tree, variant: Variant) -> None:
    """One name for whichever Python there is."""
    found = [path for path, _ in tree.items() if path.startswith("usr/bin/python3.")]
    if variant.guest and not found:
        raise ImageRefused("the guest's image holds no interpreter", hint="add a python3 package")
    if found and "usr/bin/python3" not in tree:
        tree.link("usr/bin/python3", os.path.basename(min(found)))


def _release_file(tree: Tree) -> None:
    """What says of which release the packages are; the package that has it is left out for the rest of it."""
    tree.file("usr/lib/os-release", Path("/etc/os-release").read_bytes())
    tree.link("etc/os-release", "../usr/lib/os-release")


def overlay(tree: Tree, variant: Variant) -> Tree:
    """What is the same on every distribution: the variant's own files and folders, users, the guest."""
    for path, data in variant.files.items():
        tree.file(path, data, 0o755 if data.startswith(b"#!") else 0o644)
    for name in ("dev", "proc", "sys", "run", "etc", "var/tmp", *variant.folders):
        tree.folder(name)
    if variant.supervised:
        tree.link("tmp", "run/tmp")  # the one place in memory that every image needs serves for both
    else:
        tree.folder("tmp")
    _users(tree, variant)
    if variant.guest:
        _guest(tree)
    return tree


def _users(tree: Tree, variant: Variant) -> None:
    """Fixed numbers and names, the same in every image."""
    shell = "/bin/sh" if variant.shell else "/usr/sbin/nologin"
    rows = [("root", 0, "/root", "/usr/sbin/nologin"), (variant.user_name, 65532, "/tmp", shell)]  # noqa: S108
    tree.file("etc/passwd", "".join(f"{name}:x:{uid}:{uid}:{name}:{home}:{sh}\n" for name, uid, home, sh in rows))
    tree.file("etc/group", "".join(f"{name}:x:{uid}:\n" for name, uid, _, _ in rows))
    tree.file("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n")


def _certificates(tree: Tree) -> None:
    """All of Mozilla's authorities in one file, as the package's own script would put them."""
    found = [entry.data for path, entry in tree.items() if path.startswith("usr/share/ca-certificates/") and entry.data]
    if found:
        tree.file("etc/ssl/certs/ca-certificates.crt", b"".join(one.rstrip(b"\n") + b"\n" for one in found))
        tree.remove("usr/share/ca-certificates")


def _guest(tree: Tree) -> None:
    """What a container cell runs, and the places that it mounts."""
    home = Path(runtime.__file__).parent / "guest"
    for name in runtime.GUEST_FILES:
        tree.file(f"ringfence/{name}", (home / name).read_bytes())
    for name in ("plugin", "granted", "run/secrets", "run/ringfence"):
        tree.folder(name)
    tree.file("etc/hosts", "127.0.0.1 localhost\n")


def configuration(variant: Variant, annotations: dict[str, str], epoch: int) -> dict[str, Any]:
    """The image's configuration, without its layers."""
    machine = os.uname().machine
    config: dict[str, Any] = {
        "User": f"{variant.user}:{variant.user}",
        "Env": ["PATH=/usr/lib/execline/bin:/usr/bin" if variant.supervised else "PATH=/usr/bin", "LANG=C.UTF-8"],
        "WorkingDir": "/",
        "Labels": annotations,
        "StopSignal": "SIGTERM",
    }
    if variant.guest:
        config["Entrypoint"] = [*containerimage.INTERPRETER, "-c", containerimage.START.format("container")]
        check = ["CMD", *containerimage.INTERPRETER, "-c", "pass"]
    else:
        config["Entrypoint"] = [supervise.ENTRY]
        check = ["CMD", supervise.HEALTH]
    second = 1_000_000_000
    config["Healthcheck"] = {
        "Test": check, "Interval": 10 * second, "Timeout": 5 * second, "StartPeriod": 20 * second, "Retries": 3,
    }  # fmt: skip
    if variant.ports:
        config["ExposedPorts"] = {f"{port}/tcp": {} for port in variant.ports}
    created = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "architecture": _ARCHITECTURES.get(machine, machine),
        "os": "linux",
        "created": created,
        "config": config,
        "history": [{"created": created, "created_by": f"ringfence image build {variant.name}"}],
    }


def labels(variant: Variant, distribution: tuple[str, str], folder: Path | None, epoch: int) -> dict[str, str]:
    """OCI's labels: what it is, from which source and revision, of which distribution."""
    prefix = LABELS
    found = {
        f"{prefix}title": f"ringfence-{variant.name}",
        f"{prefix}description": variant.description,
        f"{prefix}source": _SOURCE,
        f"{prefix}version": __version__,
        f"{prefix}licenses": "Apache-2.0",
        f"{prefix}base.name": ":".join(distribution),
        f"{prefix}created": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if revision := _revision(folder):
        found[f"{prefix}revision"] = revision
    if variant.capabilities:
        found["dev.ringfence.capabilities"] = ",".join(variant.capabilities)
    if variant.guest:
        found[containerimage.LABEL_GUEST] = runtime.identity()["guest"]
    return found


def _revision(folder: Path | None) -> str:
    """The commit of the folder that it was built from, with a mark where the folder was changed since.

    git is shown the repository without its configuration: nothing that it names is run.
    """
    if folder is None:
        return ""
    try:
        with shown(str(folder)) as repository:
            head = _git(repository, "rev-parse", "--verify", "HEAD").strip()
            changed = _git(repository, "status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all")
            return f"{head}-dirty" if changed else head
    except (OSError, UsageError, subprocess.SubprocessError):
        return ""


def _git(repository: Repository, *words: str) -> str:
    """What git says of the files of a repository. Raises SubprocessError."""
    environment = repository.environment() | {"GIT_INDEX_FILE": os.path.join(repository.own, "index")}
    return subprocess.run(
        ["git", "--git-dir", repository.git, "--work-tree", repository.top, "-c", "safe.directory=*", *words],  # noqa: S607
        cwd=repository.top, env=environment, capture_output=True, text=True, errors="replace", timeout=30, check=True,
    ).stdout  # fmt: skip


def source_date() -> int:
    """$SOURCE_DATE_EPOCH (reproducible-builds.org), else 0. Raises ImageRefused where it is no number."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "0")
    if not text.isdecimal():
        raise ImageRefused(f"$SOURCE_DATE_EPOCH is {text!r}, not a number of seconds")
    return int(text)
