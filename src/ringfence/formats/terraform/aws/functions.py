"""Functions and builds of AWS: Lambda, CodeBuild, CodePipeline."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.terraform.aws.documents import Node, document
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.code import BranchRule, CodeRepository
from ringfence.models.cloud.containers import BuildProject, Function, FunctionPermission, FunctionUrl
from ringfence.models.cloud.containers import function as plain


def function(r: Reader) -> Iterator[Function]:
    """A function of Lambda."""
    variables = _variables(r)
    modes = {"Active": True, "PassThrough": False}
    image = said(r, "package_type").lower() == "image"
    if isinstance(r.view.find("package_type").value, Unknown):
        r.unknown("signed")
    yield replace(
        plain(r.address),
        runtime=r.text("runtime", "runtime", lower=True),
        variables=variables,
        variables_key=r.given("variables_key", "kms_key_arn") if variables or _silent_variables(r) else None,
        tracing=r.mapped("tracing", "tracing_config.mode", modes, default=False, otherwise=False),
        in_network=r.has("in_network", "vpc_config"),
        bounded=r.number("bounded", "reserved_concurrent_executions", default=-1) >= 0,
        dead_letters=_dead_letters(r),
        signed=None if image else r.given("signed", "code_signing_config_arn"),
        own_role=_own_role(r),
    )


def _own_role(r: Reader) -> bool | None:
    """Whether no other function of the module has the same role; None where it is not a role that can be compared."""
    role = r.view.find("role")
    r.place_of("own_role", role)
    r.decide("own_role", "which permissions does this one need? give it a role with only those")
    own = _named_role(role.value)
    if not own:
        return None
    others = [one for one in r.others("aws_lambda_function") if one.instance is not r.instance]
    return not any(one.type == r.type and _named_role(one.view.find("role").value) == own for one in others)


def _named_role(value: Value) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({value})
    named = value.references if isinstance(value, Unknown) and value.pieces is None else frozenset[str]()
    return frozenset(one for one in named if "aws_iam_role." in one)


def _variables(r: Reader) -> tuple[tuple[str, str], ...]:
    found = r.view.find("environment.variables")
    r.value("variables", "environment.variables")
    pairs = list[tuple[str, str]]()
    for name, node in Node(r, found.value, found.expression).entries():
        path = f"variables[{len(pairs)}]"
        node.stands(path)
        pairs.append((name, node.text(path)))
    return tuple(pairs)


def _silent_variables(r: Reader) -> bool:
    """Whether it says that it has variables, but not in the way that the provider reads."""
    return any("variables" not in one.names_of_attributes() for one in r.view.blocks("environment")[0])


def _dead_letters(r: Reader) -> bool:
    if r.given("dead_letters", "dead_letter_config.target_arn"):
        return True
    for one in r.linked("aws_lambda_function_event_invoke_config", "function_name", "function_name"):
        if one.view.blocks("destination_config.on_failure")[0]:
            return True
    return False


def address(r: Reader) -> Iterator[FunctionUrl]:
    """An address of a function."""
    modes = {"AWS_IAM": True, "NONE": False}
    yield FunctionUrl(
        name=r.address,
        authenticated=r.mapped("authenticated", "authorization_type", modes, default=True, otherwise=True),
        origins=r.texts("origins", "cors.allow_origins"),
    )


#: What bounds everybody, and what bounds a caller that is named.
_OF_ALL = ("principal_org_id", "event_source_token")
_BOUNDS = ("source_arn", "source_account", *_OF_ALL)


def permission(r: Reader) -> Iterator[FunctionPermission]:
    """Who may call a function. The address of a function is judged where that is made."""
    principal = r.text("principal", "principal")
    known = [there(r, one) for one in (_OF_ALL if principal == "*" else _BOUNDS)]
    if None in known:
        r.unknown("bounded")
        r.unknown("principal")
    asked = said(r, "function_url_auth_type")
    yield FunctionPermission(
        name=r.address,
        principal=principal,
        action=r.text("action", "action"),
        bounded=True in known or asked == "AWS_IAM",
    )


def layer_permission(r: Reader) -> Iterator[FunctionPermission]:
    """Who may use a layer."""
    bounded = there(r, "organization_id")
    if bounded is None:
        r.unknown("principal")
    yield FunctionPermission(
        name=r.address,
        principal=r.text("principal", "principal"),
        action=r.text("action", "action"),
        bounded=bounded is True,
    )


def build(r: Reader) -> Iterator[BuildProject]:
    """A project of CodeBuild. Its artifacts are encrypted, and its logs kept, where the file says nothing."""
    open_, closed = {"PUBLIC_READ": True, "PRIVATE": False}, {"ENABLED": True, "DISABLED": False}
    logs = r.mapped("logging", "logs_config.cloudwatch_logs.status", closed, default=True, otherwise=True)
    stored = r.view.find("logs_config.s3_logs.status").value == "ENABLED"
    encrypted = r.inverted("logs_encrypted", "logs_config.s3_logs.encryption_disabled", default=True)
    key = r.given("customer_key", "encryption_key")
    r.rests_on("artifacts.type", "encrypted", "customer_key")
    makes = said(r, "artifacts.type").upper() != "NO_ARTIFACTS"
    keeps = makes or bool(r.view.blocks("secondary_artifacts")[0] or r.view.blocks("cache")[0])
    yield BuildProject(
        name=r.address,
        encrypted=_encrypted(r) if makes else None,
        customer_key=key if keeps or there(r, "encryption_key") else None,
        privileged=r.flag("privileged", "environment.privileged_mode", default=False),
        variables=_plain_variables(r),
        logging=logs or stored,
        logs_encrypted=encrypted,
        plain_source=_plain_source(r),
        public=r.mapped("public", "project_visibility", open_, default=False, otherwise=False),
    )


def _encrypted(r: Reader) -> bool:
    for kind in ("secondary_artifacts", "artifacts"):
        for view in r.view.blocks(kind)[0]:
            one = Reader(r.instance, view, r.record)
            if not one.inverted("encrypted", "encryption_disabled", default=True):
                return False
    return True


def _plain_variables(r: Reader) -> tuple[tuple[str, str], ...]:
    """Those in plain text; the others name where the secret is."""
    found = list[tuple[str, str]]()
    for one in r.view.blocks("environment.environment_variable")[0]:
        kind, value = one.find("type").value, one.find("value")
        if kind not in (None, "PLAINTEXT"):
            continue
        path = f"variables[{len(found)}]"
        node = Node(r, value.value, value.expression)
        node.stands(path)
        name = one.find("name").value
        found.append((name if isinstance(name, str) else "", node.text(path)))
        if isinstance(kind, Unknown):
            r.record.unknown.add(path)
    return tuple(found)


def _plain_source(r: Reader) -> bool:
    for kind in ("secondary_sources", "source"):
        for view in r.view.blocks(kind)[0]:
            one = Reader(r.instance, view, r.record)
            if one.flag("plain_source", "insecure_ssl", default=False):
                return True
            if said(one, "location").lower().startswith("http://"):
                one.text("plain_source", "location")
                r.decide("plain_source", "at which HTTPS address is the code?")
                return True
    return False


_APPROVED = "aws_codecommit_approval_rule_template_association"


def repository(r: Reader) -> Iterator[CodeRepository]:
    """A repository of CodeCommit: rules are asked for where they are associated with it."""
    asked = bool(r.linked(_APPROVED, "repository_name", "repository_name"))
    if not asked and r.links_unknown(_APPROVED, "repository_name"):
        r.unknown("protected")
    r.decide("protected", f"who must approve a change? add an {_APPROVED}")
    yield CodeRepository(name=r.address, public=False, alerts=None, protected=asked)


def approvals(r: Reader) -> Iterator[BranchRule]:
    """How many must approve a change, in CodeCommit: the least of its statements."""
    listed = document(r, "approvals", "content").get("Statements")
    needed = list[int]()
    for one in listed.items():
        count = one.get("NumberOfApprovalsNeeded")
        if isinstance(count.value, Unknown):
            r.unknown("approvals")
        needed.append(count.value if isinstance(count.value, int) else 0)
    r.decide("approvals", "how many must approve a change? two at least")
    yield BranchRule(name=r.address, approvals=min(needed, default=0), signed=None, forced=False)


def pipeline(r: Reader) -> Iterator[BuildProject]:
    """A pipeline of CodePipeline: what its stores are encrypted with."""
    yield _keyed(r, r.given("customer_key", "artifact_store.encryption_key.id"))


def packages(r: Reader) -> Iterator[BuildProject]:
    """A domain of CodeArtifact, which is encrypted with the provider's key where none is named."""
    yield _keyed(r, r.given("customer_key", "encryption_key"))


def _keyed(r: Reader, customer_key: bool) -> BuildProject:
    return BuildProject(
        name=r.address,
        encrypted=None,
        customer_key=customer_key,
        privileged=None,
        variables=(),
        logging=None,
        logs_encrypted=None,
        plain_source=None,
        public=None,
    )
