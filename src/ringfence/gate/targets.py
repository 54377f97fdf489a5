"""From a name to a granted method whose files are exactly those that were granted.

The files that a cell sees are a snapshot in the state directory, made when the plugin was
granted and verified here; the plugin's own folder must still have the same hash, or the call is
refused with what changed.
"""

import threading
from pathlib import Path

from ringfence.configfile import stamp
from ringfence.dataclasses import replace
from ringfence.errors import InvalidPlugin, NotGranted, PluginChanged
from ringfence.gate.call import Target
from ringfence.gate.config import Config, read
from ringfence.gate.grants import Grant
from ringfence.plugins.manifest import Manifest, load_manifest
from ringfence.plugins.snapshot import snapshot, verify_snapshot
from ringfence.plugins.tree import Tree, TreeWatch, changes

_MOST_CHANGES = 20


class Targets:
    """Resolves granted calls. Thread-safe; what was verified once is not hashed again while it stays."""

    def __init__(self, config: Config, state: Path) -> None:
        self._config = config
        self._store = state / "plugins"
        self._lock = threading.Lock()
        self._watches: dict[Path, TreeWatch] = {}
        self._verified: dict[str, tuple[Path, Manifest]] = {}

    def find(self, plugin: str, method: str) -> Target:
        """The granted method. Raises NotGranted, PluginChanged, InvalidPlugin."""
        self._read_again()
        name, pinned, version = plugin.partition("==")
        grant = self._config.grants.get(name)
        if grant is None:
            where = self._config.file or "any configuration"
            raise NotGranted(f"plugin {name[:80]!r} is not granted in {where}", hint="see 'ringfence grant --help'")
        if pinned and version != grant.version:
            raise NotGranted(f"version {version[:40]!r} of {name} is not granted: {grant.version} is")
        if method not in grant.methods:
            raise NotGranted(
                f"method {method[:80]!r} of {name} is not granted",
                hint=f"granted: {', '.join(grant.methods) or 'none'}",
            )
        with self._lock:
            code, manifest = self._files(grant)
        return self._target(grant, code, manifest, method)

    def _read_again(self) -> None:
        """Take over grants that changed since: what was revoked ends with the call before. Raises ConfigError."""
        file = self._config.file
        if file is None or (self._config.stamp is not None and stamp(file) == self._config.stamp):
            return
        now = read(file, found=self._config.found)
        # As before where nothing changed, so that what follows from a grant is not worked out anew.
        before = self._config.grants
        same = {name: before[name] for name, grant in now.grants.items() if before.get(name) == grant}
        self._config = replace(now, grants={**now.grants, **same})

    def _target(self, grant: Grant, code: Path, manifest: Manifest, method: str) -> Target:
        found = manifest.methods.get(method)
        if found is None:
            raise NotGranted(f"method {method!r} of {grant.plugin} is granted, but its manifest has none of that name")
        return Target(
            plugin=grant.plugin,
            version=manifest.version,
            digest=grant.digest,
            code=code,
            module=manifest.entry.module,
            class_name=manifest.entry.class_name,
            method=method,
            timeout_ms=found.timeout_ms,
            arguments=found.arguments,
            result=found.result,
            grant=grant,
        )

    def _files(self, grant: Grant) -> tuple[Path, Manifest]:
        watch = self._watches.setdefault(grant.path, TreeWatch(grant.path))
        tree = watch.tree()
        if tree.digest != grant.digest:
            raise self._changed(grant, tree)
        if grant.digest not in self._verified:
            kept = snapshot(grant.path, self._store)
            if kept.tree.digest != grant.digest:
                raise self._changed(grant, kept.tree)
            verify_snapshot(kept.path)
            manifest = load_manifest(kept.path)
            if (manifest.name, manifest.version) != (grant.plugin, grant.version):
                raise NotGranted(
                    f"{grant.path} holds {manifest.name} {manifest.version}, not {grant.plugin} {grant.version}"
                )
            self._verified[grant.digest] = (kept.path, manifest)
        return self._verified[grant.digest]

    def _changed(self, grant: Grant, now: Tree) -> PluginChanged:
        try:
            before = verify_snapshot(self._store / grant.digest.removeprefix("sha256:"))
            what = changes(before.files, now.files)
        except (InvalidPlugin, OSError):
            what = []
        said = "; ".join(what[:3]) + (f"; and {len(what) - 3} more" if len(what) > 3 else "")
        return PluginChanged(
            f"the files of {grant.plugin} are not those that were granted" + (f": {said}" if said else ""),
            hint=f"look at the change, then grant it again: ringfence grant {grant.path}",
            details={"changes": what[:_MOST_CHANGES], "granted": grant.digest, "found": now.digest},
        )
