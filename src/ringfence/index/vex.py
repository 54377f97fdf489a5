"""Puts VEX statements into an index: a CycloneDX document a release, `evidence/NAME/VERSION/vex.cdx.json`.

Whoever states something about a release states all of it anew: the document takes the place of the one before.
"""

from collections.abc import Sequence

from ringfence.advisories.vex import Statement, document
from ringfence.errors import NotInIndex, UsageError
from ringfence.index import places, records
from ringfence.index.advised import VEX
from ringfence.index.workspace import Workspace


def publish(space: Workspace, statements: Sequence[Statement]) -> list[tuple[str, str]]:
    """The releases that were spoken of. Raises UsageError, NotInIndex; either all of it is in the index or nothing."""
    releases = sorted({(one.plugin, one.version) for one in statements})
    if not releases:
        raise UsageError("nothing is stated")
    with space.change() as step:
        for name, version in releases:
            if version not in records.need(space.repository, name).versions:
                raise NotInIndex(f"there is no version {version} of {name}")
            said = document([one for one in statements if (one.plugin, one.version) == (name, version)])
            step.put(places.evidence(name, version, VEX), said)
        about = [f"{name} {version}" for name, version in releases]
        space.commit(step, "vex", releases=about, vulnerabilities=sorted({one.vulnerability for one in statements}))
    return releases
