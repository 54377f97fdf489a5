"""An index as a marketplace of Claude Code: `.claude-plugin/marketplace.json` (SchemaStore), pinned by digest.

Each plugin's source is its archive and the SHA-256 that the index signed. What was withdrawn is dropped and removed
from where it is installed.
"""

import json

from ringfence.errors import NotInIndex
from ringfence.index import places, records
from ringfence.index.workspace import Workspace

_SCHEMA = "https://json.schemastore.org/claude-code-marketplace.json"
_MARK = ".claude-plugin/plugin.json"


def export(space: Workspace, url: str) -> tuple[str, int, int]:
    """(text, how many plugins it lists, how many are no plugins for Claude Code)."""
    from ringfence.plugins.archive import listing

    plugins: list[dict[str, object]] = []
    gone: dict[str, None] = {}
    left_out = 0
    for name in sorted(records.catalogue(space.repository)):
        record = records.need(space.repository, name)
        try:
            version = record.newest(places.STABLE)
        except NotInIndex:
            if any(each.status.value == "quarantined" for each in record.versions.values()):
                gone[name] = None
            continue
        entry = record.versions[version]
        path = places.archive(name, version)
        place = space.repository.find(path)
        if place is None or _MARK not in listing(place)[1]:
            left_out += 1
            continue
        source = {"source": "archive", "url": _address(url, path, entry.archive), "sha256": entry.archive[7:]}
        plugins.append({"name": name, "version": version, "description": record.summary, "source": source})
    document: dict[str, object] = {
        "$schema": _SCHEMA,
        "name": space.name.replace(".", "-"),
        "owner": {"name": space.name},
        "plugins": plugins,
    }
    if gone:
        document |= {"renames": gone, "forceRemoveDeletedPlugins": True}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n", len(plugins), left_out


def _address(url: str, path: str, archive: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{url}targets/{folder}/{archive.removeprefix('sha256:')}.{name}"
