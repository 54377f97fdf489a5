"""Plain data and namespaces; which reader an object has by its kind."""

import base64
import binascii
from collections.abc import Callable

from ringfence.formats.kubernetes import facts, network, podsecurity, rights
from ringfence.formats.kubernetes.held import Held, Object, Spot
from ringfence.formats.kubernetes.nodes import Pairs, text
from ringfence.formats.yamltree import Scalar
from ringfence.models.cluster import Data, Tenancy


def data(of: Object) -> Held:
    """A ConfigMap or Secret. A Secret whose `sops` block is there holds encrypted values."""
    secret = of.kind == "Secret"
    places = dict[str, Spot]()
    values = list[tuple[str, str]]()
    for key in ("data", "stringData"):
        for name, pair in of.nodes.below(of.pairs, key).items():
            if isinstance(pair[1], Scalar):
                said = pair[1].value
                places[f"values[{len(values)}]"] = pair
                values.append((name, _decoded(said) if secret and key == "data" else said))
    model = Data(name=of.name, secret=secret, sealed="sops" in of.pairs, values=tuple(values))
    return Held.whole(of, model, places)


def _decoded(said: str) -> str:
    """The text behind base64; what is not base64, or no text, as it stands."""
    try:
        return base64.b64decode("".join(said.split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return said


def sealed(of: Object) -> Held:
    """A SealedSecret: only its controller can read it."""
    return Held.whole(of, Data(name=of.name, secret=True, sealed=True, values=()), {})


def tenancy(of: Object) -> Held:
    """A Namespace."""
    labels: Pairs = of.nodes.below(of.metadata, "labels")
    places: dict[str, Spot] = {"enforce": labels[facts.ENFORCE]} if facts.ENFORCE in labels else {}
    return Held.whole(of, Tenancy(name=of.name, enforce=text(labels, facts.ENFORCE)), places)


Reader = Callable[[Object], Held]

#: By kind: the API groups in which the kind is this one ("" is the core), and its reader.
_READERS: dict[str, tuple[tuple[str, ...], Reader]] = {
    "Service": (("",), network.service),
    "Ingress": (("networking.k8s.io", "extensions"), network.ingress),
    "Gateway": (("gateway.networking.k8s.io",), network.gateway),
    "Route": (("route.openshift.io", ""), network.route),
    "NetworkPolicy": (("networking.k8s.io", "extensions"), network.policy),
    "Role": (("rbac.authorization.k8s.io", "authorization.openshift.io", ""), rights.role),
    "ClusterRole": (("rbac.authorization.k8s.io", "authorization.openshift.io", ""), rights.role),
    "RoleBinding": (("rbac.authorization.k8s.io", "authorization.openshift.io", ""), rights.binding),
    "ClusterRoleBinding": (("rbac.authorization.k8s.io", "authorization.openshift.io", ""), rights.binding),
    "ServiceAccount": (("",), rights.account),
    "ConfigMap": (("",), data),
    "Secret": (("",), data),
    "SealedSecret": (("bitnami.com",), sealed),
    "Namespace": (("",), tenancy),
    "PodSecurityPolicy": (("policy", "extensions"), podsecurity.policy),
}


def reader_of(of: Object) -> Reader | None:
    """The reader for an object that is no workload; None where we judge nothing of it."""
    groups, reader = _READERS.get(of.kind, ((), None))
    return reader if of.group in groups else None
