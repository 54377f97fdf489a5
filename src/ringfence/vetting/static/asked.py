"""What the code uses against what the manifest asks for. Only code that the entry module can reach is held to it.

Packages in `vendor/` can do more than the plugin has them do: what only they use is a warning.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ringfence.plugins.manifest import MANIFEST
from ringfence.programs.judge.case import shown
from ringfence.programs.judge.theft import is_local
from ringfence.programs.words import ADDRESS, credentials
from ringfence.vetting.found import Raw
from ringfence.vetting.report import Verdict
from ringfence.vetting.subject import Subject

#: Where a plugin may read and write without asking: its own folder, what it was granted, its scratch.
_OPEN = tuple(
    "/plugin /granted /tmp /run/secrets /dev/null /dev/urandom /usr/share/zoneinfo /proc/self /etc/ssl".split()
)


class Use(NamedTuple):
    """One capability in use at one place."""

    kind: str
    path: str
    line: int
    detail: str
    name: str
    labels: list[str]


def asked(subject: Subject, answer: dict[str, Any]) -> Iterator[Raw]:
    """Used and not asked; asked and not used."""
    if subject.manifest is None:
        return
    uses = [Use(*one) for one in answer["uses"]]
    live = _reached(subject.manifest.entry.module, answer)
    own = [one for one in uses if one.path in live and not one.path.startswith("vendor/")]
    theirs = [one for one in uses if one.path in live and one.path.startswith("vendor/")]
    yield from _network(subject, own, theirs)
    yield from _processes(subject, own, theirs)
    yield from _paths(own)
    yield from _unused(subject, own, theirs)


def _reached(entry: str, answer: dict[str, Any]) -> set[str]:
    """The files that the entry module imports, directly or not; all of them where an import is computed."""
    modules: dict[str, str] = answer["modules"]
    waiting, found = [entry, *(entry.rsplit(".", depth)[0] for depth in range(1, entry.count(".") + 1))], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in found and name in modules:
            found.add(name)
            waiting += answer["imports"].get(name, [])
    paths = {modules[name] for name in found}
    if any(path in paths for path in answer["computed"]):
        return set(modules.values())
    return paths


def _network(subject: Subject, own: list[Use], theirs: list[Use]) -> Iterator[Raw]:
    assert subject.manifest is not None  # noqa: S101
    granted = {host for host, _ in subject.manifest.permissions.network}
    serves = any(one.kind == "listen" for one in own)  # then what is on this machine may be its own
    nets = [one for one in own if one.kind in ("net", "dns") and not (serves and is_local(one.detail))]
    if not granted:
        for one in nets[:20]:
            yield Raw("network-not-asked", one.path, one.line, f"{one.name} {shown(one.detail)}".strip())
        if not nets and (others := [one for one in theirs if one.kind == "net"]):
            said = f"{others[0].name}, in a package of others"
            yield Raw("network-not-asked", others[0].path, others[0].line, said, verdict=Verdict.WARN)
        return
    for one in nets:
        for host, _ in ADDRESS.findall(one.detail):
            if host.strip("[]").lower() not in granted:
                yield Raw("host-not-asked", one.path, one.line, f"{one.name} reaches {host}")


def _processes(subject: Subject, own: list[Use], theirs: list[Use]) -> Iterator[Raw]:
    assert subject.manifest is not None  # noqa: S101
    if subject.manifest.permissions.processes is not None:
        return
    for one in own:
        if one.kind in ("process", "native-process"):
            yield Raw("process-not-asked", one.path, one.line, f"{one.name} {shown(one.detail)}".strip())
    if (others := [one for one in theirs if one.kind == "process"]) and not any(one.kind == "process" for one in own):
        said = f"{others[0].name}, in a package of others"
        yield Raw("process-not-asked", others[0].path, others[0].line, said, verdict=Verdict.WARN)


def _paths(own: list[Use]) -> Iterator[Raw]:
    """Paths of the host that are spelled out: what is granted has another name inside the cell."""
    for one in own:
        if one.kind not in ("read", "write", "delete"):
            continue
        for path in one.detail.split("\n")[:20]:
            path = path.strip()
            if (
                not path.startswith(("/", "~"))
                or path.startswith(_OPEN)
                or len(path) < 2
                or path.startswith("~/.cache")
            ):
                continue
            grave = (
                one.kind != "read" or bool(credentials(path)) or path.startswith(("/root", "/home", "/etc/shadow", "~"))
            )
            yield Raw(
                "path-not-asked",
                one.path,
                one.line,
                f"{one.name} reaches for {shown(path)}",
                verdict=None if grave else Verdict.WARN,
            )


def _unused(subject: Subject, own: list[Use], theirs: list[Use]) -> Iterator[Raw]:
    assert subject.manifest is not None  # noqa: S101
    permissions = subject.manifest.permissions
    kinds = {one.kind for one in (*own, *theirs)}
    if permissions.network and not kinds & {"net", "dns", "process", "native-process"}:
        yield Raw(
            "network-unused",
            MANIFEST,
            0,
            f"{len(permissions.network)} destinations are asked for, and nothing connects",
        )
    if (permissions.read or permissions.write) and not kinds & {"read", "write", "delete", "process"}:
        yield Raw("path-unused", MANIFEST, 0, "folders are asked for, and nothing reads or writes files")
