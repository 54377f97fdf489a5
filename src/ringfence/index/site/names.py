"""Where pages stand that are called after somebody: a name that is no plain word is not put into a path."""

import hashlib
import re

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def publisher_page(name: str) -> str:
    """The page of a publisher."""
    plain = _PLAIN.fullmatch(name) and name != "index"
    return f"publishers/{name if plain else 'x-' + hashlib.sha256(name.encode()).hexdigest()[:16]}.html"
