"""What is taken out of an image, and what must hold before one is written.

The checks read files and nothing else, so they judge an image of anybody's as well (`examine`).
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from ringfence.errors import ImageRefused
from ringfence.images import elf
from ringfence.images.description import Variant
from ringfence.images.tree import Entry, Tree

NOT_SHIPPED = (
    "usr/share/man", "usr/share/info", "usr/share/locale", "usr/share/lintian", "usr/share/bash-completion",
    "usr/share/bug", "usr/share/doc-base", "usr/share/menu", "usr/share/zsh", "usr/share/fish", "usr/share/perl5",
    "usr/share/initramfs-tools", "usr/share/applications", "usr/share/pixmaps", "usr/share/binfmts",
    "usr/share/apport", "usr/share/icons", "usr/share/gcc", "usr/share/debconf", "usr/share/pam",
    "usr/share/pam-configs",
    "etc/cron.d", "etc/cron.daily", "etc/cron.weekly", "etc/init.d", "etc/default", "etc/logrotate.d", "etc/apparmor.d",
    "etc/initramfs-tools", "etc/network", "etc/ufw", "etc/init", "usr/lib/systemd", "usr/lib/modules-load.d",
    "usr/lib/udev", "usr/lib/tmpfiles.d", "usr/lib/sysusers.d", "usr/lib/valgrind",
)  # fmt: skip
MANAGERS = frozenset("apk apt apt-get aptitude dnf dpkg microdnf opkg pacman pip pip3 rpm yum zypper".split())
SHELLS = frozenset("ash bash csh dash fish ksh mksh rbash sh tcsh zsh".split())
_SEARCHED = ("usr/bin", "usr/sbin", "usr/local/bin", "usr/local/sbin", "bin", "sbin")


def strip(tree: Tree, variant: Variant) -> None:
    """Take out what nothing in a container reads; licences stay."""
    for path in NOT_SHIPPED:
        tree.remove(path)
    for path, entry in tree.items():
        document = path.startswith("usr/share/doc/") and not (path.endswith("/copyright") or entry.is_folder)
        if document or "/gconv/" in path or path.endswith((".a", ".la", ".h", ".pyc")):
            tree.remove(path)
    for folder in _SEARCHED:
        for name in unwanted_programs(variant):
            tree.remove(f"{folder}/{name}")
    _drop_empty(tree)


def unwanted_programs(variant: Variant) -> frozenset[str]:
    """What no search path of an image holds: package managers, and shells where the variant can do without."""
    return MANAGERS | (frozenset() if variant.shell else SHELLS)


def _drop_empty(tree: Tree) -> None:
    """Folders that hold nothing any more."""
    holding = {"var/tmp"}
    for path, entry in tree.items():
        while not entry.is_folder and (path := posixpath.dirname(path)):
            holding.add(path)
    for path, entry in reversed(tree.items()):
        if entry.is_folder and path not in holding and path.startswith(("usr/share", "etc/", "var/", "usr/lib/")):
            tree.remove(path)


def faults(
    files: Mapping[str, Entry], *, shell: bool, unhardened: Iterable[str] = ()
) -> Iterator[tuple[str, str, str]]:
    """(what rule, which path, what was found) for every file that breaks a rule."""
    spared = {path.lstrip("/") for path in unhardened}
    for path, entry in sorted(files.items()):
        yield from _permissions(path, entry)
        yield from _programs(path, entry, shell=shell)
        if entry.data is not None and path not in spared:
            yield from _hardening(path, entry.data)


def refused(wrong: list[tuple[str, str, str]]) -> ImageRefused:
    """The error of an image whose files break rules: the first one, and how many there are."""
    rule, path, found = wrong[0]
    return ImageRefused(
        f"/{path} {found} ({rule})",
        hint=f"{len(wrong)} files break a rule" if len(wrong) > 1 else "",
        details=[{"rule": r, "path": p, "found": f} for r, p, f in wrong],
    )


def _permissions(path: str, entry: Entry) -> Iterator[tuple[str, str, str]]:
    if entry.target is not None:
        return
    if entry.is_device:
        yield "no-device-files", path, "is a device of whatever machine runs it"
    if entry.mode & 0o6000:
        yield "no-set-id-files", path, f"runs with its owner's rights ({entry.mode:04o})"
    sticky_folder = entry.is_folder and entry.mode & 0o1000
    if entry.mode & 0o002 and not sticky_folder:
        yield "no-world-writable-files", path, f"anybody may write it ({entry.mode:04o})"


def _programs(path: str, entry: Entry, *, shell: bool) -> Iterator[tuple[str, str, str]]:
    folder, name = posixpath.split(path)
    if folder not in _SEARCHED or entry.is_folder:
        return
    if name in MANAGERS:
        yield "no-package-manager", path, "installs software in a running container"
    if name in SHELLS and not shell:
        yield "no-shell", path, "a shell, for whoever gets to run one program"


def _hardening(path: str, data: bytes) -> Iterator[tuple[str, str, str]]:
    program = elf.read(data)
    if program is None:
        return
    if program.runs and not program.position_independent:
        yield "position-independent-programs", path, "is loaded at an address that everybody knows"
    if not program.relro and program.runs:
        yield "read-only-relocations", path, "its table of functions stays writable (no RELRO)"


def unguarded(files: Mapping[str, Entry]) -> Iterator[tuple[str, str, str]]:
    """The same for what is told and never refused: that a mark is absent does not prove much."""
    for path, entry in sorted(files.items()):
        program = elf.read(entry.data) if entry.data is not None else None
        if program is not None and program.runs and program.guarded is False:
            yield "guarded-stacks", path, "writes into buffers without a guard (no stack protector, no _FORTIFY_SOURCE)"
