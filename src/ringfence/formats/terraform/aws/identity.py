"""Who may do what in AWS: policies in all their forms, roles, users, groups, keys, passwords.

A policy that is a data source's document is judged at that data source, and not a second time where it is used.
"""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.terraform import policies
from ringfence.formats.terraform.aws.following import followed, is_document, provider_major, said, there
from ringfence.formats.terraform.aws.policies import resource_policy
from ringfence.formats.terraform.reader import Reader, Spot
from ringfence.models.cloud.policy import (
    AccessKey,
    FirstPassword,
    GroupMembers,
    PasswordPolicy,
    PolicyAttachment,
    PolicyHolder,
    PolicyUse,
    Statement,
    UserAccount,
    UserGroup,
)

_HOLDERS = {
    "kms": "key",
    "s3": "bucket",
    "sqs": "queue",
    "sns": "topic",
    "ecr": "registry",
    "es": "search domain",
    "lambda": "function",
    "secretsmanager": "secret",
}
_HIDDEN = "${}"
_TAKING = ("sts:assumerole", "sts:tagsession", "sts:setsourceidentity", "sts:setcontext")


def policy(r: Reader) -> Iterator[PolicyHolder]:
    """A policy that can be attached. One that only bounds others gives nobody a right."""
    if any(r.linked(kind, "permissions_boundary") for kind in ("aws_iam_role", "aws_iam_user")):
        return
    yield from _identity(r, "policy", "policy")


def role_policy(r: Reader) -> Iterator[PolicyHolder]:
    """A policy of a role's own."""
    yield from _identity(r, "role", "policy")


def group_policy(r: Reader) -> Iterator[PolicyHolder]:
    """A policy of a group's own."""
    yield from _identity(r, "group", "policy")


def user_policy(r: Reader) -> Iterator[PolicyHolder]:
    """A policy of a user's own."""
    statements = () if is_document(r, "policy") else r.policy("statements", "policy")
    yield PolicyHolder(name=r.address, use=PolicyUse.IDENTITY, holder="user", statements=statements)


def device_policy(r: Reader) -> Iterator[PolicyHolder]:
    """A policy of devices that log in with certificates."""
    yield from _identity(r, "policy", "policy")


def permission_set_policy(r: Reader) -> Iterator[PolicyHolder]:
    """A policy of a set of permissions that people get by the directory."""
    yield from _identity(r, "permission set", "inline_policy")


def _identity(r: Reader, holder: str, attribute: str) -> Iterator[PolicyHolder]:
    if not is_document(r, attribute):
        statements = r.policy("statements", attribute)
        yield PolicyHolder(name=r.address, use=PolicyUse.IDENTITY, holder=holder, statements=statements)


def role(r: Reader) -> Iterator[PolicyHolder | PolicyAttachment]:
    """A role: who may take it, its own policies, and the ready ones that it names."""
    if not is_document(r, "assume_role_policy"):
        statements = r.policy("statements", "assume_role_policy")
        yield PolicyHolder(name=r.address, use=PolicyUse.TRUST, holder="role", statements=statements)
    for block in r.view.blocks("inline_policy")[0]:
        inner = Reader(r.instance, block, r.record)
        if not is_document(inner, "policy"):
            statements = inner.policy("statements", "policy")
            yield PolicyHolder(name=r.address, use=PolicyUse.IDENTITY, holder="role", statements=statements)
            inner.record = r.record
    for arn in Reader(r.instance).texts("policy", "managed_policy_arns"):
        r.value("policy", "managed_policy_arns")
        r.record.unknown.clear()
        yield PolicyAttachment(name=r.address, policy=arn, users=())


def document(r: Reader) -> Iterator[PolicyHolder]:
    """A policy document as a data source. What it is for follows from its principals."""
    if r.linked("aws_organizations_policy", "content"):
        return  # it bounds what others may do, and gives nobody a right
    statements = tuple(_statement(r, index, one) for index, one in enumerate(r.blocks("statements", "statement")))
    r.record.unknown.discard("statements")  # what is known of one does not depend on the others
    statements += tuple(_taken_in(r, len(statements)))
    if not statements:
        return
    use, holder = _use(statements)
    if use is PolicyUse.RESOURCE and any(r.linked(kind, "policy") for kind in _OF_IDENTITIES):
        use, holder = PolicyUse.IDENTITY, "policy"
    yield PolicyHolder(name=r.address, use=use, holder=holder, statements=statements)


