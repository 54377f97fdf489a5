"""Emitting is fixing: the plain text of a description, put right until nothing is found any more."""

from datetime import date

from ringfence.audit.emit import compose, description, dockerrun, kubernetes
from ringfence.audit.emit.description import Description
from ringfence.audit.fix import fixed
from ringfence.audit.judge import faults
from ringfence.audit.kinds import KINDS
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings, assumed
from ringfence.controls.control import Scope
from ringfence.errors import ConfigError
from ringfence.formats.document import Document
from ringfence.models.service import Service

FORMS = ("compose", "kubernetes", "docker-run")


def emit(form: str, text: str, *, file: str, today: date) -> str:
    """The hardened text of a SERVICE.toml in one of FORMS. It passes the auditor.

    Raises ConfigError for a description that is wrong, or that leaves open what somebody has to decide.
    """
    one = description.load(text, file=file)
    if form == "kubernetes":
        return _hardened(Scope.KUBERNETES, kubernetes.text(one), one, file, today)[0]
    said, document = _hardened(Scope.COMPOSE, compose.text(one), one, file, today)
    if form == "compose":
        return said
    service = document.subjects[0].model
    if not isinstance(service, Service):
        raise TypeError("a Compose file holds services only")
    return dockerrun.text(one, service)


def _hardened(scope: Scope, plain: str, one: Description, file: str, today: date) -> tuple[str, Document]:
    kind = next(kind for kind in KINDS if kind.scope is scope)
    settings = _settings(one, file, today)
    name = "compose.yaml" if scope is Scope.COMPOSE else "objects.yaml"
    result = fixed(plain, name, kind, lambda path: None, settings, unsafe=True)
    document = kind.format().load(result.text, name, lambda path: None)
    left = [found for subject in document.subjects for found in faults(document, subject, settings)]
    if left:
        control, fault = left[0]
        raise ConfigError(f"{control.id}: {fault.found}", file=file, hint=getattr(fault.want, "question", ""))
    return result.text, document


def _settings(one: Description, file: str, today: date) -> Settings:
    user, _, group = (one.user or "").partition(":")
    said = {"memory": one.memory, "cpus": one.cpus, "pids": one.processes, "user": user, "group": group or user}
    try:
        assume = assumed({name: str(value) for name, value in said.items() if value})
    except Exception as error:
        raise ConfigError(str(error), file=file) from None
    selection = checked("default", (), ())
    return Settings(selection=selection, today=today, waivers=(), assume=assume, exclude=(), previews=False)
