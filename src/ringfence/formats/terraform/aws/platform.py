"""Elastic Beanstalk: applications whose machines are made by settings; each is a namespace, a name and a value."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.compute import Machine, machine
from ringfence.models.cloud.containers import TaskContainer, TaskDefinition, only_containers
from ringfence.models.cloud.managed import AppPlatform

_SPACE = "aws:elasticbeanstalk:"
_UNKNOWN = "${}"
_UPDATES = (f"{_SPACE}managedactions", "managedactionsenabled")
_STREAMING = (f"{_SPACE}cloudwatch:logs", "streamlogs")
_HEALTH = (f"{_SPACE}healthreporting:system", "systemtype")
_STREAMED = "healthstreamingenabled"
_HEALTH_LOGS = ((f"{_SPACE}cloudwatch:logs:health", _STREAMED), (f"{_SPACE}healthreporting:system", _STREAMED))
_OLD_METADATA = ("aws:autoscaling:launchconfiguration", "disableimdsv1")
_PUBLIC = ("aws:ec2:vpc", "associatepublicipaddress")
_VARIABLES = f"{_SPACE}application:environment"


def environment(r: Reader) -> Iterator[AppPlatform | Machine | TaskDefinition]:
    """An environment, or a template for some."""
    settings, known = _settings(r)
    if not known:
        for field in ("updates", "health", "logs"):
            r.unknown(field)
    for field, question in _QUESTIONS.items():
        r.decide(field, question)
    kind = settings.get(_HEALTH, ("none", None))[0]
    if kind == _UNKNOWN:
        r.unknown("health")
    yield AppPlatform(
        name=r.address,
        updates=_is_on(r, "updates", settings, _UPDATES),
        health=kind == "enhanced" or any(_is_on(r, "health", settings, one) for one in _HEALTH_LOGS),
        logs=_is_on(r, "logs", settings, _STREAMING),
    )
    yield _machine(r, settings, known=known)
    yield _variables(r)


_QUESTIONS = {
    "updates": "when may it be updated? add the setting ManagedActionsEnabled, with a time and a level",
    "health": "add the setting SystemType with the value enhanced",
    "logs": "add the setting StreamLogs",
}


def _settings(r: Reader) -> tuple[dict[tuple[str, str], tuple[str, Reader | None]], bool]:
    """The settings that are known, lower case, and whether that is all of them."""
    some, known = r.view.blocks("setting")
    found = dict[tuple[str, str], tuple[str, Reader | None]]()
    for view in some:
        space, name, value = (view.find(one).value for one in ("namespace", "name", "value"))
        if isinstance(space, Unknown) or isinstance(name, Unknown):
            known = False
        elif isinstance(space, str) and isinstance(name, str):
            said = _UNKNOWN if isinstance(value, Unknown) else str(value).lower()
            found[(space.lower(), name.lower())] = (said, r.below("", view))
    return found, known


def _is_on(
    r: Reader, field: str, settings: dict[tuple[str, str], tuple[str, Reader | None]], key: tuple[str, str]
) -> bool:
    value, inner = settings.get(key, ("false", None))
    if inner is not None:
        r.place(field, inner.view)
        if value == _UNKNOWN:
            r.unknown(field)
    return value in ("true", "1", "yes")


def _machine(r: Reader, settings: dict[tuple[str, str], tuple[str, Reader | None]], *, known: bool) -> Machine:
    """What its machines are. The older metadata service answers unless a setting turns it off."""
    for field, question in _MACHINES.items():
        r.decide(field, question)
        if not known:
            r.unknown(field)
    tokens = _is_on(r, "metadata_tokens", settings, _OLD_METADATA)
    public = _is_on(r, "public", settings, _PUBLIC)
    return machine(r.address, metadata=True, metadata_tokens=tokens, public=public)


_MACHINES = {
    "metadata_tokens": "add the setting DisableIMDSv1 with the value true",
    "public": "set AssociatePublicIpAddress to false, and give it a NAT",
}


def _variables(r: Reader) -> TaskDefinition:
    """What the application is told in plain text."""
    told = list[tuple[str, str]]()
    for view in r.view.blocks("setting")[0]:
        space, name, value = (view.find(one).value for one in ("namespace", "name", "value"))
        if space == _VARIABLES and isinstance(name, str) and isinstance(value, str):
            r.place_of(f"containers[0].variables[{len(told)}]", view.find("value"))
            told.append((name, value))
    container = TaskContainer(
        name=r.name, privileged=None, read_only_root=None, user=None, variables=tuple(told), logging=None
    )
    return only_containers(r.address, (container,) if told else ())
