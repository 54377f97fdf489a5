"""A plugin's profile in TOML: the whole `Workload`, written out.

Nothing is implied: without a `base` every key must be there, and an unknown key is an error with
its line. TOML has no null, so what the model calls None is a word here: a user or group that is
not set is "unset", a limit that is not there "unbounded"; a mount that nobody granted has no key
`grant`. What is secure stands in the controls, not here.
"""

import json
import re
from typing import Any

from ringfence import dataclasses, tomltext
from ringfence.errors import ConfigError
from ringfence.formats.reading import At, Reader, Wrong, expected, kind, listed, number_or, one_of, table
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


def load(text: str, *, base: Workload | None = None, file: str = "profile.toml") -> Workload:
    """Read a profile; keys that the text leaves out are taken from `base`, if there is one.

    Tables are filled up key by key, lists are replaced whole. Raises ConfigError with file and
    line for what is no TOML, an unknown or missing key, and a value of the wrong kind.
    """
    document = tomltext.load(text, file=file)
    try:
        workload: Workload = table(Workload, _WORKLOAD)(document.data, (), base)
    except Wrong as wrong:
        line = document.line_of(wrong.at)
        raise ConfigError(str(wrong), file=file, line=line, hint=wrong.hint) from None
    return workload


def dump(workload: Workload) -> str:
    """Write every field. Reading the text back gives an equal workload.

    Raises ValueError where a string holds a lone surrogate, which no TOML file can. Integers
    beyond 64 bits are written, and refused when read.
    """
    tables = [_lines("", _top(workload)), _lines("[network]", _network(workload.network))]
    tables += [_lines("[[mounts]]", _mount(mount)) for mount in workload.mounts]
    tables += [_lines("[environment]", _environment(workload.environment))]
    tables += [_lines("[limits]", _limits(workload.limits))]
    return "\n".join(tables)


def _destination(value: Any, at: At, base: Any) -> Destination:
    host, colon, port = value.rpartition(":") if isinstance(value, str) else ("", "", "")
    if not colon or not re.fullmatch(r"-?[0-9]{1,18}", port):
        raise expected('"host:port"', value, at)
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    return Destination(host=host, port=int(port))


def _variable(value: Any, at: At, base: Any) -> tuple[str, str]:
    if not (isinstance(value, list) and [type(part) for part in value] == [str, str]):
        raise expected('a pair ["NAME", "value"]', value, at)
    return value[0], value[1]


_TEXT = kind("a string", str)
_FLAG = kind("true or false", bool)
_NETWORK: dict[str, Reader] = {"reach": one_of(Reach), "destinations": listed(_destination, tuple)}
_ENVIRONMENT: dict[str, Reader] = {"inherits_host": _FLAG, "variables": listed(_variable, tuple)}
_MOUNT: dict[str, Reader] = {"source": _TEXT, "target": _TEXT, "writable": _FLAG, "grant": _TEXT}
_WORKLOAD: dict[str, Reader] = {
    "name": _TEXT,
    "user": number_or(_UNSET),
    "group": number_or(_UNSET),
    "no_new_privileges": _FLAG,
    "capabilities": listed(_TEXT, frozenset),
    "seccomp": one_of(Seccomp),
    "read_only_root": _FLAG,
    "host_namespaces": listed(one_of(Namespace), frozenset),
    "network": table(Network, _NETWORK),
    "mounts": listed(table(Mount, _MOUNT, frozenset({"grant"})), tuple),
    "environment": table(Environment, _ENVIRONMENT),
    "limits": table(Limits, dict.fromkeys(_LIMIT_NAMES, number_or(_UNBOUNDED))),
}


def _top(workload: Workload) -> dict[str, object]:
    values: dict[str, object] = {
        "name": workload.name,
        "user": _UNSET if workload.user is None else workload.user,
        "group": _UNSET if workload.group is None else workload.group,
        "no_new_privileges": workload.no_new_privileges,
        "capabilities": sorted(workload.capabilities),
        "seccomp": workload.seccomp,
        "read_only_root": workload.read_only_root,
        "host_namespaces": sorted(workload.host_namespaces),
    }
    return values if workload.mounts else {**values, "mounts": []}


def _network(network: Network) -> dict[str, object]:
    return {"reach": network.reach, "destinations": [_host_port(one) for one in network.destinations]}


def _host_port(one: Destination) -> str:
    bracketed = ":" in one.host or one.host.startswith("[")
    return f"[{one.host}]:{one.port}" if bracketed else f"{one.host}:{one.port}"


def _mount(mount: Mount) -> dict[str, object]:
    granted = {} if mount.grant is None else {"grant": mount.grant}
    return {"source": mount.source, "target": mount.target, "writable": mount.writable, **granted}


def _environment(environment: Environment) -> dict[str, object]:
    return {"inherits_host": environment.inherits_host, "variables": environment.variables}


def _limits(limits: Limits) -> dict[str, object]:
    values = {name: getattr(limits, name) for name in _LIMIT_NAMES}
    return {name: _UNBOUNDED if value is None else value for name, value in values.items()}


def _lines(header: str, values: dict[str, object]) -> str:
    lines = [f"{key} = {_toml(value)}\n" for key, value in values.items()]
    return "".join([header + "\n" if header else "", *lines])


def _toml(value: object) -> str:
    """JSON is TOML for what a profile holds, but for DEL, which TOML wants escaped."""
    text = json.dumps(value, ensure_ascii=False)
    text.encode()  # raises for a lone surrogate, which could not be written to a file
    return text.replace("\x7f", "\\u007f")
