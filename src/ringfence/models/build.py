"""A `Build`: what a Dockerfile says about the image that comes out of its last stage."""

from enum import StrEnum

from ringfence.dataclasses import dataclass
from ringfence.models.service import Health, Image


class Verb(StrEnum):
    """Instructions that controls look at; the rest is OTHER."""

    ADD = "ADD"
    ARG = "ARG"
    COPY = "COPY"
    ENV = "ENV"
    EXPOSE = "EXPOSE"
    LABEL = "LABEL"
    RUN = "RUN"
    SHELL = "SHELL"
    WORKDIR = "WORKDIR"
    OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True, slots=True)
class Instruction:
    """One instruction, with variables filled in where they are known.

    `stage` counts from 0; `final`: it shapes the last stage (is in it, or in a stage that it is built FROM).
    `words` are its arguments: for ADD and COPY the sources and then the target, for ARG, ENV and LABEL the
    `NAME=value` pairs (an ARG without a default has no `=`), for EXPOSE `port/protocol`, else one word: the text.
    `flags` are `name=value` (`from=build`, `checksum=…`, `chmod=755`, `mount=type=secret,…`). `commands` are the simple
    shell commands of a RUN (also of a here-document and of CMD, ENTRYPOINT and HEALTHCHECK, whose verb is OTHER), each
    as its words; a pipe joins two commands and is a command of its own, `("|",)`. `onbuild`: it runs only in builds
    on top of this one.
    """

    verb: Verb
    stage: int
    final: bool
    words: tuple[str, ...]
    flags: tuple[str, ...]
    commands: tuple[tuple[str, ...], ...]
    onbuild: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Build:
    """One Dockerfile. `bases` are the images of FROM and of `COPY --from`, without stages and without `scratch`;
    `user`/`group` None: whatever the base image says (root for nearly all); `user_name` is what the last USER says."""

    name: str
    bases: tuple[Image, ...]
    user: int | None
    group: int | None
    user_name: str
    health: Health
    instructions: tuple[Instruction, ...]
