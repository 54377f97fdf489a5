"""Services, ingresses, gateways and routes as `Exposure`; network policies as `TrafficPolicy`."""

from ringfence.formats.kubernetes.held import Held, Object, Spot
from ringfence.formats.kubernetes.nodes import Pairs, is_open, items, text, texts
from ringfence.formats.yamltree import Node, Scalar
from ringfence.models.cluster import Exposure, ExposureKind, TrafficPolicy

_TYPES = {
    "": ExposureKind.CLUSTER,
    "ClusterIP": ExposureKind.CLUSTER,
    "NodePort": ExposureKind.NODE_PORT,
    "LoadBalancer": ExposureKind.LOAD_BALANCER,
    "ExternalName": ExposureKind.EXTERNAL_NAME,
}
_SOURCES = "service.beta.kubernetes.io/load-balancer-source-ranges"
#: Annotations by which a cloud makes a load balancer private, with the values that do (lower case); None: any value
#: but "false" does.
_INTERNAL: dict[str, frozenset[str] | None] = {
    "networking.gke.io/load-balancer-type": frozenset({"internal"}),
    "cloud.google.com/load-balancer-type": frozenset({"internal"}),
    # The first form of the annotation took "0.0.0.0/0" for yes.
    "service.beta.kubernetes.io/aws-load-balancer-internal": None,
    "service.beta.kubernetes.io/aws-load-balancer-scheme": frozenset({"internal"}),
    "service.beta.kubernetes.io/azure-load-balancer-internal": frozenset({"true"}),
    "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": frozenset({"private"}),
    "service.beta.kubernetes.io/openstack-internal-load-balancer": frozenset({"true"}),
    "service.beta.kubernetes.io/cce-load-balancer-internal-vpc": frozenset({"true"}),
    "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid": None,
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": frozenset({"intranet"}),
    "service.beta.kubernetes.io/alicloud-loadbalancer-address-type": frozenset({"intranet"}),
    "service.beta.kubernetes.io/oci-load-balancer-internal": frozenset({"true"}),
    "service.beta.kubernetes.io/do-loadbalancer-network": frozenset({"internal"}),
    "service.beta.kubernetes.io/scw-loadbalancer-private": frozenset({"true"}),
    "load-balancer.hetzner.cloud/disable-public-network": frozenset({"true"}),
    "alb.ingress.kubernetes.io/scheme": frozenset({"internal"}),
    "appgw.ingress.kubernetes.io/use-private-ip": frozenset({"true"}),
    "kubernetes.io/ingress.class": frozenset({"gce-internal"}),
}
#: Annotations that name the certificate of an ingress, which then has no `tls`.
_CERTIFICATES = (
    "alb.ingress.kubernetes.io/certificate-arn",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
    "networking.gke.io/certmap",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
)
_EVERYWHERE = frozenset({"0.0.0.0/0", "::/0"})


class _Reader:
    """Collects the parts that every exposure has."""

    def __init__(self, of: Object) -> None:
        self.of = of
        self.spec = of.nodes.below(of.pairs, "spec")
        self.places = dict[str, Spot]()
        self.unknown = set[str]()
        self.annotations = list[tuple[str, str]]()
        for key, said in of.annotations.values():
            if isinstance(key, Scalar) and isinstance(said, Scalar):
                self.places[f"annotations[{len(self.annotations)}]"] = key, said
                self.annotations.append((key.value, said.value))

    def list(self, pairs: Pairs, key: str, path: str) -> tuple[str, ...]:
        """A list of texts, each with its place."""
        found = texts(pairs, key)
        if key in pairs:
            self.places[path] = pairs[key]
        for index, (_, node) in enumerate(found):
            self.places[f"{path}[{index}]"] = node, None
        return tuple(said for said, _ in found)

    def is_internal(self) -> bool:
        """Whether an annotation makes it private; unknown where one that would is filled in elsewhere."""
        for name, said in self.annotations:
            wanted = _INTERNAL.get(name, frozenset())
            if name in _INTERNAL and is_open(said):
                self.unknown.add("internal")
            word = said.lower()
            if (wanted is None and word != "false") or (wanted and word in wanted):
                return True
        return False

    def held(
        self,
        kind: ExposureKind,
        *,
        internal: bool,
        ips: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
        hosts: tuple[str, ...] = (),
        tls_hosts: tuple[str, ...] = (),
    ) -> Held:
        """The exposure."""
        model = Exposure(
            name=self.of.name,
            kind=kind,
            internal=internal,
            external_ips=ips,
            sources=sources,
            hosts=hosts,
            tls_hosts=tls_hosts,
            annotations=tuple(self.annotations),
        )
        return Held.whole(self.of, model, self.places, self.unknown)


