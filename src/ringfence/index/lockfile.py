"""`ringfence.lock`: exactly which releases are installed, by digest, to be installed again somewhere else."""

import re
from collections.abc import Sequence
from pathlib import Path

from ringfence.dataclasses import dataclass, replace
from ringfence.errors import ConfigError, IndexUntrusted
from ringfence.index import places
from ringfence.index.client import Client
from ringfence.index.install import Fetched, Progress
from ringfence.index.install import fetch as fetch_release
from ringfence.plugins.installed import Installed
from ringfence.plugins.names import is_plugin

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_VERSION = re.compile(r"[A-Za-z0-9.!+]{1,100}")
_MAX_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """One release. `index` is what the index is called where the file was written."""

    name: str
    version: str
    index: str
    channel: str
    archive: str


def text(installed: Sequence[Installed]) -> str:
    """The lock of these installations."""
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment("Written by `ringfence lock`; `ringfence install --locked` installs exactly this."))
    document["version"] = 1
    plugins = tomlkit.aot()
    for each in installed:
        plugins.append(
            tomlkit.item({key: getattr(each, key) for key in ("name", "version", "index", "channel", "archive")})
        )
    document["plugin"] = plugins
    return tomlkit.dumps(document)


def read(file: Path) -> list[Pin]:
    """The pins of a lock file. Raises ConfigError."""
    from ringfence.tomltext import load

    try:
        with open(file, "rb") as handle:
            data = handle.read(_MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise ConfigError(f"cannot be read: {reason}", file=str(file), hint="`ringfence lock` writes one") from None
    document = load(data[:_MAX_BYTES], file=str(file))
    plugins = document.data.get("plugin", [])
    if document.data.get("version") != 1 or not isinstance(plugins, list) or len(data) > _MAX_BYTES:
        raise ConfigError("is no lock of version 1", file=str(file), hint="`ringfence lock` writes one")
    return [_pin(each, file) for each in plugins]


def fetch(client: Client, pin: Pin, progress: Progress) -> Fetched:
    """The very release that is pinned, verified. Raises IndexUntrusted where the index has another one by now."""
    fetched = fetch_release(client, pin.name, pin.version, pin.channel, progress)
    if fetched.release.entry.archive != pin.archive:
        raise IndexUntrusted(
            f"{pin.name} {pin.version} is not the release that was locked: {fetched.release.entry.archive}",
            hint="releases never change: is this the same index?",
        )
    return replace(fetched)


def _pin(found: object, file: Path) -> Pin:
    if not isinstance(found, dict) or set(found) != {"name", "version", "index", "channel", "archive"}:
        raise ConfigError(
            "has a plugin that is not pinned by name, version, index, channel and archive", file=str(file)
        )
    said = {key: str(value) for key, value in found.items()}
    good = is_plugin(said["name"]) and _VERSION.fullmatch(said["version"]) and _DIGEST.fullmatch(said["archive"])
    if not good or said["channel"] not in (places.STABLE, places.CANDIDATE):
        raise ConfigError(f"has a damaged pin of {said['name'][:60]!r}", file=str(file))
    return Pin(**said)
