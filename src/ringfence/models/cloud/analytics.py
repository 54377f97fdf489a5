"""What looks through data: processing clusters, query services, catalogues, notebooks, desktops. None: it has not
that."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class DataCluster:
    """A cluster that processes data (Hadoop, Spark), or a managed service of that kind.

    `secured`: it has a security configuration. `customer_key`: encrypted with a key of ours; `tls` between its parts.
    `public`: it has public addresses; `in_network`: it stands in a private network of ours. `logging`; `monitoring` of
    how it does. `authenticated` (Kerberos). `exfiltration_protection`: data may only go where it is allowed.
    `isolated`: its machines are on hosts of their own.
    """

    name: str
    secured: bool | None
    customer_key: bool | None
    tls: bool | None
    public: bool | None
    in_network: bool | None
    logging: bool | None
    monitoring: bool | None
    authenticated: bool | None
    exfiltration_protection: bool | None
    isolated: bool | None


def data_cluster(name: str) -> DataCluster:
    """One that has nothing of what not every cluster has: a kind replaces what its own has."""
    return DataCluster(
        name=name,
        secured=None,
        customer_key=None,
        tls=None,
        public=None,
        in_network=None,
        logging=None,
        monitoring=None,
        authenticated=None,
        exfiltration_protection=None,
        isolated=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class SecurityConfiguration:
    """What processing clusters or jobs are told of encryption. `at_rest` in stores, `local_disks` and `system_disks` of
    machines, `in_transit`, `logs`, `bookmarks` of jobs. `customer_key`: stores with a key of ours."""

    name: str
    at_rest: bool | None
    local_disks: bool | None
    system_disks: bool | None
    in_transit: bool | None
    logs: bool | None
    bookmarks: bool | None
    customer_key: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryWorkgroup:
    """A group of queries. `encrypted`: their results; `customer_key`: with a key of ours, None where they are not
    encrypted at all. `enforced`: clients cannot choose otherwise (None where it has no such choice). `metrics` are
    published."""

    name: str
    encrypted: bool | None
    customer_key: bool | None
    enforced: bool | None
    metrics: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DataCatalog:
    """A catalogue of data. `encrypted`: what it knows, `passwords_encrypted`: those of its connections."""

    name: str
    encrypted: bool | None
    passwords_encrypted: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DataJob:
    """A job or crawler that moves data: `secured`: a security configuration says what is encrypted. `customer_key`;
    `private`: its machines have no public addresses."""

    name: str
    secured: bool | None
    customer_key: bool | None
    private: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Notebook:
    """A notebook or workspace of data science. `customer_key`: its disk; `direct_internet` without passing our network;
    `root` for its users; `in_network`; `public`: its page or address is on the internet."""

    name: str
    customer_key: bool | None
    direct_internet: bool | None
    root: bool | None
    in_network: bool | None
    public: bool | None
    old_metadata: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelEndpoint:
    """What serves or trains a learned model. `customer_key`: its disks; `isolated`: it has no way out."""

    name: str
    customer_key: bool | None
    isolated: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Desktop:
    """A person's desktop in the cloud: whether its two disks are encrypted."""

    name: str
    root_encrypted: bool
    user_encrypted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Dataset:
    """Tables of a warehouse. `members` who may read or write, as written ("allUsers", "allAuthenticatedUsers", …);
    `customer_key`; `deletion_protection`."""

    name: str
    members: tuple[str, ...]
    customer_key: bool | None
    deletion_protection: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentGuard:
    """Whether something looks at what an agent is told, and at what it says. `guarded`: it does."""

    name: str
    guarded: bool
