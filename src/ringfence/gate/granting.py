"""Writes grants: the checks that an operator gets before anything is allowed, and the edit itself.

The file is edited in place (comments and order stay), under a lock, checked again as a whole, and
replaced atomically. Every change is in the journal.
"""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ringfence.configfile import config_home, is_chosen
from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError, NotGranted, UsageError
from ringfence.gate import config as configs
from ringfence.gate import paths
from ringfence.gate import trust as trusted
from ringfence.gate.call import this_process
from ringfence.gate.envelope import now
from ringfence.gate.grants import Grant
from ringfence.gate.profile import draft, settle
from ringfence.gate.secretsource import fetch
from ringfence.gate.state import ready_state, state_dir
from ringfence.plugins import installed
from ringfence.plugins.manifest import Manifest, load_manifest
from ringfence.plugins.names import is_plugin
from ringfence.plugins.permissions import parse_destination
from ringfence.plugins.snapshot import snapshot


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What an operator asked to allow, as typed."""

    plugin: str
    methods: tuple[str, ...]
    all_methods: bool
    read: Mapping[str, str]
    write: Mapping[str, str]
    secrets: Mapping[str, str]
    network: tuple[str, ...]
    limits: Mapping[str, str | int | None]
    cell: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Granted:
    """What was written. `notes` are things that the operator should know."""

    plugin: str
    version: str
    digest: str
    methods: tuple[str, ...]
    config: str
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        from dataclasses import asdict

        return asdict(self)


def grant(named: str | None, wanted: Wanted) -> Granted:
    """Check and write one grant; it replaces an earlier one of the same plugin.

    Raises UsageError, InvalidPlugin, ConfigError, NotGranted.
    """
    file = configs.find(named) or config_home() / configs.NAME
    with _editing(file, found=not is_chosen(file, named)) as document:
        path, version = _place(wanted.plugin, file)
        kept = snapshot(path, ready_state() / "plugins")
        manifest = load_manifest(kept.path)
        if version and version != manifest.version:
            raise UsageError(f"{path} holds version {manifest.version} of {manifest.name}, not {version}")
        methods = _methods(manifest, wanted)
        _only_what_is_asked(manifest, wanted)
        table = _table(wanted, path, manifest, kept.tree.digest, methods, file.parent)
        document.setdefault("grants", _super_table())[manifest.name] = table
        written = configs.parse(_text(document), file).grants[manifest.name]
        own = paths.private(state_dir(), configs.parse(_text(document), file).journal, file)
        notes = _prove(written, manifest, kept.path, own)
        record: dict[str, object] = {"digest": kept.tree.digest, "version": manifest.version, "methods": list(methods)}
        _write(file, document, "grant", manifest.name, record)
    return Granted(
        plugin=manifest.name,
        version=manifest.version,
        digest=kept.tree.digest,
        methods=methods,
        config=str(file),
        notes=tuple(notes),
    )


def revoke(named: str | None, plugin: str, methods: tuple[str, ...]) -> dict[str, object]:
    """Take back a plugin's grant, or only some methods of it. Raises NotGranted."""
    file = configs.find(named)
    if file is None:
        raise NotGranted("nothing is granted: there is no configuration")
    with _editing(file, found=not is_chosen(file, named)) as document:
        grants = document.get("grants", {})
        if plugin not in grants:
            raise NotGranted(f"plugin {plugin!r} is not granted in {file}")
        left = [m for m in grants[plugin]["methods"] if m not in methods]
        if missing := set(methods) - set(grants[plugin]["methods"]):
            raise NotGranted(f"not granted to {plugin}: {', '.join(sorted(missing))}")
        if methods and left:
            grants[plugin]["methods"] = left
        else:
            del grants[plugin]
        _write(file, document, "revoke", plugin, {"methods": list(methods)})
    return {"plugin": plugin, "methods": list(methods), "config": str(file)}


def trust(named: str | None) -> dict[str, object]:
    """Let the configuration hold here as it is now. Raises NotGranted, ConfigError."""
    file = configs.find(named)
    if file is None:
        raise NotGranted("there is no configuration to allow")
    text = configs.read_trusted(file)
    config = configs.parse(text, file)
    _record(config, "trust", file, {"plugins": sorted(config.grants)})
    trusted.remember(file, text)
    return {"config": str(file), "plugins": sorted(config.grants)}


def _place(plugin: str, file: Path) -> tuple[Path, str]:
    """The plugin's folder and the version that was named with it."""
    name, _, version = plugin.partition("==")
    folder = Path(os.path.realpath(name)) if "/" in name or Path(name).is_dir() else None
    known = None if "/" in name else _known_place(name, version, file)
    if folder is not None and known is not None and folder != known:
        # Whoever made the folder that one happens to stand in is not to choose.
        raise UsageError(f"{name} is a folder here, and also the plugin in {known}", hint=f"name ./{name} or {known}")
    path = folder or known
    if path is None:
        raise UsageError(f"there is no folder {name!r}, and no plugin of that name is granted or installed")
    if not path.is_dir():
        raise UsageError(f"there is no folder {name!r}")
    return path, version


def _known_place(name: str, version: str, file: Path) -> Path | None:
    """Where a plugin lies that was granted before or installed: of an installed one the newest, or `version`."""
    known = configs.parse(configs.read_trusted(file), file).grants if file.exists() else {}
    granted = Path(os.path.realpath(known[name].path)) if name in known else None
    store = Path(os.path.realpath(installed.root(state_dir())))
    if granted is not None and not granted.is_relative_to(store):
        return granted
    found = installed.find(state_dir(), name, version or None) if is_plugin(name) else None
    return Path(os.path.realpath(found.folder)) if found is not None else granted


