"""The older form: unchanged for its callers, sandboxed all the same."""

import json
from pathlib import Path

import pytest

from conftest import Desk

CODE = """
import os
class PipPlugin:
    def install(self, *args, **kwargs):
        return {"args": args, "kwargs": kwargs, "sees": sorted(os.listdir("/plugin"))}
    def hidden(self):
        return 1
"""


@pytest.fixture
def older(desk: Desk) -> Path:
    """A folder with a module, its upm_config.json, and something that is nobody's business."""
    folder = desk.folder / "older"
    folder.mkdir()
    (folder / "pip_plugin.py").write_text(CODE)
    (folder / ".env").write_text("TOKEN=x")
    config = {"plugins": {"PipPlugin": {"module": "pip_plugin", "allowed_methods": ["install"]}}}
    (folder / "upm_config.json").write_text(json.dumps(config))
    desk.config.write_text("")
    return folder


def call(desk: Desk, older: Path, *words: str, **env: str) -> dict:
    """`ringfence upm`; the envelope."""
    done = desk.run("upm", *words, cwd=older, env=env)
    return json.loads(done.stdout) | {"exit": done.returncode}


def test_runs_unchanged(desk: Desk, older: Path) -> None:
    """Positional and keyword arguments arrive; the cell shows the module and nothing beside it."""
    answer = call(desk, older, "PipPlugin", "install", '{"args": ["requests"], "kwargs": {"upgrade": true}}')
    assert answer["data"]["result"] == {"args": ["requests"], "kwargs": {"upgrade": True}, "sees": ["pip_plugin.py"]}
    assert answer["data"]["isolation"]["cell"] == "bubblewrap"
    assert [r["type"] for r in desk.journal()] == ["call", "outcome"]


def test_config_path(desk: Desk, older: Path) -> None:
    """$UPM_CONFIG_PATH names the configuration."""
    done = desk.run("upm", "PipPlugin", "install", env={"UPM_CONFIG_PATH": str(older / "upm_config.json")})
    assert json.loads(done.stdout)["success"]


def test_package(desk: Desk, older: Path) -> None:
    """A dotted module inside a package works, and only the package is seen."""
    (older / "tools").mkdir()
    (older / "tools" / "__init__.py").write_text("")
    (older / "tools" / "pip.py").write_text(CODE)
    config = {"plugins": {"PipPlugin": {"module": "tools.pip", "allowed_methods": ["install"]}}}
    (older / "upm_config.json").write_text(json.dumps(config))
    assert call(desk, older, "PipPlugin", "install")["data"]["result"]["sees"] == ["tools"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("PipPlugin", "hidden"), "not-granted"),
        (("Other", "install"), "not-granted"),
        (("PipPlugin", "install", '{"args": "requests"}'), "invalid-arguments"),
        (("PipPlugin", "install", '{"other": 1}'), "invalid-arguments"),
    ],
)
def test_allow_list(desk: Desk, older: Path, words: tuple[str, ...], code: str) -> None:
    """What the file does not allow does not run."""
    assert call(desk, older, *words)["data"]["code"] == code


def test_schemas(desk: Desk, older: Path) -> None:
    """An optional schema judges the whole arguments object."""
    schema = {"properties": {"args": {"items": {"type": "string", "pattern": "^[a-z]+$"}}}}
    config = {
        "plugins": {
            "PipPlugin": {"module": "pip_plugin", "allowed_methods": ["install"], "schemas": {"install": schema}}
        }
    }
    (older / "upm_config.json").write_text(json.dumps(config))
    assert call(desk, older, "PipPlugin", "install", '{"args": ["requests"]}')["success"]
    answer = call(desk, older, "PipPlugin", "install", '{"args": ["--index-url=x"]}')
    assert answer["data"]["code"] == "invalid-arguments"
    assert "/args/0" in answer["data"]["error"]


def test_references_within_a_schema(desk: Desk, older: Path) -> None:
    """A schema's references lead where its author means them to, and what it marks is hidden in the journal."""
    schema = {
        "properties": {
            "args": {"items": {"$ref": "#/$defs/word"}},
            "kwargs": {"properties": {"pass": {"writeOnly": True}}},
        },
        "$defs": {"word": {"pattern": "^[a-z]+$"}},
    }
    entry = {"module": "pip_plugin", "allowed_methods": ["install"], "schemas": {"install": schema}}
    (older / "upm_config.json").write_text(json.dumps({"plugins": {"PipPlugin": entry}}))
    assert call(desk, older, "PipPlugin", "install", '{"args": ["one"], "kwargs": {"pass": "canary-9"}}')["success"]
    assert "/args/0" in call(desk, older, "PipPlugin", "install", '{"args": ["-"]}')["data"]["error"]
    assert call(desk, older, "PipPlugin", "install", '{"other": 1}')["data"]["code"] == "invalid-arguments"
    assert "canary-9" not in json.dumps(desk.journal())


def test_a_folder_is_no_configuration(desk: Desk, older: Path) -> None:
    """Where the allow-list should be there may be anything; it is told in one sentence."""
    answer = call(desk, older, "PipPlugin", "install", UPM_CONFIG_PATH=str(older))
    assert (answer["data"]["code"], answer["exit"]) == ("invalid-config", 3)


def test_world_writable_config_is_refused(desk: Desk, older: Path) -> None:
    """An allow-list that anybody can change allows nothing."""
    (older / "upm_config.json").chmod(0o666)
    assert call(desk, older, "PipPlugin", "install")["data"]["code"] == "invalid-config"


@pytest.mark.parametrize("module", ["../evil", "os; x", "a..b", "", 3])
def test_module_names_are_names(desk: Desk, older: Path, module: object) -> None:
    """A module is a dotted name and never a path."""
    config = {"plugins": {"PipPlugin": {"module": module, "allowed_methods": ["install"]}}}
    (older / "upm_config.json").write_text(json.dumps(config))
    assert call(desk, older, "PipPlugin", "install")["data"]["code"] == "invalid-config"
