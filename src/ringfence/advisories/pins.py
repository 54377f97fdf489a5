"""The packages that a lock pins, whatever form the lock has."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """One package as a lock names it.

    `name` is normalised (PEP 503); `version` is PEP 440, or "" where none is pinned. `hashes` are "sha256:HEX" of its
    files, `urls` where they come from (most locks do not say), `marker` the condition (PEP 508) or "".
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    urls: tuple[str, ...]
    marker: str
    line: int

    @property
    def called(self) -> str:
        """ "name==version", or "name" where no version is pinned."""
        return f"{self.name}=={self.version}" if self.version else self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class LockFault:
    """Something in a lock that is unsafe or cannot be read; `rule` is one of `finding.RULES`."""

    rule: str
    line: int
    package: str
    message: str
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lock:
    """A lock that was read. `path` is relative to the plugin; `sha256` is that of its bytes."""

    path: str
    kind: str
    sha256: str
    pins: tuple[Pin, ...]
    faults: tuple[LockFault, ...]
