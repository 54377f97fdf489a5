"""Tells values apart at little cost: each part of a value is looked at once, however often it stands in others."""

from ringfence.formats.hcl.values import Unknown, Value


class Numbers:
    """Gives values numbers: the same to those that are the same, for as long as it is there."""

    def __init__(self) -> None:
        self._numbers = dict[object, int]()
        self._seen = dict[int, tuple[Value, int]]()

    def of(self, value: Value) -> int:
        """The number of a value. Raises RecursionError for one that is nested too deep."""
        if not isinstance(value, list | dict | Unknown):
            return self._number((type(value), value))
        seen = self._seen.get(id(value))
        if seen is None:
            seen = self._seen[id(value)] = (value, self._number(self._parts(value)))
        return seen[1]

    def _parts(self, value: "list[Value] | dict[str, Value] | Unknown") -> object:
        if isinstance(value, dict):
            return dict, tuple((key, self.of(one)) for key, one in value.items())
        if isinstance(value, list):
            return type(value), tuple(map(self.of, value))
        pieces, options = (
            None if some is None else tuple(map(self.of, some)) for some in (value.pieces, value.options)
        )
        return Unknown, value.references, pieces, options, self.of(value.decoded)

    def _number(self, key: object) -> int:
        return self._numbers.setdefault(key, len(self._numbers))
