"""A description as Kubernetes objects: a Deployment, what it is reached by, what it keeps, and who may talk to it."""

from ringfence.audit.emit.description import Description, PortPair, Stack
from ringfence.formats.yamlwrite import Data, pairs

_CLAIM = "1Gi"
#: What stands between two objects.
BETWEEN = "---\n"


def text(one: Description, stack: Stack) -> str:
    """The objects of a service before anything is hardened, one document each; the last closes the namespace."""
    objects = [_deployment(one), *_claims(one), *_service(one), _policy(one, stack), _deny(one)]
    return BETWEEN.join("\n".join(pairs(document, 0)) + "\n" for document in objects)


def _metadata(one: Description, name: str = "") -> "dict[str, Data]":
    namespace: dict[str, Data] = {"namespace": one.namespace} if one.namespace else {}
    return {"name": name or one.name, **namespace, "labels": {"app.kubernetes.io/name": one.name}}


def _selector(one: Description) -> "dict[str, Data]":
    return {"app.kubernetes.io/name": one.name}


def _deployment(one: Description) -> "dict[str, Data]":
    probe: Data = {"exec": {"command": list(one.health)}}
    container: dict[str, Data] = {"name": one.name, "image": one.image}
    if one.command:
        container["args"] = list(one.command)
    targets = list(dict.fromkeys(port.target for port in _reached(one)))
    if targets:
        container["ports"] = [{"containerPort": target} for target in targets]
    if one.environment:
        container["env"] = [{"name": name, "value": value} for name, value in one.environment.items()]
    container["livenessProbe"] = probe
    container["readinessProbe"] = probe
    volumes, mounts = _volumes(one)
    if mounts:
        container["volumeMounts"] = mounts
    pod: dict[str, Data] = {"containers": [container]}
    if volumes:
        pod["volumes"] = volumes
    template: Data = {"metadata": {"labels": _selector(one)}, "spec": pod}
    spec: Data = {"selector": {"matchLabels": _selector(one)}, "template": template}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": _metadata(one), "spec": spec}


def _volumes(one: Description) -> "tuple[list[Data], list[Data]]":
    volumes, mounts = list[Data](), list[Data]()
    for name, path in (one.data or {}).items():
        volumes.append({"name": name, "persistentVolumeClaim": {"claimName": f"{one.name}-{name}"}})
        mounts.append({"name": name, "mountPath": path})
    for number, path in enumerate(one.scratch or ()):
        volumes.append({"name": f"scratch-{number}", "emptyDir": {"medium": "Memory", "sizeLimit": "64Mi"}})
        mounts.append({"name": f"scratch-{number}", "mountPath": path})
    if one.files:
        volumes.append({"name": "files", "configMap": {"name": f"{one.name}-files"}})
        for source, path in one.files.items():
            key = source.rpartition("/")[2]
            mounts.append({"name": "files", "mountPath": path, "subPath": key, "readOnly": True})
    for name in one.secrets or ():
        volumes.append({"name": name, "secret": {"secretName": name, "defaultMode": 0o440}})
        mounts.append({"name": name, "mountPath": f"/run/secrets/{name}", "readOnly": True})
    return volumes, mounts


def _claims(one: Description) -> "list[dict[str, Data]]":
    spec: Data = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": _CLAIM}}}
    return [
        {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": _metadata(one, f"{one.name}-{name}"),
            "spec": spec,
        }
        for name in one.data or {}
    ]


def _reached(one: Description) -> list[PortPair]:
    """The ports by which it is reached, each once."""
    return list({port.published: port for port in (*(one.ports or ()), *(one.listens or ()))}.values())


def _service(one: Description) -> "list[dict[str, Data]]":
    reached = _reached(one)
    if not reached:
        return []
    ports: list[Data] = [
        {"name": f"port-{port.published}", "port": port.published, "targetPort": port.target} for port in reached
    ]
    spec: Data = {"selector": _selector(one), "ports": ports}
    return [{"apiVersion": "v1", "kind": "Service", "metadata": _metadata(one), "spec": spec}]


def _policy(one: Description, stack: Stack) -> "dict[str, Data]":
    """In: to its published ports from its namespace, to the others from those that need it. Out: to what it needs."""
    ingress = list[Data]()
    if one.ports:
        ingress.append({"from": [{"podSelector": {}}], "ports": [{"port": port.target} for port in one.ports]})
    users: list[Data] = [
        {"podSelector": {"matchLabels": {"app.kubernetes.io/name": name}}} for name in stack.users(one.name)
    ]
    if one.listens and users:
        ingress.append({"from": users, "ports": [{"port": port.target} for port in one.listens]})
    egress: list[Data] = [
        {"to": [{"podSelector": {"matchLabels": {"app.kubernetes.io/name": need}}}]} for need in one.needs or ()
    ]
    egress.append({"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]})
    spec: Data = {
        "podSelector": {"matchLabels": _selector(one)},
        "policyTypes": ["Ingress", "Egress"],
        "ingress": ingress,
        "egress": egress,
    }
    return {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": _metadata(one), "spec": spec}


def _deny(one: Description) -> "dict[str, Data]":
    """The namespace is closed but for what its policies open."""
    spec: Data = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    metadata = _metadata(one, "default-deny")
    return {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata, "spec": spec}
