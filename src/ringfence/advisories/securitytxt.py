"""`/.well-known/security.txt` (RFC 9116): where a weakness is reported."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from ringfence.errors import UsageError

#: Longer than a year is recommended against (section 2.5.5).
MAX_VALIDITY = timedelta(days=366)
_SCHEMES = ("mailto:", "https://", "tel:")


def security_txt(
    contacts: Sequence[str],
    expires: datetime,
    *,
    now: datetime,
    canonical: str = "",
    policy: str = "",
    encryption: str = "",
    acknowledgments: str = "",
    languages: Sequence[str] = (),
) -> str:
    """The file's text. Raises UsageError for what the RFC does not allow."""
    if not contacts:
        raise UsageError("security.txt needs a contact", hint="for example mailto:security@example.com")
    if not now < expires <= now + MAX_VALIDITY:
        raise UsageError("security.txt expires within a year, and not in the past")
    fields = [("Contact", one) for one in contacts]
    fields.append(("Expires", expires.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")))
    fields += [("Encryption", encryption), ("Acknowledgments", acknowledgments)]
    fields += [("Preferred-Languages", ", ".join(languages)), ("Canonical", canonical), ("Policy", policy)]
    for name, value in fields:
        if not value.isprintable() or (value and not value.isascii()):
            raise UsageError(f"{name} is not one line of plain text")
        if value and name not in ("Expires", "Preferred-Languages") and not value.startswith(_SCHEMES):
            raise UsageError(f"{name} {value[:60]!r} is no address", hint="mailto:, https:// or tel:")
    return "".join(f"{name}: {value}\n" for name, value in fields if value)
