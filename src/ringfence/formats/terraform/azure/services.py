"""Databases, clusters, registries and web applications of Azure."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.containers import KubernetesCluster, Registry, kubernetes_cluster
from ringfence.models.cloud.containers import registry as plain_registry
from ringfence.models.cloud.database import Database
from ringfence.models.cloud.database import database as plain
from ringfence.models.cloud.edge import WebApp
from ringfence.models.cloud.edge import web_app as plain_app

_TLS = {
    "TLS1_0": "1.0",
    "TLS1_1": "1.1",
    "TLS1_2": "1.2",
    "TLS1_3": "1.3",
    "1.0": "1.0",
    "1.1": "1.1",
    "1.2": "1.2",
    "1.3": "1.3",
}


def database_server(r: Reader) -> Iterator[Database]:
    """A single server of MySQL, PostgreSQL or MariaDB."""
    yield replace(
        plain(r.address, r.type.removeprefix("azurerm_").removesuffix("_server")),
        public=r.flag("public", "public_network_access_enabled", default=True),
        tls_required=r.flag("tls_required", "ssl_enforcement_enabled", default=True),
        geo_backup=r.flag("geo_backup", "geo_redundant_backup_enabled", default=False),
    )


def sql_server(r: Reader) -> Iterator[Database]:
    """A server of SQL databases."""
    yield replace(
        plain(r.address, "mssql"),
        public=r.flag("public", "public_network_access_enabled", default=True),
        min_tls=r.mapped("min_tls", "minimum_tls_version", _TLS, "1.2", "1.0"),
    )


def database_rule(r: Reader) -> Iterator[Database]:
    """A range of addresses that may connect; 0.0.0.0 alone is every service of Azure."""
    first, last = r.text("allowed", "start_ip_address"), r.text("allowed", "end_ip_address")
    if first and last and "$" not in first + last:
        yield replace(plain(r.address, ""), allowed=(f"{first}-{last}",))


def cache(r: Reader) -> Iterator[Database]:
    """A Redis."""
    name = "enable_non_ssl_port" if r.view.find("enable_non_ssl_port").there else "non_ssl_port_enabled"
    yield replace(
        plain(r.address, "redis"),
        tls_required=r.inverted("tls_required", name, default=True),
        min_tls=r.mapped("min_tls", "minimum_tls_version", _TLS, "1.2", "1.0"),
        public=r.flag("public", "public_network_access_enabled", default=True),
    )


def cluster(r: Reader) -> Iterator[KubernetesCluster]:
    """A cluster of AKS."""
    private = r.flag("public_endpoint", "private_cluster_enabled", default=False)
    ranges = r.texts("endpoint_ranges", "api_server_access_profile.authorized_ip_ranges") or r.texts(
        "endpoint_ranges", "api_server_authorized_ip_ranges"
    )
    r.decide("public_endpoint", "make the cluster private, or bound who reaches its API server")
    r.decide("endpoint_ranges", "which addresses need the API server?")
    yield replace(
        kubernetes_cluster(r.address),
        public_endpoint=not private,
        endpoint_ranges=ranges if private or ranges else ("0.0.0.0/0",),
        rbac=r.flag("rbac", "role_based_access_control_enabled", default=True),
        local_accounts=r.inverted("local_accounts", "local_account_disabled", default=True),
        network_policy=r.given("network_policy", "network_profile.network_policy"),
        logging=r.has("logging", "oms_agent"),
    )


def registry(r: Reader) -> Iterator[Registry]:
    """A registry of images."""
    yield replace(
        plain_registry(r.address),
        admin_account=r.flag("admin_account", "admin_enabled", default=False),
        public=r.flag("public", "public_network_access_enabled", default=True),
        anonymous_pull=r.flag("anonymous_pull", "anonymous_pull_enabled", default=False),
    )


def web_app(r: Reader) -> Iterator[WebApp]:
    """A web application, or an application of functions."""
    site = r.block("", "site_config")
    ftps = site.text("plain_ftp", "ftps_state", "Disabled", lower=True)
    site.writes("plain_ftp", "ftps_state", {False: '"FtpsOnly"'})
    yield replace(
        plain_app(r.address),
        https_only=r.flag("https_only", "https_only", default=False),
        min_tls=site.mapped("min_tls", "minimum_tls_version", _TLS, "1.2", "1.0"),
        remote_debugging=site.flag("remote_debugging", "remote_debugging_enabled", default=False),
        plain_ftp=ftps == "allallowed",
        origins=site.texts("origins", "cors.allowed_origins"),
    )
