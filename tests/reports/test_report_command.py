"""The reports through the real command."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from ringfence.audit.reports import FORMS
from ringfence.cli import audit


@pytest.fixture
def folder(tmp_path):
    """A Compose file with letters that ASCII lacks, one finding and one waived."""
    (tmp_path / "compose.yaml").write_text(
        "services:\n  wéb:\n    image: example/web # 木\n"
        '    privileged: true # ringfence: allow no-privileged reason="test rig"\n',
        encoding="utf-8",
    )
    return tmp_path


def run(folder, *words, **environment):
    command = [sys.executable, "-m", "ringfence", "audit", str(folder), "--only", "no-privileged,pinned-tag", *words]
    settings = os.environ | {"PYTHONIOENCODING": "ascii"} | environment
    return subprocess.run(command, capture_output=True, env=settings, timeout=600, cwd=folder)


def test_the_command_knows_every_form():
    """What `--format` offers is what there is."""
    assert tuple(FORMS) == audit.FORMS


@pytest.mark.parametrize("form", FORMS)
def test_every_form_prints_where_there_is_only_ascii(folder, form):
    """No locale turns a report into a defect; the exit code is that of findings."""
    done = run(folder, "--format", form)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"pinned-tag" in done.stdout


def test_people_get_escapes_and_programs_utf8(folder):
    """A terminal that lacks a letter shows which one; a file that says it is UTF-8 is."""
    assert rb"service w\xe9b: " in run(folder).stdout
    assert "service wéb: ".encode() in run(folder, "--format", "html").stdout
    assert ET.fromstring(run(folder, "--format", "junit").stdout).attrib["failures"] == "1"
    assert json.loads(run(folder, "--format", "sarif").stdout)["runs"][0]["results"]


def test_what_was_accepted_is_counted_and_shown_where_asked_for(folder):
    """The summary counts it always; `--show-waived` lists it."""
    assert b"1 finding in 1 file: 1 medium; 1 waived" in run(folder).stdout
    assert b"= waived: test rig" not in run(folder).stdout
    assert b"= waived: test rig" in run(folder, "--show-waived").stdout


def test_sarif_does_without_docstrings(folder):
    """Under `python -OO` there are no pages; a rule's help is then its title."""
    done = run(folder, "--format", "sarif", PYTHONOPTIMIZE="2")
    assert (done.returncode, done.stderr) == (1, b"")
    rules = json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert all(rule["help"]["text"] for rule in rules)


def test_several_forms_at_once(folder):
    """One audit writes a file for each form that names one."""
    (folder / "out").mkdir()
    done = run(folder, "--format", "concise", "--format", "sarif=out/a.sarif", "--format", "html=a.html")
    assert done.stdout.count(b"\n") == 1
    assert json.loads((folder / "out" / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "<!doctype html>" in (folder / "a.html").read_text(encoding="utf-8")
