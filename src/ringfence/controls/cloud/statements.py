"""What controls know of policy statements: what their patterns cover, whom they let in, what bounds them."""

import re
from collections.abc import Iterable, Iterator

from ringfence.models.cloud.policy import Statement

#: Condition keys that say who or where from, so that "everybody" no longer is everybody. A user's name does not,
#: nor a second factor: anybody can have a user of that name, with a device, in an account of their own.
_BOUNDING = re.compile(
    r"aws:(source(arn|account|orgid|orgpaths|owner|vpc|vpce|vpcarn|ip)|vpcsourceip"
    r"|principal(arn|account|orgid|orgpaths|isawsservice|servicename|tag/.+)|calledvia(first|last)?|viaawsservice"
    r"|userid)"
    r"|kms:(calleraccount|viaservice|grantisforawsresource|encryptioncontext:.+)|s3:dataaccesspoint(account|arn)"
    r"|sts:externalid"
    r"|lambda:functionurlauthtype|.+:(sub|aud|amr)",
    re.IGNORECASE,
)
#: Operators that name what is meant, and not what is left out.
_NAMING = re.compile(
    r"(foranyvalue:|forallvalues:)?(string(equals|like|equalsignorecase)|arn(equals|like)|ipaddress|bool)(ifexists)?",
    re.IGNORECASE,
)
_LEAVING_OUT = re.compile(
    r"(foranyvalue:|forallvalues:)?(stringnot(equals|like|equalsignorecase)|arnnot(equals|like)|notipaddress)(ifexists)?",
    re.IGNORECASE,
)
#: A piece of a text that cannot be known.
_HIDDEN = "${}"
_EVERY_VALUE = frozenset({"*", "arn:aws:*", "0.0.0.0/0", "::/0", "false", "", "anonymous"})
#: Somebody of any account at all: "arn:aws:iam::*:role/x".
_EVERY_ACCOUNT = re.compile(r"arn:[a-z-]+:(?:iam|sts)::\*", re.IGNORECASE)
#: All there is, or all of a service in every region: what names one is bounded.
_EVERYTHING = re.compile(r"\*+|\*:\*|arn:[^:]*:(?P<service>[^:]*):\**:[^:]*:\*+", re.IGNORECASE)
_EVERY_OBJECT = re.compile(r"arn:[^:]*:s3:::\*+/\*+", re.IGNORECASE)
#: All that most of a service's actions work on, in every region: "arn:aws:lambda:*:*:function:*".
_EVERY_ONE = re.compile(
    r"arn:[^:]*:(?P<service>lambda|dynamodb|secretsmanager|kms|ssm|iam|rds|kinesis|ecr|states|es|codebuild"
    r"|cloudformation|logs|eks|ecs|redshift):\**:[^:]*:"
    r"(?:function:|table/|secret:|key/|parameter/|(?P<kind>role|user|group|policy)/|db:|cluster[:/]|stream/|repository/"
    r"|stateMachine:|domain/|project/|stack/|log-group:|service/)\*+(?:[:/]\*+)*",
    re.IGNORECASE,
)
#: What an action of IAM that names no kind works on.
_USERS = ("accesskey", "loginprofile", "credential", "mfadevice", "signingcertificate", "sshpublickey")
_WITH_OBJECTS = ("s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject")
_SERVICE = re.compile(r"[a-z0-9-]+:\*+", re.IGNORECASE)


def allowing(statements: Iterable[Statement]) -> Iterator[tuple[int, Statement]]:
    """The statements that allow something, with their indices."""
    return ((index, one) for index, one in enumerate(statements) if one.effect.lower() == "allow")


def is_full(action: str) -> bool:
    """Whether an action is every action there is."""
    return action in ("*", "**", "*:*")


def is_service(action: str) -> bool:
    """Whether an action is everything that one service can do: "s3:*"."""
    return _SERVICE.fullmatch(action) is not None


def is_everything(resource: str) -> bool:
    """Whether a resource is all of them: "*", or all of a service ("arn:aws:s3:::*")."""
    return _EVERYTHING.fullmatch(resource) is not None


