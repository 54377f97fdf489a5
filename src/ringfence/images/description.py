"""A variant: a folder with `image.toml`, scripts of its services, and files that are copied as they are.

    name = "scheduling"
    description = "runs jobs at their times"
    from = "base"                     # the variant that it adds to
    [packages]
    debian = ["snooze"]
    alpine = ["snooze"]
    [services.jobs]                   # services/jobs is its program; `main`: its end is the container's
    main = true
    restarts = 3                      # then it is given up
    after = ["other"]                 # waits until that is up (ready, where it has a check)
    check = "/usr/lib/ringfence/checks/jobs"
    [init.folders]                    # init/folders runs once before any service
    [health]
    check = "/usr/lib/ringfence/checks/jobs"

An option is a folder `options/NAME` of the same form, which adds to the variant when it is asked for.

What is wrong is said with file and line. Nothing here fetches or builds.
"""

import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path

from ringfence import tomltext
from ringfence.dataclasses import dataclass, field, replace
from ringfence.errors import ConfigError, ImageRefused
from ringfence.plugins.fields import Fields, Report

FILE = "image.toml"
#: The variants that come with Ringfence.
SHIPPED = Path(__file__).parent / "variants"
USER = 65532
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_PACKAGE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,80}")
_ALLOWED_CAPABILITIES = frozenset({"NET_ADMIN"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """A supervised program. `restarts` None: without end."""

    name: str
    main: bool
    restarts: int | None
    after: tuple[str, ...]
    check: str
    program: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """One kind of image, with all that it takes from the variants that it adds to."""

    name: str
    description: str
    packages: dict[str, tuple[str, ...]]
    user: int = USER
    user_name: str = "nonroot"
    supervised: bool = True
    shell: bool = False
    guest: bool = False
    capabilities: tuple[str, ...] = ()
    unhardened: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()
    init: tuple[tuple[str, bytes], ...] = ()
    check: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()


def find(name: str) -> Path:
    """The folder of a variant: a path, or a name below one of `homes`. Raises ImageRefused.

    A name that stands for two of them is refused: nobody's folder takes the place of one that is shipped unseen.
    """
    places = [Path(name)] if "/" in name else [home / name for home in homes()]
    found = [place for place in places if (place / FILE).is_file()]
    if len(found) > 1:
        raise ImageRefused(f"there are two images {name!r}: {found[0]} and Ringfence's own", hint="name it by its path")
    if found:
        return found[0]
    raise ImageRefused(
        f"there is no image {name!r}",
        hint=f"looked in {', '.join(map(str, places))}; 'ringfence image new' makes one",
    )


def homes() -> list[Path]:
    """Where folders of variants are: $RINGFENCE_IMAGES or else ./images, and those that are shipped."""
    own = own_home()
    return [SHIPPED] if own.resolve() == SHIPPED.resolve() else [own, SHIPPED]


def own_home() -> Path:
    """Where a user's own variants are, and new ones are made."""
    return Path(os.environ.get("RINGFENCE_IMAGES") or "images")


def load(folder: Path, options: Sequence[str] = ()) -> Variant:
    """Read a variant, those that it adds to, and the options that are asked for. Raises ConfigError, ImageRefused."""
    made = _load(folder, None, 0)
    for option in options:
        home = folder / "options" / option
        if not _NAME.fullmatch(option) or not (home / FILE).is_file():
            raise ImageRefused(
                f"{made.name} has no option {option!r}", hint=f"it has: {', '.join(option_names(folder)) or 'none'}"
            )
        added = _load(home, made, 0)
        made = replace(added, name=f"{made.name}-{option}", description=f"{made.description}; {added.description}")
    return made


def option_names(folder: Path) -> list[str]:
    """The options of a variant."""
    return sorted(path.parent.name for path in folder.glob(f"options/*/{FILE}"))


def _load(folder: Path, below: Variant | None, depth: int) -> Variant:
    file = folder / FILE
    try:
        text = file.read_bytes()
    except OSError as error:
        raise ImageRefused(f"{file} cannot be read: {error.strerror}") from error
    document = tomltext.load(text, file=str(file))
    report = Report(document)
    fields = Fields(report, (), document.data)
    made = _variant(fields, folder, below or _below(fields, folder, depth))
    fields.close()
    if report.problems:
        first = min(report.problems, key=lambda problem: problem.line)
        raise ConfigError(first.message, file=str(file), line=first.line, hint=first.hint)
    return made


def _below(fields: Fields, folder: Path, depth: int) -> Variant | None:
    name = fields.text("from", longest=40)
    if not name:
        return None
    if depth > 4:
        raise ImageRefused(f"{folder}: images add to one another without end")
    beside = folder.parent / name
    return _load(beside if (beside / FILE).is_file() else find(name), None, depth + 1)


def _variant(fields: Fields, folder: Path, below: Variant | None) -> Variant:
    packages = fields.table("packages")
    health = fields.table("health")
    listed = {kind: _words(packages, kind, _PACKAGE) if packages else () for kind in ("debian", "alpine")}
    if packages:
        packages.close()
    check = health.text("check", longest=200) if health else ""
    if health:
        health.close()
    old = below or Variant(name="", description="", packages={"debian": (), "alpine": ()})
    services = _services(fields.table("services"), folder, [one.name for one in old.services])
    init = _ordered(fields.table("init"), folder, [name for name, _ in old.init])
    capabilities = _words(fields, "capabilities", re.compile("[A-Z_]+"))
    if wrong := sorted(set(capabilities) - _ALLOWED_CAPABILITIES):
        fields.error("capabilities", f"an image may not ask for {wrong[0]}")
    user = fields.number("user", low=0, high=65533, unit="user ids")
    if user == 0 and not capabilities:
        fields.error("user", "user 0 is only for images that need a capability")
    return Variant(
        name=fields.word("name", _NAME, "small letters, digits and hyphens"),
        description=fields.text("description", longest=200, required=True),
        packages={kind: tuple(dict.fromkeys((*old.packages[kind], *listed[kind]))) for kind in listed},
        user=old.user if user is None else user,
        user_name=fields.text("user_name", longest=32) or old.user_name,
        supervised=_flag(fields, "supervised", default=old.supervised),
        shell=_flag(fields, "shell", default=old.shell),
        guest=_flag(fields, "guest", default=False),
        capabilities=capabilities or old.capabilities,
        unhardened=(*old.unhardened, *_words(fields, "unhardened", re.compile("/.+"))),
        services=(*old.services, *services),
        init=(*old.init, *init),
        check=check or old.check,
        files={**old.files, **_files(folder)},
        folders=(*old.folders, *_words(fields, "folders", re.compile("/.+"))),
        ports=(*old.ports, *_ports(fields)),
    )


def _flag(fields: Fields, key: str, *, default: bool) -> bool:
    value = fields.value(key)
    if value not in (None, True, False):
        fields.error(key, f"{key} must be true or false")
    return default if value is None else value is True


def _words(fields: Fields, key: str, pattern: "re.Pattern[str]") -> tuple[str, ...]:
    value = fields.value(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) and pattern.fullmatch(one) for one in value):
        fields.error(key, f"{key} must be a list of words that match {pattern.pattern}")
        return ()
    return tuple(value)


def _ports(fields: Fields) -> tuple[int, ...]:
    value = fields.value("ports")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, int) and 1024 <= one <= 65535 for one in value):
        fields.error("ports", "ports must be a list of numbers from 1024 to 65535")
        return ()
    return tuple(value)