def _taken_in(r: Reader, first: int) -> Iterator[Statement]:
    """What it takes in of policies that stand in it as texts. Other documents are judged where they stand."""
    for attribute in policies.BASES:
        found = r.view.find(attribute)
        for part in found.value if isinstance(found.value, list) else [found.value]:
            if part is None or (isinstance(part, Unknown) and part.pieces is None and part.decoded is None):
                continue
            inner = Reader(r.instance)
            for one in policies.statements(inner, "taken", part, None):
                if "taken" not in inner.record.unknown:
                    r.place_of(f"statements[{first}]", found)
                    yield one
                    first += 1


#: What gives a document's rights to an identity, even one that names who is meant.
_OF_IDENTITIES = ("aws_iam_policy", "aws_iam_role_policy", "aws_iam_group_policy", "aws_iam_user_policy")


def _use(statements: tuple[Statement, ...]) -> tuple[PolicyUse, str]:
    if not any(one.principals or one.not_principals for one in statements):
        return PolicyUse.IDENTITY, "policy"
    actions = [action.lower() for one in statements for action in one.actions]
    federated = any(kind == "Federated" for one in statements for kind, _ in one.principals)
    if federated or (actions and all(one.startswith(_TAKING) for one in actions)):
        return PolicyUse.TRUST, "role"  # whoever comes from elsewhere can only take a role
    services = {action.partition(":")[0] for action in actions}
    return PolicyUse.RESOURCE, _HOLDERS.get(services.pop(), "resource") if len(services) == 1 else "resource"


def _statement(r: Reader, index: int, one: Reader) -> Statement:
    return Statement(
        effect=one.text("effect", "effect", _HIDDEN if isinstance(one.view.find("effect").value, Unknown) else "Allow"),
        actions=one.texts("actions", "actions"),
        not_actions=one.texts("not_actions", "not_actions"),
        resources=one.texts("resources", "resources"),
        not_resources=one.texts("not_resources", "not_resources"),
        principals=_principals(r, one, f"statements[{index}].principals", "principals"),
        not_principals=_principals(r, one, f"statements[{index}].not_principals", "not_principals"),
        conditions=tuple(policies.conditions(one.view)),
    )


def _principals(r: Reader, one: Reader, path: str, kind: str) -> tuple[tuple[str, str], ...]:
    found = list[tuple[str, str]]()
    blocks, known = one.view.blocks(kind)
    if not known:
        # Nobody can say whether it is for an identity or a resource.
        r.record.unknown.add(path.rpartition(".")[0] if kind == "principals" else path)
        found.append((_HIDDEN, _HIDDEN))
    for view in blocks:
        block = Reader(r.instance, view)
        hidden = isinstance(view.find("identifiers").value, Unknown)
        for value in block.texts("", "identifiers", (_HIDDEN,) if hidden else ()):
            r.record.spots[f"{path}[{len(found)}]"] = Spot(file=view.file, start=view.start, end=view.end)
            found.append((block.text("", "type"), value))
    return tuple(found)


# What is attached to whom.


def attachment_to_others(r: Reader) -> Iterator[PolicyAttachment]:
    """A policy given to a role, a set of permissions or a group."""
    yield PolicyAttachment(name=r.address, policy=_arn(r), users=())


def user_attachment(r: Reader) -> Iterator[PolicyAttachment]:
    """A policy given to a user."""
    r.value("users", "user")
    r.record.unknown.discard("users")
    yield PolicyAttachment(name=r.address, policy=_arn(r), users=(r.text("", "user"),))


def attachment(r: Reader) -> Iterator[PolicyAttachment]:
    """A policy given to all that it names, and taken from everybody else."""
    users = tuple(one for one in r.texts("users", "users") if one)
    yield PolicyAttachment(name=r.address, policy=_arn(r), users=users)


def role_attachments(r: Reader) -> Iterator[PolicyAttachment]:
    """All the policies that a role may have."""
    for arn in Reader(r.instance).texts("policy", "policy_arns"):
        r.value("policy", "policy_arns")
        r.record.unknown.clear()
        yield PolicyAttachment(name=r.address, policy=arn, users=())


def _arn(r: Reader) -> str:
    """The policy's address. A data source names it itself, and is judged there."""
    arn = r.text("policy", "policy_arn") or r.text("policy", "managed_policy_arn")
    if arn and "${}" not in arn.rpartition("/")[2]:
        r.record.unknown.discard("policy")  # its name is known, if not the partition before it
    return arn


def ready_policy(r: Reader) -> Iterator[PolicyAttachment]:
    """A ready policy that is looked up, to be given to somebody."""
    named = r.text("policy", "name") or r.text("policy", "arn")
    yield PolicyAttachment(name=r.address, policy=named, users=())


