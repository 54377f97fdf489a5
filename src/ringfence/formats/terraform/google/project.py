"""What is said once for a whole project of Google Cloud."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.account import everywhere, is_first, made_elsewhere
from ringfence.formats.terraform.aws.following import said
from ringfence.formats.terraform.google import watching
from ringfence.formats.terraform.google.common import YES, switch
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.network import Network
from ringfence.models.cloud.policy import AuditPolicy
from ringfence.models.cloud.project import AccessApproval, ApiKey, ProjectServices, ProjectSettings
from ringfence.models.cloud.watching import AccountWatch

_LOGIN, _SERIAL = "enable-oslogin", "serial-port-enable"


def metadata(r: Reader) -> Iterator[ProjectSettings]:
    """What all machines of a project are told."""
    on = switch(r, "os_login", _LOGIN)
    factor = switch(r, "second_factor", f"{_LOGIN}-2fa")
    r.decide("os_login", "set enable-oslogin to true")
    r.decide("second_factor", "set enable-oslogin-2fa to true, once everybody has a second factor")
    serial = switch(r, "serial_console", _SERIAL)
    r.decide("serial_console", "set serial-port-enable to false")
    yield ProjectSettings(
        name=r.address, os_login=on, second_factor=factor if on else None, serial_console=serial or None
    )


def metadata_item(r: Reader) -> Iterator[ProjectSettings]:
    """One thing that all machines of a project are told."""
    if said(r, "key") == _LOGIN:
        on = r.flag("os_login", "value", default=False)
        yield ProjectSettings(name=r.address, os_login=on, second_factor=None, serial_console=None)
        r.writes("os_login", "value", {True: '"TRUE"'})
    if said(r, "key") == _SERIAL:
        on = r.text("serial_console", "value", lower=True) in YES
        yield ProjectSettings(name=r.address, os_login=None, second_factor=None, serial_console=on)
        r.writes("serial_console", "value", {False: '"FALSE"'})


#: The settings, and a name that some write for them.
_APPROVALS = (
    *(f"google_{one}_access_approval_settings" for one in ("project", "folder", "organization")),
    "google_access_approval_project_settings",
)


def approval(r: Reader) -> Iterator[AccessApproval]:
    """For which services somebody is asked."""
    some, known = r.view.blocks("enrolled_services")
    if not known:
        r.unknown("approved")
    r.decide("approved", "for which services is approval needed? list all of them")
    yield AccessApproval(name=r.address, approved=bool(some))


def project(r: Reader) -> Iterator[Network | AuditPolicy | AccountWatch | AccessApproval]:
    """A project: it comes with a network that lets much in, unless it says otherwise."""
    default = r.flag("default", "auto_create_network", default=True)
    r.decide("default", "set auto_create_network to false, and create a network with private subnets")
    yield Network(name=r.address, default=default, flow_logs=None, automatic=False, closed_default=None)
    kinds = (
        "google_project_iam_audit_config",
        "google_folder_iam_audit_config",
        "google_organization_iam_audit_config",
    )
    beside = [one for kind in kinds for one in r.others(kind) if not _is_of_another(r, one)]
    if not beside and not r.others("google_project_iam_policy"):
        r.decide("services", "add a google_project_iam_audit_config for allServices")
        yield AuditPolicy(name=r.address, services=(), types=(), exempted=())
    if not any(True for kind in _APPROVALS for _ in everywhere(r, kind)):
        r.decide("approved", "who may approve access by the provider's staff?")
        if made_elsewhere(r, ("project", "approval", "landing", "foundation")):
            r.unknown("approved")
        yield AccessApproval(name=r.address, approved=False)
    yield watching.watch(r)


def _is_of_another(r: Reader, one: Reader) -> bool:
    """Whether something is known to be about another project of the module."""
    value = one.view.find("project").value
    if isinstance(value, Unknown):
        own = f"{r.type}.{r.name}"
        projects = {name for name in value.references if name.rpartition("module.")[2].startswith(f"{r.type}.")}
        return bool(projects) and not any(name.endswith(own) for name in projects)
    return isinstance(value, str) and said(r, "project_id") not in ("", value)


#: How a key says who may use it, and where pages or addresses stand there.
_CLIENTS = {
    "browser_key_restrictions": "allowed_referrers",
    "server_key_restrictions": "allowed_ips",
    "android_key_restrictions": "",
    "ios_key_restrictions": "",
}


def api_key(r: Reader) -> Iterator[ApiKey]:
    """A key by which programs call services."""
    clients, bound, certain = list[str](), False, True
    for block, attribute in _CLIENTS.items():
        some, known = r.view.blocks(f"restrictions.{block}")
        bound, certain = bound or bool(some), certain and known
        for view in some if attribute else ():
            clients += r.below("", view).texts("clients", attribute, offset=len(clients))
            for index in range(len(clients)):
                r.place(f"clients[{index}]", view)
    if not certain:
        r.unknown("bound")
    targets = r.blocks("services", "restrictions.api_targets")
    yield ApiKey(
        name=r.address,
        bound=bound,
        clients=tuple(clients),
        services=tuple(one.text("", "service") for one in targets),
    )


_SERVICE = "google_project_service"


def service(r: Reader) -> Iterator[ProjectServices]:
    """A service that is turned on: the first stands for all of them."""
    if not is_first(r, everywhere(r, _SERVICE)):
        return
    some = list(everywhere(r, _SERVICE))
    names = [one.view.find("service").value for one in some]
    if not all(isinstance(one, str) for one in names) or made_elsewhere(r, ("project", "service", "foundation")):
        r.unknown("services")
    r.place_of("services", r.view.find("service"))
    r.decide("services", "turn on the service cloudasset.googleapis.com")
    yield ProjectServices(name=r.address, services=tuple(one for one in names if isinstance(one, str)))
