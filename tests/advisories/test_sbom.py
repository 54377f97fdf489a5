"""The bill of materials: valid CycloneDX 1.6, whole, and the same bytes for the same files."""

import json
import os
import shutil
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from advisories.lock_texts import HASH, SHA, package, pylock
from ringfence.advisories.sbom import bill
from ringfence.errors import InvalidPlugin

SHIPPED = Path(__file__).resolve().parents[2] / "plugins"
MANIFEST = """\
name = "mine"
version = "1.0+local.1"
description = "Does a thing."
license = "Apache-2.0"
[entry]
module = "mine"
class = "Mine"
[methods.run]
description = "Run."
arguments = { type = "object" }
result = {}
"""


def fault(data: bytes) -> object:
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(data.decode())


def plugin(folder: Path) -> Path:
    made = folder / "mine"
    made.mkdir()
    (made / "plugin.toml").write_text(MANIFEST)
    (made / "mine.py").write_text("class Mine:\n    def run(self):\n        return 1\n")
    return made


def vendored(folder: Path, name: str, version: str, *fields: str) -> None:
    place = folder / "vendor" / f"{name}-{version}.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text(
        "\n".join(["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *fields, ""])
    )


@pytest.mark.parametrize("name", sorted(one.name for one in SHIPPED.iterdir() if (one / "plugin.toml").exists()))
def test_shipped_plugins(name: str) -> None:
    """The bill of every plugin that this project ships is valid."""
    assert fault(bill(SHIPPED / name)) is None


def test_what_is_in_it(tmp_path: Path) -> None:
    """Packages of all locks once, with hashes, addresses, markers and licences; the plugin's own files; no more."""
    folder = plugin(tmp_path)
    (folder / "requirements.lock").write_text(f"tiny==1.0 ; os_name == 'posix' {HASH}\nother==2!1+x {HASH}\n")
    (folder / "pylock.toml").write_text(pylock(package()))
    vendored(folder, "Tiny", "1.0", "License-Expression: mit or apache-2.0")
    vendored(folder, "other", "2!1+x", "License: My own licence", "Classifier: License :: OSI Approved :: MIT License")
    vendored(folder, "stray", "3")
    value = json.loads(bill(folder))
    assert fault(bill(folder)) is None
    packages = {one["purl"]: one for one in value["components"] if one["type"] == "library"}
    assert list(packages) == ["pkg:pypi/other@2%211%2Bx", "pkg:pypi/stray@3", "pkg:pypi/tiny@1.0"]
    tiny = packages["pkg:pypi/tiny@1.0"]
    assert tiny["hashes"] == [{"alg": "SHA-256", "content": SHA}]
    assert tiny["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert tiny["properties"] == [{"name": "ringfence:marker", "value": 'os_name == "posix"'}]
    assert tiny["externalReferences"][0]["url"] == "https://files.example/tiny-1.0-py3-none-any.whl"
    assert packages["pkg:pypi/other@2%211%2Bx"]["licenses"] == [{"license": {"name": "MIT License"}}]
    files = [one["name"] for one in value["components"] if one["type"] == "file"]
    assert files == ["mine.py", "plugin.toml", "pylock.toml", "requirements.lock"]
    assert value["metadata"]["component"]["purl"] == "pkg:generic/mine@1.0%2Blocal.1"
    assert value["compositions"][0]["aggregate"] == "complete"
    assert value["dependencies"][0]["dependsOn"] == list(packages)


def test_the_same_files_the_same_bytes(tmp_path: Path) -> None:
    """Times, modes, the folder's name and the order of the directory do not matter; any byte of a file does."""
    folder = plugin(tmp_path)
    (folder / "requirements.lock").write_text(f"b==1 {HASH}\na==1 {HASH}\n")
    other = tmp_path / "elsewhere" / "copy"
    other.mkdir(parents=True)
    for name in sorted(os.listdir(folder), reverse=True):
        shutil.copyfile(folder / name, other / name)
        os.utime(other / name, (1, 1))
        (other / name).chmod(0o600)
    assert bill(folder) == bill(other)
    (other / "mine.py").write_text("class Mine: pass\n")
    assert json.loads(bill(folder))["serialNumber"] != json.loads(bill(other))["serialNumber"]


def test_incomplete_is_said(tmp_path: Path) -> None:
    """A lock that cannot be read, or a package that no lock pins, makes the composition incomplete."""
    folder = plugin(tmp_path)
    assert json.loads(bill(folder))["compositions"][0]["aggregate"] == "complete"
    (folder / "pyproject.toml").write_text("[project]\ndependencies = ['tiny']\n")
    assert json.loads(bill(folder))["compositions"][0]["aggregate"] == "incomplete"
    (folder / "requirements.lock").write_text(f"tiny==1 {HASH}\n")
    assert json.loads(bill(folder))["compositions"][0]["aggregate"] == "complete"
    (folder / "requirements.lock").write_text(f"tiny==1 {HASH}\n-r other.txt\n")
    assert json.loads(bill(folder))["compositions"][0]["aggregate"] == "incomplete"


@pytest.mark.parametrize(
    "fields",
    [
        ["License-Expression: " + "(" * 400 + "MIT" + ")" * 400],
        ["License-Expression: no such licence", "License: \x1b[31mred"],
        ["License: " + "x" * 5000],
        ["Name: ../../etc/passwd"],
        ["Version: not a version"],
        ["Classifier: License :: OSI Approved :: " + "y" * 900],
    ],
)
def test_hostile_metadata(tmp_path: Path, fields: list[str]) -> None:
    """Whatever a vendored package says of itself, the bill is valid."""
    folder = plugin(tmp_path)
    vendored(folder, "tiny", "1.0", *fields)
    assert fault(bill(folder)) is None
    assert b"\x1b" not in bill(folder)
    assert b"\\u001b" not in bill(folder)


def test_no_plugin(tmp_path: Path) -> None:
    """A folder that is no plugin has no bill."""
    with pytest.raises(InvalidPlugin):
        bill(tmp_path)
