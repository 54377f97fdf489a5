"""Services that a provider runs and that need no model of their own: what is asked of each of them alike."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ManagedService:
    """A service that the provider runs for us. None: it does not have that, or says it elsewhere.

    `kind` says in words what it is ("event grid topic", "search service", "worker pool"). `public`: the internet
    reaches it. `local_auth`: keys or passwords of its own open it, beside the cloud's identities. `managed_identity`:
    it has one. `customer_key`: its data is encrypted with a key of ours; `double_encrypted` on two layers. `min_tls` is
    "1.0" to "1.3". `purge_protected`: what was deleted can be had again. `replicated`: it runs more than once, so that
    one may fail; `multi_zone`: in more than one zone. `production_tier`: it is on a tier that is made for use, not for
    trials. `egress_limited`: it sends data only to named hosts. `own_network`: its machines stand in a network of ours.
    `update_window`: a time is set when it is brought up to date. `immutable`: what it keeps cannot be deleted before
    its time; `elsewhere`: it can be had in another region when its own is lost. `watched`: somebody looks for attacks
    on it. `kept_nodes`: how many of its machines run though nobody uses them."""

    name: str
    kind: str
    public: bool | None
    local_auth: bool | None
    managed_identity: bool | None
    customer_key: bool | None
    double_encrypted: bool | None
    min_tls: str | None
    purge_protected: bool | None
    replicated: bool | None
    multi_zone: bool | None
    production_tier: bool | None
    egress_limited: bool | None
    own_network: bool | None
    update_window: bool | None
    immutable: bool | None
    elsewhere: bool | None
    watched: bool | None
    kept_nodes: int | None


def managed_service(name: str, kind: str) -> ManagedService:
    """One that has nothing of what not every service has: a kind replaces what its own has."""
    return ManagedService(
        name=name,
        kind=kind,
        public=None,
        local_auth=None,
        managed_identity=None,
        customer_key=None,
        double_encrypted=None,
        min_tls=None,
        purge_protected=None,
        replicated=None,
        multi_zone=None,
        production_tier=None,
        egress_limited=None,
        own_network=None,
        update_window=None,
        immutable=None,
        elsewhere=None,
        watched=None,
        kept_nodes=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceLog:
    """Whether what a service does is recorded where it is a resource of its own that says so. `kind` as for
    services."""

    name: str
    kind: str
    logged: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceCluster:
    """A cluster of services that are no containers. `directory_login`: a directory knows who administers it;
    `sealed`: its nodes encrypt and sign what they tell each other."""

    name: str
    directory_login: bool
    sealed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AppPlatform:
    """A platform that runs an application on machines of ours. `updates`: its system is kept up by itself;
    `health`: it is watched closely; `logs` are sent away from its machines."""

    name: str
    updates: bool
    health: bool
    logs: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Replacement:
    """How something is replaced that others use. `seamless`: the new one is there before the old one goes."""

    name: str
    seamless: bool
