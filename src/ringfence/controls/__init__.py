"""The catalogue: one visible table of controls, and the hardening that follows from it.

Nothing registers itself: a control holds because it stands in `CATALOGUE`. A control's file is imported
when something of its scope is judged, so a plugin's call does not pay for what Kubernetes needs. Checking and
fixing are generic and live here, so that no control can do either in its own way.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from ringfence.controls import modelpath
from ringfence.controls.control import REMOVE, Control, Decision, Fault, Scope
from ringfence.errors import ConfigError

#: The version of the policy: the highest `since` of any control.
POLICY = 1

_PLUGIN = (Scope.PLUGIN,)

#: Every control by id, and what it judges. The records say the same, which a test holds against this table.
CATALOGUE: Mapping[str, tuple[Scope, ...]] = {
    "accelerator-flow-logs": (Scope.TERRAFORM,),
    "api-access-logs": (Scope.TERRAFORM,),
    "api-client-certificates": (Scope.TERRAFORM,),
    "api-execution-logs": (Scope.TERRAFORM,),
    "api-logs": (Scope.TERRAFORM,),
    "api-tracing": (Scope.TERRAFORM,),
    "apparmor-confined": (Scope.COMPOSE, Scope.KUBERNETES),
    "audit-server-settings": (Scope.TERRAFORM,),
    "authenticated-brokers": (Scope.TERRAFORM,),
    "authenticated-caches": (Scope.TERRAFORM,),
    "authenticated-data-clusters": (Scope.TERRAFORM,),
    "authenticated-function-urls": (Scope.TERRAFORM,),
    "authorized-apis": (Scope.TERRAFORM,),
    "backtracked-databases": (Scope.TERRAFORM,),
    "blocked-project-keys": (Scope.TERRAFORM,),
    "bounded-access-lists": (Scope.TERRAFORM,),
    "bounded-cluster-endpoint": (Scope.TERRAFORM,),
    "bounded-cpu": (Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES),
    "bounded-database-ranges": (Scope.TERRAFORM,),
    "bounded-federated-trust": (Scope.TERRAFORM,),
    "bounded-function-origins": (Scope.TERRAFORM,),
    "bounded-function-permissions": (Scope.TERRAFORM,),
    "bounded-functions": (Scope.TERRAFORM,),
    "bounded-impersonation": (Scope.TERRAFORM,),
    "bounded-logs": (Scope.COMPOSE,),
    "bounded-machine-identity": (Scope.TERRAFORM,),
    "bounded-memory": (Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES),
    "bounded-open-files": (Scope.PLUGIN, Scope.COMPOSE),
    "bounded-origins": (Scope.TERRAFORM,),
    "bounded-output": _PLUGIN,
    "bounded-policy-resources": (Scope.TERRAFORM,),
    "bounded-processes": (Scope.PLUGIN, Scope.COMPOSE),
    "bounded-scratch": _PLUGIN,
    "bounded-time": _PLUGIN,
    "bounded-tools": (Scope.AGENT,),
    "bounded-vaults": (Scope.TERRAFORM,),
    "bounded-write-access": (Scope.TERRAFORM,),
    "broker-audit-logs": (Scope.TERRAFORM,),
    "broker-logs": (Scope.TERRAFORM,),
    "broker-monitoring": (Scope.TERRAFORM,),
    "broker-upgrades": (Scope.TERRAFORM,),
    "build-logs": (Scope.TERRAFORM,),
    "capabilities-dropped": (Scope.COMPOSE, Scope.KUBERNETES),
    "changeable-passwords": (Scope.TERRAFORM,),
    "checked-downloads": (Scope.DOCKERFILE,),
    "checked-targets": (Scope.TERRAFORM,),
    "closed-default-firewall": (Scope.TERRAFORM,),
    "cluster-logs": (Scope.TERRAFORM,),
    "cluster-network-policy": (Scope.TERRAFORM,),
    "container-insights": (Scope.TERRAFORM,),
    "copy-not-add": (Scope.DOCKERFILE,),
    "cross-zone-load-balancers": (Scope.TERRAFORM,),
    "current-api-tls": (Scope.TERRAFORM,),
    "current-database-certificates": (Scope.TERRAFORM,),
    "current-database-tls": (Scope.TERRAFORM,),
    "current-distribution-tls": (Scope.TERRAFORM,),
    "current-listener-tls": (Scope.TERRAFORM,),
    "current-notebook-metadata": (Scope.TERRAFORM,),
    "current-transfer-policy": (Scope.TERRAFORM,),
    "customer-key-brokers": (Scope.TERRAFORM,),
    "customer-key-buckets": (Scope.TERRAFORM,),
    "customer-key-builds": (Scope.TERRAFORM,),
    "customer-key-container-services": (Scope.TERRAFORM,),
    "customer-key-data-jobs": (Scope.TERRAFORM,),
    "customer-key-databases": (Scope.TERRAFORM,),
    "customer-key-file-shares": (Scope.TERRAFORM,),
    "customer-key-function-variables": (Scope.TERRAFORM,),
    "customer-key-insights": (Scope.TERRAFORM,),
    "customer-key-logs": (Scope.TERRAFORM,),
    "customer-key-models": (Scope.TERRAFORM,),
    "customer-key-notebooks": (Scope.TERRAFORM,),
    "customer-key-queues": (Scope.TERRAFORM,),
    "customer-key-registries": (Scope.TERRAFORM,),
    "customer-key-secrets": (Scope.TERRAFORM,),
    "customer-key-streams": (Scope.TERRAFORM,),
    "customer-key-topics": (Scope.TERRAFORM,),
    "customer-key-trails": (Scope.TERRAFORM,),
    "customer-key-volumes": (Scope.TERRAFORM,),
    "data-cluster-logs": (Scope.TERRAFORM,),
    "database-audit-logs": (Scope.TERRAFORM,),
    "database-backups": (Scope.TERRAFORM,),
    "database-insights": (Scope.TERRAFORM,),
    "database-logs": (Scope.TERRAFORM,),
    "database-monitoring": (Scope.TERRAFORM,),
    "database-upgrades": (Scope.TERRAFORM,),
    "dead-letters": (Scope.TERRAFORM,),
    "dedicated-search-masters": (Scope.TERRAFORM,),
    "default-root-objects": (Scope.TERRAFORM,),
    "deletion-protected-databases": (Scope.TERRAFORM,),
    "deletion-protected-load-balancers": (Scope.TERRAFORM,),
    "described-database-access": (Scope.TERRAFORM,),
    "described-firewalls": (Scope.TERRAFORM,),
    "distribution-failover": (Scope.TERRAFORM,),
    "distribution-headers": (Scope.TERRAFORM,),
    "distribution-logs": (Scope.TERRAFORM,),
    "dns-query-logs": (Scope.TERRAFORM,),
    "drops-invalid-headers": (Scope.TERRAFORM,),
    "encrypted-api-caches": (Scope.TERRAFORM,),
    "encrypted-at-host": (Scope.TERRAFORM,),
    "encrypted-buckets": (Scope.TERRAFORM,),
    "encrypted-build-logs": (Scope.TERRAFORM,),
    "encrypted-builds": (Scope.TERRAFORM,),
    "encrypted-catalogs": (Scope.TERRAFORM,),
    "encrypted-cluster-secrets": (Scope.TERRAFORM,),
    "encrypted-container-shells": (Scope.TERRAFORM,),
    "encrypted-data-jobs": (Scope.TERRAFORM,),
    "encrypted-database-nodes": (Scope.TERRAFORM,),
    "encrypted-database-snapshots": (Scope.TERRAFORM,),
    "encrypted-databases": (Scope.TERRAFORM,),
    "encrypted-desktops": (Scope.TERRAFORM,),
    "encrypted-file-shares": (Scope.TERRAFORM,),
    "encrypted-machine-disks": (Scope.TERRAFORM,),
    "encrypted-parameters": (Scope.TERRAFORM,),
    "encrypted-query-results": (Scope.TERRAFORM,),
    "encrypted-queues": (Scope.TERRAFORM,),
    "encrypted-sessions": (Scope.TERRAFORM,),
    "encrypted-state": (Scope.TERRAFORM,),
    "encrypted-streams": (Scope.TERRAFORM,),
    "encrypted-task-volumes": (Scope.TERRAFORM,),
    "encrypted-topics": (Scope.TERRAFORM,),
    "encrypted-volumes": (Scope.TERRAFORM,),
    "enforced-query-settings": (Scope.TERRAFORM,),
    "expiring-secrets": (Scope.TERRAFORM,),
    "filtered-apis": (Scope.TERRAFORM,),
    "filtered-distributions": (Scope.TERRAFORM,),
    "filtered-load-balancers": (Scope.TERRAFORM,),
    "final-database-snapshots": (Scope.TERRAFORM,),
    "fine-grained-search-access": (Scope.TERRAFORM,),
    "flow-logs": (Scope.TERRAFORM,),
    "function-tracing": (Scope.TERRAFORM,),
    "functions-in-networks": (Scope.TERRAFORM,),
    "granted-mounts-only": _PLUGIN,
    "granted-network-only": _PLUGIN,
    "health-checked": (Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES),
    "identity-database-login": (Scope.TERRAFORM,),
    "identity-task-volumes": (Scope.TERRAFORM,),
    "immutable-tags": (Scope.TERRAFORM,),
    "ingress-tls": (Scope.KUBERNETES,),
    "internal-databases": (Scope.COMPOSE,),
    "internal-load-balancers": (Scope.TERRAFORM,),
    "isolated-models": (Scope.TERRAFORM,),
    "kept-database-backups": (Scope.TERRAFORM,),
    "kept-logs": (Scope.TERRAFORM,),
    "kept-up-nodes": (Scope.TERRAFORM,),
    "known-bad-inputs-stopped": (Scope.TERRAFORM,),
    "latest-task-platform": (Scope.TERRAFORM,),
    "load-balancer-logs": (Scope.TERRAFORM,),
    "locked-domains": (Scope.TERRAFORM,),
    "locked-state": (Scope.TERRAFORM,),
    "logged-buckets": (Scope.TERRAFORM,),
    "logged-container-shells": (Scope.TERRAFORM,),
    "logged-queries": (Scope.TERRAFORM,),
    "logged-sessions": (Scope.TERRAFORM,),
    "masked-proc": (Scope.COMPOSE, Scope.KUBERNETES),
    "metadata-tokens": (Scope.TERRAFORM,),
    "mfa-delete": (Scope.TERRAFORM,),
    "mfa-for-groups": (Scope.TERRAFORM,),
    "mfa-for-users": (Scope.TERRAFORM,),
    "modules-by-commit": (Scope.TERRAFORM,),
    "multi-zone-brokers": (Scope.TERRAFORM,),
    "multi-zone-databases": (Scope.TERRAFORM,),
    "named-namespace": (Scope.KUBERNETES,),
    "network-policy-present": (Scope.KUBERNETES,),
    "networked-data-clusters": (Scope.TERRAFORM,),
    "networked-databases": (Scope.TERRAFORM,),
    "networked-notebooks": (Scope.TERRAFORM,),
    "no-account-trust": (Scope.TERRAFORM,),
    "no-added-capabilities": (Scope.COMPOSE, Scope.KUBERNETES),
    "no-admin-attachments": (Scope.TERRAFORM,),
    "no-anonymous-binding": (Scope.KUBERNETES,),
    "no-api-data-traces": (Scope.TERRAFORM,),
    "no-automatic-peering": (Scope.TERRAFORM,),
    "no-capabilities": _PLUGIN,
    "no-cgroup-parent": (Scope.COMPOSE,),
    "no-classic-access": (Scope.TERRAFORM,),
    "no-cloud-users": (Scope.TERRAFORM,),
    "no-cluster-admin": (Scope.KUBERNETES,),
    "no-concealment": (Scope.AGENT,),
    "no-credential-access": (Scope.AGENT,),
    "no-credential-exposure": (Scope.TERRAFORM,),
    "no-data-exfiltration": (Scope.TERRAFORM,),
    "no-default-admin-name": (Scope.TERRAFORM,),
    "no-default-bridge": (Scope.COMPOSE,),
    "no-default-database-names": (Scope.TERRAFORM,),
    "no-default-network": (Scope.TERRAFORM,),
    "no-default-ports": (Scope.TERRAFORM,),
    "no-destructive-commands": (Scope.AGENT,),
    "no-devices": (Scope.COMPOSE,),
    "no-direct-notebook-internet": (Scope.TERRAFORM,),
    "no-download-and-run": (Scope.AGENT,),
    "no-encoded-payloads": (Scope.AGENT,),
    "no-engine-socket": (Scope.COMPOSE, Scope.KUBERNETES),
    "no-escalation-resources": (Scope.KUBERNETES,),
    "no-escalation-verbs": (Scope.KUBERNETES,),
    "no-exfiltration": (Scope.AGENT,),
    "no-full-access-policies": (Scope.TERRAFORM,),
    "no-guests": (Scope.TERRAFORM,),
    "no-hidden-text": (Scope.AGENT,),
    "no-hook-commands": (Scope.AGENT,),
    "no-host-environment": _PLUGIN,
    "no-host-namespace-tasks": (Scope.TERRAFORM,),
    "no-host-namespaces": (Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES),
    "no-host-network-tasks": (Scope.TERRAFORM,),
    "no-host-path": (Scope.KUBERNETES,),
    "no-host-ports": (Scope.KUBERNETES,),
    "no-host-process": (Scope.KUBERNETES,),
    "no-ingress-snippets": (Scope.KUBERNETES,),
    "no-instruction-override": (Scope.AGENT,),
    "no-inverted-policies": (Scope.TERRAFORM,),
    "no-ip-forwarding": (Scope.TERRAFORM,),
    "no-key-only-apis": (Scope.TERRAFORM,),
    "no-legacy-cluster-login": (Scope.TERRAFORM,),
    "no-loader-variables": _PLUGIN,
    "no-new-privileges": (Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES),
    "no-notebook-root": (Scope.TERRAFORM,),
    "no-open-network-policy": (Scope.KUBERNETES,),
    "no-open-node-ssh": (Scope.TERRAFORM,),
    "no-open-resource-policies": (Scope.TERRAFORM,),
    "no-open-trust": (Scope.TERRAFORM,),
    "no-package-upgrade": (Scope.DOCKERFILE,),
    "no-password-in-build": (Scope.DOCKERFILE,),
    "no-password-login": (Scope.TERRAFORM,),
    "no-permission-bypass": (Scope.AGENT,),
    "no-permissions-management": (Scope.TERRAFORM,),
    "no-persistence": (Scope.AGENT,),
    "no-pipe-to-shell": (Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES),
    "no-plain-ftp": (Scope.TERRAFORM,),
    "no-plain-subscriptions": (Scope.TERRAFORM,),
    "no-pod-exec": (Scope.KUBERNETES,),
    "no-primitive-roles": (Scope.TERRAFORM,),
    "no-privilege-escalation": (Scope.TERRAFORM,),
    "no-privileged": (Scope.COMPOSE, Scope.KUBERNETES),
    "no-privileged-builds": (Scope.TERRAFORM,),
    "no-privileged-ports": (Scope.COMPOSE,),
    "no-privileged-tasks": (Scope.TERRAFORM,),
    "no-probe-host": (Scope.KUBERNETES,),
    "no-public-access-lists": (Scope.TERRAFORM,),
    "no-public-admin-ports": (Scope.TERRAFORM,),
    "no-public-bindings": (Scope.TERRAFORM,),
    "no-public-brokers": (Scope.TERRAFORM,),
    "no-public-buckets": (Scope.TERRAFORM,),
    "no-public-builds": (Scope.TERRAFORM,),
    "no-public-database-ports": (Scope.TERRAFORM,),
    "no-public-database-snapshots": (Scope.TERRAFORM,),
    "no-public-databases": (Scope.TERRAFORM,),
    "no-public-documents": (Scope.TERRAFORM,),
    "no-public-egress": (Scope.TERRAFORM,),
    "no-public-functions": (Scope.TERRAFORM,),
    "no-public-images": (Scope.TERRAFORM,),
    "no-public-ingress": (Scope.TERRAFORM,),
    "no-public-machines": (Scope.TERRAFORM,),
    "no-public-services": (Scope.KUBERNETES,),
    "no-public-subnets": (Scope.TERRAFORM,),
    "no-public-tasks": (Scope.TERRAFORM,),
    "no-public-transfer-servers": (Scope.TERRAFORM,),
    "no-registry-admin": (Scope.TERRAFORM,),
    "no-remote-debugging": (Scope.TERRAFORM,),
    "no-remote-shells": (Scope.AGENT,),
    "no-resource-theft": (Scope.AGENT,),
    "no-root-keys": (Scope.TERRAFORM,),
    "no-secret-files": (Scope.DOCKERFILE,),
    "no-secret-reading": (Scope.KUBERNETES,),
    "no-secret-requests": (Scope.AGENT,),
    "no-secret-variables": (Scope.KUBERNETES,),
    "no-secrets-in-agent-settings": (Scope.AGENT,),
    "no-secrets-in-backends": (Scope.TERRAFORM,),
    "no-secrets-in-builds": (Scope.TERRAFORM,),
    "no-secrets-in-commands": (Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES),
    "no-secrets-in-data": (Scope.KUBERNETES,),
    "no-secrets-in-environment": (Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES),
    "no-secrets-in-functions": (Scope.TERRAFORM,),
    "no-secrets-in-providers": (Scope.TERRAFORM,),
    "no-secrets-in-tasks": (Scope.TERRAFORM,),
    "no-secrets-in-text": (Scope.TEXT,),
    "no-secrets-in-user-data": (Scope.TERRAFORM,),
    "no-secrets-in-variables": (Scope.TERRAFORM,),
    "no-sensitive-host-paths": (Scope.COMPOSE, Scope.KUBERNETES),
    "no-sensitive-mounts": _PLUGIN,
    "no-serial-console": (Scope.TERRAFORM,),
    "no-service-token": (Scope.KUBERNETES,),
    "no-service-wildcards": (Scope.TERRAFORM,),
    "no-setuid": (Scope.DOCKERFILE,),
    "no-ssh-server": (Scope.DOCKERFILE,),
    "no-sudo": (Scope.DOCKERFILE,),
    "no-user-policies": (Scope.TERRAFORM,),
    "no-wildcard-certificates": (Scope.TERRAFORM,),
    "no-wildcard-function-permissions": (Scope.TERRAFORM,),
    "no-wildcard-resource-actions": (Scope.TERRAFORM,),
    "no-wildcard-rules": (Scope.KUBERNETES,),
    "no-workload-creation": (Scope.KUBERNETES,),
    "no-world-writable": (Scope.DOCKERFILE,),
    "non-root-required": (Scope.KUBERNETES,),
    "non-root-tasks": (Scope.TERRAFORM,),
    "non-root-user": (Scope.PLUGIN, Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES),
    "only-bind-capability": (Scope.KUBERNETES,),
    "own-certificates": (Scope.TERRAFORM,),
    "password-age": (Scope.TERRAFORM,),
    "password-length": (Scope.TERRAFORM,),
    "password-lowercase": (Scope.TERRAFORM,),
    "password-numbers": (Scope.TERRAFORM,),
    "password-reuse": (Scope.TERRAFORM,),
    "password-symbols": (Scope.TERRAFORM,),
    "password-uppercase": (Scope.TERRAFORM,),
    "pinned-digest": (Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES),
    "pinned-launches": (Scope.AGENT,),
    "pinned-modules": (Scope.TERRAFORM,),
    "pinned-packages": (Scope.DOCKERFILE,),
    "pinned-plugin-sources": (Scope.AGENT,),
    "pinned-system-packages": (Scope.DOCKERFILE,),
    "pinned-tag": (Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES),
    "planned-networks": (Scope.TERRAFORM,),
    "pod-security-labels": (Scope.KUBERNETES,),
    "point-in-time-recovery": (Scope.TERRAFORM,),
    "private-apis": (Scope.TERRAFORM,),
    "private-cluster-endpoint": (Scope.TERRAFORM,),
    "private-cluster-nodes": (Scope.TERRAFORM,),
    "private-container-services": (Scope.TERRAFORM,),
    "private-data-clusters": (Scope.TERRAFORM,),
    "private-database-subnets": (Scope.TERRAFORM,),
    "private-mount-propagation": (Scope.COMPOSE, Scope.KUBERNETES),
    "private-service-access": (Scope.TERRAFORM,),
    "private-warehouse-routing": (Scope.TERRAFORM,),
    "protected-vaults": (Scope.TERRAFORM,),
    "provider-versions": (Scope.TERRAFORM,),
    "public-access-blocked": (Scope.TERRAFORM,),
    "published-ports": (Scope.COMPOSE,),
    "query-metrics": (Scope.TERRAFORM,),
    "read-only-mounts": (Scope.COMPOSE,),
    "read-only-plugin": _PLUGIN,
    "read-only-root": (Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES),
    "read-only-tasks": (Scope.TERRAFORM,),
    "recorded-configuration": (Scope.TERRAFORM,),
    "requests-set": (Scope.KUBERNETES,),
    "restart-policy": (Scope.COMPOSE,),
    "restricted-volume-types": (Scope.KUBERNETES,),
    "role-based-clusters": (Scope.TERRAFORM,),
    "rotated-keys": (Scope.TERRAFORM,),
    "rotated-secrets": (Scope.TERRAFORM,),
    "running-detectors": (Scope.TERRAFORM,),
    "running-trails": (Scope.TERRAFORM,),
    "safe-agent-settings": (Scope.AGENT,),
    "safe-sysctls": (Scope.KUBERNETES,),
    "scanned-images": (Scope.TERRAFORM,),
    "seccomp-allow-list": _PLUGIN,
    "seccomp-confined": (Scope.COMPOSE, Scope.KUBERNETES),
    "seccomp-profile-set": (Scope.KUBERNETES,),
    "second-factor-for-users": (Scope.TERRAFORM,),
    "secured-data-clusters": (Scope.TERRAFORM,),
    "secured-data-jobs": (Scope.TERRAFORM,),
    "selinux-confined": (Scope.COMPOSE, Scope.KUBERNETES),
    "separate-task-roles": (Scope.TERRAFORM,),
    "shielded-machines": (Scope.TERRAFORM,),
    "shielded-nodes": (Scope.TERRAFORM,),
    "signed-functions": (Scope.TERRAFORM,),
    "signed-origins": (Scope.TERRAFORM,),
    "signed-zones": (Scope.TERRAFORM,),
    "strict-load-balancers": (Scope.TERRAFORM,),
    "strict-transport": (Scope.TERRAFORM,),
    "strong-certificate-keys": (Scope.TERRAFORM,),
    "supported-cluster-version": (Scope.TERRAFORM,),
    "supported-runtimes": (Scope.TERRAFORM,),
    "tagged-snapshots": (Scope.TERRAFORM,),
    "task-logs": (Scope.TERRAFORM,),
    "tls-brokers": (Scope.TERRAFORM,),
    "tls-build-sources": (Scope.TERRAFORM,),
    "tls-data-jobs": (Scope.TERRAFORM,),
    "tls-databases": (Scope.TERRAFORM,),
    "tls-distributions": (Scope.TERRAFORM,),
    "tls-listeners": (Scope.TERRAFORM,),
    "tls-mail": (Scope.TERRAFORM,),
    "tls-modules": (Scope.TERRAFORM,),
    "tls-only-buckets": (Scope.TERRAFORM,),
    "tls-origins": (Scope.TERRAFORM,),
    "tls-server-settings": (Scope.TERRAFORM,),
    "tls-servers": (Scope.AGENT,),
    "tls-state": (Scope.TERRAFORM,),
    "tls-targets": (Scope.TERRAFORM,),
    "tls-web-apps": (Scope.TERRAFORM,),
    "trails-in-all-regions": (Scope.TERRAFORM,),
    "transfer-logs": (Scope.TERRAFORM,),
    "transparent-certificates": (Scope.TERRAFORM,),
    "uniform-bucket-access": (Scope.TERRAFORM,),
    "validated-api-requests": (Scope.TERRAFORM,),
    "validated-trails": (Scope.TERRAFORM,),
    "verified-downloads": (Scope.DOCKERFILE,),
    "verified-providers": (Scope.TERRAFORM,),
    "versioned-buckets": (Scope.TERRAFORM,),
    "watched-trails": (Scope.TERRAFORM,),
    "web-firewall-logs": (Scope.TERRAFORM,),
    "web-firewall-rules": (Scope.TERRAFORM,),
    "whole-trails": (Scope.TERRAFORM,),
    "workflow-logs": (Scope.TERRAFORM,),
    "workflow-tracing": (Scope.TERRAFORM,),
}

if TYPE_CHECKING:
    #: Every control, in the order of CATALOGUE.
    CONTROLS: tuple[Control, ...]
    #: Every model path that some control of plugins guards; a cell enforces each of them or refuses.
    GUARDED: frozenset[str]

# One control's fix may uncover another's fault (no destination left, so no network): a few
# rounds settle that. More would mean that two controls want opposite things.
_ROUNDS = 4

_Model = TypeVar("_Model")


def load(id: str) -> Control:
    """One control by its id. Raises KeyError for an id that is not in the catalogue."""
    if id not in CATALOGUE:
        raise KeyError(id)
    control: Control = import_module(f"ringfence.controls.{id.replace('-', '_')}").CONTROL
    return control


@cache
def judging(scope: Scope) -> tuple[Control, ...]:
    """The controls of one scope, in the order of CATALOGUE."""
    return tuple(load(id) for id, scopes in CATALOGUE.items() if scope in scopes)


def __getattr__(name: str) -> Any:
    if name == "CONTROLS":
        return tuple(load(id) for id in CATALOGUE)
    if name == "GUARDED":
        return frozenset(path for control in judging(Scope.PLUGIN) for path in control.guards)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def faults(model: object, controls: Iterable[Control] | None = None) -> list[tuple[Control, Fault]]:
    """Every place where a control does not hold, in the order of `controls` (else: those for plugins).

    Controls for another type of model are passed over. Raises ConfigError when there is no control
    at all: nothing checked is not all good.
    """
    some = judging(Scope.PLUGIN) if controls is None else tuple(controls)
    if not some:
        raise ConfigError("no control is loaded, so nothing can be checked", hint="select at least one")
    return [(one, fault) for one in some if one.takes(model) for fault in one.faults(model)]


def hardened(model: _Model, controls: Iterable[Control] | None = None) -> _Model:
    """The nearest model at which no control finds a fault.

    Raises ConfigError where a fix needs a person's decision (the message is the question), and
    when there is no control; RuntimeError where controls contradict each other, and ValueError
    where one names a field that the model does not have: defects of the catalogue.
    """
    some = judging(Scope.PLUGIN) if controls is None else tuple(controls)
    for _ in range(_ROUNDS):
        if not faults(model, some):
            return model
        for control in some:
            model = put_right(model, _decided(control, model))
    left = faults(model, some)
    if left:
        raise RuntimeError("these controls contradict each other: " + _names(left))
    return model


def put_right(model: _Model, found: Sequence[Fault]) -> _Model:
    """The model with these faults gone: values first, then removals from the end, so that indices stay true, then
    what is appended.

    A fault whose `want` is a Decision is left as it is.
    """
    for fault in found:
        if fault.want is not REMOVE and not isinstance(fault.want, Decision):
            model = modelpath.replaced(model, modelpath.steps(fault.path), fault.want)
    for place in modelpath.from_the_end(fault.path for fault in found if fault.want is REMOVE):
        model = modelpath.removed(model, place)
    for path, element in dict.fromkeys(one for fault in found for one in fault.appends):
        model = modelpath.appended(model, path, element)
    return model


def _decided(control: Control, model: object) -> list[Fault]:
    found = list(control.faults(model)) if control.takes(model) else []
    for fault in found:
        if isinstance(fault.want, Decision):
            raise ConfigError(f"{control.id}: {fault.path}: {fault.found}", hint=fault.want.question)
    return found


def _names(found: list[tuple[Control, Fault]]) -> str:
    return ", ".join(sorted({control.id for control, _ in found}))
