"""Releases of the distributions that images are made of, and until when each is repaired.

Sources: Debian's distro-info-data 0.58 (debian.csv, ubuntu.csv: eol, eol-lts), and the calendar of
alpinelinux.org/releases as others quote it, November 2026. `full` until the first date, `limited` (long-term repairs,
a part of the packages) until the second, `unsupported` from then on.
"""

import datetime
import re

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Release:
    """One release; dates are the last days."""

    distribution: str
    version: str
    codename: str
    full: str
    limited: str

    def level(self, today: datetime.date) -> str:
        """How well it is supported on a day."""
        if today.isoformat() <= self.full:
            return "full"
        return "limited" if today.isoformat() <= self.limited else "unsupported"


def _rows(distribution: str, text: str) -> tuple[Release, ...]:
    return tuple(Release(distribution, *row.split()) for row in text.strip().splitlines())


RELEASES = (
    *_rows(
        "alpine",
        """
        3.15 - 2023-11-01 2023-11-01
        3.16 - 2024-05-23 2024-05-23
        3.17 - 2024-11-22 2024-11-22
        3.18 - 2025-05-09 2025-05-09
        3.19 - 2025-11-01 2025-11-01
        3.20 - 2026-04-01 2026-04-01
        3.21 - 2026-11-01 2026-11-01
        3.22 - 2027-05-01 2027-05-01
        3.23 - 2027-11-01 2027-11-01
        """,
    ),
    *_rows(
        "debian",
        """
        8 jessie 2018-06-17 2020-06-30
        9 stretch 2020-07-18 2022-06-30
        10 buster 2022-09-10 2024-06-30
        11 bullseye 2024-08-14 2026-08-31
        12 bookworm 2026-07-11 2028-06-30
        13 trixie 2028-08-09 2030-06-30
        """,
    ),
    *_rows(
        "ubuntu",
        """
        18.04 bionic 2023-05-31 2023-05-31
        20.04 focal 2025-05-29 2025-05-29
        22.04 jammy 2027-06-01 2027-06-01
        23.10 mantic 2024-07-11 2024-07-11
        24.04 noble 2029-05-31 2029-05-31
        24.10 oracular 2025-07-10 2025-07-10
        25.04 plucky 2026-01-15 2026-01-15
        25.10 questing 2026-07-09 2026-07-09
        26.04 resolute 2031-05-29 2031-05-29
        """,
    ),
)
_OFFICIAL = (
    "",
    "library/",
    "docker.io/",
    "docker.io/library/",
    "index.docker.io/library/",
    "public.ecr.aws/docker/library/",
)
_ALPINE_PART = re.compile(r"alpine(\d+\.\d+)(?:\.\d+)?")
_CODENAMES = {one.codename: one for one in RELEASES if one.codename != "-"}


def today() -> datetime.date:
    """The day on which something is judged."""
    return datetime.datetime.now(datetime.UTC).date()


def find(distribution: str, version: str) -> Release | None:
    """The release of a version such as `12`, `12.5` or `3.18.4`."""
    for one in RELEASES:
        if one.distribution == distribution and (version == one.version or version.startswith(f"{one.version}.")):
            return one
    return None


def named(name: str, tag: str | None) -> Release | None:
    """The release that an image's name and tag plainly name; None where it is a guess."""
    if tag is None:
        return None
    words = tag.split("-")
    for distribution in ("alpine", "debian", "ubuntu"):
        if name in [prefix + distribution for prefix in _OFFICIAL]:
            return find(distribution, words[0]) or _CODENAMES.get(words[0])
    for word in words[1:] if len(words) > 1 else []:
        if word in _CODENAMES:
            return _CODENAMES[word]
        if match := _ALPINE_PART.fullmatch(word):
            return find("alpine", match[1])
    return None
