"""What an index says against its own plugins, on a user's side: its advisories, verified like every other target."""

import json
from collections.abc import Container
from typing import TYPE_CHECKING

from ringfence.index import places

if TYPE_CHECKING:
    from ringfence.advisories.match import Match
    from ringfence.index.client import Client

VEX = "vex.cdx.json"


def records(client: "Client") -> "list[dict[str, object]]":
    """Every advisory of an index; none where it never wrote one."""
    from ringfence.advisories.feeds import parse

    return parse(client.read(places.FEED)) if client.find(places.FEED) else []


def against(client: "Client", name: str, version: str) -> "list[Match]":
    """The advisories that cover a version of a plugin, the worst first."""
    from ringfence.advisories.own import affecting

    found = records(client)
    return affecting(found, name, version) if found else []


def ranges(client: "Client", name: str, identifiers: Container[object]) -> list[str]:
    """The versions of a plugin that an advisory with one of these names covers, in words."""
    from ringfence.index.site.advisories import affected

    return [words for each in records(client) if each.get("id") in identifiers for words in affected(each, name)]


def vex(client: "Client", name: str, version: str) -> object:
    """What the index states of vulnerabilities in what a release stands on (CycloneDX VEX); None where nothing."""
    path = places.evidence(name, version, VEX)
    return json.loads(client.read(path)) if client.find(path) else None
