"""Locks are read strictly: what is not pinned, hashed and from an index is a fault with its line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisories.lock_texts import HASH, SHA, package, pylock
from ringfence.advisories.dependencies import examine
from ringfence.advisories.locks import MAX_BYTES, find, read_lock
from ringfence.errors import InvalidPlugin


def faults(name: str, text: str) -> list[tuple[str, int]]:
    return [(fault.rule, fault.line) for fault in read_lock(name, text.encode()).faults]


def requirements(text: str) -> list[tuple[str, int]]:
    return faults("requirements.lock", text)


def test_a_good_requirements_lock() -> None:
    """Continuations, comments, markers and several hashes are one pin with the first line's number."""
    text = "# made by a tool\nTiny.Thing==1.0 ; python_version > '3' \\\n"
    text += f"    {HASH} \\\n    {HASH}  # via x\nb==2 {HASH}\n"
    lock = read_lock("requirements.lock", text.encode())
    assert lock.faults == ()
    assert [(pin.name, pin.version, pin.line, pin.marker) for pin in lock.pins] == [
        ("tiny-thing", "1.0", 2, 'python_version > "3"'),
        ("b", "2", 5, ""),
    ]
    assert lock.pins[0].hashes == (f"sha256:{SHA}",) * 2


def test_a_good_pylock() -> None:
    """Name, version, hashes, addresses and lines of a PEP 751 lock."""
    lock = read_lock("pylock.toml", pylock(package(), package("other", "2.1")).encode())
    assert lock.faults == ()
    assert [(pin.name, pin.version, pin.line) for pin in lock.pins] == [("tiny", "1.0", 4), ("other", "2.1", 13)]
    assert lock.pins[0].hashes == (f"sha256:{SHA}",)
    assert lock.pins[0].urls == ("https://files.example/tiny-1.0-py3-none-any.whl",)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (f"tiny {HASH}", "unpinned-dependency"),
        (f"tiny>=1 {HASH}", "unpinned-dependency"),
        (f"tiny==1.* {HASH}", "unpinned-dependency"),
        (f"tiny===1 {HASH}", "unpinned-dependency"),
        (f"tiny==1,!=2 {HASH}", "unpinned-dependency"),
        ("tiny==1", "unhashed-dependency"),
        ("tiny==1 --hash=md5:" + "0" * 32, "unhashed-dependency"),
        ("tiny==1 --hash=sha1:" + "0" * 40, "unhashed-dependency"),
        ("tiny==1 --hash=sha256:0", "unhashed-dependency"),
        (f"tiny==1 {HASH}0", "unhashed-dependency"),
        (f"tiny @ file:///tmp/tiny.whl {HASH}", "dependency-outside-index"),
        (f"tiny @ git+https://x.example/y {HASH}", "dependency-outside-index"),
        ("./tiny.whl", "dependency-outside-index"),
        ("../tiny", "dependency-outside-index"),
        ("git+ssh://x.example/y#egg=tiny", "dependency-outside-index"),
        ("https://x.example/tiny.whl", "dependency-outside-index"),
        ("C:\\tiny.whl", "dependency-outside-index"),
        ("-e .", "dependency-outside-index"),
        ("-e.", "dependency-outside-index"),
        ("--editable=.", "dependency-outside-index"),
        ("--extra-index-url https://x.example/simple", "extra-index"),
        ("--extra-index-url=https://x.example/simple", "extra-index"),
        ("--find-links /tmp", "extra-index"),
        ("-f/tmp", "extra-index"),
        ("--trusted-host x.example", "extra-index"),
        ("--index-url http://x.example/simple", "extra-index"),
        ("-i http://x.example/simple", "extra-index"),
        ("--no-binary :all:", "source-only-dependency"),
        ("-r other.txt", "unreadable-lock"),
        ("-c other.txt", "unreadable-lock"),
        ("--pre", "unreadable-lock"),
        (f"tiny=={{}} {HASH}", "unreadable-lock"),
        (f"tiny==1 ; python_version > '${{HOME}}' {HASH}", "unreadable-lock"),
        (f"tiny==1 ; {'(' * 900}os_name=='a'{')' * 900} {HASH}", "unreadable-lock"),
        ("tiny==1" + " " * 10 + "a" * 70_000, "unreadable-lock"),
    ],
)
def test_good_then_bad_lines(line: str, rule: str) -> None:
    """Each bad line behind a good one is found on its own line, and it alone."""
    assert (rule, 3) in requirements(f"good==1 {HASH}\n\n{line}\nlast==2 {HASH}\n")
    assert {place for _, place in requirements(f"good==1 {HASH}\n\n{line}\nlast==2 {HASH}\n")} == {3}