# People.


def user(r: Reader) -> Iterator[UserAccount]:
    """A user of the account."""
    profiles = r.linked("aws_iam_user_login_profile", "user", "name")
    own = r.linked("aws_iam_user_policy", "user", "name")
    attached = r.linked("aws_iam_user_policy_attachment", "user", "name")
    attached += r.linked("aws_iam_policy_attachment", "users", "name")
    groups = [
        group
        for one in r.linked("aws_iam_user_group_membership", "user", "name")
        for group in followed(one, "groups", "aws_iam_group", "name")
    ]
    groups += [
        group
        for one in r.linked("aws_iam_group_membership", "users", "name")
        for group in followed(one, "group", "aws_iam_group", "name")
    ]
    asked = _asked(r, own, attached)
    if asked is not True:
        several = [_asked_of_group(one) for one in groups]
        asked = True if True in several else None if None in several else asked
    if asked is None:
        r.unknown("mfa_enforced")
    yield UserAccount(name=r.address, console=bool(profiles), mfa_enforced=bool(asked))


def group(r: Reader) -> Iterator[UserGroup | GroupMembers]:
    """A group of users."""
    asked = _asked_of_group(r)
    if asked is None:
        r.unknown("mfa_enforced")
    yield UserGroup(name=r.address, mfa_enforced=bool(asked))
    r.decide("peopled", "who should be a member? remove the group if nobody should")
    if any(r.links_unknown(kind, by) for kind, by in _JOINING) or r.linked("module", "groups", "name"):
        r.unknown("peopled")
    listed = [there(one, "users") for one in r.linked("aws_iam_group_membership", "group", "name")]
    joined = bool(r.linked("aws_iam_user_group_membership", "groups", "name"))
    if not joined and True not in listed and None in listed:
        r.unknown("peopled")
    yield GroupMembers(name=r.address, peopled=joined or True in listed)


_JOINING = (("aws_iam_group_membership", "group"), ("aws_iam_user_group_membership", "groups"))


def membership(r: Reader) -> Iterator[GroupMembers]:
    """Who is in a group."""
    r.decide("peopled", "who should be a member? remove the membership if nobody should")
    yield GroupMembers(name=r.address, peopled=r.given("peopled", "users"))


def _asked_of_group(r: Reader) -> bool | None:
    own = r.linked("aws_iam_group_policy", "group", "name")
    attached = r.linked("aws_iam_group_policy_attachment", "group", "name")
    attached += r.linked("aws_iam_policy_attachment", "groups", "name")
    if r.linked("module", "groups", "name") or r.linked("module", "group", "name"):
        return _asked(r, own, attached) or None
    return _asked(r, own, attached)


def _asked(r: Reader, own: list[Reader], attached: list[Reader]) -> bool | None:
    """Whether some policy has a condition on a second factor; None where one cannot be read."""
    documents, known = list(own), True
    for one in attached:
        policies = followed(one, "policy_arn", "aws_iam_policy")
        documents += policies
        known = known and (bool(policies) or said(one, "policy_arn") != "")
    for one in documents:
        statements = one.policy("asked", "policy")
        asked = [(s.effect, *one) for s in statements for one in s.conditions if "multifactorauth" in one[1].lower()]
        if any(effect.lower() == "deny" or values != ("false",) for effect, _, _, values in asked):
            return True
        hidden = any("${}" in effect for effect, _, _, _ in asked) or any(
            "${}" in key for s in statements for _, key, _ in s.conditions
        )
        known = known and not hidden and "asked" not in one.record.unknown
    return False if known and not any(r.links_unknown(kind, by) for kind, by in _GIVING[r.type]) else None


#: What gives rights to people, and the attribute that names them.
_GIVING = {
    "aws_iam_user": (
        ("aws_iam_user_policy", "user"),
        ("aws_iam_user_policy_attachment", "user"),
        ("aws_iam_policy_attachment", "users"),
        ("aws_iam_user_group_membership", "user"),
        ("aws_iam_group_membership", "users"),
    ),
    "aws_iam_group": (
        ("aws_iam_group_policy", "group"),
        ("aws_iam_group_policy_attachment", "group"),
        ("aws_iam_policy_attachment", "groups"),
    ),
}


def access_key(r: Reader) -> Iterator[AccessKey]:
    """A long-lived key of a user."""
    states = {"Active": True, "Inactive": False}
    yield AccessKey(
        name=r.address,
        owner=r.text("owner", "user"),
        owner_kind="user",
        active=r.mapped("active", "status", states, default=True, otherwise=True),
        single=_single(r),
    )


