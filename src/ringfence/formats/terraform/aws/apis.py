"""Interfaces and workflows of AWS: API Gateway, AppSync, Step Functions."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.balancers import filtered
from ringfence.formats.terraform.aws.certificates import handed_over
from ringfence.formats.terraform.aws.following import followed, names_resource, said
from ringfence.formats.terraform.aws.policies import resource_policy
from ringfence.formats.terraform.aws.replacing import replaced
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import ON
from ringfence.models.cloud.buckets import CrossOrigin
from ringfence.models.cloud.containers import Workflow
from ringfence.models.cloud.edge import Api, ApiDomain, ApiIntegration, ApiMetering, ApiMethod, ApiStage, Certificate
from ringfence.models.cloud.edge import api as plain
from ringfence.models.cloud.managed import Replacement
from ringfence.models.cloud.policy import PolicyHolder


def rest(r: Reader) -> Iterator[Api | PolicyHolder | Replacement]:
    """A REST interface, public where nothing is said."""
    kinds = r.texts("public", "endpoint_configuration.types", ("EDGE",))
    r.record.elements.pop("public", None)
    r.record.writings.pop("public", None)
    if any(one.startswith("public[") for one in r.record.unknown):
        r.unknown("public")
    yield replace(plain(r.address), public="PRIVATE" not in kinds)
    yield from resource_policy(r, "API", "policy")
    yield from replaced(r)


def rest_policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may call a REST interface."""
    yield from resource_policy(r, "API", "policy")


_REST = "aws_api_gateway_rest_api"


def stage(r: Reader) -> Iterator[ApiStage | ApiMetering]:
    """A stage of a REST interface. What is logged and cached of its methods is said elsewhere, or nothing is."""
    hidden = _hidden(r, "filtered")
    interface = r.view.find("rest_api_id").value
    if isinstance(interface, Unknown) and not any(_REST in one for one in interface.references):
        r.unknown("filtered")
    yield ApiStage(
        name=r.address,
        access_logs=r.given("access_logs", "access_log_settings.destination_arn"),
        execution_logs=_no_settings(r),
        tracing=r.flag("tracing", "xray_tracing_enabled", default=False),
        data_traces=None,
        metrics=None,
        cache_encrypted=None,
        client_certificate=r.given("client_certificate", "client_certificate_id"),
        filtered=None if hidden else filtered(r),
    )
    yield _metered(r)


def deployment(r: Reader) -> Iterator[ApiStage | ApiMetering | Replacement]:
    """A deployment; where it makes a stage of its own nothing can be said of that, and nothing logs its calls. A plan
    may name it."""
    yield from replaced(r)
    if r.given("access_logs", "stage_name"):
        r.decide("access_logs", "make the stage an aws_api_gateway_stage with access_log_settings")
        yield ApiStage(
            name=r.address,
            access_logs=False,
            execution_logs=None,
            tracing=None,
            data_traces=None,
            metrics=None,
            cache_encrypted=None,
            client_certificate=None,
            filtered=None,
        )
        r.rests_on("stage_name", "planned")
        yield _metered(r)


def _no_settings(r: Reader) -> bool | None:
    """False where nothing says what is logged of the methods: then nothing is."""
    kind = "aws_api_gateway_method_settings"
    r.decide("execution_logs", "add an aws_api_gateway_method_settings with a logging_level")
    hidden = isinstance(r.view.find("stage_name").value, Unknown) and r.others(kind)
    if hidden or r.links_unknown(kind, "stage_name"):
        return None
    return None if r.linked(kind, "stage_name", "stage_name") else False


_STAGES = ("aws_api_gateway_stage.", "aws_api_gateway_deployment.")