def test_harmless_options() -> None:
    """Options that only make pip stricter, and an index over https, are no fault."""
    assert requirements(f"--require-hashes\n--only-binary :all:\n--index-url https://x.example\na==1 {HASH}\n") == []


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        (package("bad", wheel="path = './bad-1.0-py3-none-any.whl'"), "dependency-outside-index"),
        (package("bad", wheel="url = 'file:///srv/bad-1.0-py3-none-any.whl'"), "dependency-outside-index"),
        (package("bad", wheel="url = 'http://x.example/bad-1.0-py3-none-any.whl'"), "dependency-outside-index"),
        (package("bad", hashes="md5 = 'd41d8cd98f00b204e9800998ecf8427e'"), "unhashed-dependency"),
        (package("bad", head="index = 'https://private.example/simple'"), "extra-index"),
        ("\n[[packages]]\nname = 'bad'\n[packages.directory]\npath = '.'\n", "dependency-outside-index"),
        (
            "\n[[packages]]\nname = 'bad'\n[packages.vcs]\ntype = 'git'\nurl = 'https://x.example/y'\n"
            "commit-id = '0123'\n",
            "dependency-outside-index",
        ),
        (
            "\n[[packages]]\nname = 'bad'\nversion = '1.0'\n[packages.sdist]\nname = 'bad-1.0.tar.gz'\n"
            f"url = 'https://x.example/bad-1.0.tar.gz'\nhashes = {{ sha256 = '{SHA}' }}\n",
            "source-only-dependency",
        ),
    ],
)
def test_good_then_bad_packages(bad: str, rule: str) -> None:
    """What is unsafe of a package in a pylock is found, on the line of its table."""
    found = faults("pylock.toml", pylock(package(head="index = 'https://pypi.org/simple'"), bad, package("last")))
    assert (rule, 13) in found
    assert {line for _, line in found} == {13}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lock-version = ",
        'lock-version = "1.0"',
        'lock-version = "2.0"\ncreated-by = "x"\npackages = []',
        'lock-version = "1.0"\ncreated-by = "x"\npackages = 1',
        pylock("\n[[packages]]\nname = 'Not_Normal'\nversion = '1'\n"),
        pylock("\n[[packages]]\nname = 'x'\nversion = 'not a version'\n"),
        pylock(package(wheel="")),
        "a" + ".a" * 5000 + " = 1",
        "x = " + "[" * 100_000,
        "x = " + "9" * 10_000,
    ],
)
def test_broken_pylocks(text: str) -> None:
    """What is no PEP 751 lock is one fault, quickly, and no pins."""
    lock = read_lock("pylock.toml", text.encode())
    assert [fault.rule for fault in lock.faults] == ["unreadable-lock"]
    assert lock.pins == ()


def test_bytes_are_bounded() -> None:
    """Too many bytes, and bytes that are no text, are one fault."""
    for data in (b"#" * (MAX_BYTES + 1), b"tiny==1\n\xff"):
        lock = read_lock("requirements.lock", data)
        assert [fault.rule for fault in lock.faults] == ["unreadable-lock"]


@given(st.binary(max_size=300) | st.text(alphabet="ab=<>~!;[]{}\"'()-#\\\n $@:/.0 ", max_size=300).map(str.encode))
@settings(deadline=None)
def test_whatever_stands_there(data: bytes) -> None:
    """No text makes reading raise; what is pinned has a version or a fault."""
    for name in ("requirements.lock", "pylock.toml"):
        lock = read_lock(name, data)
        blamed = {fault.line for fault in lock.faults}
        for pin in lock.pins:
            assert (pin.version and pin.hashes) or pin.line in blamed


