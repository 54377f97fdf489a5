"""What is known of a value without running anything: its name, its constant, its text, and where it comes from."""

from typing import NamedTuple

from ringfence.programs.seen import EMPTY

MAX_TEXT = 20_000
HOLE = "\0"


class _Unknown:
    """The constant of what has none."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()


class Value(NamedTuple):
    """`ref` is the dotted name that it stands for (`os.system`, `requests.Session()`, `~module.function` for the
    plugin's own); `const` is exact; `text` is what is known of it as text, with NUL for the rest; `labels` say where
    it comes from; `items` are the values in a short sequence, or of a call that is made later."""

    ref: str = ""
    const: object = UNKNOWN
    text: str = ""
    labels: frozenset[str] = EMPTY
    items: tuple["Value", ...] = ()

    @property
    def known(self) -> bool:
        """Whether it is exactly known."""
        return self.const is not UNKNOWN

    def labelled(self, *labels: str) -> "Value":
        """The same with more labels."""
        return self._replace(labels=self.labels | frozenset(labels))


NOTHING = Value()


def constant(value: object, labels: frozenset[str] = EMPTY) -> Value:
    """A value that is exactly known."""
    return Value(const=value, text=text_of(value), labels=labels)


def text_of(value: object) -> str:
    """A constant as text."""
    if isinstance(value, str):
        return value[:MAX_TEXT]
    if isinstance(value, bytes):
        return value[:MAX_TEXT].decode("utf-8", "replace")
    if isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value[:200]):
        return "\n".join(one for one in value[:200])[:MAX_TEXT]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if abs(value) < 1e18 else ""
    return ""


def union(*values: Value) -> frozenset[str]:
    """All labels of some values."""
    found = EMPTY
    for value in values:
        if value.labels:
            found = found | value.labels
    return found


def joined(old: Value, new: Value) -> Value:
    """What is one or the other: the newer's facts with the labels of both."""
    if not (old.labels or old.ref or old.items):
        return new
    return new._replace(
        ref=new.ref or old.ref, labels=new.labels | old.labels, text=new.text or old.text, items=new.items or old.items
    )


def written(value: Value) -> str:
    """The text of a value, a hole where nothing is known."""
    return value.text or HOLE
