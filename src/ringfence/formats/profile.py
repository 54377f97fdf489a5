"""A plugin's profile in TOML: the whole `Workload`, written out.

Nothing is implied: without a `base` every key must be there, and an unknown key is an error with
its line. TOML has no null, so what the model calls None is a word here: a user or group that is
not set is "unset", a limit that is not there "unbounded"; a mount that nobody granted has no key
`grant`. What is secure stands in the controls, not here.
"""

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from ringfence import tomltext
from ringfence.controls import hardened
from ringfence.errors import ConfigError
from ringfence.model import (
    Destination,
    Environment,
    Limits,
    Mount,
    Namespace,
    Network,
    Reach,
    Seccomp,
    Workload,
)

_UNSET = "unset"
_UNBOUNDED = "unbounded"
_LIMIT_NAMES = tuple(field.name for field in dataclasses.fields(Limits))

_SILENT = Workload(
    name="plugin",
    user=None,
    group=None,
    no_new_privileges=False,
    capabilities=frozenset(),
    seccomp=Seccomp.UNCONFINED,
    read_only_root=False,
    host_namespaces=frozenset(),
    network=Network(reach=Reach.ANY, destinations=()),
    mounts=(),
    environment=Environment(inherits_host=True, variables=()),
    limits=Limits(**dict.fromkeys(_LIMIT_NAMES)),
)


def hardened_profile(name: str = "plugin") -> Workload:
    """The profile of a plugin to which nothing was granted: what hardening makes of a silent one."""
    return dataclasses.replace(hardened(_SILENT), name=name)


def load(text: str, *, base: Workload | None = None, file: str = "profile.toml") -> Workload:
    """Read a profile; keys that the text leaves out are taken from `base`, if there is one.

    Tables are filled up key by key, lists are replaced whole. Raises ConfigError with file and
    line for what is no TOML, an unknown or missing key, and a value of the wrong kind.
    """
    document = tomltext.load(text, file=file)
    try:
        workload: Workload = _table(Workload, _WORKLOAD)(document.data, (), base)
    except _Wrong as wrong:
        line = document.line_of(wrong.at)
        raise ConfigError(str(wrong), file=file, line=line, hint=wrong.hint) from None
    return workload


def dump(workload: Workload) -> str:
    """Write every field. Reading the text back gives an equal workload.

    Raises ValueError where a string holds a lone surrogate, which no TOML file can. Integers
    beyond 64 bits are written, and refused when read.
    """
    lines = [_assign("name", workload.name), _assign("user", _or(workload.user, _UNSET))]
    lines += [_assign("group", _or(workload.group, _UNSET))]
    lines += [_assign("no_new_privileges", workload.no_new_privileges)]
    lines += [_assign("capabilities", sorted(workload.capabilities)), _assign("seccomp", workload.seccomp)]
    lines += [_assign("read_only_root", workload.read_only_root)]
    lines += [_assign("host_namespaces", sorted(workload.host_namespaces))]
    if not workload.mounts:
        lines += [_assign("mounts", [])]
    lines += ["", "[network]", _assign("reach", workload.network.reach)]
    lines += [_assign("destinations", [_destination_text(one) for one in workload.network.destinations])]
    for mount in workload.mounts:
        lines += ["", "[[mounts]]", *_mount_lines(mount)]
    lines += ["", "[environment]", _assign("inherits_host", workload.environment.inherits_host)]
    lines += [_assign("variables", [list(pair) for pair in workload.environment.variables])]
    lines += ["", "[limits]"]
    lines += [_assign(name, _or(getattr(workload.limits, name), _UNBOUNDED)) for name in _LIMIT_NAMES]
    return "\n".join(lines) + "\n"


# Reading. A reader takes a TOML value, its place, and what the base has there.

_At = tuple[str | int, ...]
_Reader = Callable[[Any, _At, Any], Any]


