"""The plugins that were installed from an index, and where they lie.

STATE/installed/NAME/VERSION/       the plugin's files, with its dependencies in vendor/
                     VERSION.evidence   what it was verified with, for `verify` without a network
                     VERSION.json   where it came from; written last: without it, nothing is installed
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import InvalidPlugin, NotInstalled
from ringfence.plugins.tree import hash_tree


@dataclass(frozen=True, kw_only=True, slots=True)
class Installed:
    """One version of a plugin on this machine. `archive` and `tree` are digests; `tree` includes what was vendored."""

    name: str
    version: str
    index: str
    channel: str
    archive: str
    release_tree: str
    tree: str
    publisher: str
    reviewers: tuple[str, ...]
    vendored: tuple[str, ...]
    time: str
    folder: Path

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        from ringfence.dataclasses import fields

        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {key: str(value) if key == "folder" else list(value) if isinstance(value, tuple) else value
                for key, value in found.items()}  # fmt: skip


def root(state: Path) -> Path:
    """Where installed plugins lie."""
    return state / "installed"


def everything(state: Path) -> list[Installed]:
    """All that is installed, by name and then by version, newest first."""
    from packaging.version import Version

    found = [read(place) for place in root(state).glob("*/*.json")]
    found.sort(key=lambda each: Version(each.version), reverse=True)
    return sorted(found, key=lambda each: each.name)


def find(state: Path, name: str, version: str | None = None) -> Installed | None:
    """An installed version; the newest where none is named."""
    found = [each for each in everything(state) if each.name == name and version in (None, each.version)]
    return found[0] if found else None


def need(state: Path, name: str, version: str | None = None) -> Installed:
    """An installed version. Raises NotInstalled."""
    found = find(state, name, version)
    if found is None:
        what = f"{name} {version}" if version else name
        raise NotInstalled(f"{what} is not installed", hint=f"ringfence install {name}")
    return found


def read(place: Path) -> Installed:
    """What an installation's record says. Raises InvalidPlugin."""
    try:
        said: Mapping[str, object] = json.loads(place.read_bytes())
        texts = {key: str(said[key]) for key in _TEXTS}
        lists = {key: tuple(str(each) for each in said[key]) for key in ("reviewers", "vendored")}  # type: ignore[attr-defined]
    except (OSError, ValueError, KeyError, TypeError):
        raise InvalidPlugin(f"{place} is damaged", hint="install the plugin again") from None
    return Installed(**texts, **lists, folder=place.with_suffix(""))  # type: ignore[arg-type]


_TEXTS = ("name", "version", "index", "channel", "archive", "release_tree", "tree", "publisher", "time")


def damage(one: Installed) -> str:
    """What is wrong with the files of an installation; empty where they are as they were installed."""
    try:
        found = hash_tree(one.folder).digest
    except InvalidPlugin as error:
        return error.message
    return "" if found == one.tree else "its files are not those that were installed"


def remove(one: Installed) -> None:
    """Uninstall: first the record, so that what is left half-way is nothing. Takes along what lies half-way there."""
    one.folder.with_name(f"{one.version}.json").unlink(missing_ok=True)
    if one.folder.exists():
        aside = one.folder.with_name(f".gone-{os.getpid()}-{one.version}")
        one.folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
    evidence(one).unlink(missing_ok=True)
    for left in one.folder.parent.glob(".gone-*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in one.folder.parent.glob(".*.tmp"):
        left.unlink(missing_ok=True)
    if not any(one.folder.parent.iterdir()):
        one.folder.parent.rmdir()


def evidence(one: Installed) -> Path:
    """Where the evidence of an installation lies: beside it, out of the plugin's own reach."""
    return one.folder.with_name(f"{one.version}.evidence")


def place_for(state: Path, name: str, version: str) -> Path:
    """Where a version is to lie."""
    return root(state) / name / version
