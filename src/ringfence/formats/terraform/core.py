"""Terraform's own blocks: backends, required providers, modules, providers, variables."""

import re
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.hcl.body import Body
from ringfence.formats.hcl.scope import references_of
from ringfence.formats.hcl.syntax import Get, Literal, Template
from ringfence.formats.hcl.syntax import Variable as Name
from ringfence.formats.terraform.reader import Reader, Spot
from ringfence.formats.terraform.switches import ON
from ringfence.models.cloud.state import (
    ModuleSource,
    Output,
    OutsideRequest,
    ProviderConfig,
    Requirement,
    SourceKind,
    StateBackend,
    Variable,
)

KINDS: dict[str, str] = {
    "data.http": ":request",
    "module": ":module",
    "output": ":output",
    "provider": ":provider",
    "terraform": ":terraform",
    "variable": ":variable",
}

MAX_LITERALS = 200
_LOCK = re.compile(r"use_lockfile|dynamodb_table|dynamodb_endpoint|lock_address")
_NAMES = ("access_key", "secret_key", "token", "password", "conn_str", "sas_token", "client_secret", "encryption_key")


def terraform(r: Reader) -> Iterator[StateBackend | Requirement]:
    """A `terraform` block: where the state is kept, and which providers are asked for."""
    blocks = r.instance.resource.block.body.blocks
    kinds = [one.labels[0] if one.labels else "" for one in blocks if one.type == "backend"]
    for kind, view in zip(kinds, r.view.blocks("backend")[0], strict=False):
        yield _backend(Reader(r.instance, view, r.record), kind)
    for view in r.view.blocks("required_providers")[0]:
        for name in sorted(view.body.attributes if view.body is not None else ()):
            yield from _requirement(Reader(r.instance, view, r.record), name)


def _backend(one: Reader, kind: str) -> StateBackend:
    """A backend. What it does not say may be given to `init`; one without its place gets everything there."""
    whole = any(one.view.find(place).there for place in ("bucket", "address", "path", "key", "prefix"))
    secrets = _secrets(one, _NAMES)
    address = one.text("plain_http", "address", lower=True)
    scheme = one.view.find("scheme").value == "http"
    return StateBackend(
        name=f'backend "{kind}"',
        encrypted=one.flag("encrypted", "encrypt", default=False) if kind == "s3" and whole else None,
        plain_http=address.startswith("http://") or (kind == "consul" and scheme),
        unverified=one.flag("unverified", "skip_cert_verification", default=False) if kind == "http" else None,
        locked=_locked(one) if kind == "s3" and whole else None,
        secrets=secrets,
    )


def _locked(one: Reader) -> bool:
    value = one.flag("locked", "use_lockfile", default=False)
    names = one.view.body.attributes if one.view.body is not None else {}
    return value or any(_LOCK.fullmatch(name) and name != "use_lockfile" for name in names)


def _requirement(one: Reader, name: str) -> Iterator[Requirement]:
    found = one.view.find(name)
    said = found.value
    one.record.spots["version"] = Spot(file=one.view.file, start=found.start, end=found.end)
    if isinstance(said, Unknown):
        return
    entry = said if isinstance(said, dict) else {"version": said}
    version, source = entry.get("version"), entry.get("source")
    if source == "terraform.io/builtin/terraform" or (isinstance(said, dict) and "configuration_aliases" in said):
        return  # built in; or given by the caller, which asks for a version
    yield Requirement(
        name=name,
        version=version if isinstance(version, str) else "",
    )


_GIT = re.compile(r"git::|git@|(www\.)?(github\.com|bitbucket\.org)/|ssh://|git://", re.IGNORECASE)
_ARCHIVE = re.compile(r"https?://|s3::|gcs::|hg::", re.IGNORECASE)
_PLAIN = re.compile(r"(git::|hg::)?http://|(git::)?git://", re.IGNORECASE)
_REF = re.compile(r"[?&](?:ref|rev)=([^&]*)")


def module(r: Reader) -> Iterator[object]:
    """A call of a module. Those of the same tree need no version; of some others it is known what they make."""
    source = r.text("source", "source")
    r.text("plain", "source")
    if not source or "source" in r.record.unknown or source.startswith((".", "/")):
        return
    kind = _kind(source)
    if kind is SourceKind.REGISTRY:
        ref = r.text("ref", "version")
    else:
        r.text("ref", "source")
        match = _REF.search(source)
        ref = match[1] if match else ""
        if "${}" in ref:
            r.unknown("ref")
    yield ModuleSource(name=r.address, kind=kind, ref=ref, plain=_PLAIN.match(source) is not None)
    if "terraform-aws-modules/" in source:
        from ringfence.formats.terraform.aws.modules import passed

        yield from passed(r, source)


