"""Third-party packages of a plugin: installed into its own `vendor/` from a lock with hashes.

Only wheels, only what the lock names, no code of theirs runs; Ringfence's own environment is not touched.
pip is given the lines that were checked, not the file they came from. Where packages come from is what pip's
own configuration says.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from ringfence.errors import InvalidPlugin, UsageError
from ringfence.plugins.files import read_member

LOCK = "requirements.lock"
_MAX_BYTES = 1024 * 1024
_SECONDS = 600
_HASH = re.compile(r"\s--hash=(sha256:[0-9a-f]{64})(?!\S)")
_PIN = re.compile(r"==(?!=)[A-Za-z0-9][A-Za-z0-9.!+_-]*")


def vendor(plugin_dir: Path, lines: list[str] | None = None) -> list[str]:
    """Install the lock's packages into `vendor/`, replacing what was there; returns their names.

    `lines` are the lock's requirements where they come from a lock of another form.
    Raises InvalidPlugin for a lock that does not pin everything by hash, UsageError where pip fails.
    """
    read = _lines(plugin_dir) if lines is None else list(enumerate(lines, 1))
    pinned = [_pinned(number, line) for number, line in read]
    with tempfile.TemporaryDirectory(dir=plugin_dir, prefix=".vendor-") as folder:
        checked = Path(folder, "checked.lock")
        checked.write_text("".join(f"{line}\n" for _, line in pinned), encoding="utf-8")
        fresh = Path(folder, "vendor")
        fresh.mkdir()
        if pinned:
            _install(checked, fresh)
        _leave_out_programs(fresh)
        _replace(plugin_dir / "vendor", fresh, Path(folder, "old"))
    return [name for name, _ in pinned]


def _install(lock: Path, target: Path) -> None:
    command = [sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", "install"]
    command += ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--no-compile"]
    command += ["--target", str(target), "-r", str(lock)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise UsageError(f"pip took longer than {_SECONDS} s") from None
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["pip failed"]
        said = next((line for line in lines if line.startswith("ERROR")), lines[-1])
        raise UsageError(f"the packages of {LOCK} could not be installed: {said[:300]}")


def _leave_out_programs(target: Path) -> None:
    """Console scripts are of no use in a cell, and start with the path of this machine's interpreter."""
    import shutil

    shutil.rmtree(target / "bin", ignore_errors=True)


def _replace(place: Path, fresh: Path, aside: Path) -> None:
    if place.is_symlink() or place.exists():
        place.rename(aside)
    fresh.rename(place)
    place.chmod(0o755)


def _lines(plugin_dir: Path) -> list[tuple[int, str]]:
    """(first line's number, whole requirement) with continuations joined and comments gone."""
    try:
        text = read_member(plugin_dir, LOCK, _MAX_BYTES).decode()
    except InvalidPlugin as error:
        hint = "write one with hashes: uv pip compile --generate-hashes, or pip-compile --generate-hashes"
        raise InvalidPlugin(error.message, hint=hint) from None
    except UnicodeDecodeError:
        raise InvalidPlugin(f"{LOCK} is not UTF-8 text") from None
    found: list[tuple[int, str]] = []
    parts: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        bare = re.sub(r"(^|\s)#.*$", "", line).rstrip()
        parts.append(bare.removesuffix("\\").strip())
        if not bare.endswith("\\"):
            whole = " ".join(filter(None, parts))
            if whole:
                found.append((number - len(parts) + 1, whole))
            parts = []
    if any(parts):
        raise InvalidPlugin(f"{LOCK}:{number}: the last line is not finished")
    return found


def _pinned(number: int, line: str) -> tuple[str, str]:
    """(name, the requirement as pip gets it): one package, one exact version, its hashes, and nothing else."""
    from packaging.requirements import InvalidRequirement, Requirement

    hashes = _HASH.findall(line)
    bare = _HASH.sub("", line).strip()
    try:
        wanted = Requirement(bare)
    except InvalidRequirement:
        raise InvalidPlugin(f"{LOCK}:{number}: not a package with an exact version: {bare[:80]!r}") from None
    if wanted.url or not _PIN.fullmatch(str(wanted.specifier)) or "$" in bare:
        raise InvalidPlugin(f"{LOCK}:{number}: not a package with an exact version: {bare[:80]!r}")
    if not hashes:
        raise InvalidPlugin(f"{LOCK}:{number}: {bare[:80]} has no sha256 hash")
    return wanted.name, " ".join([str(wanted), *(f"--hash={each}" for each in hashes)])