def _metered(r: Reader) -> ApiMetering:
    """Whether a plan names the stage; where one names what nobody can say, nobody can say."""
    own, interface = said(r, "stage_name"), said(r, "rest_api_id")
    planned = False
    for plan in r.others("aws_api_gateway_usage_plan"):
        some, known = plan.view.blocks("api_stages")
        for view in some:
            value = view.find("stage").value
            other = view.find("api_id").value
            if interface and isinstance(other, str) and other != interface:
                continue
            if isinstance(value, Unknown):
                if r.instance.resource.address in value.references:
                    planned = True
                elif not any(stage in ref for ref in value.references for stage in _STAGES):
                    r.unknown("planned")
            elif own and value == own:
                planned = True
        if not known:
            r.unknown("planned")
    if isinstance(r.view.find("stage_name").value, Unknown) and r.others("aws_api_gateway_usage_plan"):
        r.unknown("planned")
    r.decide("planned", "how often may it be called? add an aws_api_gateway_usage_plan")
    return ApiMetering(name=r.address, planned=planned)


def _hidden(r: Reader, field: str) -> bool:
    """Whether its interface can be asked from inside of networks only; the field is not known where that is not."""
    types = "endpoint_configuration.types"
    apis = followed(r, "rest_api_id", _REST)
    for one in apis:
        one.rests_on(types, "types")
        if "types" in one.record.unknown:
            r.unknown(field)
    return any("PRIVATE" in one.texts("", types) for one in apis)


def second(r: Reader) -> Iterator[CrossOrigin]:
    """An HTTP or WebSocket interface: which pages may call it."""
    if r.view.blocks("cors_configuration")[0]:
        yield CrossOrigin(name=r.address, origins=r.texts("origins", "cors_configuration.allow_origins"))


def second_stage(r: Reader) -> Iterator[ApiStage]:
    """A stage of an HTTP or WebSocket interface. Only the latter can show a certificate, and log what it does."""
    interfaces = followed(r, "api_id", "aws_apigatewayv2_api")
    sockets = any(said(one, "protocol_type").upper() == "WEBSOCKET" for one in interfaces)
    yield ApiStage(
        name=r.address,
        access_logs=r.given("access_logs", "access_log_settings.destination_arn"),
        execution_logs=_levels(r, "default_route_settings.logging_level") if sockets else None,
        tracing=None,
        data_traces=r.flag("data_traces", "default_route_settings.data_trace_enabled", default=False),
        metrics=None,
        cache_encrypted=None,
        client_certificate=r.given("client_certificate", "client_certificate_id") if sockets else None,
        filtered=None,
    )


def _levels(r: Reader, attribute: str) -> bool:
    levels = {"ERROR": True, "INFO": True, "OFF": False}
    return r.mapped("execution_logs", attribute, levels, default=False, otherwise=False)


def settings(r: Reader) -> Iterator[ApiStage]:
    """What is logged and cached of methods."""
    cached = r.view.find("settings.caching_enabled").value in ON
    encrypted = r.flag("cache_encrypted", "settings.cache_data_encrypted", default=False)
    yield ApiStage(
        name=r.address,
        access_logs=None,
        execution_logs=_levels(r, "settings.logging_level"),
        tracing=None,
        data_traces=r.flag("data_traces", "settings.data_trace_enabled", default=False),
        metrics=r.flag("metrics", "settings.metrics_enabled", default=False),
        cache_encrypted=encrypted if cached else None,
        client_certificate=None,
        filtered=None,
    )


def method(r: Reader) -> Iterator[ApiMethod]:
    """A method of a REST interface."""
    ways = {"NONE": False}
    hidden = _hidden(r, "authorized")
    verb = r.text("verb", "http_method").upper()
    authorized = r.mapped("authorized", "authorization", ways, default=False, otherwise=True)
    key = r.flag("key_required", "api_key_required", default=False)
    if "verb" in r.record.unknown or "key_required" in r.record.unknown:
        r.unknown("authorized")
    r.rests_on("http_method", "validated")
    yield ApiMethod(
        name=r.address,
        verb=verb,
        authorized=authorized,
        key_required=key,
        private=hidden,
        validated=None if verb == "OPTIONS" else r.given("validated", "request_validator_id"),
    )


