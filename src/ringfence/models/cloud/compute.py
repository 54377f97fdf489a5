"""Machines of a cloud, and templates that machines are made of."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class MachineDisk:
    """A disk that comes with a machine."""

    encrypted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """A machine, or a template for some. None where a provider has no such thing, or says it elsewhere.

    `public`: it gets an address on the internet. `metadata`: its metadata service answers at all; `metadata_tokens`:
    only to who asks for a token first; `metadata_hops`: how many hops an answer may go. `user_data` are the texts that
    run at its start, as (name, text), base64 decoded; "encoded" is the name of what stands in base64 in the file.
    `encrypted_at_host`: temporary disks and caches too. `password_login`: people may log in with a password;
    `login_keys`: keys are named that may. `default_identity`: what it may do where it runs as the identity that the
    provider made ("" nothing, "full", "some"). `detailed_monitoring`: as AWS calls it. `own_firewall`: it has a group
    of rules other than the network's default one.
    """

    name: str
    public: bool | None
    metadata: bool | None
    metadata_tokens: bool | None
    metadata_hops: int | None
    disks: tuple[MachineDisk, ...]
    user_data: tuple[tuple[str, str], ...]
    encrypted_at_host: bool | None
    password_login: bool | None
    default_identity: str | None
    serial_console: bool | None
    ip_forwarding: bool | None
    os_login: bool | None
    project_keys_blocked: bool | None
    secure_boot: bool | None
    virtual_tpm: bool | None
    integrity_monitoring: bool | None
    detailed_monitoring: bool | None
    has_identity: bool | None
    login_keys: bool | None
    own_firewall: bool | None


def machine(name: str, **said: object) -> Machine:
    """One that says nothing but what is given."""
    nothing: dict[str, object] = {
        "public": None, "metadata": None, "metadata_tokens": None, "metadata_hops": None, "disks": (), "user_data": (),
        "encrypted_at_host": None, "password_login": None, "default_identity": None, "serial_console": None,
        "ip_forwarding": None, "os_login": None, "project_keys_blocked": None, "secure_boot": None, "virtual_tpm": None,
        "integrity_monitoring": None, "detailed_monitoring": None, "has_identity": None,
        "own_firewall": None, "login_keys": None,
    }  # fmt: skip
    return Machine(name=name, **{**nothing, **said})  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImageLookup:
    """A search for an image by its name. `owned`: only among images of named owners."""

    name: str
    owned: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MachineGroup:
    """A group of machines that grows and shrinks. `template`: they are made after a template with versions, and not
    after the older kind. `checked`: a machine that does not answer behind its load balancer is replaced; None where
    there is no such balancer."""

    name: str
    template: bool
    checked: bool | None
