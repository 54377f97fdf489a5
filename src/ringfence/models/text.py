"""A text of any kind, as far as secrets in it go."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldSecret:
    """A secret that stands in a text: what kind it is ("a GitHub token"), never what it is.

    `example`: somebody thought it up for an example that an agent is shown.
    """

    kind: str
    example: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A file, whatever it is for, and the secrets that stand in it."""

    name: str
    secrets: tuple[HeldSecret, ...]
