"""Where code is kept: repositories, what protects their branches, whom they tell, what they keep for programs."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeRepository:
    """A repository. `public`: everybody reads it. `alerts`: somebody is told of known flaws in what it uses;
    `protected`: something is asked before a branch changes. None for both where it is archived."""

    name: str
    public: bool
    alerts: bool | None
    protected: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BranchRule:
    """What is asked before a branch changes: `approvals` by others, `signed` commits (None where there is no such
    thing). `forced`: its history may be written anew."""

    name: str
    approvals: int
    signed: bool | None
    forced: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Webhook:
    """An address that is told what happens. `verified`: its certificate is looked at; `plain`: it has none."""

    name: str
    verified: bool
    plain: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RepositorySecret:
    """A secret that programs of a repository are given. `plain`: it stands in the file."""

    name: str
    plain: bool
