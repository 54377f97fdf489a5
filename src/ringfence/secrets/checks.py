"""Whether a value is what its form says: check digits, make-up, what it decodes to."""

import base64
import binascii
import json
import math
import re
import zlib
from collections import Counter

from ringfence.secrets.words import looks_drawn, worded

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#: The last alternatives are how the keys begin that Azure's emulators of storage and of Cosmos DB have everywhere.
_EXAMPLES = re.compile(
    r"example|sample|dummy|fake|placeholder|your|xxxx|test_?key|1234567890|abcdefghij|0{8}|1{8}|deadbeef"
    r"|^(?-i:Eby8vdM02xNOcqFlqUwJ|C2y6yDjf5/R\+ob0N8A7C)",
    re.IGNORECASE,
)
#: The token that jwt.io shows, and the header that most of its copies have.
_JWT_EXAMPLE = "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
#: What those say that are shown there, with whichever key they are signed: 1234567890, John Doe.
_JWT_OF_JOHN = ".eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9l"


def entropy(text: str) -> float:
    """Shannon's entropy in bits a character."""
    total = len(text)
    return -sum(count / total * math.log2(count / total) for count in Counter(text).values()) if total else 0.0


def varied(text: str) -> bool:
    """Whether it is no example: many characters, none of the words that examples have."""
    return len(set(text)) >= min(12, len(text) // 2) and not _EXAMPLES.search(text)


def drawn(text: str) -> bool:
    """Mixed, and not made of words."""
    return mixed(text) and worded(text) < 0.5


def mixed(text: str) -> bool:
    """Varied, with letters and digits."""
    return varied(text) and any(c.isdigit() for c in text) and any(c.isalpha() for c in text)


_MARK = re.compile(r"[A-Za-z0-9$]{1,12}[_.:/-](?:[A-Za-z0-9]{1,11}[_.:/-]){0,3}")


def marked(text: str) -> bool:
    """Drawn behind the mark by which it is known."""
    mark = _MARK.match(text[: len(text) * 2 // 3])
    body = text[mark.end() if mark else 3 :]
    if any(c.isdigit() for c in body):
        return drawn(body)
    return varied(body) and looks_drawn(re.sub(r"[^A-Za-z]", "", body))


def mixed_case(text: str) -> bool:
    """Varied, with letters of both cases."""
    body = text.partition("_")[2]
    return varied(text) and ((body.lower() != body and body.upper() != body) or looks_drawn(body))


def hexadecimal(text: str) -> bool:
    """Varied enough to be random hexadecimal digits."""
    digits = re.sub(r"[^0-9a-fA-F]", "", text)
    return entropy(digits) > 2.8 and any(c.isdigit() for c in digits) and not _EXAMPLES.search(text)


def aws_id(text: str) -> bool:
    """A key's id, not one of the documentation."""
    return "EXAMPLE" not in text and len(set(text[4:])) > 5 and not re.search(r"(.)\1{5}|ABCDEFGH|12345678", text)


def _crc(text: str) -> str:
    value, digits = zlib.crc32(text.encode()), ""
    while value:
        value, rest = divmod(value, 62)
        digits = _BASE62[rest] + digits
    return digits.rjust(6, "0")


def github(token: str) -> bool:
    """Whether the last six characters are the check digits of the rest, or it is one of before they had any."""
    body = token.partition("_")[2]
    return _crc(body[:-6]) == body[-6:] or varied(body)


def npm(token: str) -> bool:
    """As GitHub's."""
    return github(token)


def slack(token: str) -> bool:
    """With the digits and letters that Slack's have."""
    body, groups = token[5:], token.split("-")[1:]
    numbers = [len(one) for one in groups if one.isdigit() and len(one) > 1]
    if len(body) < 12 or (token.startswith("xoxe.") and len(token) < 60) or (numbers and max(numbers) < 6):
        return False
    return any(c.isdigit() for c in body) and varied(body)


def jwt(token: str) -> bool:
    """Whether its header says how it was signed, and it is not the example of everybody."""
    head, _, signature = token.split(".")
    if signature == _JWT_EXAMPLE or _JWT_OF_JOHN in token:
        return False
    said = decoded(head)
    try:
        return (
            said is not None and isinstance(json.loads(said), dict) and '"alg"' in said and '"none"' not in said.lower()
        )
    except (ValueError, RecursionError):
        return False


def decoded(text: str) -> str | None:
    """The text that base64 of either alphabet stands for; None where it is none, or of no printable text."""
    plain = text.strip().rstrip("=").replace("-", "+").replace("_", "/")
    if len(plain) % 4 == 1 or not plain:
        return None
    try:
        said = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return said if said and all(c.isprintable() or c in "\r\n\t" for c in said) else None


def base64_text(text: str) -> bool:
    """Whether it is base64 of a printable text, or random."""
    return decoded(text) is not None or mixed(text)
