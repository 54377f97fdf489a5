"""A project as a whole: what it says for all that is in it."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectSettings:
    """What is said once for all machines of a project. None where it is not said here.

    `os_login`: people log in with the cloud's identities, and their keys are not kept on machines. `second_factor`:
    with more than a password. `serial_console`: their serial ports take connections."""

    name: str
    os_login: bool | None
    second_factor: bool | None
    serial_console: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessApproval:
    """Whether the provider's staff must ask before they look at a project. `approved`: somebody of ours says yes."""

    name: str
    approved: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiKey:
    """A key by which programs call services. `bound`: it says who may use it; `clients` are the pages and addresses
    among these, as written; `services` that it opens, none where it opens all."""

    name: str
    bound: bool
    clients: tuple[str, ...]
    services: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectServices:
    """All services that are turned on for a project here."""

    name: str
    services: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyPeriod:
    """How often a key is changed by itself, where the provider's benchmark bounds that."""

    name: str
    days: int
