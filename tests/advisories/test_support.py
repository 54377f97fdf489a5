"""The support table and security.txt."""

from datetime import UTC, datetime, timedelta

import pytest

from ringfence.advisories.securitytxt import security_txt
from ringfence.advisories.support import table
from ringfence.errors import UsageError

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def days(count: int) -> datetime:
    return NOW - timedelta(days=count)


def test_lines() -> None:
    """The newest line, and the one before it for half a year; pre-releases and odd versions make no line."""
    versions = {"1.0": days(900), "1.9": days(500), "1.10": days(300), "2.0": days(100), "2.0.1": days(10)}
    versions |= {"3.0rc1": days(1), "not a version": days(1), "0.1": days(2000), "0.2": days(1500)}
    found = [(one.line, one.newest, one.supported, one.until) for one in table(versions, now=NOW)]
    assert found == [
        ("2", "2.0.1", True, None),
        ("1", "1.10", True, days(100) + timedelta(days=180)),
        ("0.2", "0.2", False, days(900) + timedelta(days=180)),
        ("0.1", "0.1", False, days(1500) + timedelta(days=180)),
    ]
    assert [one.supported for one in table(versions, now=NOW + timedelta(days=80))] == [True, False, False, False]
    assert table({}, now=NOW) == []


def test_security_txt() -> None:
    """The fields of RFC 9116, each on its line."""
    text = security_txt(
        ["mailto:security@example.com", "https://example.com/report"],
        NOW + timedelta(days=180),
        now=NOW,
        canonical="https://example.com/.well-known/security.txt",
        languages=["en", "de"],
    )
    assert text.splitlines() == [
        "Contact: mailto:security@example.com",
        "Contact: https://example.com/report",
        "Expires: 2027-05-19T00:00:00Z",
        "Preferred-Languages: en, de",
        "Canonical: https://example.com/.well-known/security.txt",
    ]


@pytest.mark.parametrize(
    ("contacts", "age", "more"),
    [
        ([], 10, {}),
        (["mailto:a@b"], 0, {}),
        (["mailto:a@b"], 400, {}),
        (["a@b"], 10, {}),
        (["http://x.example"], 10, {}),
        (["mailto:a@b\nContact: mailto:evil@c"], 10, {}),
        (["mailto:a@b"], 10, {"policy": "javascript:alert(1)"}),
        (["mailto:a@b"], 10, {"languages": ["en\r\nContact: x"]}),
    ],
)
def test_what_the_rfc_does_not_allow(contacts: list[str], age: int, more: dict) -> None:
    """No contact, no or too late an end, plain http, and lines that are smuggled in."""
    with pytest.raises(UsageError):
        security_txt(contacts, NOW + timedelta(days=age), now=NOW, **more)