def _services(table: Fields | None, folder: Path, there: Collection[str]) -> tuple[Service, ...]:
    found = {}
    for name in list(table.names()) if table else []:
        one = table.table(name) if table else None
        if one is None:
            continue
        main = _flag(one, "main", default=False)
        restarts = one.number("restarts", low=0, high=1000, unit="restarts")
        found[name] = Service(
            name=name,
            main=main,
            restarts=(0 if main else 5) if restarts is None else restarts,
            after=_words(one, "after", _NAME),
            check=one.text("check", longest=200),
            program=_program(one, folder / "services" / name),
        )
        one.close()
    if table and len([one for one in found.values() if one.main]) > 1:
        table.error("", "only one service can be the main one")
    order = _sorted({name: one.after for name, one in found.items()}, there, table)
    return tuple(found[name] for name in order)


def _ordered(table: Fields | None, folder: Path, there: Collection[str]) -> tuple[tuple[str, bytes], ...]:
    programs, after = {}, {}
    for name in list(table.names()) if table else []:
        one = table.table(name) if table else None
        if one is not None:
            after[name] = _words(one, "after", _NAME)
            programs[name] = _program(one, folder / "init" / name)
            one.close()
    return tuple((name, programs[name]) for name in _sorted(after, there, table))


def _sorted(after: dict[str, tuple[str, ...]], there: Collection[str], table: Fields | None) -> list[str]:
    """Names, each behind what it waits for. A circle or a name that is not `there` either is a problem."""
    from graphlib import CycleError, TopologicalSorter

    for name, names in after.items():
        if table and (unknown := [one for one in names if one not in after and one not in there]):
            table.error(name, f"{name} waits for {unknown[0]!r}, which is not there")
    try:
        order = list(TopologicalSorter({name: sorted(names) for name, names in sorted(after.items())}).static_order())
    except CycleError as error:
        if table:
            table.error(str(error.args[1][0]), f"they wait for one another: {' → '.join(error.args[1])}")
        return sorted(after)
    return [name for name in order if name in after]


def _program(fields: Fields, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        fields.error("", f"there is no {path}")
        return b""


def _files(folder: Path) -> dict[str, bytes]:
    """What an image gets beside its packages; not what an interpreter compiled of it here."""
    top = folder / "files"
    found = [p for p in sorted(top.rglob("*")) if p.is_file() and p.parent.name != "__pycache__"]
    return {str(p.relative_to(top)): p.read_bytes() for p in found}
