"""Web applications and applications of functions of Azure, in the forms of all versions."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.azure.common import (
    either,
    folded,
    identity,
    is_unknown,
    major,
    public,
    service_log,
    tls,
)
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.containers import TaskContainer, TaskDefinition, only_containers
from ringfence.models.cloud.edge import WebApp
from ringfence.models.cloud.edge import web_app as plain
from ringfence.models.cloud.managed import ManagedService, ServiceLog, managed_service

#: Attributes that say which version of a language it is written in, and the language's name.
_LANGUAGES = {
    "dotnet_version": "dotnet",
    "dotnet_framework_version": "dotnet",
    "current_stack": "",
    "java_version": "java",
    "node_version": "node",
    "php_version": "php",
    "powershell_core_version": "powershell",
    "python_version": "python",
    "ruby_version": "ruby",
}
_MAX_VARIABLES = 500


def application(r: Reader) -> Iterator[WebApp | TaskDefinition | ServiceLog]:
    """A web application."""
    yield replace(
        _common(r),
        http_logs=_http_logs(r),
        error_logs=_error_logs(r),
        failure_traces=_trace(r),
        http_two=_http_two(r),
        health_checked=_checked(r),
        always_on=_always_on(r),
    )
    some, known = r.view.blocks("logs.http_logs")
    if not known:
        r.unknown("logged")
    yield service_log(r, "web application", kept=bool(some))
    yield from _variables(r)


def functions(r: Reader) -> Iterator[WebApp | TaskDefinition]:
    """An application of functions."""
    yield replace(_common(r), http_two=_http_two(r))
    yield from _variables(r)


def workflow(r: Reader) -> Iterator[WebApp | TaskDefinition | ServiceLog]:
    """An application of workflows."""
    app = _common(r)
    yield replace(app, authentication=None, client_certificates=None)
    yield service_log(r, "workflow application")
    yield from _variables(r)


def _common(r: Reader) -> WebApp:
    """What every application has. Before version 4 there was one resource for all systems, with other defaults."""
    site = r.block("", "site_config")
    old = _is_old(r)
    name = either(site, "minimum_tls_version", "min_tls_version") if not old else "min_tls_version"
    version = tls(site, "min_tls", name, "1.0" if old and major(r) < 2 else "1.2")
    publishing = "publish_basic_authentication_enabled"
    return replace(
        plain(r.address),
        ftp_passwords=None if old else r.flag("ftp_passwords", f"ftp_{publishing}", default=True),
        deploy_passwords=None if old else r.flag("deploy_passwords", f"webdeploy_{publishing}", default=True),
        https_only=r.flag("https_only", "https_only", default=False),
        min_tls=version,
        client_certificates=_certificates(r),
        authentication=_authentication(r),
        public=_public(r),
        managed_identity=identity(r),
        remote_debugging=site.flag("remote_debugging", "remote_debugging_enabled", default=False),
        plain_ftp=_plain_ftp(site, old=old),
        origins=_origins(site),
        runtimes=_runtimes(site),
        deploy_bounded=_deploy_bounded(r),
        insights=_insights(r),
    )


def _is_old(r: Reader) -> bool:
    """Whether it is a resource for all systems, as there were before version 4."""
    return r.type.startswith(("azurerm_app_service", "azurerm_function_app")) and "flex" not in r.type


def _certificates(r: Reader) -> bool:
    """Whether callers must show a certificate: where that is on, a mode may say that they only can. Functions let it be
    where no mode is said."""
    if r.view.find("client_cert_mode").there:
        return r.mapped("client_certificates", "client_cert_mode", {"Required": True, "Optional": False}, False, False)
    asked = r.flag("client_certificates", either(r, "client_certificate_enabled", "client_cert_enabled"), default=False)
    if asked and not _is_old(r):
        r.rests_on("client_certificate_mode", "client_certificates")
        mode = folded(r, "client_certificate_mode") or ("optional" if "_function_" in r.type else "required")
        r.place_of("client_certificates", r.view.find("client_certificate_enabled"))
        asked = mode == "required"
    r.decide(
        "client_certificates", "do all callers have certificates? then set client_certificate_mode to Required, too"
    )
    return asked


def _authentication(r: Reader) -> bool:
    """Whether the platform asks who somebody is, before the application does."""
    newer = r.flag("authentication", "auth_settings_v2.auth_enabled", default=False)
    if not newer or not r.view.blocks("auth_settings_v2")[0]:
        newer = r.flag("authentication", "auth_settings.enabled", default=False)
    if not r.view.blocks("auth_settings_v2")[1]:
        r.unknown("authentication")
    r.decide("authentication", "whose accounts may log in? if the application itself asks, waive this")
    return newer


def _public(r: Reader) -> bool:
    """Whether the internet reaches it: not where rules for addresses stand there and the rest is refused."""
    answer = public(r)
    r.decide("public", "which network is it used from? give it a private endpoint there")
    some, known = r.view.blocks("site_config.ip_restriction")
    if not known:
        r.unknown("public")
    rest = "site_config.ip_restriction_default_action"
    refused = r.mapped("public", rest, _RESTS, default=bool(some) and _refuses(r), otherwise=False)
    r.decide("public", "which network is it used from? give it a private endpoint there")
    return answer and not refused


def _refuses(r: Reader) -> bool:
    """Whether who is not named by any rule is refused where nothing is said: since version 4 nobody is."""
    return major(r) < 4 or _is_old(r)


_INSIGHTS = ("applicationinsights_connection_string", "appinsights_instrumentationkey")
_OWN_INSIGHTS = ("application_insights_connection_string", "application_insights_key")


def _insights(r: Reader) -> bool:
    """Whether it tells how it does: by a setting, or by what functions have for that."""
    held = r.view.find("app_settings")
    if not held.known or isinstance(held.value, Unknown):
        r.unknown("insights")
    settings = held.value if isinstance(held.value, dict) else {}
    r.decide("insights", "which Application Insights should it report to? set APPLICATIONINSIGHTS_CONNECTION_STRING")
    own = any(there(r, f"site_config.{one}") is not False for one in _OWN_INSIGHTS)
    return own or any(one.lower() in _INSIGHTS for one in settings)


def _always_on(r: Reader) -> bool:
    """Whether it is kept loaded: the older resource says that it is not, where nothing is said."""
    return r.block("", "site_config").flag("always_on", "always_on", default=not _is_old(r))


def _deploy_bounded(r: Reader) -> bool | None:
    """Whether rules for addresses hold for the site that takes code; None where there are none for the application."""
    own, sure = r.view.blocks("site_config.scm_ip_restriction")
    rest = folded(r, "site_config.scm_ip_restriction_default_action")
    shared = "site_config.scm_use_main_ip_restriction"
    main = bool(r.view.blocks("site_config.ip_restriction")[0]) and _refuses(r)
    if not main and folded(r, "site_config.ip_restriction_default_action") != "deny":
        return None
    if not sure or is_unknown(r, "site_config.scm_ip_restriction_default_action"):
        r.unknown("deploy_bounded")
    same = r.flag("deploy_bounded", shared, default=False)
    return same or rest == "deny" or (bool(own) and _refuses(r))


#: Whether what no rule names is refused.
_RESTS = {"Deny": True, "Allow": False}


def _plain_ftp(site: Reader, *, old: bool) -> bool:
    """Whether files may come without TLS: the older resources let that be where nothing is said."""
    states = {"FtpsOnly": False, "Disabled": False, "AllAllowed": True}
    return site.mapped("plain_ftp", "ftps_state", states, old, False)


def _origins(site: Reader) -> tuple[str, ...]:
    return site.texts("origins", "cors.allowed_origins")


def _http_two(r: Reader) -> bool:
    site = r.block("", "site_config")
    return site.flag("http_two", "http2_enabled", default=False)


def _checked(r: Reader) -> bool:
    site = r.block("", "site_config")
    answer = site.given("health_checked", "health_check_path")
    r.decide("health_checked", "which path shows that it works?")
    return answer


def _http_logs(r: Reader) -> bool:
    answer = r.block("", "logs").has("http_logs", "http_logs")
    r.decide("http_logs", "where should the logs go? add an http_logs block")
    return answer


def _error_logs(r: Reader) -> bool:
    logs = r.block("", "logs")
    name = either(logs, "detailed_error_messages", "detailed_error_messages_enabled")
    return logs.flag("error_logs", name, default=False)


def _trace(r: Reader) -> bool:
    logs = r.block("", "logs")
    name = either(logs, "failed_request_tracing", "failed_request_tracing_enabled")
    return logs.flag("failure_traces", name, default=False)


def _runtimes(site: Reader) -> tuple[tuple[str, str], ...]:
    """Languages and their versions, as far as they are said."""
    found = list[tuple[str, str]]()
    stacks = site.view.blocks("application_stack")[0]
    for view in [site.view, *stacks]:
        for name, language in _LANGUAGES.items():
            held = view.find(name)
            if language and held.there and isinstance(held.value, str | int | float):
                site.place_of(f"runtimes[{len(found)}]", held)
                site.decide(f"runtimes[{len(found)}]", "to which version can it be moved?")
                found.append((language, str(held.value).lower()))
    held = site.view.find("linux_fx_version")
    if isinstance(held.value, str) and "|" in held.value:
        language, _, version = held.value.lower().partition("|")
        language = "dotnet" if language.startswith("dotnet") else language
        site.place_of(f"runtimes[{len(found)}]", held)
        found.append((language, version))
    return tuple(found)


def _variables(r: Reader) -> Iterator[TaskDefinition]:
    """What the application is told, in plain text."""
    found = list[tuple[str, str]]()
    for attribute in ("app_settings", "connection_string"):
        held = r.view.find(attribute)
        if isinstance(held.value, dict):
            for name, value in list(held.value.items())[:_MAX_VARIABLES]:
                if isinstance(value, str):
                    r.place_of(f"containers[0].variables[{len(found)}]", held)
                    found.append((name, value))
    if not found or there(r, "app_settings") is None:
        return
    container = TaskContainer(
        name=r.name,
        privileged=None,
        read_only_root=None,
        user=None,
        variables=tuple(found),
        logging=None,
    )
    yield only_containers(r.address, (container,))


def container_app(r: Reader) -> Iterator[WebApp | ManagedService]:
    """A container that answers: over HTTPS only, unless it says otherwise."""
    yield replace(managed_service(r.address, "container app"), managed_identity=identity(r))
    if r.view.blocks("ingress")[0]:
        ingress = r.block("", "ingress")
        https = ingress.inverted("https_only", "allow_insecure_connections", default=True)
        yield replace(plain(r.address), https_only=https)


def portal(r: Reader) -> Iterator[WebApp]:
    """A gateway or portal of Spring."""
    yield replace(
        plain(r.address),
        https_only=r.flag("https_only", "https_only_enabled", default=False),
        public=r.flag("public", "public_network_access_enabled", default=False),
    )
