"""What is vetted: a folder, what kind of plugin it holds, and the list of its files."""

import os
from enum import StrEnum
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import InvalidPlugin
from ringfence.plugins.manifest import MANIFEST, Manifest
from ringfence.plugins.tree import LEFT_OUT, LEFT_OUT_SUFFIXES
from ringfence.plugins.wrapped import origin_of

MAX_FILES = 20_000
_AGENT = (".claude-plugin", ".mcp.json", "SKILL.md", "skills", "hooks", "agents", "commands", "CLAUDE.md")


class Kind(StrEnum):
    """A plugin of ours, one of an agent, or neither: then only its code and texts are looked at."""

    PLUGIN = "plugin"
    AGENT = "agent"
    PACKAGE = "package"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A folder to vet. `files` are relative paths; `left` says what was not listed and why; `manifest` is None where
    there is none without errors."""

    folder: Path
    kind: Kind
    name: str
    version: str
    digest: str
    files: tuple[str, ...]
    left: tuple[str, ...]
    manifest: Manifest | None


def subject_of(folder: Path) -> Subject:
    """Look at a folder. Raises nothing for what a plugin can do wrong; `structure` says what that is."""
    from ringfence.plugins.tree import hash_tree

    origin = origin_of(folder)
    kind = Kind.AGENT if origin else _kind(folder)
    manifest = _manifest(folder) if kind is Kind.PLUGIN else None
    files, left = _files(folder)
    try:
        digest = hash_tree(folder).digest
    except InvalidPlugin:
        digest = ""
    named = origin or manifest
    name, version = (named.name, named.version) if named else _said(folder, kind)
    return Subject(
        folder=folder,
        kind=kind,
        name=name,
        version=version,
        digest=digest,
        files=files,
        left=left,
        manifest=manifest,
    )


def _kind(folder: Path) -> Kind:
    if (folder / MANIFEST).exists():
        return Kind.PLUGIN
    return Kind.AGENT if any((folder / name).exists() for name in _AGENT) else Kind.PACKAGE


def _manifest(folder: Path) -> Manifest | None:
    from ringfence.plugins.manifest import load_manifest

    try:
        return load_manifest(folder)
    except InvalidPlugin:
        return None


def _said(folder: Path, kind: Kind) -> tuple[str, str]:
    """The name and version of what has no manifest of ours, as far as it says them."""
    from ringfence.plugins.files import read_member
    from ringfence.strictjson import StrictJsonError, loads

    name, version = folder.resolve().name[:100], "0"
    if kind is Kind.AGENT:
        for file in (".claude-plugin/plugin.json", ".claude-plugin/marketplace.json"):
            try:
                value = loads(read_member(folder, file, 1 << 20))
            except (InvalidPlugin, StrictJsonError):
                continue
            if isinstance(value, dict):
                name, version = str(value.get("name") or name)[:100], str(value.get("version") or version)[:100]
                break
    return name, version


def _files(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Regular files below, and sentences about what is none of them or too much."""
    found, left = list[str](), list[str]()
    for base, folders, names in os.walk(folder, followlinks=False, onerror=lambda error: left.append(_closed(error))):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
        for name in [*folders, *sorted(names)]:
            full = os.path.join(base, name)
            path = os.path.relpath(full, folder)
            if os.path.islink(full):
                left.append(f"{_shown(path)}: it is a symbolic link")
            elif name in names and not os.path.isfile(full):
                left.append(f"{_shown(path)}: it is no regular file")
            elif name in names and not name.endswith(LEFT_OUT_SUFFIXES):
                if len(found) >= MAX_FILES:
                    return tuple(found), (*left, f"there are more than {MAX_FILES} files")
                found.append(path)
    return tuple(found), tuple(left)


def _closed(error: OSError) -> str:
    return f"{_shown(os.path.basename(str(error.filename)))}: cannot be listed"


def _shown(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode()[:300]