def _single(r: Reader) -> bool | None:
    """Whether no other active key of the module is the same user's; None where it is not active, or has no name."""
    own, state = r.view.find("user"), r.view.find("status")
    r.place_of("single", own)
    r.decide("single", "which of the two keys is in use? delete the other")
    if isinstance(state.value, Unknown):
        r.unknown("single")
    if state.value == "Inactive" or not _user(own.value):
        return None
    others = [one for one in r.others("aws_iam_access_key") if one.instance is not r.instance]
    same = [one for one in others if _user(one.view.find("user").value) == _user(own.value)]
    states = [one.view.find("status").value for one in same]
    if any(isinstance(one, Unknown) for one in states):
        r.unknown("single")
    return all(one == "Inactive" for one in states)


def _user(value: Value) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({value})
    named = value.references if isinstance(value, Unknown) and value.pieces is None else frozenset[str]()
    whole = [one for one in named if not one.endswith("]")]
    return named if len(whole) == 1 and all("aws_iam_user." in one for one in named) else frozenset()


def first_password(r: Reader) -> Iterator[FirstPassword]:
    """The password that a user of the console begins with."""
    yield FirstPassword(
        name=r.address,
        length=r.number("length", "password_length", default=20),
        changed=r.flag("changed", "password_reset_required", default=provider_major(r) < 4),
    )


def password_policy(r: Reader) -> Iterator[PasswordPolicy]:
    """What passwords must be. What it does not say is not asked for, and six characters are enough."""
    yield PasswordPolicy(
        name=r.address,
        min_length=r.number("min_length", "minimum_password_length", default=6),
        lowercase=r.flag("lowercase", "require_lowercase_characters", default=False),
        uppercase=r.flag("uppercase", "require_uppercase_characters", default=False),
        numbers=r.flag("numbers", "require_numbers", default=False),
        symbols=r.flag("symbols", "require_symbols", default=False),
        changeable=r.flag("changeable", "allow_users_to_change_password", default=True),
        max_age_days=r.number("max_age_days", "max_password_age", default=0),
        reuse_prevention=r.number("reuse_prevention", "password_reuse_prevention", default=0),
    )


# Policies of resources that have nothing else to judge.


def vault_policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may use a vault of backups or of an archive."""
    yield from resource_policy(r, "vault", "access_policy" if r.type == "aws_glacier_vault" else "policy")


def other_policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may use some other resource."""
    attribute, holder = _OTHERS[r.type]
    yield from resource_policy(r, holder, attribute)


_OTHERS = {
    "aws_acmpca_policy": ("policy", "certificate authority"),
    "aws_cloudwatch_event_bus_policy": ("policy", "event bus"),
    "aws_cloudwatch_log_destination_policy": ("access_policy", "log destination"),
    "aws_cloudwatch_log_resource_policy": ("policy_document", "log group"),
    "aws_codeartifact_domain_permissions_policy": ("policy_document", "package domain"),
    "aws_codeartifact_repository_permissions_policy": ("policy_document", "package repository"),
    "aws_dynamodb_resource_policy": ("policy", "table"),
    "aws_ecr_registry_policy": ("policy", "registry"),
    "aws_ecr_repository_policy": ("policy", "registry"),
    "aws_ecrpublic_repository_policy": ("policy", "public registry"),
    "aws_glue_resource_policy": ("policy", "catalogue"),
    "aws_kinesis_resource_policy": ("policy", "stream"),
    "aws_media_store_container_policy": ("policy", "container"),
    "aws_msk_cluster_policy": ("policy", "broker"),
    "aws_networkfirewall_resource_policy": ("policy", "network firewall"),
    "aws_redshift_resource_policy": ("policy", "warehouse"),
    "aws_s3control_access_point_policy": ("policy", "access point"),
    "aws_s3control_bucket_policy": ("policy", "bucket"),
    "aws_s3control_object_lambda_access_point_policy": ("policy", "access point"),
    "aws_s3tables_table_bucket_policy": ("resource_policy", "table bucket"),
    "aws_s3tables_table_policy": ("resource_policy", "table"),
    "aws_sagemaker_model_package_group_policy": ("resource_policy", "model group"),
    "aws_schemas_registry_policy": ("policy", "schema registry"),
    "aws_ses_identity_policy": ("policy", "sender"),
    "aws_sesv2_email_identity_policy": ("policy", "sender"),
    "aws_vpclattice_auth_policy": ("policy", "service network"),
    "aws_vpclattice_resource_policy": ("policy", "service network"),
    "aws_xray_resource_policy": ("policy_document", "trace store"),
}
