"""Step 4 of the vetting: what a plugin stands on, by the advisories as they are now and, if asked, by the index."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from advisories import conftest as loopback
from advisories.lock_texts import HASH
from advisories.osv_records import record, snapshot_of
from advisories.test_feed import answer, vulnerability
from ringfence.advisories.feed import ask
from ringfence.vetting.policy import Policy
from ringfence.vetting.report import Report
from ringfence.vetting.vet import vet

NOW = datetime.now(UTC)
server = loopback.server  # the fixture


def plugin(folder: Path, *lines: str) -> Path:
    made = folder / "probe"
    made.mkdir()
    (made / "plugin.toml").write_text('name = "probe"\nversion = "1"\n')
    (made / "requirements.lock").write_text("".join(f"{line} {HASH}\n" for line in lines))
    return made


def vetted(folder: Path, data: Path | None, **more: object) -> Report:
    return vet(folder, policy=Policy(), data=data, steps=["dependencies"], cache=folder.parent / "cache", **more)  # type: ignore[arg-type]


def data_of(folder: Path, *records: dict, days: int = 0) -> Path:
    """Advisories whose newest change is so many days ago."""
    stamp = (NOW - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return snapshot_of(folder, *[one | {"modified": stamp} for one in records], now=NOW)


def found(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.verdict.value) for one in report.findings]


def test_a_vulnerable_package_blocks_and_a_kept_report_does_not_hide_it(tmp_path: Path) -> None:
    """A report is kept only as long as the advisories are the same, in a folder or in a file."""
    folder = plugin(tmp_path, "holey==1.0")
    for number, inside in enumerate((True, False)):
        place = tmp_path / str(number)
        place.mkdir()
        file = data_of(place, record("PYSEC-2026-1", "other"))
        data = file.parent if inside else file
        if inside:
            file.rename(place / "pypi")
            file = place / "pypi"
        assert found(vetted(folder, data)) == []
        (place / "again").mkdir()
        data_of(place / "again", record("PYSEC-2026-1", "holey")).replace(file)
        assert found(vetted(folder, data)) == [("known-vulnerability", "block")]


def test_stale_advisories_are_a_warning(tmp_path: Path) -> None:
    """Old advisories are used, and said to be old."""
    folder = plugin(tmp_path, "holey==1.0")
    report = vetted(folder, data_of(tmp_path, record("PYSEC-2026-1", "holey"), days=30))
    assert sorted(found(report)) == [("known-vulnerability", "block"), ("stale-advisories", "warn")]


def test_no_advisories_are_not_a_pass(tmp_path: Path) -> None:
    """Without advisories nothing was examined, which blocks unless the policy says otherwise."""
    report = vetted(plugin(tmp_path, "holey==1.0"), tmp_path / "absent")
    assert report.verdict.value == "block"
    assert list(report.unexamined) != []


def test_the_index_is_asked_where_it_is_wanted(server: loopback.Server, tmp_path: Path) -> None:
    """What the package index knows blocks too, and its answers are never kept."""
    folder = plugin(tmp_path, "holey==1.6")
    feed = partial(ask, index=f"{server.url}/simple")
    answer(server, "holey/1.6")
    assert found(vetted(folder, None, feed=feed)) == []
    answer(server, "holey/1.6", vulnerability())
    assert found(vetted(folder, None, feed=feed)) == [("known-vulnerability", "block")]