class _Wrong(Exception):
    """A value that does not fit; becomes a ConfigError once its line is known."""

    def __init__(self, at: _At, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.at = at
        self.hint = hint


def _kind(words: str, *types: type) -> _Reader:
    def read(value: Any, at: _At, base: Any) -> Any:
        if type(value) not in types:
            raise _expected(words, value, at)
        return value

    return read


def _number_or(word: str) -> _Reader:
    def read(value: Any, at: _At, base: Any) -> int | None:
        if value == word:
            return None
        if type(value) is not int:
            raise _expected(f'an integer or "{word}"', value, at)
        return value

    return read


def _one_of(enum: type[StrEnum]) -> _Reader:
    def read(value: Any, at: _At, base: Any) -> StrEnum:
        if value not in list(enum):
            raise _expected("one of " + ", ".join(f'"{one}"' for one in enum), value, at)
        return enum(value)

    return read


def _list(read_item: _Reader, make: Callable[[list[Any]], Any]) -> _Reader:
    def read(value: Any, at: _At, base: Any) -> Any:
        if not isinstance(value, list):
            raise _expected("a list", value, at)
        return make([read_item(item, (*at, index), None) for index, item in enumerate(value)])

    return read


def _table(
    make: Callable[..., Any], readers: Mapping[str, _Reader], optional: frozenset[str] = frozenset()
) -> _Reader:
    def read(value: Any, at: _At, base: Any) -> Any:
        if not isinstance(value, dict):
            raise _expected("a table", value, at)
        for key in value.keys() - readers.keys():
            raise _unknown(key, readers, at)
        found = dict[str, Any]()
        for key, reader in readers.items():
            inherited = getattr(base, key, None)
            if key in value:
                found[key] = reader(value[key], (*at, key), inherited)
            elif base is not None or key in optional:
                found[key] = inherited
            else:
                raise _Wrong(at, f"`{_dotted((*at, key))}` is missing", "a profile states every key")
        return make(**found)

    return read


def _destination(value: Any, at: _At, base: Any) -> Destination:
    host, colon, port = value.rpartition(":") if isinstance(value, str) else ("", "", "")
    if not colon or not re.fullmatch(r"-?[0-9]{1,18}", port, re.ASCII):
        raise _expected('"host:port"', value, at)
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    return Destination(host=host, port=int(port))


def _variable(value: Any, at: _At, base: Any) -> tuple[str, str]:
    if not (isinstance(value, list) and [type(part) for part in value] == [str, str]):
        raise _expected('a pair ["NAME", "value"]', value, at)
    return value[0], value[1]


_TEXT = _kind("a string", str)
_FLAG = _kind("true or false", bool)
_NETWORK: dict[str, _Reader] = {"reach": _one_of(Reach), "destinations": _list(_destination, tuple)}
_ENVIRONMENT: dict[str, _Reader] = {"inherits_host": _FLAG, "variables": _list(_variable, tuple)}
_MOUNT: dict[str, _Reader] = {"source": _TEXT, "target": _TEXT, "writable": _FLAG, "grant": _TEXT}
_WORKLOAD: dict[str, _Reader] = {
    "name": _TEXT,
    "user": _number_or(_UNSET),
    "group": _number_or(_UNSET),
    "no_new_privileges": _FLAG,
    "capabilities": _list(_TEXT, frozenset),
    "seccomp": _one_of(Seccomp),
    "read_only_root": _FLAG,
    "host_namespaces": _list(_one_of(Namespace), frozenset),
    "network": _table(Network, _NETWORK),
    "mounts": _list(_table(Mount, _MOUNT, frozenset({"grant"})), tuple),
    "environment": _table(Environment, _ENVIRONMENT),
    "limits": _table(Limits, dict.fromkeys(_LIMIT_NAMES, _number_or(_UNBOUNDED))),
}


# What is said when it goes wrong, and where.


def _expected(words: str, value: object, at: _At) -> _Wrong:
    return _Wrong(at, f"`{_dotted(at)}` must be {words}, not {str(value)[:60]!r}")


def _unknown(key: str, readers: Mapping[str, _Reader], at: _At) -> _Wrong:
    import difflib

    near = difflib.get_close_matches(key, readers, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "known here: " + ", ".join(readers)
    return _Wrong((*at, key), f"unknown key `{_dotted((*at, key))}`", hint)


def _dotted(at: _At) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")


# Writing.


def _or(value: int | None, word: str) -> int | str:
    return word if value is None else value


def _assign(key: str, value: object) -> str:
    return f"{key} = {_toml(value)}"


def _toml(value: object) -> str:
    """JSON is TOML for what a profile holds, but for DEL, which TOML wants escaped."""
    text = json.dumps(value, ensure_ascii=False)
    text.encode()
    return text.replace("\x7f", "\\u007f")


def _destination_text(destination: Destination) -> str:
    host = destination.host
    return (
        f"[{host}]:{destination.port}"
        if ":" in host or host.startswith("[")
        else f"{host}:{destination.port}"
    )


def _mount_lines(mount: Mount) -> list[str]:
    lines = [_assign("source", mount.source), _assign("target", mount.target)]
    lines += [_assign("writable", mount.writable)]
    return lines if mount.grant is None else [*lines, _assign("grant", mount.grant)]
