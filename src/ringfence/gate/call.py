"""What passes through the gate: who calls, what is called, and what is known of it so far."""

import os
from pathlib import Path

from ringfence.dataclasses import dataclass, field
from ringfence.gate.grants import Grant
from ringfence.plugins.manifest import Schema


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Who asked: ids as the kernel gives them, and by which way ("cli", "socket", "stdio" or "api")."""

    uid: int
    gid: int
    pid: int
    via: str


def this_process(via: str) -> Caller:
    """The process itself as caller."""
    return Caller(uid=os.getuid(), gid=os.getgid(), pid=os.getpid(), via=via)


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A granted method, ready to be called: its plugin's verified files and its schemas.

    `code` is the snapshot of the plugin; `positional` says that the arguments are the older
    form's `{"args": […], "kwargs": {…}}`. A schema of None checks nothing.
    """

    plugin: str
    version: str
    digest: str
    code: Path
    module: str
    class_name: str
    method: str
    timeout_ms: int
    arguments: Schema | None
    result: Schema | None
    grant: Grant | None
    positional: bool = False


def new_id() -> str:
    """A random UUID (RFC 9562, version 4); the module `uuid` would load `platform`."""
    number = int.from_bytes(os.urandom(16), "big")
    number = number & ~(0xF << 76) & ~(0x3 << 62) | 0x4 << 76 | 0x2 << 62
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One request as it came: names and arguments are untrusted text."""

    plugin: str
    method: str
    arguments: bytes
    caller: Caller
    id: str = field(default_factory=new_id)
