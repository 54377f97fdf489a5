"""Languages, databases and runtimes of official images, and until when each release is repaired.

Each product names the makers' page that decides; the dates here came by way of endoflife.date and as they are commonly
quoted, November 2026. A day is the last one. Where a source names only a month, its last day stands here. A release
without a date in its source is not listed: at it nothing is ever found.
"""

import datetime
import re
from collections.abc import Mapping

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Product:
    """What an official image holds: where its dates are from, and the last day of each release."""

    title: str
    source: str
    ends: Mapping[str, str]


def _ends(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


#: By the name of the official image.
PRODUCTS: Mapping[str, Product] = {
    "golang": Product(
        "Go",
        "go.dev/doc/devel/release: each release until there are two newer ones",
        _ends(
            "1.13=2020-08-11 1.14=2021-02-16 1.15=2021-08-16 1.16=2022-03-15 1.17=2022-08-02 1.18=2023-02-01"
            " 1.19=2023-08-08 1.20=2024-02-06 1.21=2024-08-13 1.22=2025-02-11 1.23=2025-08-12 1.24=2026-02-28"
        ),
    ),
    "mariadb": Product(
        "MariaDB",
        "mariadb.org/about/#maintenance-policy",
        _ends(
            "5.5=2020-04-11 10.0=2019-03-31 10.1=2020-10-17 10.2=2022-05-23 10.3=2023-05-25 10.4=2024-06-18"
            " 10.5=2025-06-24 10.6=2026-07-06 10.7=2023-02-14 10.8=2023-05-20 10.9=2023-08-22 10.10=2023-11-17"
            " 10.11=2028-02-16"
        ),
    ),
    "mongo": Product(
        "MongoDB",
        "mongodb.com/legal/support-policy/lifecycles",
        _ends(
            "3.4=2020-01-31 3.6=2021-04-30 4.0=2022-04-30 4.2=2023-04-30 4.4=2024-02-29 5.0=2024-10-31 6.0=2025-07-31"
            " 7.0=2027-08-31 8.0=2029-10-31"
        ),
    ),
    "mysql": Product(
        "MySQL",
        "oracle.com/us/support/library/lifetime-support-technology-069183.pdf",
        _ends(
            "5.5=2018-12-31 5.6=2021-02-28 5.7=2023-10-31 8.0=2026-04-30 8.1=2023-10-25 8.2=2023-12-14 8.3=2024-04-10"
            " 8.4=2032-04-30 9.0=2024-10-15 9.1=2025-01-21 9.2=2025-04-15 9.3=2025-07-22 9.4=2025-10-21 9.5=2026-01-20"
            " 9.6=2026-04-21"
        ),
    ),
    "node": Product(
        "Node.js",
        "github.com/nodejs/Release, schedule.json",
        _ends(
            "4=2018-04-30 5=2016-06-30 6=2019-04-30 7=2017-06-30 8=2019-12-31 9=2018-06-30 10=2021-04-30 11=2019-06-01"
            " 12=2022-04-30 13=2020-06-01 14=2023-04-30 15=2021-06-01 16=2023-09-11 17=2022-06-01 18=2025-04-30"
            " 19=2023-06-01 20=2026-04-30 21=2024-06-01 22=2027-04-30 23=2025-06-01 24=2028-04-30"
        ),
    ),
    "php": Product(
        "PHP",
        "php.net/supported-versions.php",
        _ends(
            "5.5=2016-07-21 5.6=2018-12-31 7.0=2019-01-10 7.1=2019-12-01 7.2=2020-11-30 7.3=2021-12-06 7.4=2022-11-28"
            " 8.0=2023-11-26 8.1=2025-12-31 8.2=2026-12-31 8.3=2027-12-31 8.4=2028-12-31 8.5=2029-12-31"
        ),
    ),
    "postgres": Product(
        "PostgreSQL",
        "postgresql.org/support/versioning",
        _ends(
            "9.2=2017-11-09 9.3=2018-11-08 9.4=2020-02-13 9.5=2021-02-11 9.6=2021-11-11 10=2022-11-10 11=2023-11-09"
            " 12=2024-11-14 13=2025-11-13 14=2026-11-12 15=2027-11-11 16=2028-11-09"
        ),
    ),
    "python": Product(
        "Python",
        "devguide.python.org/versions",
        _ends(
            "2.6=2013-10-29 2.7=2020-01-01 3.3=2017-09-29 3.4=2019-03-18 3.5=2020-09-30 3.6=2021-12-23 3.7=2023-06-27"
            " 3.8=2024-10-31 3.9=2025-10-31 3.10=2026-10-31 3.11=2027-10-31 3.12=2028-10-31 3.13=2029-10-31"
        ),
    ),
    "redis": Product(
        "Redis",
        "github.com/redis/redis/security",
        _ends("5.0=2022-04-27 6.0=2022-05-31 7.0=2024-07-29 8.0=2026-02-11"),
    ),
    "ruby": Product(
        "Ruby",
        "ruby-lang.org/en/downloads/branches",
        _ends(
            "2.1=2017-03-31 2.2=2018-03-31 2.3=2019-03-31 2.4=2020-03-31 2.5=2021-03-31 2.6=2022-03-31 2.7=2023-03-31"
            " 3.0=2024-04-23 3.1=2025-03-31 3.2=2026-03-31 3.3=2027-03-31 3.4=2028-03-31 4.0=2029-03-31"
        ),
    ),
}

#: By what a provider calls its service: it repairs releases for longer, or not as long, as their makers do.
SERVICES: Mapping[str, Product] = {
    "elasticache redis": Product(
        "Redis on ElastiCache",
        "docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions, end of standard support",
        _ends(
            "2.6=2023-01-13 2.8=2023-01-13 3.2=2023-07-31 4.0=2026-01-31 5.0=2026-01-31 6.0=2027-01-31 6.2=2027-01-31"
        ),
    ),
}

#: How the official image `x` may be named; the same name at another registry may be anything.
_OFFICIAL = re.compile(
    r"(?:(?:(?:index\.)?docker\.io/)?(?:library/)?|public\.ecr\.aws/docker/library/|mirror\.gcr\.io/library/)([a-z]+)"
)
_VERSION = re.compile(r"(\d+)(?:\.(\d+))?(?:\.\d+)*")


def today() -> datetime.date:
    """The day on which something is judged."""
    return datetime.datetime.now(datetime.UTC).date()


def named(image: str, tag: str | None) -> tuple[Product, str, str] | None:
    """The product, its release and the last day of that, as an image's name and tag plainly say; None for a guess.

    `python:3` moves from release to release, so it is none; a release without a date in its source is none, too.
    """
    official = _OFFICIAL.fullmatch(image)
    product = PRODUCTS.get(official[1]) if official else None
    return None if product is None or tag is None else _release(product, tag.partition("-")[0])


def served(service: str, version: str) -> tuple[Product, str, str] | None:
    """The same of a service that runs it: its provider's dates, and not its makers'."""
    product = SERVICES.get(service)
    return None if product is None else _release(product, version)


def _release(product: Product, text: str) -> tuple[Product, str, str] | None:
    version = _VERSION.fullmatch(text)
    if version is None:
        return None
    for release in (f"{version[1]}.{version[2]}", version[1]):
        if release in product.ends:
            return product, release, product.ends[release]
    return None
