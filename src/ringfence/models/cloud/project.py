"""A project as a whole: what it says for all that is in it."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectSettings:
    """What is said once for all machines of a project. `os_login`: people log in with the cloud's identities, and
    their keys are not kept on machines."""

    name: str
    os_login: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyPeriod:
    """How often a key is changed by itself, where the provider's benchmark bounds that."""

    name: str
    days: int
