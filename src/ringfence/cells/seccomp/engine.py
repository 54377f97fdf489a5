"""The allow-list as a profile for container engines (runtime-spec's seccomp, as Docker and Podman read it).

It holds in the whole container, from before its first process is started. That process connects to the parent,
which a plugin may not: so the profile allows one kind of socket more than the list, and the guest puts the list
itself, exactly, over the plugin before it reads a byte of it.
"""

import itertools
import json
from typing import Any

from ringfence.cells.seccomp.rules import Answer, Condition, Test, by_name, read

#: Beyond the list, for the container's first process and for the runtime between the filter and the start.
_MORE = {"socket": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]}
_ENOSYS = 38
_ARCHITECTURES = ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"]


def profile() -> dict[str, Any]:
    """The profile, as the list says now."""
    found = by_name(read("allow.toml"), network=True)
    groups = [_allowed(sorted(name for name, verdict in found.items() if verdict is Answer.ALLOW))]
    for name, verdict in sorted(found.items()):
        if not isinstance(verdict, Answer):
            groups += [_allowed([name], arguments) for arguments in _alternatives(verdict)]
    groups += [_allowed([name], arguments) for name, arguments in _MORE.items()]
    denied = sorted(name for name, verdict in found.items() if verdict is Answer.EPERM)
    groups.append({"names": denied, "action": "SCMP_ACT_ERRNO", "errnoRet": 1})
    groups.append({"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": _ENOSYS})
    return {
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": _ENOSYS,
        "architectures": _ARCHITECTURES,
        "syscalls": groups,
    }


def text() -> str:
    """The profile's file, always the same for the same list."""
    return json.dumps(profile(), indent=1, sort_keys=True) + "\n"


def _allowed(names: list[str], arguments: list[dict[str, object]] | None = None) -> dict[str, object]:
    return {"names": names, "action": "SCMP_ACT_ALLOW"} | ({"args": arguments} if arguments else {})


def _alternatives(condition: Condition) -> list[list[dict[str, object]]]:
    """One entry for each way that fits: an engine joins the arguments of an entry by and, entries by or."""
    return [list(one) for way in condition for one in itertools.product(*map(_fits, way))]


def _fits(test: Test) -> list[dict[str, object]]:
    return [
        {"index": test.arg, "value": test.mask, "valueTwo": value, "op": "SCMP_CMP_MASKED_EQ"} for value in test.values
    ]
