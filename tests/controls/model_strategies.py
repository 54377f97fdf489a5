"""Generated models of files: services, builds and the objects of a cluster, mostly with values that matter."""

import dataclasses
import functools
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from ringfence.model import Limits, Workload
from ringfence.models import agent, build, cluster, service, text
from ringfence.models.cloud import (
    account,
    analytics,
    buckets,
    care,
    code,
    compute,
    containers,
    database,
    edge,
    flags,
    guarding,
    keys,
    managed,
    messaging,
    network,
    policy,
    project,
    record,
    state,
    storage,
    watching,
)

WORDS = (
    "",
    "*",
    "web",
    "default",
    "bridge",
    "latest",
    "unless-stopped",
    "no",
    "privileged",
    "baseline",
    "127.0.0.1",
    "0.0.0.0",
    "8080",
    "spc_t",
    "nfs",
    "emptyDir",
    "rshared",
    "secrets",
    "get",
    "list",
    "bind",
    "pods/exec",
    "cluster-admin",
    "system:anonymous",
    "ServiceAccount",
    "ClusterRole",
    "/etc",
    "/var/run/docker.sock",
    "./nginx.conf",
    "/dev/sda",
    "net.ipv4.tcp_syncookies",
    "kernel.msgmax",
    "PASSWORD=vT9-kQz7.mB2x",
    "--password",
    "vT9-kQz7.mB2x",
    "nginx.ingress.kubernetes.io/server-snippet",
    "0.0.0.0/0",
    "1.0",
    "1.2",
    "Allow",
    "AWS",
    "host",
    "http",
    "HTTP",
    "iam:PassRole",
    "s3:*",
    "sts:AssumeRole",
    "rds.force_ssl",
    "off",
    "all",
    "root",
    "main",
    "allUsers",
    "postgres",
    "mysql",
    "sqlserver",
    "log_connections",
    "local_infile",
    "deny",
    "service account",
    "user:a@example.com",
    "roles/compute.admin",
    "rsasha1",
    "python",
    "2.7",
    "https://*",
    "cloudapis.googleapis.com",
)
CAPABILITIES = ("ALL", "NET_RAW", "NET_BIND_SERVICE", "SYS_ADMIN", "CHOWN")


@functools.cache  # what is drawn from once is checked and flattened once
def of(shape: Any) -> st.SearchStrategy[Any]:
    """Values of a type, by its annotations: dataclasses, tuples, sets, enumerations, and unions with None."""
    origin, args = get_origin(shape), get_args(shape)
    if origin is tuple and args[-1] is Ellipsis:
        # A command among commands has at least the word that names it.
        inner = st.lists(of(str), min_size=1, max_size=3).map(tuple) if args[0] == tuple[str, ...] else of(args[0])
        return st.lists(inner, max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(of, args))
    if origin is frozenset:
        return st.frozensets(st.sampled_from(CAPABILITIES) if args[0] is str else of(args[0]), max_size=3)
    if origin is UnionType:
        return st.one_of(*map(of, args))
    if dataclasses.is_dataclass(shape):
        return models(shape)
    return _plain(shape)


def _plain(shape: Any) -> st.SearchStrategy[Any]:
    if shape is type(None):
        return st.none()
    if shape is bool:
        return st.booleans()
    if shape is int:
        return st.sampled_from([0, 1, -1, 1000, 65532, 2**20, 2**32, 2**40])
    if isinstance(shape, type) and issubclass(shape, StrEnum):
        return st.sampled_from(shape)
    return st.one_of(st.sampled_from(WORDS), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))


@functools.cache
def models(shape: type) -> st.SearchStrategy[Any]:
    """Instances of a model's class, every field generated."""
    hints = get_type_hints(shape)
    return st.builds(shape, **{field.name: of(hints[field.name]) for field in dataclasses.fields(shape)})


