"""The files of Debian packages, without installing them: resolved by apt, fetched by apt, unpacked by dpkg-deb.

Only what was asked for and what it needs at run time; what only packages need to be installed (debconf, adduser, …) is
left out, and no script of a package is run. Each file comes with the package and the digest that apt verified.
"""

import functools
import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import ImageRefused
from ringfence.images.tree import Entry, Tree, members

#: Needed to install a package, or to log in: not to run it.
LEFT_OUT = frozenset(
    "adduser apt debconf debconf-2.0 debianutils dpkg gcc-12-base init-system-helpers libpam-modules"
    " libpam-runtime lsb-base mailcap media-types mime-support netbase openssh-sftp-server openssl pciutils"
    " perl perl-base procps readline-common runit-helper sensible-utils sysvinit-utils ucf".split()
)
_RELATION = re.compile(r"([a-z0-9][a-z0-9.+-]*)")
_SECONDS = 300
_APTS_OWN = Path("/var/cache/apt/pkgcache.bin")


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """One binary package, as apt's signed lists describe it."""

    name: str
    version: str
    architecture: str
    sha256: str
    file: str
    needs: tuple[tuple[str, ...], ...]
    source: str


def release() -> tuple[str, str]:
    """The release whose packages this machine's apt has: ("debian", "12"). Raises ImageRefused."""
    try:
        lines = Path("/etc/os-release").read_text().splitlines()
    except OSError:
        lines = []
    facts = dict(line.replace('"', "").split("=", 1) for line in lines if "=" in line)
    if facts.get("ID") != "debian" or not Path("/usr/bin/apt-cache").exists():
        raise ImageRefused(
            "images for Debian are made where Debian's apt is", hint="run this in a Debian of the release that you want"
        )
    return "debian", facts.get("VERSION_ID", "")


def resolve(names: Iterable[str]) -> list[Package]:
    """Those packages and what they need, sorted by name. Raises ImageRefused for one that apt does not know."""
    with tempfile.TemporaryDirectory(prefix="ringfence-apt-") as folder:
        return _resolved(list(names), folder)


def _resolved(todo: list[str], folder: str) -> list[Package]:
    found: dict[str, Package] = {}
    while todo:
        records = _records(sorted(set(todo) - set(found)), folder)
        for name in todo:
            if name not in found and name not in records:
                raise ImageRefused(
                    f"apt knows no package {name!r}", hint="is the list of packages there? apt-get update"
                )
        found |= records
        todo = []
        for package in records.values():
            for alternatives in package.needs:
                if not any(one in found or one in LEFT_OUT for one in alternatives):
                    todo.append(alternatives[0])
        todo = list(dict.fromkeys(todo))
    return sorted(found.values(), key=lambda package: package.name)


#: What apt said, by name: one process may build several variants, which share most packages.
_KNOWN: dict[str, Package] = {}


def _records(names: list[str], folder: str) -> dict[str, Package]:
    asked = [name for name in names if name not in _KNOWN]
    if asked:
        text = _run(["apt-cache", *_kept(folder), "show", "--no-all-versions", *asked])
        for block in text.split("\n\n"):
            fields = dict(re.findall(r"^([A-Za-z0-9-]+): ?(.*)$", block, re.MULTILINE))
            if fields.get("Package") in asked:
                _KNOWN.setdefault(fields["Package"], _package(fields))
    return {name: _KNOWN[name] for name in names if name in _KNOWN}


def _kept(folder: str) -> tuple[str, ...]:
    """Where apt keeps what it makes of its lists. Images of Debian have it keep nothing, and make it at each call."""
    return () if _APTS_OWN.exists() else ("-o", f"Dir::Cache::pkgcache={folder}/pkgcache.bin")


def _package(fields: dict[str, str]) -> Package:
    needs = ", ".join(fields[key] for key in ("Pre-Depends", "Depends") if fields.get(key))
    groups = [tuple(_RELATION.match(one.strip()).group(1) for one in need.split("|")) for need in needs.split(",") if need.strip()]  # type: ignore[union-attr]  # fmt: skip  # noqa: E501
    return Package(
        name=fields["Package"],
        version=fields["Version"],
        architecture=fields["Architecture"],
        sha256=fields.get("SHA256", ""),
        file=os.path.basename(fields.get("Filename", "")),
        needs=tuple(groups),
        source=fields.get("Source", fields["Package"]).split(" ")[0],
    )


def fetch(packages: list[Package], store: Path, progress: Callable[[str], None]) -> dict[str, Path]:
    """The packages' archives, each with the digest that the signed lists give. Raises ImageRefused."""
    store.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in packages if not _good(store / _file(one), one)]
    for one in wanted:
        progress(f"fetching {one.name} {one.version}")
    if wanted:
        _run(["apt-get", "download", *(f"{one.name}={one.version}" for one in wanted)], folder=store)
    for one in packages:
        if not _good(store / _file(one), one):
            raise ImageRefused(f"the archive of {one.name} {one.version} is not the one that apt's lists describe")
    return {one.name: store / _file(one) for one in packages}


def _file(package: Package) -> str:
    """As `apt-get download` names it."""
    return f"{package.name}_{package.version.replace(':', '%3a')}_{package.architecture}.deb"


def _good(path: Path, package: Package) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == package.sha256


def unpack(archives: dict[str, Path], tree: Tree) -> None:
    """Put all files of the packages into the tree."""
    for name, archive in sorted(archives.items()):
        for path, entry in _files(name, archive):
            tree.add(path, entry)


def record(archives: dict[str, Path], tree: Tree) -> None:
    """Say in the image which packages it holds, where whoever looks for vulnerable ones reads it."""
    for name, archive in sorted(archives.items()):
        tree.file(f"var/lib/dpkg/status.d/{name}", _control(archive))


@functools.lru_cache(maxsize=256)
def _control(archive: Path) -> bytes:
    return _run_bytes(["dpkg-deb", "--field", str(archive)])


@functools.lru_cache(maxsize=256)  # one process may build several variants, which share most packages
def _files(name: str, archive: Path) -> tuple[tuple[str, Entry], ...]:
    data = _run_bytes(["dpkg-deb", "--fsys-tarfile", str(archive)])
    return tuple(_safe(members(data, f"package {name}")))


def _safe(entries: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, Entry]]:
    for path, entry in entries:
        yield path, Entry(entry.mode & 0o777, entry.data, entry.target)  # set-id bits never come in


def _run(command: list[str], folder: Path | None = None) -> str:
    return _run_bytes(command, folder).decode("utf-8", "replace")


def _run_bytes(command: list[str], folder: Path | None = None) -> bytes:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            cwd=folder,
            timeout=_SECONDS,
            check=False,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ImageRefused(f"{command[0]} could not be run: {error}") from error
    if done.returncode != 0:
        told = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
        raise ImageRefused(f"{command[0]} failed: {told}")
    return done.stdout
