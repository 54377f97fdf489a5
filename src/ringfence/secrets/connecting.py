"""Passwords in texts that say how to connect: `Server=X;User Id=X;Password=X`, `auth=("X", "X")`."""

import re

from ringfence.secrets import beside, easy, values
from ringfence.secrets.lines import Line

#: What stands beside a password in a text that says how to connect.
_CONNECTED = re.compile(
    r"(?i:server|data source|address|host|port|user(?: ?id|name)?|uid|database|initial catalog|dbq|dsn|driver)[ ]?=[^=]"
)


def connects(found: re.Match[str], line: Line, *, pair: bool) -> bool:
    """Whether it is the password of a text that says how to connect, or of a pair of a name and a password."""
    value = found["value"]
    if pair and easy.is_told_by(found["user"], value):
        return True
    whole = pair or _CONNECTED.search(line.text) is not None
    if not whole and line.text[found.end() :][:2] in (';"', ";'"):  # a text that is put together
        whole = _CONNECTED.search(line.around(100)) is not None
    if whole and value.isdigit() and len(value) <= 20:
        return len(set(value)) > 1 or len(value) > 4
    if whole and len(value) < 4:
        return value.isascii() and value.isalnum() and value.lower() not in ("pw", "pwd", "abc", "xxx", "str", "key")
    if whole and beside.is_weak("", value, line):
        return True
    before = line.text[: found.start("value")]
    if value.rstrip(".,").isalpha() and before.endswith("= ") and not before.endswith(" = "):
        return False  # of a sentence
    if not whole and line.text[found.end() : found.end() + 1] not in (";", '"', "'"):
        return False
    return values.is_secret(values.PASSWORD, value, quoted=whole, told=whole, beside=whole)
