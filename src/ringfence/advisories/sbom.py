"""The bill of materials of a plugin: CycloneDX 1.6 (ECMA-424) JSON, the same bytes for the same files.

No time and no chance is in it: the serial number is made of the digest of the plugin's tree. Listed are what the locks
pin and what stands in `vendor/` (with hashes and licences), and the plugin's own files. Where a lock cannot be read, or
packages are named that no lock pins, the composition says that it is incomplete.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
from email.errors import MessageError
from email.parser import HeaderParser
from pathlib import Path
from urllib.parse import quote

from ringfence.advisories import locks
from ringfence.advisories.pins import Pin
from ringfence.errors import InvalidPlugin

_NAMESPACE = uuid.UUID("6a1f0d3e-6f0b-5d52-9c6e-2f3f8b1f7d10")
_ALGORITHMS = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512"}
_MAX_METADATA = 1 << 20
_CLASSIFIER = "License :: OSI Approved :: "

Json = dict[str, object]


def bill(folder: Path) -> bytes:
    """The bill of the plugin in `folder`. Raises InvalidPlugin where the plugin cannot be read."""
    from ringfence.plugins.manifest import load_manifest
    from ringfence.plugins.tree import hash_tree

    manifest = load_manifest(folder)
    tree = hash_tree(folder)
    found = [lock for lock in locks.find(folder) if lock.kind != "wishes"]
    vendored = list(locks.vendored(folder))
    pins = _merged([*(pin for lock in found for pin in lock.pins), *vendored])
    licences = _licences(folder, tree.files)
    root = f"pkg:generic/{quote(manifest.name)}@{_quoted(manifest.version)}"
    packages = [_package(pin, licences) for pin in pins]
    own = [path for path in sorted(tree.files) if not path.startswith("vendor/")]
    whole = not any(fault.rule == "unreadable-lock" for lock in found for fault in lock.faults)
    whole = whole and _all_locked(folder, pins)
    value: Json = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, tree.digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": manifest.name,
                "version": manifest.version,
                "description": manifest.description,
                "licenses": [{"expression": manifest.license}] if manifest.license else [],
                "purl": root,
                "properties": [{"name": "ringfence:tree", "value": tree.digest}],
            }
        },
        "components": [*packages, *(_file(path, tree.files[path]) for path in own)],
        "dependencies": [
            {"ref": root, "dependsOn": [_purl(pin) for pin in pins]},
            *({"ref": _purl(pin)} for pin in pins),
        ],
        "compositions": [
            {"aggregate": "complete" if whole else "incomplete", "assemblies": [root], "dependencies": [root]}
        ],
    }
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _merged(pins: Iterable[Pin]) -> list[Pin]:
    """One pin a package and version, with the hashes of all, in the order of their names."""
    from ringfence.dataclasses import replace

    found: dict[str, Pin] = {}
    for pin in pins:
        known = found.get(_purl(pin))
        if known is not None:
            hashes = tuple(sorted({*known.hashes, *pin.hashes}))
            urls = tuple(sorted({*known.urls, *pin.urls}))
            pin = replace(known, hashes=hashes, urls=urls, marker=known.marker or pin.marker)
        found[_purl(pin)] = pin
    return [found[purl] for purl in sorted(found)]


def _package(pin: Pin, licences: dict[tuple[str, str], list[Json]]) -> Json:
    made: Json = {"type": "library", "bom-ref": _purl(pin), "name": pin.name, "purl": _purl(pin)}
    if pin.version:
        made["version"] = pin.version
    kinds = [one.split(":", 1) for one in sorted(pin.hashes)]
    if kinds:
        made["hashes"] = [{"alg": _ALGORITHMS[kind], "content": value} for kind, value in kinds]
    if found := licences.get((pin.name, pin.version)):
        made["licenses"] = found
    if urls := [url for url in sorted(pin.urls) if url.startswith("https://")]:
        made["externalReferences"] = [{"type": "distribution", "url": url} for url in urls]
    if pin.marker:
        made["properties"] = [{"name": "ringfence:marker", "value": pin.marker}]
    return made


def _file(path: str, sha256: str) -> Json:
    hashes = [{"alg": "SHA-256", "content": sha256}]
    return {"type": "file", "bom-ref": f"file:{quote(path)}", "name": path, "hashes": hashes}


def _purl(pin: Pin) -> str:
    return f"pkg:pypi/{pin.name}@{_quoted(pin.version)}" if pin.version else f"pkg:pypi/{pin.name}"


def _quoted(version: str) -> str:
    return quote(version, safe=".-_~")


def _all_locked(folder: Path, pins: Sequence[Pin]) -> bool:
    try:
        return set(locks.declared(folder)) <= {pin.name for pin in pins}
    except InvalidPlugin:
        return False  # what cannot be read is not said to be complete


def _licences(folder: Path, files: Iterable[str]) -> dict[tuple[str, str], list[Json]]:
    """The licences of vendored packages, by name and version, from their METADATA."""
    from packaging.utils import canonicalize_name
    from packaging.version import InvalidVersion, Version

    from ringfence.plugins.files import read_member

    found: dict[tuple[str, str], list[Json]] = {}
    for path in files:
        if not path.startswith("vendor/") or not path.endswith(".dist-info/METADATA") or path.count("/") != 2:
            continue
        try:
            text = read_member(folder, path, _MAX_METADATA).decode("utf-8", "replace")
            fields = HeaderParser().parsestr(text)
            name, version = canonicalize_name(str(fields["Name"])), str(Version(str(fields["Version"])))
        except (InvalidPlugin, InvalidVersion, MessageError, ValueError):
            continue  # its licence is then unknown, as the bill says by naming none
        expression = str(fields.get("License-Expression") or "")
        classifiers = [str(one) for one in fields.get_all("Classifier") or ()]
        found[name, version] = _licence(expression, str(fields.get("License") or ""), classifiers)
    return found


def _licence(expression: str, name: str, classifiers: Sequence[str]) -> list[Json]:
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    for text in (expression, name):
        try:
            if text and len(text) <= 500:
                return [{"expression": str(canonicalize_license_expression(text))}]
        except (InvalidLicenseExpression, RecursionError):
            continue
    named = sorted({one.removeprefix(_CLASSIFIER) for one in classifiers if one.startswith(_CLASSIFIER)})
    if not named and 0 < len(name) <= 200 and name.isprintable():
        named = [name]
    return [{"license": {"name": one[:200]}} for one in named if one.isprintable()]
