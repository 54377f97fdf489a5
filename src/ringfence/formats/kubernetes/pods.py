"""A pod: what its template says for all of its containers, read once.

A pod-level field that a container can override is left in `security` and `annotations`, where containers.py looks
when the container is silent.
"""

from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.held import Object, Spot
from ringfence.formats.kubernetes.nodes import Pairs, items, text
from ringfence.formats.kubernetes.podlike import PodLike
from ringfence.formats.yamlread import boolean
from ringfence.formats.yamltree import Mapping, Node, Scalar
from ringfence.model import Namespace

_HOST = (
    ("hostNetwork", Namespace.NETWORK),
    ("hostPID", Namespace.PID),
    ("hostIPC", Namespace.IPC),
    ("hostUsers", Namespace.USER),
)


#: What a LimitRange gives to a silent container: below "limits" and "requests", by resource.
Defaults = dict[str, Pairs]


class Pod:
    """One pod or pod template. `places` and `unknown` hold for each of its containers.

    `claims` are the names of a StatefulSet's volumeClaimTemplates. `like`: the pod of a kind that shapes it in a way
    of its own; `silent` are then the model paths that are unknown where nothing is said of them.
    """

    __slots__ = (
        "annotations",
        "claims",
        "defaults",
        "ending",
        "has_own_users",
        "host_namespaces",
        "labels",
        "of",
        "pairs",
        "places",
        "restart",
        "security",
        "service_account",
        "silent",
        "spec",
        "sysctls",
        "template",
        "token",
        "unknown",
        "volumes",
    )

    def __init__(
        self,
        of: Object,
        template: Mapping,
        spec: Mapping,
        defaults: Defaults,
        tokens: dict[str, bool],
        like: PodLike | None = None,
    ) -> None:
        nodes = of.nodes
        self.of = of
        self.template = template
        self.spec = spec
        self.pairs = nodes.pairs(spec) if like is None else like.pairs
        self.silent = frozenset[str]() if like is None else like.silent
        self.security = nodes.below(self.pairs, "securityContext")
        self.places = dict[str, Spot]()
        self.unknown = set(facts.LIMITS_ELSEWHERE)
        self.defaults = defaults
        self.claims = frozenset[str]()
        self._read_metadata()
        self._read_host_namespaces()
        self._read_token(tokens)
        self._read_sysctls()
        self._read_system()
        self.restart = self._word("restartPolicy", "restart", facts.RESTART)
        self.ending = of.kind in facts.ENDING or self.restart != facts.RESTART or like is not None
        self.volumes = {text(one, "name"): one for one in map(nodes.pairs, items(self.pairs, "volumes"))}
        if of.kind == "StatefulSet":
            claims = items(nodes.below(of.pairs, "spec"), "volumeClaimTemplates")
            self.claims = frozenset(text(nodes.below(nodes.pairs(one), "metadata"), "name") for one in claims)

    def _read_metadata(self) -> None:
        nodes = self.of.nodes
        if "namespace" in self.of.metadata:
            self.places["namespace"] = self.of.metadata["namespace"]
        metadata = nodes.below(nodes.pairs(self.template), "metadata")
        self.annotations = nodes.below(metadata, "annotations")
        found = [*nodes.below(metadata, "labels").values(), *self.annotations.values()]
        labels = list[tuple[str, str]]()
        for key, said in found:
            # (What is read as a field is no label.)
            if isinstance(key, Scalar) and type(said) is Scalar and not key.value.startswith(facts.READ_ANNOTATIONS):
                self.places[f"labels[{len(labels)}]"] = key, said
                labels.append((key.value, said.value))
        self.labels = tuple(labels)

    def _read_host_namespaces(self) -> None:
        self.has_own_users = False
        shared = list[Namespace]()
        for key, namespace in _HOST:
            pair = self.pairs.get(key)
            if pair is None:
                continue
            path = f"host_namespaces[{namespace}]"
            self.places[path] = pair
            said = boolean(pair[1])
            if said:
                shared.append(namespace)
            elif said is None:
                self.unknown.add(path)
            elif namespace is Namespace.USER:
                self.has_own_users = True
                self.unknown |= facts.OWN_USERS_UNKNOWN
        self.host_namespaces = frozenset(shared)

    def _read_token(self, tokens: dict[str, bool]) -> None:
        self.service_account = (
            self._word("serviceAccountName", "service_account", "")
            or self._word("serviceAccount", "service_account", "")
            or facts.SERVICE_ACCOUNT
        )
        self.token = tokens.get(self.service_account, facts.TOKEN)
        pair = self.pairs.get("automountServiceAccountToken")
        if pair is not None:
            self.places["token"] = pair
            said = boolean(pair[1])
            self.token = facts.TOKEN if said is None else said
            if said is None:
                self.unknown.add("token")

    def _read_sysctls(self) -> None:
        found = list[tuple[str, str]]()
        for item in items(self.security, "sysctls"):
            one = self.of.nodes.pairs(item)
            self.places[f"sysctls[{len(found)}]"] = one.get("name", (item, None))
            found.append((text(one, "name"), text(one, "value")))
        self.sysctls = tuple(found)

    def _read_system(self) -> None:
        system = text(self.of.nodes.below(self.pairs, "os"), "name")
        node = text(self.of.nodes.below(self.pairs, "nodeSelector"), "kubernetes.io/os")
        if (system or node) == "windows":
            self.unknown |= facts.WINDOWS_UNKNOWN

    def _word(self, key: str, path: str, silent: str) -> str:
        pair = self.pairs.get(key)
        if pair is None:
            return silent
        self.places[path] = pair
        return text(self.pairs, key) or silent


def containers(pod: Pod) -> list[tuple[str, Node]]:
    """Every container of a pod, with its role as `Service.role` has it.

    A sidecar (an init container that is always restarted) runs as long as the others, so it is "main".
    """
    found = list[tuple[str, Node]]()
    for key, role in (("initContainers", "init"), ("containers", "main"), ("ephemeralContainers", "ephemeral")):
        for item in items(pod.pairs, key):
            sidecar = role == "init" and text(pod.of.nodes.pairs(item), "restartPolicy") == "Always"
            found.append(("main" if sidecar else role, item))
    return found
