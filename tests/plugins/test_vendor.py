from pathlib import Path

import pytest

from ringfence.errors import InvalidPlugin
from ringfence.plugins import vendor as vendor_module
from ringfence.plugins.vendor import vendor

HASH = "--hash=sha256:" + "0" * 64


@pytest.fixture
def given_to_pip(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pip would be given, instead of running it."""
    lines: list[str] = []
    monkeypatch.setattr(vendor_module, "_install", lambda lock, target: lines.extend(lock.read_text().splitlines()))
    return lines


@pytest.mark.parametrize(
    "line",
    [
        "tiny",
        "tiny>=1.0",
        "tiny==1.*",
        "tiny===1.0",
        "tiny==1.0,==2.0",
        "tiny @ https://x.example/y.whl",
        "https://x.example/y.whl",
        "./tiny.whl",
        "-r other.txt",
        "-e .",
        "--index-url https://x.example",
        "tiny==1.0 --index-url https://x.example",
        "tiny==1.0 ; python_version > '3' --index-url https://x.example",
        "tiny==${HOME}",
        "tiny==1.0 ; python_version > '${HOME}'",
        "tiny==1.0 --hash=md5:0123",
    ],
)
def test_only_exact_versions(tmp_path: Path, given_to_pip: list[str], line: str) -> None:
    """Options, addresses, ranges and variables are refused with their line, even with a hash beside them."""
    (tmp_path / "requirements.lock").write_text(f"good==1.0 {HASH}\n\n{line} {HASH}\n")
    with pytest.raises(InvalidPlugin, match=r"^requirements\.lock:3: "):
        vendor(tmp_path)
    assert given_to_pip == []


def test_hashes_are_required(tmp_path: Path, given_to_pip: list[str]) -> None:
    """A package without a hash, and one with half a hash, are refused."""
    for line in ("tiny==1.0", "tiny==1.0 --hash=sha256:00", f"tiny==1.0 {HASH}0"):
        (tmp_path / "requirements.lock").write_text(line)
        with pytest.raises(InvalidPlugin, match=r"^requirements\.lock:1: "):
            vendor(tmp_path)
    assert given_to_pip == []


def test_pip_gets_what_was_checked(tmp_path: Path, given_to_pip: list[str]) -> None:
    """Continuations, comments, extras and markers become one plain line each; two lines for one name both count."""
    (tmp_path / "requirements.lock").write_text(
        f"# made by a tool\nbig[more]==1.0 \\\n    {HASH} \\\n    {HASH[:-1]}1  # via x\n"
        f'two==1 ; python_version < "3.12" {HASH}\ntwo==2 ; python_version >= "3.12" {HASH}\n'
    )
    assert vendor(tmp_path) == ["big", "two", "two"]
    assert given_to_pip == [
        f"big[more]==1.0 {HASH} {HASH[:-1]}1",
        f'two==1; python_version < "3.12" {HASH}',
        f'two==2; python_version >= "3.12" {HASH}',
    ]


def test_lock_is_not_reached_by_a_link(tmp_path: Path, given_to_pip: list[str]) -> None:
    """A link in place of the lock is refused, and so is none."""
    with pytest.raises(InvalidPlugin, match="cannot read"):
        vendor(tmp_path)
    (tmp_path / "real").write_text(f"tiny==1.0 {HASH}")
    (tmp_path / "requirements.lock").symlink_to("real")
    with pytest.raises(InvalidPlugin, match="symbolic link"):
        vendor(tmp_path)
    assert given_to_pip == []


def test_vendor_that_is_a_link_is_replaced_and_not_followed(tmp_path: Path, given_to_pip: list[str]) -> None:
    """What a plugin's `vendor` link points at stays untouched."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("")
    plugin = tmp_path / "plugin"
    plugin.mkdir()
    (plugin / "vendor").symlink_to(outside)
    (plugin / "requirements.lock").write_text(f"tiny==1.0 {HASH}")
    vendor(plugin)
    assert (outside / "kept").exists()
    assert not (plugin / "vendor").is_symlink()
    assert sorted(entry.name for entry in plugin.iterdir()) == ["requirements.lock", "vendor"]
    assert len(given_to_pip) == 1
