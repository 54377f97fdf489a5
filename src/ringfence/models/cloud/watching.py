"""What watches a subscription or project: flow logs, activity logs, who is told, which services are guarded."""

from enum import StrEnum

from ringfence.dataclasses import dataclass


class Cloud(StrEnum):
    """Whose account it is."""

    AWS = "aws"
    AZURE = "azure"
    GOOGLE = "google"


@dataclass(frozen=True, kw_only=True, slots=True)
class FlowLog:
    """A record of a network's connections. `enabled`; `retention_days` 0 for ever, None where no time is set.
    `analysed`: somebody looks through it."""

    name: str
    enabled: bool
    retention_days: int | None
    analysed: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityLog:
    """A record of what is done in a subscription. `retention_days` 0 for ever, None where no time is set; `missing`
    are the kinds of activity that it leaves out; `all_regions`."""

    name: str
    retention_days: int | None
    missing: tuple[str, ...]
    all_regions: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SecurityContact:
    """Who is told of attacks. `email`, `phone`: there is one; `alerts`: they are told; `admins`: those too who own
    the account."""

    name: str
    email: bool
    phone: bool
    alerts: bool
    admins: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ProtectionPlan:
    """Whether the provider watches for attacks on a kind of service. `plan` is its name; `paid`: it is the one that
    watches."""

    name: str
    plan: str
    paid: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentProvisioning:
    """Whether new machines get the program that watches them."""

    name: str
    enabled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DetectionLink:
    """Whether the search for attacks learns from another product of the provider's, `product`: `enabled`."""

    name: str
    product: str
    enabled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EventFilter:
    """A filter on the record of what is done in an account: `pattern` as written; `alarmed`: an alarm is raised on what
    it finds; `told`: that alarm does something."""

    pattern: str
    alarmed: bool
    told: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountWatch:
    """All filters on the record of what is done in an account of a cloud."""

    name: str
    cloud: Cloud
    filters: tuple[EventFilter, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """An alarm on a number that is measured. `acts`: what it is told to do is done."""

    name: str
    acts: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """Whether what happens to something is told to a topic. `kind` says in words what it is."""

    name: str
    kind: str
    told: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectEvents:
    """Which accesses to single objects a trail records. None: it says so in a way that is not looked into."""

    name: str
    reads: bool | None
    writes: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EssentialContacts:
    """Who is told what the provider must tell. `missing` are the kinds of news that nobody is told."""

    name: str
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LogExport:
    """What sends logs to where they are kept. `whole`: some of it sends every entry."""

    name: str
    whole: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Stack:
    """Resources that are made together after a template. `bounded`: a policy says which of them may be changed."""

    name: str
    bounded: bool
