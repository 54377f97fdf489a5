"""What a cloud writes down: trails, logs, recorders."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Trail:
    """A record of who did what in an account. `enabled`; `all_regions`; `validated`: changes to its files are found
    out; `customer_key`: encrypted with a key of ours; `watched`: it goes to where alarms look (None where there is no
    such thing); `global_events`: what belongs to no region too."""

    name: str
    enabled: bool
    all_regions: bool
    validated: bool | None
    customer_key: bool | None
    watched: bool | None
    global_events: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LogGroup:
    """A place for logs. `retention_days` 0 for ever; `customer_key`: encrypted with a key of ours."""

    name: str
    retention_days: int
    customer_key: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorder:
    """What records how resources are configured, or gathers that. `all_regions`, `all_resources`, `global_resources`
    (users, roles); None where it does not apply. `enabled`: it runs."""

    name: str
    enabled: bool
    all_regions: bool | None
    all_resources: bool | None
    global_resources: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Watcher:
    """A service that looks for attacks or faults (detector, hub). `enabled`: it is on."""

    name: str
    enabled: bool
