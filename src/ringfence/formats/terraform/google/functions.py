"""Functions and services without machines in Google Cloud."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import said
from ringfence.formats.terraform.google.common import customer_key, pairs, variables
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.containers import (
    ContainerService,
    Function,
    TaskContainer,
    TaskDefinition,
    only_containers,
)
from ringfence.models.cloud.containers import function as plain
from ringfence.models.cloud.edge import WebApp, web_app
from ringfence.models.cloud.policy import Reach, RoleBinding

_RUN_INGRESS = {
    "INGRESS_TRAFFIC_ALL": True,
    "INGRESS_TRAFFIC_INTERNAL_ONLY": False,
    "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER": False,
}
_INGRESS = {"ALLOW_ALL": True, "ALLOW_INTERNAL_ONLY": False, "ALLOW_INTERNAL_AND_GCLB": False}


def function(r: Reader) -> Iterator[Function]:
    """A function of the first generation: over HTTP it takes plain connections where nothing is said."""
    security = {"SECURE_ALWAYS": True, "SECURE_OPTIONAL": False}
    http = r.flag("", "trigger_http", default=False)
    yield replace(
        plain(r.address),
        runtime=r.text("runtime", "runtime", lower=True),
        public=_public(r, "ingress_settings"),
        https_only=r.mapped("https_only", "https_trigger_security_level", security, False, False) if http else None,
        variables=variables(r, "variables", "environment_variables"),
    )


def newer_function(r: Reader) -> Iterator[Function]:
    """A function of the second generation."""
    yield replace(
        plain(r.address),
        runtime=r.text("runtime", "build_config.runtime", lower=True),
        public=_public(r, "service_config.ingress_settings"),
        variables=variables(r, "variables", "service_config.environment_variables"),
    )


def _public(r: Reader, attribute: str) -> bool:
    value = r.mapped("public", attribute, _INGRESS, True, True)
    r.writes("public", attribute, {False: '"ALLOW_INTERNAL_AND_GCLB"'})
    return value


#: Where what runs containers names the key that its images are kept with.
_KEYS = {
    "google_cloud_run_v2_job": "template.template.encryption_key",
    "google_cloud_run_v2_service": "template.encryption_key",
}
_CONTAINERS = ("template.spec.containers", "template.containers", "template.template.containers")


def service(r: Reader) -> Iterator[TaskDefinition | ContainerService | RoleBinding]:
    """A service or job of Cloud Run: what its containers are told in plain text, and whether it asks who calls."""
    found = list[TaskContainer]()
    for path in _CONTAINERS:
        for view in r.view.blocks(path)[0]:
            inner = r.below(f"containers[{len(found)}]", view)
            found.append(_container(inner))
    attribute = _KEYS.get(r.type, "")
    own = customer_key(r, attribute) if attribute else None
    yield replace(only_containers(r.address, tuple(found)), customer_key=own)
    if r.type == "google_cloud_run_v2_service":
        yield ContainerService(
            name=r.address,
            public_addresses=None,
            public=r.mapped("public", "ingress", _RUN_INGRESS, True, True),
            latest_platform=None,
            customer_key=None,
        )
    if r.flag("members[0]", "invoker_iam_disabled", default=False):
        r.decide("members[0]", "who calls it? give them roles/run.invoker, and remove invoker_iam_disabled")
        yield RoleBinding(name=r.address, role="roles/run.invoker", members=("allUsers",), reach=Reach.RESOURCE)


def _container(r: Reader) -> TaskContainer:
    told = list[tuple[str, str]]()
    for name, value, inner in pairs(r, "env"):
        r.place_of(f"variables[{len(told)}]", inner.view.find("value"))
        told.append((name, value))
    return TaskContainer(
        name=r.text("name", "name"),
        privileged=None,
        read_only_root=None,
        user=None,
        variables=tuple(told),
        logging=None,
    )


def engine(r: Reader) -> Iterator[WebApp]:
    """A version of an application of App Engine: each way into it says whether it is over TLS only."""
    handlers, known = r.view.blocks("handlers")
    if not known or any(isinstance(one.find("security_level").value, Unknown) for one in handlers):
        r.unknown("https_only")
    plain = next((one for one in handlers if said(r.below("", one), "security_level").upper() != "SECURE_ALWAYS"), None)
    if plain is not None:
        r.place("https_only", plain)
    r.decide("https_only", "do all callers support TLS? then set security_level to SECURE_ALWAYS in each handler")
    yield replace(web_app(r.address), https_only=bool(handlers) and plain is None)
