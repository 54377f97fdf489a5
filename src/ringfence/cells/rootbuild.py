"""Builds the guest's root, which `runtime` describes: copied from the interpreter that runs Ringfence.

Shared libraries as the loader resolves them, no shell, no other program, no /proc. A root is
built beside its place and renamed into it, so that it is there whole or not at all.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from ringfence.cells import runtime

_SKIPPED = frozenset(
    {"test", "tests", "idlelib", "tkinter", "turtledemo", "turtle.py", "ensurepip", "lib2to3", "pydoc_data"}
    | {"site-packages", "dist-packages", "sitecustomize.py", "venv", "idle_test"}
)
_FOLDERS = ("proc", "dev", "tmp", "plugin", "granted", "run/secrets", "etc", "ringfence")
_DEVICES = ("null", "zero", "random", "urandom")
_EXTRA_LIBRARIES = ("libgcc_s.so.1", "libstdc++.so.6", "libnss_files.so.2")
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
_FILES = {
    "etc/passwd": "cell:x:65532:65532:cell:/tmp:/nonexistent\n",
    "etc/group": "cell:x:65532:\n",
    "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    "etc/hosts": "127.0.0.1 localhost\n",
    "etc/resolv.conf": "",
}


def build(store: Path, index: Path) -> runtime.Runtime:
    """Build the root and its index. Raises OSError, subprocess.SubprocessError."""
    if not store.is_dir():
        store.mkdir(parents=True, exist_ok=True)
        store.chmod(0o755)  # whatever the umask is
    _sweep(store)
    python = Path(os.path.realpath(sys.executable))
    stdlib = Path(sysconfig.get_path("stdlib"))
    extensions = sorted((stdlib / "lib-dynload").glob("*.so"))
    libraries = _libraries([python, *extensions])
    sources = {str(p): runtime.stamp(str(p)) for p in [python, stdlib / "os.py", stdlib / "lib-dynload", *libraries]}
    if _CERTIFICATES.exists():
        sources[str(_CERTIFICATES)] = runtime.stamp(str(_CERTIFICATES))
    made_for = runtime.identity()
    digest = hashlib.sha256(json.dumps([made_for, sources], sort_keys=True).encode()).hexdigest()
    final = store / digest[:16]
    if not final.is_dir():
        work = store / f"{digest[:16]}.tmp-{os.getpid()}"
        _fill(work, python, stdlib, libraries)
        try:
            work.rename(final)
        except OSError:
            if not final.is_dir():
                raise
            shutil.rmtree(work)
    version = ".".join(str(n) for n in sys.version_info[:3])
    known = {
        "identity": made_for,
        "sources": sources,
        "path": str(final),
        "version": version,
        "digest": digest,
    }
    temporary = index.with_suffix(f".tmp-{os.getpid()}")
    temporary.write_text(json.dumps(known))
    temporary.replace(index)
    return runtime.Runtime(str(final), version, digest)


def _sweep(store: Path) -> None:
    """Remove what a killed build left, recognised by a process id that is no more."""
    for left in store.glob("*.tmp-*"):
        owner = left.name.rpartition("-")[2]
        if owner.isdigit() and not Path("/proc", owner).exists():
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _libraries(programs: list[Path]) -> list[Path]:
    """The shared libraries that the loader resolves for `programs`, by their absolute names."""
    listing = subprocess.run(
        ["/usr/bin/ldd", *map(str, programs)], capture_output=True, text=True, check=False, timeout=60, env={}
    ).stdout
    found = {Path(m) for m in re.findall(r"(?:=> |^\t)(/\S+) \(0x", listing, re.MULTILINE)}
    if not found:
        raise OSError("ldd names no shared library of the interpreter")
    for folder in {p.parent for p in found}:
        found |= {folder / name for name in _EXTRA_LIBRARIES if (folder / name).exists()}
    return sorted(found)


def _fill(work: Path, python: Path, stdlib: Path, libraries: list[Path]) -> None:
    old = os.umask(0o022)
    try:
        for folder in _FOLDERS:
            (work / folder).mkdir(parents=True, exist_ok=True)
        for device in _DEVICES:
            (work / "dev" / device).touch()
        for library in libraries:
            _copy(library, work / str(library).lstrip("/"))
        _copy(python, work / "usr/bin/python3")
        target = work / "usr" / sys.platlibdir / stdlib.name
        shutil.copytree(stdlib, target, ignore=_ignored, symlinks=False, ignore_dangling_symlinks=True)
        for name, text in _FILES.items():
            (work / name).write_text(text)
        if _CERTIFICATES.exists():
            _copy(_CERTIFICATES, work / "etc/ssl/certs/ca-certificates.crt")
        for name in runtime.GUEST_FILES:
            _copy(Path(__file__).parent / "guest" / name, work / "ringfence" / name)
        _compile(work / "ringfence")
        (work / "dev/shm").symlink_to("/tmp")  # noqa: S108
        work.chmod(0o755)
    finally:
        os.umask(old)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target, follow_symlinks=True)
    target.chmod(0o755 if os.access(source, os.X_OK) else 0o644)


def _ignored(folder: str, names: list[str]) -> set[str]:
    config = {n for n in names if n.startswith("config-") or n.endswith((".opt-1.pyc", ".opt-2.pyc", ".a"))}
    return {n for n in names if n in _SKIPPED} | config


def _compile(folder: Path) -> None:
    import py_compile

    for name in runtime.GUEST_FILES:
        py_compile.compile(
            str(folder / name), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
        )
