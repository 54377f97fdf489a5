"""Roles given to members in Google Cloud."""

import re
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.hcl.encodings import decoded, from_json
from ringfence.formats.hcl.values import EvaluationError, TooMuchError
from ringfence.formats.terraform.aws.following import said
from ringfence.formats.terraform.google.duties import duties
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.policy import AccessKey, AuditPolicy, FederatedTrust, Reach, RoleBinding, SharedDuty

MAX_BINDINGS = 500
_DEFAULTS = {
    "data.google_compute_default_service_account.": "serviceAccount:?-compute@developer.gserviceaccount.com",
    "data.google_app_engine_default_service_account.": "serviceAccount:?@appspot.gserviceaccount.com",
}


def _members(r: Reader, attribute: str) -> tuple[str, ...]:
    """Who gets a role. What comes from a data source for a default identity is that one, whatever its number."""
    members = list(r.texts("members", attribute))
    value = r.view.find(attribute).value
    for index, one in enumerate(value if isinstance(value, list) else [value]):
        references = one.references if isinstance(one, Unknown) else ()
        named = next((said for start, said in _DEFAULTS.items() if any(start in ref for ref in references)), "")
        named = named or _by_end(one)
        if not named:
            continue
        if not isinstance(value, list):
            members = [named]
            r.record.unknown.discard("members")
        elif index < len(members):
            members[index] = named
        r.record.unknown.discard(f"members[{index}]")
    return tuple(members)


def _by_end(value: Value) -> str:
    """The default identity that a text means which ends as theirs do, whatever its number is."""
    pieces = value.pieces if isinstance(value, Unknown) else None
    end = pieces[-1] if pieces else None
    ends = ((one.partition("?")[2], one) for one in _DEFAULTS.values())
    return next((one for tail, one in ends if isinstance(end, str) and end.lower().endswith(tail)), "")


def _binding(r: Reader, reach: Reach) -> Iterator[RoleBinding | SharedDuty]:
    single = r.type.endswith("_member")
    one, several = ("member", "members") if single else ("members", "member")  # both are written for either
    members = _members(r, one if r.view.find(one).there or not r.view.find(several).there else several)
    role = r.text("role", "role")
    yield RoleBinding(name=r.address, role=role, members=members, reach=reach)
    yield from duties(r, role, members, r.view)


def binding(r: Reader) -> Iterator[RoleBinding | SharedDuty]:
    """On one resource."""
    yield from _binding(r, Reach.RESOURCE)


def project(r: Reader) -> Iterator[RoleBinding | SharedDuty]:
    """On a whole project."""
    yield from _binding(r, Reach.PROJECT)


def folder(r: Reader) -> Iterator[RoleBinding | SharedDuty]:
    """On a folder."""
    yield from _binding(r, Reach.FOLDER)


def organization(r: Reader) -> Iterator[RoleBinding | SharedDuty]:
    """On the whole organisation."""
    yield from _binding(r, Reach.ORGANIZATION)


_WHOLE = (
    ("google_project_iam_policy", Reach.PROJECT),
    ("google_folder_iam_policy", Reach.FOLDER),
    ("google_organization_iam_policy", Reach.ORGANIZATION),
)


def _reach(r: Reader) -> Reach:
    """How far it reaches, say those that use it; one that nobody uses is handed on, and may be for a whole project."""
    kinds = [one for one in r.instance.resource.module.resources if one.endswith("_iam_policy")]
    used = [one for one in kinds if r.linked(one, "policy_data")]
    if not used:
        return Reach.RESOURCE if any(r.links_unknown(one, "policy_data") for one in kinds) else Reach.PROJECT
    return next((said for kind, said in _WHOLE if kind in used), Reach.RESOURCE)


def document(r: Reader) -> Iterator[RoleBinding | SharedDuty]:
    """A data source that lists who gets what; how far that reaches, say those that use it."""
    reach = _reach(r)
    for view in r.view.blocks("binding")[0]:
        inner = r.below("", view)
        r.place("members", view)
        role, members = inner.text("role", "role"), inner.texts("members", "members")
        yield RoleBinding(name=r.address, role=role, members=members, reach=reach)
        yield from duties(r, role, members, view)


def policy(r: Reader) -> Iterator[RoleBinding]:
    """Everything that is given on one thing, written out; what a data source lists is judged where that stands."""
    held = r.view.find("policy_data")
    parsed = _parsed(held.value)
    bindings = parsed.get("bindings") if isinstance(parsed, dict) else None
    reach = next((said for kind, said in _WHOLE if kind == r.type), Reach.RESOURCE)
    for one in bindings[:MAX_BINDINGS] if isinstance(bindings, list) else ():
        if not isinstance(one, dict):
            continue
        members = one.get("members")
        names = tuple(str(name) for name in members if isinstance(name, str)) if isinstance(members, list) else ()
        role = one.get("role")
        for field in ("role", *(f"members[{index}]" for index in range(len(names)))):
            r.place_of(field, held)
            r.decide(field, "who needs access?")
        yield RoleBinding(
            name=r.address,
            role=role if isinstance(role, str) else "",
            members=names,
            reach=reach,
        )


