"""Which release an image names, and how well it is supported on a day."""

import datetime

import pytest

from ringfence.controls.known import releases
from ringfence.controls.supported_release import faults
from ringfence.models.build import Build
from ringfence.models.service import Health, Image


@pytest.mark.parametrize(
    ("name", "tag", "found"),
    [
        ("debian", "12", "debian 12"),
        ("debian", "12.5-slim", "debian 12"),
        ("docker.io/library/debian", "bookworm-20250101-slim", "debian 12"),
        ("ubuntu", "22.04", "ubuntu 22.04"),
        ("ubuntu", "jammy-20240111", "ubuntu 22.04"),
        ("alpine", "3.18.4", "alpine 3.18"),
        ("python", "3.11-slim-bullseye", "debian 11"),
        ("node", "18-alpine3.15", "alpine 3.15"),
        ("registry.example.com/team/app", "1.2-buster", "debian 10"),
        ("python", "3.11", None),
        ("debian", None, None),
        ("debian", "latest", None),
        ("registry.example.com/debian", "12", None),
        ("buster", "1", None),
        ("alpine", "3.1", None),
        ("node", "alpine", None),
    ],
)
def test_release_is_what_name_and_tag_plainly_say(name: str, tag: str | None, found: str | None) -> None:
    """Nothing is guessed: where a tag says nothing of a release, neither do we."""
    release = releases.named(name, tag)
    assert (f"{release.distribution} {release.version}" if release else None) == found


def test_levels_end_on_their_days() -> None:
    """The last day still counts."""
    bookworm = releases.find("debian", "12")
    assert bookworm is not None
    days = {"2026-07-11": "full", "2026-07-12": "limited", "2028-06-30": "limited", "2028-07-01": "unsupported"}
    assert {day: bookworm.level(datetime.date.fromisoformat(day)) for day in days} == days


def test_table_is_in_order_and_its_dates_are_dates() -> None:
    """Full support never ends after limited support."""
    for one in releases.RELEASES:
        assert datetime.date.fromisoformat(one.full) <= datetime.date.fromisoformat(one.limited)
    assert len({(one.distribution, one.version) for one in releases.RELEASES}) == len(releases.RELEASES)


def test_finding_comes_with_the_day(monkeypatch: pytest.MonkeyPatch, build_of_bookworm: Build) -> None:
    """The same file is good until the day, and at fault after it; the date is said."""
    monkeypatch.setattr(releases, "today", lambda: datetime.date(2028, 6, 30))
    assert list(faults(build_of_bookworm)) == []
    monkeypatch.setattr(releases, "today", lambda: datetime.date(2028, 7, 1))
    (fault,) = faults(build_of_bookworm)
    assert fault.path == "bases[0]"
    assert fault.found == "debian:12-slim is based on debian 12, which has been unsupported since 2028-06-30"


@pytest.fixture
def build_of_bookworm() -> Build:
    """A build from debian:12-slim."""

    base = Image(name="debian", tag="12-slim", digest=None, built_here=False)
    health = Health(live=True, ready=True)
    return Build(name="x", bases=(base,), user=1, group=1, user_name="", health=health, instructions=())
