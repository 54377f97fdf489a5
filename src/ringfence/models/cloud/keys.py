"""Keys and secrets that a cloud keeps."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A key that encrypts. `rotates`: it is changed by itself (None for those that cannot be); `rotation_days` after
    how many days, 0 where not said. `expires`: it has an end (None where there is no such thing). `enabled`: it can be
    used. `protected`: on hardware. `kept`: what makes it cannot destroy it."""

    name: str
    rotates: bool | None
    rotation_days: int
    expires: bool | None
    enabled: bool
    protected: bool | None
    kept: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredSecret:
    """A secret in a store. `encrypted`, `customer_key` with a key of ours, `rotates` by itself, `expires`, `typed`:
    what it is, is said. None where it does not apply."""

    name: str
    encrypted: bool | None
    customer_key: bool | None
    rotates: bool | None
    expires: bool | None
    typed: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenSecret:
    """A secret that is put into a store, and whose `value` stands in the file. `called`: its name there."""

    name: str
    called: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Vault:
    """A place for keys and secrets. `purge_protected`: what was deleted cannot be purged; `soft_delete_days` it is
    kept; `network_limited`: by default it answers to nobody; `roles`: rights come from roles, not own lists."""

    name: str
    purge_protected: bool
    soft_delete_days: int
    network_limited: bool
    roles: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyUse:
    """Who may use a key, where its own rules decide that. `said`: such rules stand there."""

    name: str
    said: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A setting that is kept for programs, and that nothing calls a secret. `sealed`: encrypted as if it were one."""

    name: str
    sealed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyDeletion:
    """How a key is deleted: `days` after the order."""

    name: str
    days: int