def _parsed(value: Value) -> Value:
    try:
        if isinstance(value, Unknown):
            return decoded(value)
        return from_json(value) if isinstance(value, str) else None
    except (EvaluationError, TooMuchError):
        return None


def account_key(r: Reader) -> Iterator[AccessKey]:
    """A key of a service account that does not end by itself soon."""
    owner = r.text("owner", "service_account_id")
    r.decide("active", "let whatever uses the key use an attached identity instead")
    yield AccessKey(name=r.address, owner=owner or "?", owner_kind="service account", active=True, single=None)


def audit(r: Reader) -> Iterator[AuditPolicy]:
    """Which accesses are recorded."""
    exempted = list[str]()
    types = list[str]()
    for view in r.view.blocks("audit_log_config")[0]:
        inner = r.below("", view)
        types.append(inner.text(f"types[{len(types)}]", "log_type").upper())
        for one in inner.texts("", "exempted_members"):
            r.place_of(f"exempted[{len(exempted)}]", view.find("exempted_members"))
            exempted.append(one)
    for field in ("types", "services", "exempted"):
        r.decide(field, "list allServices, with all three types of access")
    if not r.view.blocks("audit_log_config")[1]:
        r.unknown("types")
    for view in r.view.blocks("audit_log_config")[0]:
        r.below("", view).rests_on("log_type", "types")
    own = r.text("services", "service")
    beside = [said(one, "service") for one in r.others(r.type) if one.address != r.address and not is_apart(one, r)]
    services = (own, *(one for one in beside if one == "allServices"))
    if own != "allServices" and "allServices" in services:
        r.unknown("types")
    yield AuditPolicy(name=r.address, services=services, types=tuple(types), exempted=tuple(exempted))


_WHOSE = ("project", "folder", "org_id")


def is_apart(one: Reader, other: Reader) -> bool:
    """Whether two resources are known to be about different projects, folders or organisations."""
    values = [[each.view.find(name).value for name in _WHOSE] for each in (one, other)]
    return any(_differ(here, there) for here, there in zip(*values, strict=True))


def _differ(here: Value, there: Value) -> bool:
    if isinstance(here, Unknown) and isinstance(there, Unknown):
        whose = [{name for name in each.references if "google_" in name} for each in (here, there)]
        return bool(whose[0] and whose[1]) and not whose[0] & whose[1]
    return isinstance(here, str) and isinstance(there, str) and here != there


#: What lets everybody do something in rules of Firebase: no condition, or one that always holds.
_FOR_ALL = re.compile(r"\ballow\s+([a-z][a-z, \t]{0,80})(?::\s*if\s+true\s*)?;")
_REMARK = re.compile(r"//[^\n]{0,2000}|/\*.{0,5000}?\*/", re.DOTALL)
_LONGEST = 100_000


def rules(r: Reader) -> Iterator[RoleBinding]:
    """Rules of Firebase, which say who may read and write what is stored."""
    for view in r.view.blocks("source.files")[0]:
        content = view.find("content")
        text = content.value[:_LONGEST] if isinstance(content.value, str) else ""
        found = _FOR_ALL.search(_REMARK.sub("", text))
        if found:
            r.place_of("members[0]", content)
            r.decide("members[0]", "who needs access? write it as the condition")
            role = f"the right to {' and '.join(found[1].replace(',', ' ').split())}"
            yield RoleBinding(name=r.address, role=role, members=("allUsers",), reach=Reach.RESOURCE)
            return


def federation(r: Reader) -> Iterator[FederatedTrust]:
    """Identities of another issuer that are taken."""
    condition = r.text("condition", "attribute_condition")
    r.decide("condition", "which of its identities are yours? write it in attribute_condition")
    where = "oidc.issuer_uri" if r.view.blocks("oidc")[0] else "issuer_uri"
    issuer = r.text("issuer", where, lower=True)
    for kind, name in (("aws", "an AWS account"), ("saml", "a SAML server"), ("x509", "a certificate authority")):
        issuer = issuer or (name if r.view.blocks(kind)[0] else "")
    if r.view.blocks("oidc")[0] or issuer:
        yield FederatedTrust(name=r.address, issuer=issuer, condition=condition)
