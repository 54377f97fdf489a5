"""Emitting is fixing: the plain text of a description, put right until nothing is found any more."""

from datetime import date

from ringfence.audit.emit import compose, description, dockerrun, kubernetes
from ringfence.audit.emit.amounts import Amounts, amounts
from ringfence.audit.emit.description import Stack
from ringfence.audit.fix import fixed
from ringfence.audit.judge import faults
from ringfence.audit.kinds import KINDS
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings
from ringfence.controls.control import Scope
from ringfence.errors import ConfigError
from ringfence.formats.document import Document
from ringfence.models.service import Service

FORMS = ("compose", "kubernetes", "docker-run")


def emit(form: str, text: str, *, file: str, today: date, file_format: str = "spec") -> str:
    """The hardened text of a SERVICE.toml in one of FORMS. It passes the auditor.

    Raises ConfigError for a description that is wrong, or that leaves open what somebody has to decide.
    """
    stack = description.load(text, file=file)
    if form == "kubernetes":
        return _objects(stack, file, today)
    nothing = Amounts(user=None, group=None, memory_bytes=None, cpu_millis=None, processes=None)
    plain = compose.text(stack, file_format, file)
    said, document = _hardened(Scope.COMPOSE, plain, nothing, file, today)
    if form == "compose":
        return said
    services = [one.model for one in document.subjects if isinstance(one.model, Service)]
    return dockerrun.text(stack, {one.name: one for one in services}, file)


def _objects(stack: Stack, file: str, today: date) -> str:
    """The objects of each service, hardened with its own amounts; what closes the namespace comes once, at the end."""
    documents, last = list[str](), ""
    for one in stack.services:
        plain = kubernetes.text(one, stack)
        said, _ = _hardened(Scope.KUBERNETES, plain, amounts(one, file), file, today)
        *own, last = said.split(kubernetes.BETWEEN)
        documents += own
    return kubernetes.BETWEEN.join([*documents, last])


def _hardened(scope: Scope, plain: str, said: Amounts, file: str, today: date) -> tuple[str, Document]:
    kind = next(kind for kind in KINDS if kind.scope is scope)
    settings = _settings(said, today)
    name = "compose.yaml" if scope is Scope.COMPOSE else "objects.yaml"
    result = fixed(plain, name, kind, lambda path: None, settings, unsafe=True)
    document = kind.format().load(result.text, name, lambda path: None)
    for subject in document.subjects:
        for control, fault in faults(subject, settings):
            message = f"{control.id}: {subject.name}: {fault.found}"
            raise ConfigError(message, file=file, hint=getattr(fault.want, "question", ""))
    return result.text, document


def _settings(said: Amounts, today: date) -> Settings:
    named = {
        "user": said.user,
        "group": said.group,
        "memory": said.memory_bytes,
        "cpus": said.cpu_millis,
        "pids": said.processes,
    }
    assume = {name: value for name, value in named.items() if value is not None}
    selection = checked("default", (), ())
    return Settings(selection=selection, today=today, waivers=(), assume=assume, exclude=(), previews=False)