#: What can stand in a file of each scope.
SHAPES: dict[str, tuple[type, ...]] = {
    "compose": (service.Service,),
    "dockerfile": (build.Build,),
    "kubernetes": (
        service.Service,
        cluster.Exposure,
        cluster.Role,
        cluster.Binding,
        cluster.Tenancy,
        cluster.Account,
        cluster.TrafficPolicy,
        cluster.Data,
    ),
    "terraform": (
        network.Firewall,
        network.FirewallRule,
        network.PortSpan,
        network.Network,
        network.Subnet,
        network.DualStackAccess,
        network.FlowSampling,
        network.VpnTunnel,
        storage.RetentionLock,
        network.Peering,
        code.CodeRepository,
        code.BranchRule,
        code.Webhook,
        code.RepositorySecret,
        database.DatabaseLogin,
        edge.IdentityProxy,
        project.AccessApproval,
        compute.Machine,
        storage.Bucket,
        storage.BucketAccess,
        storage.Volume,
        storage.Share,
        storage.DiskAccess,
        storage.FileShare,
        keys.Key,
        edge.WebApp,
        policy.RoleBinding,
        keys.Vault,
        keys.StoredSecret,
        record.Trail,
        record.LogGroup,
        record.Recorder,
        record.Watcher,
        database.Database,
        database.DatabaseAccess,
        database.DatabaseSnapshot,
        database.ServerSettings,
        messaging.Queue,
        messaging.Topic,
        messaging.Subscription,
        messaging.Stream,
        messaging.Broker,
        messaging.MailSetting,
        policy.PolicyHolder,
        policy.PolicyAttachment,
        policy.PasswordPolicy,
        policy.AccessKey,
        policy.UserAccount,
        policy.UserGroup,
        policy.GroupMembers,
        policy.SessionSettings,
        policy.SharedDocument,
        containers.KubernetesCluster,
        containers.NodePool,
        containers.Registry,
        containers.TaskDefinition,
        containers.ContainerService,
        containers.ContainerCluster,
        containers.Function,
        containers.FunctionUrl,
        containers.FunctionPermission,
        containers.BuildProject,
        containers.Workflow,
        edge.LoadBalancer,
        edge.Listener,
        edge.TargetGroup,
        edge.Distribution,
        edge.Api,
        edge.ApiStage,
        edge.ApiMethod,
        edge.ApiDomain,
        edge.ApiIntegration,
        edge.WebFirewall,
        edge.DnsZone,
        edge.TransferServer,
        edge.Accelerator,
        edge.UserPool,
        edge.Certificate,
        edge.DomainName,
        edge.HeaderPolicy,
        analytics.DataCluster,
        analytics.SecurityConfiguration,
        analytics.QueryWorkgroup,
        analytics.DataCatalog,
        analytics.DataJob,
        analytics.Notebook,
        analytics.ModelEndpoint,
        analytics.Desktop,
        account.StorageAccount,
        account.SharedAccess,
        care.MachineCare,
        flags.DatabaseFlags,
        guarding.NetworkGuard,
        guarding.NetworkFirewall,
        guarding.TlsPolicy,
        managed.ManagedService,
        guarding.NetworkNames,
        guarding.PrivateLink,
        guarding.DeletionLock,
        managed.ServiceLog,
        managed.ServiceCluster,
        project.ProjectSettings,
        project.ApiKey,
        project.KeyPeriod,
        project.ProjectServices,
        watching.FlowLog,
        watching.ActivityLog,
        watching.SecurityContact,
        watching.ProtectionPlan,
        watching.AgentProvisioning,
        watching.DetectionLink,
        analytics.Dataset,
        database.AuditSettings,
        policy.RoleDefinition,
        policy.AuditPolicy,
        policy.SharedDuty,
        policy.FederatedTrust,
        watching.AccountWatch,
        watching.Alarm,
        watching.Announcement,
        watching.EssentialContacts,
        watching.LogExport,
        watching.ObjectEvents,
        storage.SharePoint,
        storage.ObjectOwnership,
        buckets.BucketCare,
        state.OutsideRequest,
        buckets.CrossOrigin,
        keys.KeyUse,
        edge.ServedCountries,
        network.FirewallUse,
        network.AccessListUse,
        database.DatabaseRelease,
        database.DatabaseFirewall,
        database.DatabaseProfile,
        messaging.BrokerRelease,
        keys.Parameter,
        keys.KeyDeletion,
        analytics.AgentGuard,
        managed.Replacement,
        network.PeeringRoute,
        compute.MachineGroup,
        compute.ImageLookup,
        managed.AppPlatform,
        edge.ApiMetering,
        state.Output,
        state.StateBackend,
        state.ModuleSource,
        state.Requirement,
        state.ProviderConfig,
        state.Variable,
    ),
}

SHAPES["agent"] = (
    agent.AgentText,
    agent.AgentScript,
    agent.AgentTool,
    agent.Hook,
    agent.Launch,
    agent.Server,
    agent.PluginSource,
    agent.AgentSettings,
)
SHAPES["text"] = (text.Text,)

__all__ = ["SHAPES", "Limits", "Workload", "models"]