def is_all_of(resource: str, action: str) -> bool:
    """Whether a resource is all that an action works on: "arn:aws:logs:*:*:*" is every log, and no bucket."""
    if _EVERY_OBJECT.fullmatch(resource):
        return any(covers(action, one) for one in _WITH_OBJECTS)
    of_kind = _EVERY_ONE.fullmatch(resource)
    everything = of_kind or _EVERYTHING.fullmatch(resource)
    if everything is None:
        return False
    service = everything["service"]
    if not (service is None or is_full(action) or covers(service, action.partition(":")[0])):
        return False
    return not (of_kind and of_kind["kind"]) or _works_on(action, of_kind["kind"].lower())


def _works_on(action: str, kind: str) -> bool:
    """Whether an action of IAM works on users, groups, roles or policies; one with wildcards may."""
    name = action.partition(":")[2].lower()
    if "*" in action or "?" in action:
        return True
    if name in ("addusertogroup", "removeuserfromgroup"):
        return kind == "group"
    return kind == _kind_of(name)


def _kind_of(name: str) -> str:
    if "user" in name or any(one in name for one in _USERS):
        return "user"
    return next((one for one in ("group", "role", "policy") if one in name), "")


def covers(pattern: str, action: str) -> bool:
    """Whether an action with wildcards ("iam:Create*") is or holds another. Case does not matter; in linear time."""
    pattern, action = pattern.lower(), action.lower()
    at = seen = 0
    star, mark = -1, 0
    while seen < len(action):
        if at < len(pattern) and pattern[at] == "*":
            star, mark, at = at, seen, at + 1
        elif at < len(pattern) and pattern[at] in (action[seen], "?"):
            at, seen = at + 1, seen + 1
        elif star >= 0:
            mark, at = mark + 1, star + 1
            seen = mark
        else:
            return False
    return not pattern[at:].strip("*")


def anybody(statement: Statement) -> int | None:
    """The index of the principal that is everybody; None where there is none."""
    for index, (kind, value) in enumerate(statement.principals):
        if kind in ("*", "AWS", "Service") and (value == "*" or _EVERY_ACCOUNT.match(value)):
            return index
    return None


def is_bounded(statement: Statement, *, but: str = "") -> bool:
    """Whether a condition says who or where from, with values that leave something out; of the key `but` none does.
    What cannot be known may."""
    return any(
        _may_be(_NAMING, operator)
        and _may_be(_BOUNDING, key)
        and key.lower() != but
        and not _EVERY_VALUE.intersection(values)
        and not any(_EVERY_ACCOUNT.match(one) for one in values)
        for operator, key, values in statement.conditions
    )


def _may_be(what: re.Pattern[str], text: str) -> bool:
    return _HIDDEN in text or what.fullmatch(text) is not None


def only_asks_where_from(statement: Statement) -> bool:
    """Whether an address is all that its conditions ask for: that names nobody, and whoever is there gets in."""
    return all(key.lower() == "aws:sourceip" or not _may_be(_BOUNDING, key) for _, key, _ in statement.conditions)


def denies_others(statements: Iterable[Statement]) -> bool:
    """Whether a statement denies everybody but some: who, or where from, is not what its condition names. What cannot
    be known may."""
    for one in statements:
        if one.effect.lower() not in ("deny", _HIDDEN):
            continue
        if one.not_principals:
            return True
        hidden = any(who == _HIDDEN for _, who in one.principals)
        if (hidden or anybody(one) is not None) and any(
            _may_be(_LEAVING_OUT, operator) and _may_be(_BOUNDING, key) and not _EVERY_VALUE.intersection(values)
            for operator, key, values in one.conditions
        ):
            return True
    return False


def unbounded(statements: Iterable[Statement]) -> Iterator[tuple[int, int, str]]:
    """Every action that is allowed on all resources, whatever happens, as (statement, action, text)."""
    for index, statement in allowing(statements):
        if not statement.conditions:
            for number, action in enumerate(statement.actions):
                if any(is_all_of(one, action) for one in statement.resources):
                    yield index, number, action


def together(some: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    """Of actions, as `unbounded` gives them, one for each statement: the path of the first, and what is found."""
    by_statement = dict[int, list[tuple[int, str]]]()
    for index, number, action in some:
        by_statement.setdefault(index, []).append((number, action))
    for index, actions in by_statement.items():
        number, action = actions[0]
        more = f" and {len(actions) - 1} more" if len(actions) > 1 else ""
        yield f"statements[{index}].actions[{number}]", f"{action}{more} on everything"
