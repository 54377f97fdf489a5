"""Which versions of a plugin still get fixes: the newest of each of the last lines, until some time after the next."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ringfence.advisories.ranges import parsed
from ringfence.dataclasses import dataclass

MAX_LINES = 2
GRACE = timedelta(days=180)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of versions (those of one major number). `until` is None where no end is known yet."""

    line: str
    newest: str
    first: datetime
    until: datetime | None
    supported: bool


def table(
    versions: Mapping[str, datetime], *, now: datetime, lines: int = MAX_LINES, grace: timedelta = GRACE
) -> list[Line]:
    """The lines of a plugin's versions (and when each was published), the newest first.

    A line gets fixes while it is among the newest `lines`, and one that is not the newest at most `grace` longer than
    the next one exists. Pre-releases make no line of their own. 0.x are lines by their minor number.
    """
    from packaging.version import Version

    found: dict[tuple[int, ...], list[str]] = {}
    for text in versions:
        version = parsed(text)
        if version is not None and not version.is_prerelease:
            key = (version.epoch, version.major, *((version.minor,) if version.major == 0 else ()))
            found.setdefault(key, []).append(text)
    made: list[Line] = []
    next_began: datetime | None = None
    for rank, key in enumerate(sorted(found, reverse=True)):
        began = min(versions[text] for text in found[key])
        until = next_began + grace if next_began else None
        made.append(
            Line(
                line=".".join(map(str, key[1:])),
                newest=max(found[key], key=Version),
                first=began,
                until=until,
                supported=rank < lines and (until is None or now < until),
            )
        )
        next_began = began
    return made
