"""What happens to what lies in a bucket, and which pages may fetch it."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class BucketCare:
    """What is done with what lies in a bucket. None where it is said elsewhere.

    `expires`: some rule says what is moved or deleted when. `aborts`: uploads that were begun and not finished are
    deleted. `replicated`: it is copied into another bucket by itself. `tells`: somebody is told what happens in it."""

    name: str
    expires: bool | None
    aborts: bool | None
    replicated: bool | None
    tells: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CrossOrigin:
    """Which web pages of other sites may fetch from it; `origins` as written ("*": all)."""

    name: str
    origins: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BucketSite:
    """Whether a bucket is `served` as a website by itself, over plain HTTP."""

    name: str
    served: bool