def route(r: Reader) -> Iterator[ApiMethod]:
    """A route of an HTTP or WebSocket interface. Of a socket, only the connection can ask who calls."""
    key = r.text("verb", "route_key")
    socket = any(said(one, "protocol_type") == "WEBSOCKET" for one in followed(r, "api_id", "aws_apigatewayv2_api"))
    verb = key.partition(" ")[0].upper()
    authorized = r.mapped("authorized", "authorization_type", {"NONE": False}, default=False, otherwise=True)
    if "verb" in r.record.unknown:
        r.unknown("authorized")
    if verb == "$DISCONNECT" or (socket and verb != "$CONNECT"):
        return
    yield ApiMethod(
        name=r.address,
        verb=verb,
        authorized=authorized,
        key_required=r.flag("key_required", "api_key_required", default=False),
        private=False,
        validated=None,
    )


def integration(r: Reader) -> Iterator[ApiIntegration]:
    """What an HTTP interface calls. In a private network it calls it over HTTP, unless told to use TLS."""
    apis = followed(r, "api_id", "aws_apigatewayv2_api")
    own = r.view.find("api_id").value
    if not apis and isinstance(own, Unknown) and not names_resource(own):
        r.unknown("tls")
    for one in apis:
        if isinstance(one.view.find("protocol_type").value, Unknown):
            r.unknown("tls")
    r.rests_on("connection_type", "tls")
    r.decide("tls", "which name should its certificate have? add a tls_config")
    private = said(r, "connection_type").upper() == "VPC_LINK"
    socket = any(said(one, "protocol_type").upper() == "WEBSOCKET" for one in apis)
    yield ApiIntegration(name=r.address, tls=r.has("tls", "tls_config") if private and not socket else None)


def domain(r: Reader) -> Iterator[ApiDomain | Certificate]:
    """A name of an interface. TLS 1.0 is taken where nothing is said. Its certificate may be handed over with it."""
    policies = {"TLS_1_2": "1.2", "TLS_1_0": "1.0"}
    attribute = (
        "domain_name_configuration.security_policy" if r.type.startswith("aws_apigatewayv2") else "security_policy"
    )
    yield ApiDomain(name=r.address, min_tls=r.mapped("min_tls", attribute, policies, default="1.0", otherwise=""))
    if r.type == "aws_api_gateway_domain_name":
        yield from handed_over(r)


def graph(r: Reader) -> Iterator[Api]:
    """A GraphQL interface of AppSync."""
    keys = {"API_KEY": True}
    hidden = said(r, "visibility") == "PRIVATE"
    r.rests_on("visibility", "filtered")
    yield replace(
        plain(r.address),
        logging=r.given("logging", "log_config.cloudwatch_logs_role_arn")
        and r.text("logging", "log_config.field_log_level", "NONE") != "NONE",
        tracing=r.flag("tracing", "xray_enabled", default=False),
        filtered=None if hidden else filtered(r),
        key_only=r.mapped("key_only", "authentication_type", keys, default=False, otherwise=False),
    )


def graph_cache(r: Reader) -> Iterator[Api]:
    """A cache of AppSync."""
    yield replace(
        plain(r.address),
        cache_encrypted=r.flag("cache_encrypted", "at_rest_encryption_enabled", default=False),
        cache_tls=r.flag("cache_tls", "transit_encryption_enabled", default=False),
    )


def workflow(r: Reader) -> Iterator[Workflow]:
    """A state machine of Step Functions."""
    levels = {"OFF": False, "ALL": True, "ERROR": True, "FATAL": True}
    yield Workflow(
        name=r.address,
        logging=r.mapped("logging", "logging_configuration.level", levels, default=False, otherwise=False),
        tracing=r.flag("tracing", "tracing_configuration.enabled", default=False),
    )
