"""What runs code for us in a cloud: clusters, registries, tasks, functions, builds. None: it does not have that."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class KubernetesCluster:
    """A managed Kubernetes cluster: what its control plane is.

    Reach: `public_endpoint`: its API server has a public address; `endpoint_ranges` may connect to that ("0.0.0.0/0":
    everybody). `private_nodes`: nodes have no public addresses. `vpc_native`: pods have addresses of the network.
    `network_policy` is enforced. `intranode_visibility`: traffic inside a node can be seen.

    Who: `rbac` decides; `legacy_authorization` (ABAC) decides too; `basic_auth` and `client_certificates` are ways in;
    `local_accounts` that no directory knows; `directory_login` by the cloud's identities, `directory_groups` too.
    `workload_identity`: pods have identities of their own. `run_command`: commands through the provider's API.

    Keeping: `secrets_encrypted` with a key of ours, `disks_customer_key` those of nodes, `deletion_protection`,
    `release_channel` or automatic `upgrades`, `paid_tier` with a promise of uptime, `version` ("" where not said).

    Watching: `unlogged` names the control plane's logs that are not kept ("": all are), `logging` at all,
    `monitoring`, `policy_addon` (admission by policy), `binary_authorization` (only signed images), `dashboard`
    (the old web console), `http_routing` (the old way in for trials), `audit_logged`: who did what through its API
    server is kept, `alpha` features, `shielded_nodes`, `secret_rotation` of mounted secrets, `labelled`,
    `threat_detection`, `security_posture`: what runs in it is looked through for what is known to be dangerous,
    `image_scans` its images too. `open_kubelets`: what asks its nodes without a login is answered, unless a pool says
    otherwise. `own_pools`: its nodes are said in it, so that they only change with all of it."""

    name: str
    version: str | None
    public_endpoint: bool | None
    endpoint_ranges: tuple[str, ...] | None
    private_nodes: bool | None
    vpc_native: bool | None
    network_policy: bool | None
    intranode_visibility: bool | None
    rbac: bool | None
    legacy_authorization: bool | None
    basic_auth: bool | None
    client_certificates: bool | None
    local_accounts: bool | None
    directory_login: bool | None
    directory_groups: bool | None
    workload_identity: bool | None
    run_command: bool | None
    secrets_encrypted: bool | None
    disks_customer_key: bool | None
    deletion_protection: bool | None
    release_channel: bool | None
    upgrades: bool | None
    paid_tier: bool | None
    unlogged: str | None
    logging: bool | None
    monitoring: bool | None
    policy_addon: bool | None
    binary_authorization: bool | None
    dashboard: bool | None
    http_routing: bool | None
    audit_logged: bool | None
    alpha: bool | None
    shielded_nodes: bool | None
    secret_rotation: bool | None
    labelled: bool | None
    threat_detection: bool | None
    security_posture: bool | None
    image_scans: bool | None
    open_kubelets: bool | None
    own_pools: bool | None


def kubernetes_cluster(name: str) -> KubernetesCluster:
    """One that has nothing of what not every cluster has: a kind replaces what its own has."""
    return KubernetesCluster(
        name=name,
        version=None,
        public_endpoint=None,
        endpoint_ranges=None,
        private_nodes=None,
        vpc_native=None,
        network_policy=None,
        intranode_visibility=None,
        rbac=None,
        legacy_authorization=None,
        basic_auth=None,
        client_certificates=None,
        local_accounts=None,
        directory_login=None,
        directory_groups=None,
        workload_identity=None,
        run_command=None,
        secrets_encrypted=None,
        disks_customer_key=None,
        deletion_protection=None,
        release_channel=None,
        upgrades=None,
        paid_tier=None,
        unlogged=None,
        logging=None,
        monitoring=None,
        policy_addon=None,
        binary_authorization=None,
        dashboard=None,
        http_routing=None,
        audit_logged=None,
        alpha=None,
        shielded_nodes=None,
        secret_rotation=None,
        labelled=None,
        threat_detection=None,
        security_posture=None,
        image_scans=None,
        open_kubelets=None,
        own_pools=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class NodePool:
    """Nodes of a Kubernetes cluster.

    `public_nodes` have public addresses; `ssh_open`: remote access from everywhere. `repairs` and `upgrades` by
    themselves. `image` is the system's name, lower case ("" where not said). `secure_boot`, `integrity_monitoring`.
    `metadata_protected`: pods cannot read the node's credentials; `legacy_metadata`: the old endpoints answer.
    `service_account` ("" is the provider's default one). `host_encrypted`: also temporary disks and caches;
    `sandboxed`: pods have a kernel of their own before the node's. `customer_key`: disks with a key of ours.
    `ephemeral_disk`: the system's. `system_only`: only what the cluster needs runs there. `scale_set`: its nodes are
    made of one template. `open_kubelets` answer without a login.
    """

    name: str
    public_nodes: bool | None
    ssh_open: bool | None
    repairs: bool | None
    upgrades: bool | None
    image: str | None
    secure_boot: bool | None
    integrity_monitoring: bool | None
    metadata_protected: bool | None
    legacy_metadata: bool | None
    service_account: str | None
    host_encrypted: bool | None
    customer_key: bool | None
    ephemeral_disk: bool | None
    sandboxed: bool | None
    system_only: bool | None
    scale_set: bool | None
    open_kubelets: bool | None


def node_pool(name: str) -> NodePool:
    """One that has nothing of what not every pool has: a kind replaces what its own has."""
    return NodePool(
        name=name,
        public_nodes=None,
        ssh_open=None,
        repairs=None,
        upgrades=None,
        image=None,
        secure_boot=None,
        integrity_monitoring=None,
        metadata_protected=None,
        legacy_metadata=None,
        service_account=None,
        host_encrypted=None,
        customer_key=None,
        ephemeral_disk=None,
        sandboxed=None,
        system_only=None,
        scale_set=None,
        open_kubelets=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Registry:
    """A registry of images. `scans`: images are looked through when they come. `immutable_tags`: a tag stays what it
    is.

    `public`: it takes connections from the internet. `anonymous_pull`: everybody may read. `admin_account`: a shared
    password opens it. `quarantine`: images wait for approval; `trust`: only signed ones; `retention` of untagged ones
    is bounded; `replicated` in other regions; `multi_zone`; `export`: images may leave; `data_endpoints` of its own.
    """

    name: str
    customer_key: bool | None
    scans: bool | None
    immutable_tags: bool | None
    public: bool | None
    anonymous_pull: bool | None
    admin_account: bool | None
    quarantine: bool | None
    trust: bool | None
    retention: bool | None
    replicated: bool | None
    multi_zone: bool | None
    export: bool | None
    data_endpoints: bool | None


def registry(name: str) -> Registry:
    """One that has nothing of what not every registry has: a kind replaces what its own has."""
    return Registry(
        name=name,
        customer_key=None,
        scans=None,
        immutable_tags=None,
        public=None,
        anonymous_pull=None,
        admin_account=None,
        quarantine=None,
        trust=None,
        retention=None,
        replicated=None,
        multi_zone=None,
        export=None,
        data_endpoints=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskContainer:
    """A container of a task. `user` is "" where not said; `variables` are (name, value) pairs in plain text;
    `logging`: its output goes somewhere. None: the platform does not let one say it."""

    name: str
    privileged: bool | None
    read_only_root: bool | None
    user: str | None
    variables: tuple[tuple[str, str], ...]
    logging: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskVolume:
    """A shared file system that a task mounts. `tls` in transit, `identity_auth`: by the task's own identity."""

    name: str
    tls: bool | None
    identity_auth: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskDefinition:
    """Containers that run together outside of Kubernetes: a task, a job, a container group, a revision.

    `network_mode`, `process_mode`, `ipc_mode` are "host", another word of the platform, or "" where not said.
    `public`: it has a public address of its own. `customer_key`: what it keeps is encrypted with a key of ours.
    `managed_identity`: it has an identity of its own. `shared_role`: what starts it and what it does have one role.
    """

    name: str
    network_mode: str | None
    process_mode: str | None
    ipc_mode: str | None
    public: bool | None
    customer_key: bool | None
    managed_identity: bool | None
    shared_role: bool | None
    containers: tuple[TaskContainer, ...]
    volumes: tuple[TaskVolume, ...]


def only_containers(name: str, containers: tuple[TaskContainer, ...]) -> TaskDefinition:
    """A task of which nothing but the containers is judged."""
    return TaskDefinition(
        name=name,
        network_mode=None,
        process_mode=None,
        ipc_mode=None,
        public=None,
        customer_key=None,
        managed_identity=None,
        shared_role=None,
        containers=containers,
        volumes=(),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ContainerService:
    """What keeps tasks running. `public_addresses`: each task gets one. `public`: the service's own address is on the
    internet. `latest_platform`: it runs on the newest one."""

    name: str
    public_addresses: bool | None
    public: bool | None
    latest_platform: bool | None
    customer_key: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ContainerCluster:
    """A cluster of tasks. `insights`: their metrics are kept. `shell_logs`: what is typed in shells is logged,
    `shell_logs_encrypted`; `shell_key`: those sessions have a key of ours."""

    name: str
    insights: bool | None
    shell_logs: bool | None
    shell_logs_encrypted: bool | None
    shell_key: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Function:
    """A function that runs on demand. `runtime` is "" where an image has it, None where the platform has no such word.

    `variables` are (name, value) pairs in plain text, `variables_key`: they are encrypted with a key of ours.
    `public`: it answers the internet; `https_only`. `in_network`: it stands in a private network of ours.
    `bounded`: its concurrency is. `dead_letters`: failed events are kept. `signed`: only signed code runs. `own_role`:
    no other function has its role.
    """

    name: str
    runtime: str | None
    variables: tuple[tuple[str, str], ...]
    variables_key: bool | None
    public: bool | None
    https_only: bool | None
    tracing: bool | None
    in_network: bool | None
    bounded: bool | None
    dead_letters: bool | None
    signed: bool | None
    own_role: bool | None


def function(name: str) -> Function:
    """One that has nothing of what not every function has: a kind replaces what its own has."""
    return Function(
        name=name,
        runtime=None,
        variables=(),
        variables_key=None,
        public=None,
        https_only=None,
        tracing=None,
        in_network=None,
        bounded=None,
        dead_letters=None,
        signed=None,
        own_role=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionUrl:
    """An address of a function. `authenticated`: callers must prove who they are. `origins`: web pages that may
    call."""

    name: str
    authenticated: bool
    origins: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionPermission:
    """Who may call a function. `principal` as written: "*" is everybody, a name with a dot is one of the provider's
    services, which act for all its customers. `action` is what they may do. `bounded`: only for a resource, an account
    or an organisation of ours."""

    name: str
    principal: str
    action: str
    bounded: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildProject:
    """What builds and tests. `encrypted`: what it makes; `customer_key` with a key of ours. `privileged`: it may
    control the machine's containers. `variables` are (name, value) pairs in plain text. `logging`, `logs_encrypted`.
    `plain_source`: it fetches code over HTTP without TLS. `public`: everybody sees its results."""

    name: str
    encrypted: bool | None
    customer_key: bool | None
    privileged: bool | None
    variables: tuple[tuple[str, str], ...]
    logging: bool | None
    logs_encrypted: bool | None
    plain_source: bool | None
    public: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Workflow:
    """Steps that call other services in order. `logging` of what they do; `tracing` of their calls."""

    name: str
    logging: bool | None
    tracing: bool | None
