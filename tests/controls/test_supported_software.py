"""Official images past their makers' support: the day is named, and what is a guess is no finding."""

import datetime

import pytest

from ringfence.controls.known import softwarereleases
from ringfence.controls.supported_software import faults
from ringfence.formats.imageref import parse
from ringfence.models.build import Build
from ringfence.models.service import Health

DIGEST = "@sha256:" + "0" * 64


def said(monkeypatch: pytest.MonkeyPatch, *references: str, day: str = "2026-11-21", built: bool = False) -> list[str]:
    """What is found at the bases of a build on a day."""
    monkeypatch.setattr(softwarereleases, "today", lambda: datetime.date.fromisoformat(day))
    bases = tuple(image for one in references if (image := parse(one, built_here=built)) is not None)
    assert len(bases) == len(references)
    build = Build(
        name="",
        bases=bases,
        user=None,
        group=None,
        user_name="",
        health=Health(live=True, ready=True),
        instructions=(),
    )
    return [f"{one.path}: {one.found}" for one in faults(build)]


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("python:3.7-slim", "Python 3.7 has been unsupported since 2023-06-27"),
        ("python:3.7.9", "Python 3.7 has been unsupported since 2023-06-27"),
        ("docker.io/library/node:14", "Node.js 14 has been unsupported since 2023-04-30"),
        ("node:14.21.3-alpine3.17", "Node.js 14 has been unsupported since 2023-04-30"),
        ("postgres:11" + DIGEST, "PostgreSQL 11 has been unsupported since 2023-11-09"),
        ("postgres:9.6.24", "PostgreSQL 9.6 has been unsupported since 2021-11-11"),
        ("public.ecr.aws/docker/library/php:7.4-fpm", "PHP 7.4 has been unsupported since 2022-11-28"),
    ],
)
def test_a_release_past_its_end_is_found_with_the_day(
    monkeypatch: pytest.MonkeyPatch, reference: str, found: str
) -> None:
    """By tag, with and without a patch version, a variant, a digest, the registry's name."""
    assert said(monkeypatch, reference) == [f"bases[0]: {found}"]


@pytest.mark.parametrize(
    "reference",
    [
        "python:3", "python:latest", "python", "python" + DIGEST, "python:3.7rc1-slim", "python:3.99", "node:lts",
        "node:1", "mysql:8", "registry.example.com/python:3.7", "acme/python:3.7", "bitnami/node:14", "python3:3.7",
        "golang:1", "postgres:110", "redis:7.2",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_no_finding(monkeypatch: pytest.MonkeyPatch, reference: str) -> None:
    """A tag that moves, somebody else's image of the same name, a release that the table does not have."""
    assert said(monkeypatch, reference) == []


def test_the_last_day_is_still_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the next one is not."""
    assert said(monkeypatch, "python:3.10", day="2026-10-31") == []
    assert said(monkeypatch, "python:3.10", day="2026-11-01") != []


def test_a_good_base_does_not_hide_a_bad_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is judged; what is built here is not."""
    bad = "bases[1]: Ruby 2.7 has been unsupported since 2023-03-31"
    assert said(monkeypatch, "ruby:3.4", "ruby:2.7") == [bad]
    assert said(monkeypatch, "ruby:2.7", built=True) == []


def test_the_table_holds_days_in_order_of_their_sources() -> None:
    """Each product names its source; each end is a day."""
    for product in softwarereleases.PRODUCTS.values():
        assert "." in product.source
        assert all(datetime.date.fromisoformat(day) for day in product.ends.values())
