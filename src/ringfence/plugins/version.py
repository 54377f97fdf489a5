"""Whether a text is a version as PEP 440 defines it, without importing `packaging`.

The pattern is that of PEP 440, appendix B, without the white space around it that `packaging` forgives.
"""

import re
from functools import cache

_USUAL = re.compile(r"[0-9]+(?:\.[0-9]+)*", re.ASCII)

_PATTERN = r"""
    v?
    (?:[0-9]+!)?                                              # epoch
    [0-9]+(?:\.[0-9]+)*                                       # release
    (?:[-_.]?(?:alpha|a|beta|b|preview|pre|c|rc)[-_.]?[0-9]*)?
    (?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?
    (?:[-_.]?dev[-_.]?[0-9]*)?
    (?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?                       # local
"""


def is_version(text: str) -> bool:
    """True where `packaging.version.Version` would take the text, which has no white space around it."""
    return bool(_USUAL.fullmatch(text) or _pattern().fullmatch(text))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_PATTERN, re.VERBOSE | re.IGNORECASE | re.ASCII)