def _kind(source: str) -> SourceKind:
    if _GIT.match(source):
        return SourceKind.GIT
    if _ARCHIVE.match(source):
        # What ends in .git over http is fetched as an archive all the same, unless git:: says otherwise.
        return SourceKind.ARCHIVE
    return SourceKind.REGISTRY


def provider(r: Reader) -> Iterator[ProviderConfig]:
    """What a provider is told. Credentials of a stand-in for tests (nobody checks them) open nothing."""
    unchecked = r.view.find("skip_credentials_validation").value in ON
    secrets = () if unchecked else _secrets(r)
    unverified = False
    for name in ("insecure", "skip_tls_verify", "insecure_skip_verify", "allow_unverified_ssl", "tls_insecure"):
        if r.view.find(name).there:
            unverified = r.flag("unverified", name, default=False)
    yield ProviderConfig(name=f'provider "{r.name}"', secrets=secrets, unverified=unverified)


def variable(r: Reader) -> Iterator[Variable]:
    """An input of the module."""
    found = r.view.find("default")
    r.text("default", "default")
    default = found.value if isinstance(found.value, str) else ""
    yield Variable(name=r.name, default=default)


#: Attributes of resources that are secrets wherever they stand.
_SECRET = re.compile(
    r"(^|_)(password|secret|secret_key|private_key|private_key_pem|private_key_openssh|access_token|auth_token|token"
    r"|client_secret|connection_string|primary_key|secondary_key|primary_access_key|secondary_access_key|kube_config"
    r"|kube_config_raw|ses_smtp_password_v4|secret_string|sas|encrypted_secret)$"
)


def output(r: Reader) -> Iterator[Output]:
    """A value that is given to the caller, and shown by a root."""
    found = r.view.find("value")
    r.place_of("sensitive", found)
    secret = _secret_of(found.expression)
    sensitive = r.flag("sensitive", "sensitive", default=False)
    yield Output(name=r.name, sensitive=sensitive, secret=secret)


def _secret_of(expression: object) -> str:
    """Which secret attribute of a resource an expression is or has in it, "" where none is seen."""
    if isinstance(expression, Template):
        return next(filter(None, map(_secret_of, expression.parts)), "")
    if not isinstance(expression, Get) or not isinstance(expression.base, Name):
        return ""
    steps = [one for one in expression.steps if isinstance(one, str)]
    kind, last = expression.base.name, steps[-1] if steps else ""
    if kind in ("var", "local", "each", "module", "path", "self") or len(steps) < 2:
        return ""
    if kind == "random_password" and last in ("result", "bcrypt_hash"):
        return f"{kind}.{steps[0]}.{last}"
    return ".".join([kind, *steps]) if _SECRET.search(last) else ""


def _secrets(r: Reader, names: tuple[str, ...] = ("",)) -> tuple[tuple[str, str], ...]:
    """The texts that stand in a block, with their attributes' names, which begin so; each has its place."""
    found = list[tuple[str, str]]()
    waiting: list[Body] = [r.view.body] if r.view.body is not None else []
    while waiting and len(found) < MAX_LITERALS:
        body = waiting.pop()
        for name, attribute in body.attributes.items():
            said = _said(attribute.expression)
            if said and name.startswith(names):
                spot = Spot(file=r.view.file, start=attribute.start, end=attribute.end)
                r.record.spots[f"secrets[{len(found)}]"] = spot
                found.append((name, said))
        waiting += [block.body for block in body.blocks]
    return tuple(found[:MAX_LITERALS])


def _said(expression: object) -> str:
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        return expression.value
    if isinstance(expression, Template) and all(isinstance(one, str) for one in expression.parts):
        return "".join(one for one in expression.parts if isinstance(one, str))
    return ""


_STORED = re.compile(
    r"(data\.)?(aws_ssm_parameter|aws_secretsmanager_secret_version|azurerm_key_vault_secret"
    r"|google_secret_manager_secret_version|random_password)\."
)


def _plain_parameters(r: Reader) -> set[str]:
    """What parameters of SSM are called that say, or may say, that they hold no secret."""
    some = [one for one in r.others("aws_ssm_parameter") if one.view.find("type").value != "SecureString"]
    return {one.instance.resource.reference for one in some}


def request(r: Reader) -> Iterator[OutsideRequest]:
    """A request to some server, whose answer the files use."""
    carried = set[str]()
    for attribute in ("url", "request_headers", "request_body"):
        found = r.view.find(attribute)
        names = references_of(found.expression) if found.expression is not None else frozenset[str]()
        some = {one for one in names if _STORED.match(one)} - _plain_parameters(r)
        if some:
            r.place_of("secrets", found)
        carried |= some
    yield OutsideRequest(name=r.address, secrets=tuple(sorted(carried)))
