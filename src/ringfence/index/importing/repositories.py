"""Files of a commit, out of a repository of git, without a checkout: no filter, no hook, no attribute has a say.

git is told nothing by the machine's or the user's configuration, asks nobody for a password, and speaks https alone.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ringfence.errors import IndexRefused, IndexUnreachable, InvalidPlugin
from ringfence.index.importing.listing import Source
from ringfence.index.importing.loose import MAX_BYTES, MAX_FILES

_TIMEOUT = 300
_FILE = ("100644", "100755")


def fetched(source: Source, scratch: Path) -> Path:
    """A bare repository that has what the source asks for. Raises IndexUnreachable."""
    repository = scratch / "repository.git"
    _git(repository, ["init", "--quiet", "--bare", str(repository)])
    wanted = source.commit or source.ref or "HEAD"
    _git(
        repository,
        ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
         "--end-of-options", source.at, f"{wanted}:refs/ringfence/wanted"],
    )  # fmt: skip
    return repository


def commit_of(repository: Path, source: Source) -> str:
    """The commit that a source means in a repository. Raises IndexRefused where it is not there."""
    if source.commit:
        names = [source.commit]
    elif source.ref:
        names = [f"refs/{kind}/{source.ref}" for kind in ("ringfence", "tags", "remotes/origin", "heads")]
        names[0] = "refs/ringfence/wanted"
    else:
        names = ["refs/ringfence/wanted", "refs/remotes/origin/HEAD", "HEAD"]
    for name in names:
        try:
            found = _git(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"])
        except IndexUnreachable:
            continue
        commit = found.decode().strip()
        if source.commit and commit != source.commit:
            break
        return commit
    raise IndexRefused(f"{source.commit or source.ref or 'HEAD'} is not in the repository {source.at}")


def files(repository: Path, commit: str, folder: str) -> list[tuple[str, bytes]]:
    """Every file of a folder in a commit. Raises InvalidPlugin for links, submodules and too much."""
    listed = _git(repository, ["ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", f"{commit}:{folder}"])
    wanted: list[tuple[str, str]] = []
    left = MAX_BYTES
    for line in listed.decode("utf-8", "surrogateescape").split("\0"):
        if not line:
            continue
        head, _, path = line.partition("\t")
        mode, _, identifier, size = head.split()
        if mode not in _FILE:
            what = "a symbolic link" if mode == "120000" else "a submodule" if mode == "160000" else "no regular file"
            raise InvalidPlugin(f"{path[:100]!r} is {what}", hint="a plugin holds only files and directories")
        left -= int(size)
        wanted.append((path, identifier))
        if left < 0 or len(wanted) > MAX_FILES:
            raise InvalidPlugin(f"it holds more than {MAX_FILES} files or {MAX_BYTES} bytes")
    return _contents(repository, wanted)


def _contents(repository: Path, wanted: Sequence[tuple[str, str]]) -> list[tuple[str, bytes]]:
    asked = "".join(f"{identifier}\n" for _, identifier in wanted).encode()
    data = _git(repository, ["cat-file", "--batch"], asked)
    found, at = [], 0
    for path, _ in wanted:
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[2])
        found.append((path, data[end + 1 : end + 1 + size]))
        at = end + 2 + size
    return found


def _git(repository: Path, words: Sequence[str], given: bytes = b"") -> bytes:
    program = shutil.which("git")
    if program is None:
        raise IndexUnreachable("git is not installed")
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.devnull,
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "/bin/false",
        "GIT_ALLOW_PROTOCOL": "https",
        "GIT_NO_REPLACE_OBJECTS": "1",
        **{key: value for key, value in os.environ.items() if key.lower() in ("https_proxy", "ssl_cert_file")},
    }
    settings = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "fetch.fsckObjects=true"]
    at = [] if words[0] == "init" else ["-C", str(repository)]
    try:
        done = subprocess.run(
            [program, *settings, *at, *words], input=given, capture_output=True, env=environment, timeout=_TIMEOUT,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise IndexUnreachable(f"git {words[0]} took more than {_TIMEOUT} seconds") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = "".join(c for c in (said[-1] if said else "no reason was given") if c.isprintable())
        raise IndexUnreachable(f"git {words[0]}: {reason[:300]}")
    return done.stdout
