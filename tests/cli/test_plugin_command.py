"""`ringfence plugin`: a newcomer's way from nothing to a plugin that runs."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import Desk

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("more", [(), ("--async",)])
def test_init_check_grant_run(desk: Desk, more: tuple[str, ...]) -> None:
    """What init writes is without fault, passes its own test, and runs through the gate."""
    assert desk.run("plugin", "init", "word-count", *more).returncode == 0
    done = desk.run("plugin", "check", "word-count")
    assert (done.returncode, done.stdout) == (0, "Nothing is wrong.\n")
    own = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", "word-count"]
    assert subprocess.run(own, cwd=desk.folder, capture_output=True, check=False).returncode == 0
    subprocess.run(
        ["find", str(desk.folder), "-name", "__pycache__", "-prune", "-exec", "rm", "-r", "{}", ";"], check=True
    )
    desk.grant(desk.folder / "word-count", "--method", "count")
    assert desk.call("word-count", "count", {"text": "a b c"})["data"]["result"] == {"words": 3}


def test_init_does_not_overwrite(desk: Desk) -> None:
    """A folder that exists stays as it is."""
    (desk.folder / "taken").mkdir()
    assert desk.run("plugin", "init", "taken").returncode == 2
    assert list((desk.folder / "taken").iterdir()) == []


@pytest.mark.parametrize("name", ["pip-inspect", "text-report"])
def test_shipped_plugins_are_without_fault(desk: Desk, name: str) -> None:
    """What this project ships passes its own check."""
    done = desk.run("plugin", "check", str(ROOT / "plugins" / name))
    assert (done.returncode, done.stdout) == (0, "Nothing is wrong.\n")


@pytest.mark.parametrize(
    ("find", "put", "place", "said"),
    [
        ('version = "0.1.0"', 'version = "one"', "plugin.toml:2:", "PEP 440"),
        ("[entry]", "[entry]\nsurprise = 1", "plugin.toml:7:", "unknown key 'entry.surprise'"),
        ('class = "WordCount"', 'class = "Other"', "word_count.py:1:", "no class Other"),
        ("[methods.count", "[methods.sum", "word_count.py:4:", "has no sum"),
        ('required = ["text"]', "required = []", "word_count.py:12:", "needs 'text'"),
        ('module = "word_count"', 'module = "gone"', "plugin.toml", "no module 'gone'"),
        ('type = "string", maxLength', 'type = "strink", maxLength', "plugin.toml", "strink"),
    ],
)
def test_check_names_the_place(desk: Desk, find: str, put: str, place: str, said: str) -> None:
    """Each mistake has its file, its line and a sentence; the exit code is 7."""
    desk.run("plugin", "init", "word-count")
    manifest = desk.folder / "word-count" / "plugin.toml"
    text = manifest.read_text()
    assert find in text
    manifest.write_text(text.replace(find, put))
    done = desk.run("plugin", "check", "word-count")
    assert done.returncode == 7
    assert any(x.startswith(place) for x in done.stdout.splitlines()), done.stdout
    assert said in done.stdout


def test_check_survives_hostile_code(desk: Desk) -> None:
    """Code that exhausts a parser is a problem in the list, and nothing of it runs."""
    desk.run("plugin", "init", "word-count")
    code = desk.folder / "word-count" / "word_count.py"
    for text in ("(" * 100_000, "x = " + "-" * 200_000 + "1", "\0", "raise SystemExit(99)\nclass WordCount: pass\n"):
        code.write_text(text)
        done = desk.run("plugin", "check", "word-count")
        assert done.returncode == 7, text[:20]
        assert "Traceback" not in done.stderr


def test_schema_from_hints(desk: Desk) -> None:
    """Schemas follow from type hints; the module is never imported."""
    folder = desk.folder / "typed"
    folder.mkdir()
    (folder / "plugin.toml").write_text('[entry]\nmodule = "typed"\nclass = "Typed"\n')
    (folder / "typed.py").write_text(
        "raise SystemExit('imported')\nfrom typing import Literal\nclass Typed:\n"
        "    def go(self, n: int, how: Literal['a', 'b'] = 'a', names: list[str] | None = None) -> dict[str, float]:\n"
        "        '''Goes.'''\n"
    )
    done = desk.run("plugin", "schema", "typed", "--json")
    [method] = json.loads(done.stdout)
    assert method["description"] == "Goes."
    assert method["arguments"]["required"] == ["n"]
    assert method["arguments"]["properties"]["n"] == {"type": "integer"}
    assert method["arguments"]["properties"]["how"]["enum"] == ["a", "b"]
    assert method["result"] == {"type": "object", "additionalProperties": {"type": "number"}}


def _wheel(folder: Path) -> str:
    """A tiny wheel, and its hash."""
    import hashlib

    path = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny/__init__.py", "VALUE = 5\n")
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("tiny-1.0.dist-info/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_vendor(desk: Desk) -> None:
    """Packages of the lock come into the plugin's own folder, by hash, and are seen by it in the cell."""
    digest = _wheel(desk.folder)
    code = "class Plugin:\n    def go(self):\n        import tiny\n        return tiny.VALUE\n"
    folder = desk.plugin(code, "go")
    (folder / "requirements.lock").write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(desk.folder), "PIP_CONFIG_FILE": "/dev/null"}
    done = desk.run("plugin", "vendor", str(folder), env=offline)
    assert done.returncode == 0, done.stderr
    desk.grant(folder)
    assert desk.call("probe", "go")["data"]["result"] == 5
    (folder / "requirements.lock").write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    assert desk.run("plugin", "vendor", str(folder), env=offline).returncode == 2
    assert (folder / "vendor" / "tiny").is_dir()


@pytest.mark.parametrize(
    "line",
    [
        "tiny",
        "tiny>=1.0 --hash=sha256:" + "0" * 64,
        "tiny==1.0",
        "-r other.txt",
        "https://x.example/y.whl",
        "tiny @ file:///x",
    ],
)
def test_vendor_takes_only_pins_with_hashes(desk: Desk, line: str) -> None:
    """Whatever is not one exact version with a hash is refused, with its line."""
    folder = desk.plugin("class Plugin: pass\n")
    (folder / "requirements.lock").write_text(f"# a lock\n{line}\n")
    done = desk.run("plugin", "vendor", str(folder))
    assert done.returncode == 7
    assert "requirements.lock:2:" in done.stderr
