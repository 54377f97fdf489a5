"""`policy.json`: who may publish under which names, who reviews, who vets, and what a stable release needs.

Signed by the role `targets`, whose keys are offline: a client holds every review against it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass, field
from ringfence.errors import IndexUntrusted, KeyUnavailable
from ringfence.index import places
from ringfence.index.reading import Reading, json_bytes

if TYPE_CHECKING:
    from securesystemslib.signer import Key

MAX_REVIEWS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Publisher:
    """Who publishes: `owns` are names and prefixes, `keys` the ids of their keys.

    `identity` is where their releases are built, for attestations (`provenance.verify`); empty where they have none.
    `formerly` are releases ("NAME/VERSION") under names that they gave away: those stand, and nothing new does.
    """

    owns: tuple[str, ...]
    keys: tuple[str, ...]
    contact: str = ""
    formerly: tuple[str, ...] = ()
    identity: Mapping[str, str] = field(default_factory=dict)

    def paths(self) -> list[str]:
        """TUF's path patterns of what their role answers for."""
        before = [f"releases/{release}/*" for release in self.formerly]
        return [path for owned in self.owns for path in places.release_paths(owned)] + before


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviewer:
    """Who reviews: a public key as JSON. `publisher` names the one whose own releases they may not review."""

    key: Mapping[str, object]
    publisher: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """`reviews` is how many different reviewers have to approve a stable release."""

    index: str
    reviews: int = 1
    publishers: Mapping[str, Publisher] = field(default_factory=dict)
    reviewers: Mapping[str, Reviewer] = field(default_factory=dict)
    vetting_keys: tuple[Mapping[str, object], ...] = ()

    def owner(self, name: str) -> str | None:
        """The publisher who owns a name."""
        return next(
            (who for who, each in self.publishers.items() if any(places.owns(o, name) for o in each.owns)), None
        )

    def reviewer_keys(self, publisher: str) -> dict[str, "Key"]:
        """The keys of those who may review a release of this publisher, by the reviewer's name."""
        author = self.publishers[publisher].keys if publisher in self.publishers else ()
        return {
            name: _key(each.key)
            for name, each in self.reviewers.items()
            if each.publisher != publisher and each.key["keyid"] not in author
        }

    def vetters(self) -> list["Key"]:
        """The keys that vetting reports are signed with."""
        return [_key(each) for each in self.vetting_keys]

    def to_bytes(self) -> bytes:
        """As it stands in the index."""
        return json_bytes(
            {
                "index": self.index,
                "reviews": self.reviews,
                "publishers": {
                    name: {
                        "owns": list(p.owns),
                        "keys": list(p.keys),
                        "contact": p.contact,
                        "formerly": list(p.formerly),
                        "identity": dict(p.identity),
                    }
                    for name, p in self.publishers.items()
                },
                "reviewers": {
                    name: {"key": dict(r.key), "publisher": r.publisher} for name, r in self.reviewers.items()
                },
                "vetting_keys": [dict(key) for key in self.vetting_keys],
            }
        )


def parse(data: bytes) -> Policy:
    """The policy. Raises IndexUntrusted."""
    whole = Reading.of(data, places.POLICY)
    return Policy(
        index=whole.text("index"),
        reviews=whole.number("reviews", low=0, high=MAX_REVIEWS),
        publishers={
            name: Publisher(
                owns=each.texts("owns"),
                keys=each.texts("keys"),
                contact=each.text("contact", ""),
                formerly=each.texts("formerly"),
                identity={key: str(value) for key, value in each.mapping("identity").items()},
            )
            for name, each in whole.tables("publishers").items()
        },
        reviewers={
            name: Reviewer(key=_with_id(each.mapping("key")), publisher=each.text("publisher"))
            for name, each in whole.tables("reviewers").items()
        },
        vetting_keys=tuple(whole.mappings("vetting_keys")),
    )


def _with_id(key: Mapping[str, object]) -> Mapping[str, object]:
    if not isinstance(key.get("keyid"), str):
        raise IndexUntrusted(f"{places.POLICY} names a key without an id")
    return key


def _key(found: Mapping[str, object]) -> "Key":
    from ringfence.signing.keyfiles import public_key

    try:
        return public_key(found, places.POLICY)
    except KeyUnavailable as error:
        raise IndexUntrusted(error.message) from None
