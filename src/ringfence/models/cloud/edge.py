"""What the internet meets: load balancers, distributions, interfaces (APIs), web applications, names, filters.

None: it does not have that. A `min_tls` is "1.0" to "1.3" ("ssl" below that, "" where it is not bounded or not known).
"""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadBalancer:
    """A load balancer.

    `internal`: it has no public address. `drops_invalid_headers`; `strict_requests`: what could be read in two ways is
    refused. `access_logs`, `deletion_protection`, `cross_zone`; `filtered`: a web firewall stands before it;
    `http_two`: it speaks HTTP/2.
    """

    name: str
    internal: bool | None
    drops_invalid_headers: bool | None
    strict_requests: bool | None
    access_logs: bool | None
    deletion_protection: bool | None
    cross_zone: bool | None
    filtered: bool | None
    http_two: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityProxy:
    """What stands before something on the internet. `asked`: who comes must log in with the cloud first."""

    name: str
    asked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Listener:
    """Where a load balancer listens. `protocol` is upper case ("HTTP", "HTTPS", "TLS", "TCP", "SSL", "UDP").

    `internal`: its load balancer certainly has no public address. `redirects`: all that it does is send clients to
    HTTPS. `min_tls` is None where it does not end TLS."""

    name: str
    protocol: str
    internal: bool
    redirects: bool
    min_tls: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cipher:
    """A way of encrypting, by its name in TLS. `taken`: it is allowed."""

    name: str
    taken: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ListenerCiphers:
    """What a listener that names its ciphers says of each."""

    name: str
    ciphers: tuple[Cipher, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetGroup:
    """What a load balancer sends to. `protocol` is upper case; `health_checked`: dead targets are left out."""

    name: str
    protocol: str
    health_checked: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Behavior:
    """Which clients a distribution serves on some paths: `plain_http`: without TLS too."""

    plain_http: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a distribution gets things. `plain_http`: without TLS. `min_tls` is None where it does not speak TLS there.
    `bucket`: it is a store of objects; `signed`: requests to that are signed, so it need not be public."""

    plain_http: bool | None
    min_tls: str | None
    bucket: bool
    signed: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Distribution:
    """A network of caches before something. `default_root`: a file is named for "/". `own_certificate`: not the
    provider's shared one. `failover`: a second origin. `headers`: a policy for the answers' headers."""

    name: str
    logging: bool | None
    filtered: bool | None
    min_tls: str | None
    own_certificate: bool | None
    default_root: bool | None
    failover: bool | None
    headers: bool | None
    behaviors: tuple[Behavior, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Api:
    """An interface that callers use.

    `public`: it is reached from the internet. `logging`; `tracing`; `filtered`: a web firewall stands before it.
    `cache_encrypted` at rest, `cache_tls` in transit. `key_only`: an API key is all that a caller needs. `min_tls` also
    towards what is behind it. `managed_identity`: it has one. `caller_certificates`: callers must show one. `plain`:
    it answers without TLS, too.
    """

    name: str
    public: bool | None
    logging: bool | None
    tracing: bool | None
    filtered: bool | None
    cache_encrypted: bool | None
    cache_tls: bool | None
    key_only: bool | None
    min_tls: str | None
    managed_identity: bool | None
    caller_certificates: bool | None
    plain: bool | None


def api(name: str) -> Api:
    """One that has nothing of what not every interface has: a kind replaces what its own has."""
    return Api(
        name=name,
        public=None,
        logging=None,
        tracing=None,
        filtered=None,
        cache_encrypted=None,
        cache_tls=None,
        key_only=None,
        min_tls=None,
        managed_identity=None,
        caller_certificates=None,
        plain=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiStage:
    """A deployed stage of an interface.

    `access_logs` of each call; `execution_logs` of what is done; `tracing`; `data_traces`: whole requests and answers
    are logged; `metrics` of each method are kept; `cache_encrypted` (None where nothing is cached);
    `client_certificate` towards what is behind it; `filtered`: a web firewall stands before it."""

    name: str
    access_logs: bool | None
    execution_logs: bool | None
    tracing: bool | None
    data_traces: bool | None
    metrics: bool | None
    cache_encrypted: bool | None
    client_certificate: bool | None
    filtered: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiMethod:
    """A method of an interface. `verb` is upper case ("ANY" for all); `authorized`: callers must prove who they are;
    `key_required`; `private`: only a private network reaches it; `validated`: requests are checked."""

    name: str
    verb: str
    authorized: bool
    key_required: bool
    private: bool
    validated: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiDomain:
    """A domain name of an interface or of a search service."""

    name: str
    min_tls: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiIntegration:
    """What an interface calls in turn. `tls`: over HTTPS; None where its address says that."""

    name: str
    tls: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WebApp:
    """A web application or function application on a platform.

    `https_only`; `min_tls`; `client_certificates` are asked for; `authentication` before the application; `public`: the
    internet reaches it. `managed_identity`: it has one. `http_logs`, `error_logs` (detailed messages),
    `failure_traces`. `remote_debugging`. `ftp_passwords`, `deploy_passwords` let files in; `plain_ftp`: code may come
    over FTP without TLS. `http_two`. `origins`: web pages that may call ("*": all). `health_checked`; `always_on`: it
    is kept loaded. `runtimes` are (language, version) lower case. `deploy_bounded`: rules for addresses hold for the
    site that takes code, too. `insights`: it tells how it does to where that is looked at."""

    name: str
    https_only: bool | None
    min_tls: str | None
    client_certificates: bool | None
    authentication: bool | None
    public: bool | None
    managed_identity: bool | None
    http_logs: bool | None
    error_logs: bool | None
    failure_traces: bool | None
    remote_debugging: bool | None
    plain_ftp: bool | None
    ftp_passwords: bool | None
    deploy_passwords: bool | None
    http_two: bool | None
    origins: tuple[str, ...] | None
    health_checked: bool | None
    always_on: bool | None
    runtimes: tuple[tuple[str, str], ...]
    deploy_bounded: bool | None
    insights: bool | None


def web_app(name: str) -> WebApp:
    """One that has nothing of what not every application has: a kind replaces what its own has."""
    return WebApp(
        name=name,
        https_only=None,
        min_tls=None,
        client_certificates=None,
        authentication=None,
        public=None,
        managed_identity=None,
        http_logs=None,
        error_logs=None,
        failure_traces=None,
        remote_debugging=None,
        plain_ftp=None,
        ftp_passwords=None,
        deploy_passwords=None,
        http_two=None,
        origins=None,
        health_checked=None,
        always_on=None,
        runtimes=(),
        deploy_bounded=None,
        insights=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class WebFirewall:
    """What filters requests. `enabled`; `blocks`: it stops what it finds, not only counts it; `logging`.
    `known_attacks`: the provider's ready rules against known attacks are on, and stop them; `known_bots`: so are those
    against known bots; `bodies`: it looks into what requests carry; `rules`: it has rules at all."""

    name: str
    enabled: bool | None
    blocks: bool | None
    logging: bool | None
    known_attacks: bool | None
    known_bots: bool | None
    bodies: bool | None
    rules: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DnsZone:
    """A zone of names. `query_logs`; `signed` (DNSSEC); `algorithms` of its keys, lower case (those that the file
    names)."""

    name: str
    query_logs: bool | None
    signed: bool | None
    algorithms: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TransferServer:
    """A server to which partners send files. `protocols` lower case; `current_policy`: it takes no old algorithms."""

    name: str
    public: bool
    protocols: tuple[str, ...]
    current_policy: bool | None
    logging: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Accelerator:
    """Addresses near the users, for what is far. `flow_logs` are kept."""

    name: str
    flow_logs: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class UserPool:
    """Accounts of an application's users. `second_factor` is "on", "optional" or "off"; `guests`: callers without an
    account get rights."""

    name: str
    second_factor: str | None
    guests: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """A certificate. `transparency`: it is in the public logs. `key_bits` of RSA (0 where not said). `wildcard`: it is
    for every name below one. `expires`: the last day of one that is given, like 2027-01-31."""

    name: str
    transparency: bool | None
    key_bits: int | None
    wildcard: bool | None
    expires: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DomainName:
    """A name that is registered. `locked`: it cannot be moved away without taking that off first."""

    name: str
    locked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class HeaderPolicy:
    """Headers that are set in answers. `transport_security`: browsers are told to come over HTTPS only, and remember it
    for `remembered_seconds`, for `subdomains` too, from browsers' own lists (`preloaded`), whatever the origin says
    (`overrides`); None where they are not told."""

    name: str
    transport_security: bool
    remembered_seconds: int | None
    subdomains: bool | None
    preloaded: bool | None
    overrides: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiMetering:
    """Whether a stage of an interface belongs to a plan that bounds how often it is called."""

    name: str
    planned: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ServedCountries:
    """Where those are whom a distribution serves. `bounded`: in named countries, or in all but named ones."""

    name: str
    bounded: bool
