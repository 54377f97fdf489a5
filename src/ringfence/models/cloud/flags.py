"""Parameters of database servers that a provider's benchmark goes through one by one."""

from ringfence.dataclasses import dataclass
from ringfence.models.cloud.database import ServerSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseFlags(ServerSettings):
    """All parameters that a managed server is given: what is not among them has its default.

    `engine` is "postgres", "mysql" or "sqlserver"; `complete` as for its base."""