def test_a_plugin_whose_lock_is_a_link(tmp_path: Path) -> None:
    """A link is not followed, and that it was not read is a finding."""
    (tmp_path / "elsewhere").write_text(f"tiny==1 {HASH}\n")
    plugin = tmp_path / "plugin"
    plugin.mkdir()
    (plugin / "requirements.lock").symlink_to(tmp_path / "elsewhere")
    found = examine(plugin, data=None)
    assert [(one.rule, one.path) for one in found.findings] == [("unreadable-lock", "requirements.lock")]
    assert "symbolic link" in found.findings[0].message


def test_wishes_beside_a_lock(tmp_path: Path) -> None:
    """`requirements.txt` beside a lock need not pin, but may not name another index; alone it must pin."""
    (tmp_path / "requirements.txt").write_text("tiny>=1\n--extra-index-url https://x.example\n")
    rules = [fault.rule for lock in find(tmp_path) for fault in lock.faults]
    assert rules == ["unpinned-dependency", "unhashed-dependency", "extra-index"]
    (tmp_path / "requirements.lock").write_text(f"tiny==1 {HASH}\n")
    assert [fault.rule for lock in find(tmp_path) for fault in lock.faults] == ["extra-index"]


def test_what_is_declared_and_vendored_is_held_against_the_lock(tmp_path: Path) -> None:
    """Packages of pyproject.toml and of vendor/ that no lock names are found."""
    (tmp_path / "requirements.lock").write_text(f"tiny==1.0 {HASH}\n")
    (tmp_path / "pyproject.toml").write_text("[project]\ndependencies = ['Tiny>=1', 'other']\n")
    for name in ("tiny-1.0.dist-info", "stowaway-6.6.dist-info"):
        (tmp_path / "vendor" / name).mkdir(parents=True)
    found = [(one.rule, one.package) for one in examine(tmp_path, data=None).findings]
    assert found == [("missing-lock", "other"), ("unlocked-package", "stowaway==6.6")]


def test_what_was_not_examined_is_said(tmp_path: Path) -> None:
    """Without advisories that is said, and never "nothing found"."""
    (tmp_path / "requirements.lock").write_text(f"tiny==1.0 {HASH}\n")
    found = examine(tmp_path, data=None)
    assert found.findings == ()
    assert found.unexamined == (
        "1 package was not held against advisories: there are none on this machine "
        "(`ringfence advisories update` fetches them)",
    )
    with pytest.raises(InvalidPlugin, match="no such file"):
        examine(tmp_path / "absent", data=None)


def test_locks_in_folders_below(tmp_path: Path) -> None:
    """What they name is looked at and need not be pinned; links are not followed, and vendor/ is held elsewhere."""
    (tmp_path / "requirements.lock").write_text(f"tiny==1.0 {HASH}\n")
    (tmp_path / "requirements-dev.txt").write_text("pytest>=8\n")
    for name in ("docs", "server/deep", "vendor/other", "__pycache__"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "requirements.txt").write_text("anything>=1\nreqeusts\n-e .\n")
    (tmp_path / "linked").symlink_to(tmp_path / "docs")
    (tmp_path / "server" / "requirements.txt").symlink_to("/etc/passwd")
    found = [(one.rule, one.path, one.line) for one in examine(tmp_path, data=None).findings]
    assert found == [
        ("lookalike-name", "docs/requirements.txt", 2),
        ("lookalike-name", "server/deep/requirements.txt", 2),
        ("dependency-outside-index", "docs/requirements.txt", 3),
        ("dependency-outside-index", "server/deep/requirements.txt", 3),
        ("unreadable-lock", "server/requirements.txt", 0),
    ]


def test_too_many_locks_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not all were looked at, that is a finding."""
    from ringfence.advisories import locks

    monkeypatch.setattr(locks, "MAX_BELOW", 3)
    for number in range(6):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "requirements.txt").write_text("tiny\n")
    assert [(one.rule, one.path) for one in examine(tmp_path, data=None).findings] == [("unreadable-lock", "3")]
