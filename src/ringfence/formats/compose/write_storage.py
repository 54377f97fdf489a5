"""Writer: entries of `volumes` and `tmpfs`, of which each may be a mount, a volume, and a propagation at once."""

from collections.abc import Callable

from ringfence import dataclasses
from ringfence.formats.compose.aligning import aligned, same
from ringfence.formats.compose.braces import split
from ringfence.formats.compose.scalars import Where
from ringfence.formats.compose.storage import PROPAGATIONS, Stored, short
from ringfence.formats.compose.writer import Writer
from ringfence.formats.yamledit import CannotEdit, Data
from ringfence.formats.yamltree import Mapping, Scalar, resolved
from ringfence.model import Mount
from ringfence.models.service import Service, Volume, VolumeKind


def _stored(writer: Writer) -> None:
    old, new = writer.old, writer.new
    mounts, more_mounts = aligned(old.mounts, new.mounts, _may_change)
    volumes, more_volumes = aligned(old.volumes, new.volumes, _may_change)
    spread, _ = aligned(old.propagations, new.propagations, same)
    scratch = [one for one in more_volumes if one.kind is VolumeKind.TMPFS and one.writable and ":" not in one.target]
    if more_mounts or len(scratch) < len(more_volumes):
        writer.left.append(("mounts" if more_mounts else "volumes", "somebody has to decide what should be mounted"))
    for one in scratch:
        with writer.attempt("volumes"):
            writer.append(one.target, "tmpfs")
    for entry in writer.storage.entries:
        path, before, after = _fate(entry, old, mounts, volumes)
        is_spread = entry.propagation is not None and spread[entry.propagation] is not None
        with writer.attempt(path):
            if after is None:
                writer.drop(entry.where)
            elif before.writable != after.writable or (entry.propagation is not None and not is_spread):
                _rewrite(writer, entry, after.writable, is_spread=is_spread)


def _fate(
    entry: Stored, old: Service, mounts: list[Mount | None], volumes: list[Volume | None]
) -> tuple[str, Mount | Volume, Mount | Volume | None]:
    """The model path of an entry, what it was and what it is now."""
    if entry.mount is not None:
        return f"mounts[{entry.mount}]", old.mounts[entry.mount], mounts[entry.mount]
    index = entry.volume or 0
    return f"volumes[{index}]", old.volumes[index], volumes[index]


def _may_change(old: Mount | Volume, new: Mount | Volume) -> bool:
    return dataclasses.replace(old, writable=new.writable) == new


def _rewrite(writer: Writer, entry: Stored, writable: bool, *, is_spread: bool) -> None:
    where = entry.where
    item = resolved(where.item)
    if where.keys not in (("volumes",), ("tmpfs",)) or item is None:
        raise CannotEdit("what stands there has no such switch")
    if isinstance(item, Mapping):
        _rewrite_long(writer, entry, writable, is_spread=is_spread)
    elif isinstance(item, Scalar):
        at_tmpfs = where.keys == ("tmpfs",)
        said: Data = _tmpfs(item.value, writable) if at_tmpfs else _short(item.value, writable, is_spread)
        _check(writer, where, said, writable)
        writer.change(where, said)


def _rewrite_long(writer: Writer, entry: Stored, writable: bool, *, is_spread: bool) -> None:
    fields = writer.reading.entries(entry.where.item)
    if entry.propagation is not None and not is_spread:
        writer.amend(entry.where, ("bind", "propagation"), None)
    if not writable:
        writer.amend(entry.where, ("read_only",), True)
    elif "read_only" in fields and writer.reading.truth(fields["read_only"][1]) is not False:
        writer.amend(entry.where, ("read_only",), None)


def _short(said: str, writable: bool, is_spread: bool) -> Data:
    """An entry of the short syntax with another mode, or the long form of one that can have none."""
    source, *rest = split(said, ":")
    if len(source) == 1 and rest:  # a Windows drive
        source, rest = f"{source}:{rest[0]}", rest[1:]
    if not rest:
        return {"type": "volume", "target": source, "read_only": True} if not writable else source
    modes = [one for mode in rest[1:] for one in mode.split(",") if one not in ("ro", "rw", "")]
    kept = [one for one in modes if is_spread or one not in PROPAGATIONS]
    return ":".join(
        [source, rest[0], *([",".join([*kept, *([] if writable else ["ro"])])] if kept or not writable else [])]
    )


def _tmpfs(said: str, writable: bool) -> str:
    target, _, options = said.partition(":")
    kept = [one for one in options.split(",") if one not in ("ro", "rw", "")] + ([] if writable else ["ro"])
    return f"{target}:{','.join(kept)}" if kept else target


def _check(writer: Writer, where: Where, said: Data, writable: bool) -> None:
    """Raises CannotEdit where a variable of the entry keeps it from being read as it should."""
    if where.keys != ("volumes",):
        return
    before = resolved(where.item)
    if isinstance(said, str):
        is_right = short(writer.project.filled(said).value).writable is writable
    else:  # it has no source of its own, unless a variable brings one
        is_right = isinstance(before, Scalar) and short(writer.project.filled(before.value).value).source == ""
    if not is_right:
        raise CannotEdit("a variable holds the whole entry")


WRITERS: dict[str, Callable[[Writer], None]] = dict.fromkeys(("mounts", "volumes", "propagations"), _stored)
