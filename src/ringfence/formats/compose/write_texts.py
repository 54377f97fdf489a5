"""Writers: the image, variables, labels, kernel parameters."""

from collections.abc import Callable

from ringfence.formats import imageref
from ringfence.formats.compose.aligning import aligned
from ringfence.formats.compose.scalars import Keys, Where
from ringfence.formats.compose.writer import Writer
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamltree import Sequence, resolved

_Pair = tuple[str, str]


def _image(writer: Writer) -> None:
    image = writer.new.image
    if image is None or writer.old.image is None:
        raise CannotEdit("somebody has to decide which image")
    said = imageref.dump(image)
    if "${" in said or "image" in writer.reading.unknown:
        raise CannotEdit("a variable holds a part of it")
    writer.put(said, "image")


def _environment(writer: Writer) -> None:
    _pairs(
        writer,
        "environment.variables",
        ("environment",),
        writer.old.environment.variables,
        writer.new.environment.variables,
    )


def _labels(writer: Writer) -> None:
    _pairs(writer, "labels", ("labels",), writer.old.labels, writer.new.labels)


def _sysctls(writer: Writer) -> None:
    _pairs(writer, "sysctls", ("sysctls",), writer.old.sysctls, writer.new.sysctls)


def _pairs(writer: Writer, path: str, keys: Keys, old: tuple[_Pair, ...], new: tuple[_Pair, ...]) -> None:
    """Names with values: some go, some get another value, some are new."""
    now, added = aligned(old, new, _same_name)
    for index, (before, after) in enumerate(zip(old, now, strict=True)):
        here = f"{path}[{index}]"
        for where in writer.places(here) if before != after else ():
            with writer.attempt(here):
                _set(writer, where, after)
    for name, value in added:
        if isinstance(resolved(writer.reading.node(*keys)), Sequence):
            writer.append(f"{name}={_escaped(value)}", *keys)
        else:
            writer.put(_escaped(value), *keys, name)


def _same_name(old: _Pair, new: _Pair) -> bool:
    return old[0] == new[0]


def _set(writer: Writer, where: Where, pair: _Pair | None) -> None:
    if where.keys[0] == "env_file":
        raise CannotEdit("it stands in a file of variables")
    if pair is None:
        writer.drop(where)
    elif where.item is not None:
        writer.change(where, f"{pair[0]}={_escaped(pair[1])}")
    else:
        writer.put(_escaped(pair[1]), *where.keys)


def _escaped(value: str) -> str:
    """The value so that no variable is filled in."""
    return value.replace("$", "$$")


WRITERS: dict[str, Callable[[Writer], None]] = {
    "image": _image,
    "environment": _environment,
    "labels": _labels,
    "sysctls": _sysctls,
}
