"""Third-party packages of a plugin: installed into its own `vendor/` from a lock with hashes.

Only wheels, only what the lock names, no code of theirs runs; Ringfence's own environment is not touched.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ringfence.errors import InvalidPlugin, UsageError

LOCK = "requirements.lock"
_MAX_BYTES = 1024 * 1024
_SECONDS = 600
_PINNED = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9,._-]+\])?\s*==\s*[A-Za-z0-9][A-Za-z0-9.!+_-]*(\s*;[^#]*)?"
)
_HASH = re.compile(r"\s--hash=sha256:[0-9a-f]{64}")


def vendor(plugin_dir: Path) -> list[str]:
    """Install the lock's packages into `vendor/`, replacing what was there; returns their names.

    Raises InvalidPlugin for a lock that does not pin everything by hash, UsageError where pip fails.
    """
    names = [_pinned(number, line) for number, line in _lines(plugin_dir / LOCK)]
    with tempfile.TemporaryDirectory(dir=plugin_dir, prefix=".vendor-") as folder:
        fresh = Path(folder, "vendor")
        command = [sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        command += ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--no-compile"]
        command += ["--target", str(fresh), "-r", str(plugin_dir / LOCK)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise UsageError(f"pip took longer than {_SECONDS} s") from error
        if done.returncode != 0:
            said = next((x for x in done.stderr.splitlines() if x.startswith("ERROR")), "pip failed")
            raise UsageError(f"the packages of {LOCK} could not be installed: {said[:300]}")
        shutil.rmtree(fresh / "bin", ignore_errors=True)
        old = plugin_dir / "vendor"
        if old.exists():
            old.rename(Path(folder, "old"))
        fresh.rename(old)
    return names


def _lines(lock: Path) -> list[tuple[int, str]]:
    """(first line's number, whole requirement) with continuations joined."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise InvalidPlugin(
            f"{LOCK} cannot be read: {error.strerror}", hint="lock with hashes, such as uv pip compile"
        ) from error
    with os.fdopen(descriptor, "rb") as handle:
        text = handle.read(_MAX_BYTES + 1).decode("utf-8", "replace")
    if len(text) > _MAX_BYTES:
        raise InvalidPlugin(f"{LOCK} is larger than {_MAX_BYTES} bytes")
    found: list[tuple[int, str]] = []
    parts: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = re.sub(r"(^|\s)#.*$", "", line).rstrip()
        parts.append(bare.removesuffix("\\").strip())
        if not bare.endswith("\\"):
            whole = " ".join(filter(None, parts))
            if whole:
                found.append((number - len(parts) + 1, whole))
            parts = []
    return found


def _pinned(number: int, line: str) -> str:
    hashes = _HASH.findall(line)
    bare = _HASH.sub("", line).strip()
    if not _PINNED.fullmatch(bare):
        raise InvalidPlugin(f"{LOCK}:{number}: not a package with an exact version: {bare[:80]!r}")
    if not hashes:
        raise InvalidPlugin(f"{LOCK}:{number}: {bare[:80]} has no sha256 hash")
    return bare.partition("==")[0].strip()
