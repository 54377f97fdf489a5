"""Controls by places: where each control's attack was stopped, and in which files it finds and fixes.

The data files are written by the tests that run the attacks and the pages' examples, and by nothing else; a control
or place without a result has none here either. What does not belong here: any claim of our own.

Shape: {"policy": 1, "places": ["bubblewrap", …], "results": {control id: {place: verdict}}}.
"""

from enum import StrEnum
from importlib import resources

from ringfence import strictjson
from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError

FILE = "matrix.json"
FILES = "matrix-of-files.json"


class Verdict(StrEnum):
    """What came of a control's attack in a cell, or of its bad examples in a kind of file.

    FIXED: found, and gone after `--fix`; FOUND: found, and left for a person to decide.
    """

    FIXED = "fixed"
    FOUND = "found"
    STOPPED = "stopped"
    NOT_ENFORCED = "not-enforced"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The results; `of` gives None where no test has reported."""

    policy: int
    places: tuple[str, ...]
    results: dict[str, dict[str, Verdict]]

    def of(self, control: str, place: str) -> Verdict | None:
        """What was found for a control's id at a place."""
        return self.results.get(control, {}).get(place)

    def dump(self) -> str:
        """The text of the data file, always the same for the same results."""
        import json

        results = {one: dict(sorted(self.results[one].items())) for one in sorted(self.results)}
        whole = {"policy": self.policy, "places": list(self.places), "results": results}
        return json.dumps(whole, indent=2) + "\n"


def shipped() -> Matrix:
    """All results that came with this package. Raises ConfigError where there are none, or damaged ones."""
    matrix = recorded(FILE)
    if not (resources.files("ringfence.controls") / FILES).is_file():
        return matrix
    files = recorded(FILES)
    ids = [*matrix.results, *(id for id in files.results if id not in matrix.results)]
    results = {id: {**matrix.results.get(id, {}), **files.results.get(id, {})} for id in ids}
    return Matrix(policy=matrix.policy, places=(*matrix.places, *files.places), results=results)


def recorded(name: str) -> Matrix:
    """The results of one data file. Raises ConfigError where it is not there, or damaged."""
    file = resources.files("ringfence.controls") / name
    if not file.is_file():
        raise ConfigError(
            "there is no matrix: no test has recorded what the cells stop",
            file=FILE,
            hint="the tests of the cells write it when they run the attacks",
        )
    return parse(file.read_text(encoding="utf-8"))


def parse(text: str) -> Matrix:
    """Read the data file. Raises ConfigError for any other shape, verdict, place or control."""
    match strictjson.loads(text):
        case {"policy": int(policy), "places": list(places), "results": dict(results), **rest} if not rest:
            matrix = Matrix(policy=policy, places=tuple(map(str, places)), results={})
        case _:
            raise ConfigError("not a matrix of results: policy, places and results are wanted", file=FILE)
    for control, row in results.items():
        matrix.results[control] = _row(control, row, matrix.places)
    return matrix


def _row(control: str, row: object, places: tuple[str, ...]) -> dict[str, Verdict]:
    from ringfence.controls import CONTROLS

    if control not in {one.id for one in CONTROLS}:
        raise ConfigError(f"results for {control!r}, which is no control", file=FILE)
    if not isinstance(row, dict) or not row.keys() <= set(places):
        raise ConfigError(f"the results of {control} name a place that is not listed", file=FILE)
    wrong = [verdict for verdict in row.values() if verdict not in list(Verdict)]
    if wrong:
        raise ConfigError(f"the results of {control} hold {wrong[0]!r}, which is no verdict", file=FILE)
    return {place: Verdict(verdict) for place, verdict in row.items()}