def _methods(manifest: Manifest, wanted: Wanted) -> tuple[str, ...]:
    known = tuple(manifest.methods)
    if wanted.all_methods:
        return known
    if not wanted.methods:
        raise UsageError("name at least one --method", hint=f"{manifest.name} has: {', '.join(known)}")
    if unknown := [m for m in wanted.methods if m not in known]:
        raise UsageError(f"{manifest.name} has no method {unknown[0]!r}", hint=f"it has: {', '.join(known)}")
    return tuple(dict.fromkeys(wanted.methods))


def _only_what_is_asked(manifest: Manifest, wanted: Wanted) -> None:
    asked = manifest.permissions
    for kind, given, names in (
        ("read", wanted.read, asked.read),
        ("write", wanted.write, asked.write),
        ("secret", wanted.secrets, asked.secrets),
    ):
        for name in given:
            if name not in names:
                raise UsageError(
                    f"{manifest.name} does not ask for {kind} {name!r}",
                    hint=f"it asks for: {', '.join(names) or 'nothing of that kind'}",
                )
    for text in wanted.network:
        destination = parse_destination(text)
        if destination is None:
            raise UsageError(f"{text!r} is not one host and port", hint="write host:port, without wildcards")
        if destination not in asked.network:
            raise UsageError(f"{manifest.name} does not ask for the destination {text}")


def _table(
    wanted: Wanted, path: Path, manifest: Manifest, digest: str, methods: tuple[str, ...], base: Path
) -> dict[str, Any]:
    import tomlkit

    table = tomlkit.table()
    table["path"] = os.path.relpath(path, base) if path.is_relative_to(base.resolve()) else str(path)
    table["version"] = manifest.version
    table["digest"] = digest
    table["methods"] = list(methods)
    if wanted.network:
        table["network"] = list(wanted.network)
    for name, value in wanted.limits.items():
        if value is not None:
            table[name] = value
    if wanted.cell:
        table["cell"] = wanted.cell
    for kind, paths_given in (("read", wanted.read), ("write", wanted.write)):
        if paths_given:
            table[kind] = {name: os.path.realpath(os.path.expanduser(p)) for name, p in paths_given.items()}
    if wanted.secrets:
        table["secrets"] = dict(wanted.secrets)
    return table


def _super_table() -> Any:
    import tomlkit

    return tomlkit.table(is_super_table=True)


def _prove(grant_: Grant, manifest: Manifest, code: Path, own: paths.Private) -> list[str]:
    """Refuse what no call could be given; note what the operator should know."""
    profile = settle(draft(grant_.plugin, str(code), grant_, timeout_ms=1000))
    paths.check(profile.mounts, own)
    asked = manifest.permissions
    notes = [
        f"it also asks for {kind} {name!r}, which is not granted"
        for kind, names, given in (
            ("read", asked.read, grant_.read),
            ("write", asked.write, grant_.write),
            ("secret", asked.secrets, grant_.secrets),
        )
        for name in names
        if name not in given
    ]
    notes += [
        f"it also asks for {h}:{p}, which is not granted" for h, p in asked.network if (h, p) not in grant_.network
    ]
    for name in ("memory_bytes", "cpu_seconds", "processes", "output_bytes"):
        wants, gets = getattr(asked, name), getattr(profile.limits, name)
        if wants is not None and gets is not None and wants > gets:
            notes.append(f"it asks for {wants} {name.replace('_', ' ')}, and gets {gets}")
    try:
        fetch(grant_.secrets)
    except Exception as error:  # a source may well be empty until the call
        notes.append(str(error))
    return notes


def _text(document: Any) -> bytes:
    import tomlkit

    return tomlkit.dumps(document).encode()


@contextlib.contextmanager
def _editing(file: Path, *, found: bool) -> Iterator[Any]:
    """The document under a lock; nothing is written but by `_write`. `found`: nobody named the file."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        text = b""
        if file.exists():
            text = configs.read_trusted(file)
            if configs.parse(text, file).decides and found and not trusted.holds(file, text):
                raise trusted.refusal(file)
        try:
            yield tomlkit.parse(text)
        except TOMLKitError as error:
            raise ConfigError(f"could not be edited: {error}", file=str(file)) from error
    finally:
        os.close(descriptor)


def _write(file: Path, document: Any, kind: str, plugin: str, more: dict[str, object]) -> None:
    """Put the change on record, then write the file: an unrecorded grant must not exist."""
    text = _text(document)
    _record(configs.parse(text, file), kind, file, {"plugin": plugin} | more)
    # Whoever reads it meanwhile finds what it said or what it says.
    trusted.remember(file, configs.read_trusted(file) if file.exists() else b"", text)
    _replace(file, text)
    trusted.remember(file, text)


def _record(config: configs.Config, kind: str, file: Path, more: dict[str, object]) -> None:
    import socket

    caller = this_process("cli")
    with config.open_journal() as journal:
        journal.append(
            {
                "type": kind,
                "time": now(),
                "hostname": socket.gethostname(),
                "pid": os.getpid(),
                "caller": {"uid": caller.uid, "gid": caller.gid, "pid": caller.pid, "via": "cli"},
                "config": str(file),
            }
            | more
        )


def _replace(file: Path, text: bytes) -> None:
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
    try:
        descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(descriptor)
        os.chmod(temporary, mode)
        os.replace(temporary, file)
    except OSError as error:
        raise ConfigError(f"could not be written: {error.strerror}", file=str(file)) from error
