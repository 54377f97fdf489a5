"""Who may do what in a cloud: policies and their statements, roles and who has them, passwords and keys of people."""

from enum import StrEnum

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One statement of a policy document. `effect` is "Allow" or "Deny".

    Texts are as written, with "${}" for a piece that cannot be known. `principals` are (kind, value) pairs: kind "AWS",
    "Service", "Federated", "CanonicalUser", or "*" where the document has the plain text "*". `conditions` are
    (operator, key, values).
    """

    effect: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_resources: tuple[str, ...]
    principals: tuple[tuple[str, str], ...]
    not_principals: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str, tuple[str, ...]], ...]


class PolicyUse(StrEnum):
    """What a policy does: it gives rights to an identity, opens a resource, or says who may take a role."""

    IDENTITY = "identity"
    RESOURCE = "resource"
    TRUST = "trust"


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyHolder:
    """What has a policy document. `holder` names its kind: "role", "user", "group", "policy", "queue", "topic",
    "registry", "function", "secret", "bucket", "key", "vault", "search domain" and so on."""

    name: str
    use: PolicyUse
    holder: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyAttachment:
    """A ready policy, or a role that the provider made, given to someone.

    `policy` is its name ("AdministratorAccess"), "${}" for a piece that is not known. `users` are the people who
    get it, as written.
    """

    name: str
    policy: str
    users: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordPolicy:
    """What passwords of people must be. `changeable`: people may change their own. `max_age_days` and
    `reuse_prevention` are 0 where nothing is asked."""

    name: str
    min_length: int
    lowercase: bool
    uppercase: bool
    numbers: bool
    symbols: bool
    changeable: bool
    max_age_days: int
    reuse_prevention: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessKey:
    """A long-lived key of an identity. `owner` is its name ("root" for the account itself); `owner_kind` is "user" or
    "service account"; `active`: it can be used; `single`: its user has no other active one."""

    name: str
    owner: str
    owner_kind: str
    active: bool
    single: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstPassword:
    """The password that a user begins with. `changed`: it must be, at the first login."""

    name: str
    length: int
    changed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class UserAccount:
    """A person's account. `console`: it can log in with a password; `mfa_enforced`: a policy of its or of its groups
    asks for a second factor."""

    name: str
    console: bool
    mfa_enforced: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class UserGroup:
    """A group of people. `mfa_enforced`: a policy of the group asks for a second factor."""

    name: str
    mfa_enforced: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupMembers:
    """Who is in a group. `peopled`: somebody is."""

    name: str
    peopled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Organization:
    """Accounts that belong together. `bounds`: what each of them may do at most can be said for it."""

    name: str
    bounds: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PermissionSet:
    """What people may do who come by a directory, and for how many minutes they stay logged in."""

    name: str
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleDefinition:
    """A role made here. `actions` and `data_actions` (what they may do with data) are as written, `not_*` is taken off
    them."""

    name: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    data_actions: tuple[str, ...]


class Reach(StrEnum):
    """How far a binding reaches."""

    ORGANIZATION = "organization"
    FOLDER = "folder"
    PROJECT = "project"
    RESOURCE = "resource"


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleBinding:
    """A role given to members where it holds: an IAM member or binding, a role assignment.

    `role` is as written ("roles/owner", "Owner"). `members` are as written ("allUsers", "user:a@example.com",
    "serviceAccount:…", a principal's id). `reach`: an Azure management group is ORGANIZATION, a subscription is
    PROJECT, a resource group is FOLDER... whatever lies around single resources."""

    name: str
    role: str
    members: tuple[str, ...]
    reach: Reach


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedDuty:
    """A `role` that manages something, and those of its `members` who have one, too, that uses what it manages."""

    name: str
    role: str
    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditPolicy:
    """Which accesses to data a project or organisation records. `services` ("allServices"), `types` ("ADMIN_READ",
    "DATA_READ", "DATA_WRITE"), `exempted` members."""

    name: str
    services: tuple[str, ...]
    types: tuple[str, ...]
    exempted: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FederatedTrust:
    """Identities of another issuer are taken here, apart from what a trust policy's statements say.

    `issuer` is its address; `condition` what bounds them ("" where nothing does)."""

    name: str
    issuer: str
    condition: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionSettings:
    """How people open shells on machines by the provider. `encrypted`: with a key of ours; `logged`: what is typed is
    kept; `logs_encrypted` (None where nothing is kept)."""

    name: str
    encrypted: bool
    logged: bool
    logs_encrypted: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedDocument:
    """A script or runbook of the account. `shared` are the accounts that may use it ("all": everybody)."""

    name: str
    shared: tuple[str, ...]