def service(of: Object) -> Held:
    """A Service. Without a type it has an address of the cluster only."""
    reader = _Reader(of)
    spec = reader.spec
    kind = _TYPES.get(text(spec, "type"))
    if "type" in spec:
        reader.places["kind"] = spec["type"]
    if kind is None:
        reader.unknown.add("kind")
    sources = reader.list(spec, "loadBalancerSourceRanges", "sources")
    old = text(of.annotations, _SOURCES)
    if not sources and old:
        reader.places["sources"] = of.annotations[_SOURCES]
        sources = tuple(part.strip() for part in old.split(","))
    return reader.held(
        kind or ExposureKind.CLUSTER,
        internal=reader.is_internal() or (bool(sources) and not _EVERYWHERE & set(sources)),
        ips=reader.list(spec, "externalIPs", "external_ips"),
        sources=sources,
    )


def ingress(of: Object) -> Held:
    """An Ingress. A certificate may also be named by an annotation, which covers every host."""
    reader = _Reader(of)
    spec = reader.spec
    hosts, tls_hosts = list[str](), list[str]()
    for rule in _mappings(of, spec, "rules"):
        if "host" in rule:
            reader.places[f"hosts[{len(hosts)}]"] = rule["host"]
        if is_open(text(rule, "host")):
            reader.unknown.add("tls_hosts")
        hosts.append(text(rule, "host"))
    if not hosts and ("defaultBackend" in spec or "backend" in spec):
        hosts.append("")
    for entry in _mappings(of, spec, "tls"):
        said = [host for host, _ in texts(entry, "hosts")]
        if any(map(is_open, said)):
            reader.unknown.add("tls_hosts")
        tls_hosts += said or ["*"]
    if any(text(of.annotations, name) for name in _CERTIFICATES):
        tls_hosts.append("*")
    if "tls" in spec:
        reader.places["tls_hosts"] = spec["tls"]
    return reader.held(
        ExposureKind.INGRESS,
        internal=reader.is_internal() or text(spec, "ingressClassName") == "gce-internal",
        hosts=tuple(hosts),
        tls_hosts=tuple(tls_hosts),
    )


def gateway(of: Object) -> Held:
    """A Gateway of the Gateway API: its listeners for HTTP and TLS. A host that has both kinds has a certificate."""
    reader = _Reader(of)
    hosts, tls_hosts = dict[str, None](), list[str]()
    for listener in _mappings(of, reader.spec, "listeners"):
        host = text(listener, "hostname")
        protocol = text(listener, "protocol").upper()
        if protocol in {"HTTP", "HTTPS"}:
            hosts[host] = None
        if protocol in {"HTTPS", "TLS"}:
            tls_hosts.append(host or "*")
    class_ = text(reader.spec, "gatewayClassName")
    return reader.held(
        ExposureKind.INGRESS,
        internal="internal" in class_ or "rilb" in class_,
        hosts=tuple(hosts),
        tls_hosts=tuple(tls_hosts),
    )


def route(of: Object) -> Held:
    """A Route of OpenShift: one host, with a certificate (the router's own, at least) where it has `tls`."""
    reader = _Reader(of)
    host = text(reader.spec, "host")
    if "host" in reader.spec:
        reader.places["hosts[0]"] = reader.places["tls_hosts"] = reader.spec["host"]
    return reader.held(
        ExposureKind.INGRESS,
        internal=False,
        hosts=(host,),
        tls_hosts=("*",) if "tls" in reader.spec else (),
    )


def policy(of: Object) -> Held:
    """A NetworkPolicy. Without policyTypes it limits what comes in, and what goes out if it has rules for that."""
    spec = of.nodes.below(of.pairs, "spec")
    types = {said for said, _ in texts(spec, "policyTypes")}
    if not types:
        types = {"Ingress", "Egress"} if "egress" in spec else {"Ingress"}
    places = dict[str, Spot]()
    selector = of.nodes.below(spec, "podSelector")
    if "podSelector" in spec:
        places["selects_all"] = spec["podSelector"]
    model = TrafficPolicy(
        name=of.name,
        namespace=of.namespace,
        selects_all=not any(of.nodes.pairs(pair[1]) or items(selector, key) for key, pair in selector.items()),
        allows_all_ingress="Ingress" in types and _allows_all(of, spec, "ingress", "from", places),
        allows_all_egress="Egress" in types and _allows_all(of, spec, "egress", "to", places),
    )
    return Held.whole(of, model, places)


def _allows_all(of: Object, spec: Pairs, key: str, peers: str, places: dict[str, Spot]) -> bool:
    for item in items(spec, key):
        rule = of.nodes.pairs(item)
        if not items(rule, "ports") and (
            not items(rule, peers) or any(_is_anybody(of, one) for one in items(rule, peers))
        ):
            places[f"allows_all_{key}"] = item, None
            return True
    return False


def _is_anybody(of: Object, peer: Node) -> bool:
    block = of.nodes.below(of.nodes.pairs(peer), "ipBlock")
    return text(block, "cidr") in _EVERYWHERE and not items(block, "except")


def _mappings(of: Object, pairs: Pairs, key: str) -> list[Pairs]:
    return [of.nodes.pairs(item) for item in items(pairs, key)]
