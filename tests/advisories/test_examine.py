"""What an examination says of a plugin's dependencies, through the function and through the command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from advisories.lock_texts import HASH, package, pylock
from advisories.osv_records import CRITICAL, NOW, events, record, snapshot_of
from ringfence.advisories.dependencies import examine
from ringfence.advisories.finding import RULES


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Advisories about `holey` (up to 1.5), `evil` (all) and `odd` (cannot be compared)."""
    rated = [{"type": "CVSS_V3", "score": CRITICAL}]
    return snapshot_of(
        tmp_path,
        record("PYSEC-2026-1", "holey", aliases=["CVE-2026-1"], severity=rated),
        record("GHSA-aaaa-bbbb-cccc", "holey", aliases=["CVE-2026-1"]),
        record("MAL-2026-1", "evil", ranges=[events(("introduced", "0"))]),
        record("PYSEC-2026-2", "odd", ranges=[], versions=[]),
    )


def plugin(folder: Path, *lines: str) -> Path:
    made = folder / "plugin"
    made.mkdir()
    (made / "requirements.lock").write_text("".join(f"{line} {HASH}\n" for line in lines))
    return made


def test_good_then_bad(tmp_path: Path, data: Path) -> None:
    """Each kind of finding, with its line, its words, and what to do; the good package before them is none."""
    folder = plugin(tmp_path, "good==1.0", "holey==1.4", "evil==3", "odd==1", "reqeusts==2.0", "holey==1.5")
    found = examine(folder, data=data, now=NOW)
    assert [(one.rule, one.severity, one.line, one.message, one.hint) for one in found.findings] == [
        (
            "malicious-package",
            "critical",
            3,
            "evil==3 is on record as malicious, MAL-2026-1: Something is wrong with evil",
            "do not install it; where it was installed, take every secret of that machine as known to others",
        ),
        (
            "known-vulnerability",
            "critical",
            2,
            "holey==1.4 has CVE-2026-1 (PYSEC-2026-1, GHSA-aaaa-bbbb-cccc), critical (9.8): "
            "Something is wrong with holey",
            "1.5 fixes it",
        ),
        (
            "lookalike-name",
            "high",
            5,
            "reqeusts is confusingly like requests: two letters are swapped",
            "if requests is meant, name it; if not, a person has to say so",
        ),
        (
            "unjudged-advisory",
            "medium",
            4,
            "whether PYSEC-2026-2 covers odd==1 cannot be told from its ranges: Something is wrong with odd",
            "read the advisory",
        ),
    ]
    assert (found.unexamined, found.warnings) == ((), ())


def test_vendored_packages_are_examined(tmp_path: Path, data: Path) -> None:
    """What stands in vendor/ counts, whatever the lock says."""
    folder = plugin(tmp_path, "good==1.0")
    (folder / "vendor" / "holey-1.0.dist-info").mkdir(parents=True)
    (folder / "vendor" / "Evil_Twin-2.0.dist-info").mkdir(parents=True)
    rules = [(one.rule, one.path, one.package) for one in examine(folder, data=data, now=NOW).findings]
    assert rules == [
        ("known-vulnerability", "vendor", "holey==1.0"),
        ("unlocked-package", "vendor", "evil-twin==2.0"),
        ("unlocked-package", "vendor", "holey==1.0"),
    ]


def test_stale_and_damaged_data(tmp_path: Path, data: Path) -> None:
    """Old data are used and warned of; damaged or missing ones are said as not examined, never as good."""
    folder = plugin(tmp_path, "holey==1.0")
    late = NOW.replace(month=12)
    found = examine(folder, data=data, now=late)
    assert found.warnings == ("the advisories are 31 days old: `ringfence advisories update` fetches new ones",)
    assert [one.rule for one in found.findings] == ["known-vulnerability"]
    data.write_bytes(data.read_bytes()[:-1])
    for broken in (data, tmp_path / "absent"):
        found = examine(folder, data=broken, now=NOW)
        assert found.findings == ()
        assert len(found.unexamined) == 1
        assert found.unexamined[0].startswith("1 package was not held against advisories: ")


def test_every_rule_is_described() -> None:
    """Whatever the code can find has a line in RULES, and every line has code."""
    from ringfence.advisories import dependencies

    files = Path(dependencies.__file__).parent.glob("*.py")
    source = "".join(path.read_text() for path in files if path.name != "finding.py")
    assert [rule for rule in RULES if f'"{rule}"' not in source] == []


def run(*words: str | Path, state: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ringfence", "advisories", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={"RINGFENCE_STATE": str(state), "PATH": "/usr/bin:/bin"},
    )


def test_the_command(tmp_path: Path, data: Path) -> None:
    """update, show and check as a user types them, with their exit codes."""
    folder = plugin(tmp_path, "good==1.0", "holey==1.4")
    before = run("check", folder, state=tmp_path)
    assert before.returncode == 30
    assert "not examined: 2 packages were not held against advisories" in before.stdout
    state = tmp_path / "state"
    blocked = run("update", tmp_path / "records", state=tmp_path)
    assert (blocked.returncode, blocked.stderr) == (
        2,
        f"ringfence: cannot write {tmp_path}/advisories/pypi: file exists\n",
    )
    updated = run("update", tmp_path / "records", state=state)
    assert updated.returncode == 0, updated.stderr
    assert updated.stdout.startswith("4 advisories about 3 packages, 1 of them of malware\n")
    checked = run("check", folder, state=state)
    assert checked.returncode == 1
    assert f"{folder}/requirements.lock:2: critical holey==1.4 has CVE-2026-1" in checked.stdout
    shown = json.loads(run("show", "--json", state=state).stdout)
    assert (shown["records"], shown["malicious"], shown["source"]) == (4, 1, str(tmp_path / "records"))


def test_the_commands_exit_codes(tmp_path: Path, data: Path) -> None:
    """0 for nothing found, 1 from the severity that was asked for, 31 where there was nothing, 2 for no such path."""
    (tmp_path / "good.txt").write_text(f"good==1.0 {HASH}\n")
    (tmp_path / "odd.txt").write_text(f"odd==1.0 {HASH}\n")
    (tmp_path / "pylock.toml").write_text(pylock(package("holey", "1.0")))
    (tmp_path / "empty").mkdir()
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "plugin.toml").write_text("")
    for words, code in (
        (["good.txt"], 0),
        (["odd.txt"], 1),
        (["odd.txt", "--fail-on", "high"], 0),
        (["good.txt", "pylock.toml", "--fail-on", "critical"], 1),
        (["empty"], 31),
        (["bare"], 0),
        (["absent"], 2),
    ):
        paths = [tmp_path / word if "." in word or word in ("empty", "absent", "bare") else word for word in words]
        done = run("check", *paths, "--data", data, state=tmp_path)
        assert done.returncode == code, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr


def test_json(tmp_path: Path, data: Path) -> None:
    """The same as JSON, for other programs."""
    folder = plugin(tmp_path, "evil==1")
    found = json.loads(run("check", folder, "--data", data, "--json", state=tmp_path).stdout)["examined"][0]
    assert found["packages"] == 1
    assert found["findings"][0]["rule"] == "malicious-package"
    assert found["findings"][0]["ids"] == ["MAL-2026-1"]


def test_what_is_installed(tmp_path: Path, data: Path) -> None:
    """`--installed` needs something installed to examine, and no path at all is a mistake."""
    assert run("check", "--data", data, state=tmp_path / "state").returncode == 2
    assert run("check", "--installed", "--data", data, state=tmp_path / "state").returncode == 31
