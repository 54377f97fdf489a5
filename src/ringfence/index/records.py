"""The records of plugins in an index, and the catalogue of them all."""

from collections.abc import Mapping

from ringfence.errors import NotInIndex
from ringfence.index import places, record
from ringfence.index.reading import Reading, json_bytes
from ringfence.index.record import Record
from ringfence.index.repository import Change, Repository


def find(repository: Repository, name: str) -> Record | None:
    """A plugin's record."""
    data = repository.read_target(places.record(name))
    return record.parse(data, name) if data is not None else None


def need(repository: Repository, name: str) -> Record:
    """A plugin's record. Raises NotInIndex."""
    found = find(repository, name)
    if found is None:
        raise NotInIndex(f"there is no plugin {name!r} in this index")
    return found


def catalogue(repository: Repository) -> dict[str, dict[str, str]]:
    """Every plugin's entry in the catalogue, by name."""
    data = repository.read_target(places.CATALOGUE)
    return parse_catalogue(data) if data is not None else {}


def parse_catalogue(data: bytes) -> dict[str, dict[str, str]]:
    """The catalogue. Raises IndexUntrusted."""
    plugins = Reading.of(data, places.CATALOGUE).tables("plugins")
    return {name: {key: each.text(key) for key in _ENTRY} for name, each in plugins.items()}


_ENTRY = ("summary", "publisher", "stable", "candidate")


def put(step: Change, new: Record) -> None:
    """Set a plugin's record, and its entry in the catalogue."""
    known = catalogue(step.repository)
    known[new.name] = entry(new)
    step.put(places.record(new.name), new.to_bytes())
    step.put(places.CATALOGUE, catalogue_bytes(known))


def catalogue_bytes(plugins: Mapping[str, Mapping[str, str]]) -> bytes:
    """The catalogue as it stands in the index."""
    return json_bytes({"plugins": plugins})


def entry(new: Record) -> dict[str, str]:
    """What the catalogue says of a plugin: the newest version of each channel, empty where there is none."""
    found = {"summary": new.summary, "publisher": new.publisher}
    for channel in (places.STABLE, places.CANDIDATE):
        try:
            found[channel] = new.newest(channel)
        except NotInIndex:
            found[channel] = ""
    return found
