"""Flags of a container as `docker run` spells them, and the engine's API object that they stand for.

A plan's steps hold flags, so that a person can read them and a test can take one out. `body` reads them back: each
flag has one line in the table, and a flag without one is an error, never left out.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ringfence.errors import SandboxUnavailable

Body = dict[str, Any]


def body(arguments: Iterable[str]) -> Body:
    """What the engine is sent for these flags. Raises SandboxUnavailable for one that is not known."""
    made: Body = {"HostConfig": {}}
    words = iter(arguments)
    for word in words:
        if word in _SWITCHES:
            made["HostConfig"][_SWITCHES[word]] = True
        elif word in _VALUES:
            _VALUES[word](made, next(words))
        else:
            raise SandboxUnavailable(f"the container cell knows no flag {word}")
    return made


def mount(source: str, target: str, *, writable: bool) -> tuple[str, str]:
    """The flag of one bind mount; a comma in a path is quoted, as the engines' own command line has it."""
    fields = ["type=bind", f"source={source}", f"target={target}", "bind-propagation=rprivate"]
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(fields if writable else [*fields, "readonly"])
    return "--mount", line.getvalue()


def _top(name: str, convert: Callable[[str], object] = str) -> Callable[[Body, str], None]:
    def setter(made: Body, value: str) -> None:
        made[name] = convert(value)

    return setter


def _host(name: str, convert: Callable[[str], object] = str) -> Callable[[Body, str], None]:
    def setter(made: Body, value: str) -> None:
        made["HostConfig"][name] = convert(value)

    return setter


def _listed(name: str) -> Callable[[Body, str], None]:
    def setter(made: Body, value: str) -> None:
        made["HostConfig"].setdefault(name, []).append(value)

    return setter


def _mapped(name: str, separator: str) -> Callable[[Body, str], None]:
    def setter(made: Body, value: str) -> None:
        key, _, rest = value.partition(separator)
        made["HostConfig"].setdefault(name, {})[key] = rest

    return setter


def _environment(made: Body, value: str) -> None:
    made.setdefault("Env", []).append(value)


def _label(made: Body, value: str) -> None:
    name, _, rest = value.partition("=")
    made.setdefault("Labels", {})[name] = rest


def _ulimit(made: Body, value: str) -> None:
    name, _, bounds = value.partition("=")
    soft, _, hard = bounds.partition(":")
    made["HostConfig"].setdefault("Ulimits", []).append({"Name": name, "Soft": int(soft), "Hard": int(hard)})


def _mount(made: Body, value: str) -> None:
    (fields,) = csv.reader([value])
    pairs: Mapping[str, str] = dict(field.split("=", 1) for field in fields if "=" in field)
    made["HostConfig"].setdefault("Mounts", []).append(
        {
            "Type": pairs["type"],
            "Source": pairs["source"],
            "Target": pairs["target"],
            "ReadOnly": "readonly" in fields,
            "BindOptions": {"Propagation": pairs["bind-propagation"]},
        }
    )


_SWITCHES = {"--read-only": "ReadonlyRootfs", "--rm": "AutoRemove", "--privileged": "Privileged"}
_VALUES: dict[str, Callable[[Body, str], None]] = {
    "--cap-add": _listed("CapAdd"),
    "--cap-drop": _listed("CapDrop"),
    "--cgroupns": _host("CgroupnsMode"),
    "--cpus": _host("NanoCpus", lambda text: round(float(text) * 1e9)),
    "--env": _environment,
    "--hostname": _top("Hostname"),
    "--ipc": _host("IpcMode"),
    "--label": _label,
    "--log-driver": _host("LogConfig", lambda text: {"Type": text, "Config": {}}),
    "--memory": _host("Memory", int),
    "--memory-swap": _host("MemorySwap", int),
    "--mount": _mount,
    "--network": _host("NetworkMode"),
    "--pid": _host("PidMode"),
    "--pids-limit": _host("PidsLimit", int),
    "--restart": _host("RestartPolicy", lambda text: {"Name": text, "MaximumRetryCount": 0}),
    "--runtime": _host("Runtime"),
    "--security-opt": _listed("SecurityOpt"),
    "--shm-size": _host("ShmSize", int),
    "--stop-timeout": _top("StopTimeout", int),
    "--sysctl": _mapped("Sysctls", "="),
    "--tmpfs": _mapped("Tmpfs", ":"),
    "--ulimit": _ulimit,
    "--user": _top("User"),
    "--userns": _host("UsernsMode"),
    "--uts": _host("UTSMode"),
    "--workdir": _top("WorkingDir"),
}
