"""The README and the docs say what is: commands print what is shown, links lead somewhere."""

import json
import re
import shlex
import shutil
import zipfile
from pathlib import Path

import pytest

from conftest import Desk

ROOT = Path(__file__).parents[2]
CHANGING = {"timestamp", "hostname", "pid", "request_id", "duration_us"}
OF_THE_MACHINE = {"bubblewrap", "landlock_abi", "limits", "user"}


def _blocks() -> list[tuple[str, str]]:
    """(command, what it prints) of every console block, in order."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            found.append((command, shown))
    return found


def _steady(value: object) -> object:
    """A JSON value without what changes from run to run or machine to machine."""
    if isinstance(value, dict):
        return {k: "…" if k in CHANGING | OF_THE_MACHINE else _steady(v) for k, v in value.items()}
    return [_steady(v) for v in value] if isinstance(value, list) else value


def test_the_tour_is_what_comes_out(desk: Desk) -> None:
    """Every command of the README runs, in order, and prints what stands there."""
    for name in ("plugins", "examples"):
        shutil.copytree(ROOT / name, desk.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    blocks = _blocks()
    assert len(blocks) >= 9
    for command, shown in blocks:
        words = shlex.split(command)
        assert words[0] == "ringfence"
        done = desk.run(*words[1:])
        assert "Traceback" not in done.stderr
        if shown.startswith("{"):
            assert _steady(json.loads(done.stdout)) == _steady(json.loads(shown)), command
        elif shown:
            assert done.stdout.replace(f"{desk.folder}/", "") == shown, command
        else:
            assert done.returncode == 0, command


@pytest.mark.parametrize(
    "page", sorted(str(p.relative_to(ROOT)) for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
)
def test_links_lead_somewhere(page: str) -> None:
    """Every relative link of a page names a file that is there."""
    text = (ROOT / page).read_text()
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (ROOT / page).parent.joinpath(target).exists(), f"{page}: {target}"


def test_the_readme_leads_to_every_page() -> None:
    """A page that nothing leads to is one that nobody reads."""
    text = (ROOT / "README.md").read_text()
    for page in ROOT.glob("docs/*.md"):
        assert f"(docs/{page.name})" in text, page.name


def test_security_page_names_tests_that_exist() -> None:
    """Each claim of SECURITY.md names a test file, and that file is there."""
    text = (ROOT / "SECURITY.md").read_text()
    named = set(re.findall(r"`(tests/[\w/.-]+\.py)`", text))
    assert len(named) >= 8
    for name in named:
        assert (ROOT / name).is_file(), name


def test_readme_lists_every_command() -> None:
    """No command is missing from the table."""
    from ringfence.cli.main import COMMANDS

    text = (ROOT / "README.md").read_text()
    for name in COMMANDS:
        assert f"`{name}`" in text


def test_wheel_carries_its_data(tmp_path: Path) -> None:
    """What is built has the filters, the guest, the matrix, the base images and the type marker in it."""
    import subprocess
    import sys

    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", ".demo", "*cache*", "build"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    done = subprocess.run([*command, "-w", str(tmp_path), str(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"ringfence/cells/seccomp/{a}{n}.bpf" for a in ("x86_64", "aarch64") for n in ("", "-net")} <= names
    assert {f"ringfence/cells/guest/{n}.py" for n in ("guest", "walls", "maker")} <= names
    variants = source / "src" / "ringfence" / "images" / "variants"  # without what the set-up compiled
    assert {f"ringfence/images/{p.relative_to(variants.parent)}" for p in variants.rglob("*") if p.is_file()} <= names
    assert {"ringfence/py.typed", "ringfence/controls/matrix.json", "ringfence/advisories/popular.txt"} <= names


def test_changelog_names_this_version() -> None:
    """The newest entry of the change log is the package's version."""
    import ringfence

    assert f"## {ringfence.__version__}" in (ROOT / "CHANGELOG.md").read_text()
