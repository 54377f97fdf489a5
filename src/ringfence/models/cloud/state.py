"""What a module says of itself: where its state is kept, what it calls, which providers, its inputs."""

from enum import StrEnum

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class StateBackend:
    """Where the state is kept, which holds every secret that the resources know.

    `encrypted` at rest; `plain_http`: it goes over the network without TLS; `unverified`: with TLS, but the server is
    not checked; `locked`: two runs cannot write at once. `secrets` are (attribute, value) pairs of what opens the store
    and stands in the file."""

    name: str
    encrypted: bool | None
    plain_http: bool | None
    unverified: bool | None
    locked: bool | None
    secrets: tuple[tuple[str, str], ...]


class SourceKind(StrEnum):
    """Where a module's code comes from."""

    LOCAL = "local"
    REGISTRY = "registry"
    GIT = "git"
    ARCHIVE = "archive"


@dataclass(frozen=True, kw_only=True, slots=True)
class ModuleSource:
    """Code of others that is called. `ref` is the version that is asked for: a commit, tag or branch of a git source, a
    constraint of a registry ("" where nothing is). `plain`: it comes without TLS or SSH."""

    name: str
    kind: SourceKind
    ref: str
    plain: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """A provider, or the program itself (`name` "terraform"), that a module needs. `version` is the constraint as
    written, "" where there is none."""

    name: str
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProviderConfig:
    """What a provider is told. `secrets` are (attribute, value) pairs of what opens an account and stands in the file.
    `unverified`: its server's certificate is not checked."""

    name: str
    secrets: tuple[tuple[str, str], ...]
    unverified: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Variable:
    """An input. `default` is its text ("" where there is none or it is no text)."""

    name: str
    default: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Output:
    """A value that a module gives to its caller, and a root shows. `sensitive`: it is masked; `secret` says what secret
    it gives, "" where none is seen."""

    name: str
    sensitive: bool
    secret: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideRequest:
    """A request that is sent while the files are worked out. `secrets`: what it carries of stored secrets."""

    name: str
    secrets: tuple[str, ...]
