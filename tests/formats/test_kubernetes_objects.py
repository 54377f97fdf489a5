"""Objects that are no container: what each kind is read as; and where a pod is found in an object."""

from typing import Any

import pytest

from formats.kubernetes_kit import load, named, only
from ringfence.formats import kubernetes
from ringfence.models import cluster
from ringfence.models.cluster import ExposureKind


def model(text: str) -> Any:
    """The model of the only subject."""
    return only(text)[1].model


def service(spec: str, annotations: str = "{}") -> cluster.Exposure:
    text = f"apiVersion: v1\nkind: Service\nmetadata: {{name: web, annotations: {annotations}}}\nspec: {{{spec}}}\n"
    found = model(text)
    assert isinstance(found, cluster.Exposure)
    return found


# ---- where a pod is found ----------------------------------------------------------------------------------------

SPEC = "{containers: [{name: a, image: x}, {name: b, image: x, securityContext: {privileged: true}}]}"


@pytest.mark.parametrize(
    ("api", "kind", "body"),
    [
        ("v1", "Pod", f"spec: {SPEC}"),
        ("apps/v1", "Deployment", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("extensions/v1beta1", "Deployment", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("apps/v1", "StatefulSet", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("apps/v1", "DaemonSet", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("apps/v1", "ReplicaSet", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("v1", "ReplicationController", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("batch/v1", "Job", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("batch/v1", "CronJob", f"spec: {{jobTemplate: {{spec: {{template: {{spec: {SPEC}}}}}}}}}"),
        ("batch/v1beta1", "CronJob", f"spec: {{jobTemplate: {{spec: {{template: {{spec: {SPEC}}}}}}}}}"),
        ("v1", "PodTemplate", f"template: {{spec: {SPEC}}}"),
        ("argoproj.io/v1alpha1", "Rollout", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("serving.knative.dev/v1", "Service", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("apps.openshift.io/v1", "DeploymentConfig", f"spec: {{template: {{spec: {SPEC}}}}}"),
        ("keda.sh/v1alpha1", "ScaledJob", f"spec: {{jobTargetRef: {{template: {{spec: {SPEC}}}}}}}"),
    ],
)
def test_a_pod_is_found_in_every_object_that_holds_one(api: str, kind: str, body: str) -> None:
    """Each kind, good then bad container; also kinds that others defined, where the shape is a pod template's."""
    document = load(f"apiVersion: {api}\nkind: {kind}\nmetadata: {{name: web}}\n{body}\n")
    assert document.unread == ()
    found = [(one.name, one.model.privileged) for one in document.subjects]  # type: ignore[attr-defined]
    assert found == [(f"{kind} web, container a", False), (f"{kind} web, container b", True)]
    ending = kind in {"Job", "CronJob"}
    assert all(("health" in one.unknown) is ending for one in document.subjects)


def test_lists_are_unpacked() -> None:
    """A List in a List, a typed list whose items do not say what they are, and OpenShift's Template."""
    pod = f"{{apiVersion: v1, kind: Pod, metadata: {{name: N}}, spec: {SPEC}}}"
    document = load(
        f"apiVersion: v1\nkind: List\nitems:\n  - {pod.replace('N', 'one')}\n"
        f"  - {{apiVersion: v1, kind: List, items: [{pod.replace('N', 'two')}]}}\n---\n"
        f"apiVersion: v1\nkind: PodList\nitems: [{{metadata: {{name: three}}, spec: {SPEC}}}]\n---\n"
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleList\nitems: [{metadata: {name: four}, rules: []}]\n---\n"
        f"apiVersion: template.openshift.io/v1\nkind: Template\nobjects: [{pod.replace('N', 'five')}]\n"
    )
    names = dict.fromkeys(one.name.partition(",")[0] for one in document.subjects)
    assert list(names) == ["Pod one", "Pod two", "Pod three", "Role four", "Pod five"]


def test_what_is_no_kubernetes_is_passed_over() -> None:
    """Documents of other kinds, empty ones, and definitions that only look like pods."""
    document = load(
        "a: 1\n---\n---\n- x\n---\nkind: Pod\n---\napiVersion: v1\n---\napiVersion: v1\nkind: Pod\nspec: ~\n---\n"
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        f"spec: {{template: {{spec: {SPEC}}}}}\n---\n"
        "apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: {servers: []}\n"
    )
    assert (document.subjects, document.unread) == ((), ())


@pytest.mark.parametrize(
    ("body", "line", "why"),
    [
        ("spec: [1]", 4, "spec is no mapping"),
        ("spec: {template: {spec: x}}", 4, "spec is no mapping"),
        ("spec: {template: [1]}", 4, "template is no mapping"),
        ("spec: {template: {spec: {containers: {a: b}}}}", 4, "containers is no list"),
        (
            "spec:\n  template:\n    spec:\n      initContainers:\n        - x",
            8,
            "an item of initContainers is no mapping",
        ),
    ],
)
def test_a_pod_of_another_shape_is_unread(body: str, line: int, why: str) -> None:
    """It is said, with its place, and the objects around it are judged."""
    good = f"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {SPEC}\n"
    document = load(f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: bad}}\n{body}\n{good}")
    (unread,) = document.unread
    assert (unread.place.line, unread.message) == (line, f"Deployment bad: {why}, so this pod could not be judged")
    assert len(document.subjects) == 2


def test_a_broken_document_does_not_hide_the_others() -> None:
    """Good, broken, good: two are judged, and the place of the damage is told."""
    good = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {SPEC}\n"
    document = load(f"{good}---\na: [1\nb: 2\n---\n{good}")
    assert len(document.subjects) == 4
    assert [(one.place.file, one.place.line) for one in document.unread] == [("object.yaml", 7)]


def test_a_key_that_stands_twice_is_told() -> None:
    """The last one counts, as for the API server, and the place of the second is named."""
    document = load(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostNetwork: true\n  hostNetwork: false\n"
        "  containers: [{name: a, image: x}]\n"
    )
    assert document.subjects[0].model.host_namespaces == frozenset()  # type: ignore[attr-defined]
    assert [(one.place.line, one.message) for one in document.unread] == [
        (6, "the key hostNetwork stands here a second time, and only this one counts")
    ]


def test_merge_keys_and_aliases_are_followed() -> None:
    """A shared security context, overridden in one place."""
    document = load(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nx-safe: &safe\n  privileged: false\n  runAsUser: 1000\n"
        "spec:\n  containers:\n    - {name: a, image: x, securityContext: *safe}\n"
        "    - name: b\n      image: x\n      securityContext:\n        <<: *safe\n        privileged: true\n"
    )
    assert document.unread == ()
    found = [(one.model.privileged, one.model.user) for one in document.subjects]  # type: ignore[attr-defined]
    assert found == [(False, 1000), (True, 1000)]


# ---- what exposes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("", ExposureKind.CLUSTER),
        ("type: ClusterIP", ExposureKind.CLUSTER),
        ("type: NodePort", ExposureKind.NODE_PORT),
        ("type: LoadBalancer", ExposureKind.LOAD_BALANCER),
        ("type: ExternalName", ExposureKind.EXTERNAL_NAME),
    ],
)
def test_the_types_of_a_service(said: str, kind: ExposureKind) -> None:
    """Without a type it is the cluster's own."""
    found = service(f"{said}{',' if said else ''} ports: [{{port: 80}}, {{port: '443'}}], externalIPs: [192.0.2.1]")
    assert (found.kind, found.external_ips, found.internal) == (kind, ("192.0.2.1",), False)


@pytest.mark.parametrize(
    "annotation",
    [
        "networking.gke.io/load-balancer-type: Internal",
        "cloud.google.com/load-balancer-type: internal",
        "service.beta.kubernetes.io/aws-load-balancer-internal: 'true'",
        "service.beta.kubernetes.io/aws-load-balancer-internal: 0.0.0.0/0",
        "service.beta.kubernetes.io/aws-load-balancer-scheme: internal",
        "service.beta.kubernetes.io/azure-load-balancer-internal: 'true'",
        "service.beta.kubernetes.io/openstack-internal-load-balancer: 'true'",
        "service.beta.kubernetes.io/do-loadbalancer-network: INTERNAL",
        "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type: private",
        "service.beta.kubernetes.io/oci-load-balancer-internal: true",
        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type: intranet",
        "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid: subnet-1",
        "service.beta.kubernetes.io/scw-loadbalancer-private: 'true'",
        "load-balancer.hetzner.cloud/disable-public-network: 'true'",
    ],
)
def test_a_cloud_makes_a_load_balancer_internal(annotation: str) -> None:
    """By its annotation, and not where that says no."""
    assert service("type: LoadBalancer", f"{{{annotation}}}").internal
    key = annotation.partition(": ")[0]
    assert not service("type: LoadBalancer", f"{{{key}: 'false'}}").internal


def test_source_ranges_bound_a_load_balancer() -> None:
    """The field, the older annotation; everybody is no bound."""
    bounded = service("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]")
    assert (bounded.internal, bounded.sources) == (True, ("10.0.0.0/8",))
    old = service(
        "type: LoadBalancer", "{service.beta.kubernetes.io/load-balancer-source-ranges: '10.0.0.0/8, 192.0.2.0/24'}"
    )
    assert (old.internal, old.sources) == (True, ("10.0.0.0/8", "192.0.2.0/24"))
    assert not service("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 0.0.0.0/0]").internal


def ingress(spec: str, annotations: str = "{}", api: str = "networking.k8s.io/v1") -> Any:
    return model(
        f"apiVersion: {api}\nkind: Ingress\nmetadata: {{name: i, annotations: {annotations}}}\nspec: {{{spec}}}\n"
    )


def test_hosts_and_certificates_of_an_ingress() -> None:
    """Rules with and without a host, tls with and without hosts, a default back end, the older API."""
    found = ingress("rules: [{host: a.example}, {http: {}}], tls: [{hosts: [a.example], secretName: s}]")
    assert (found.kind, found.hosts, found.tls_hosts) == (ExposureKind.INGRESS, ("a.example", ""), ("a.example",))
    assert ingress("tls: [{secretName: s}], rules: [{host: a}]").tls_hosts == ("*",)
    assert ingress("defaultBackend: {service: {name: a}}").hosts == ("",)
    assert ingress("backend: {serviceName: a}", api="extensions/v1beta1").hosts == ("",)


def test_an_ingress_may_have_its_certificate_elsewhere_or_be_internal() -> None:
    """Annotations of the clouds' controllers."""
    assert ingress("rules: [{host: a}]", "{alb.ingress.kubernetes.io/certificate-arn: 'arn:aws:acm:x'}").tls_hosts == (
        "*",
    )
    assert ingress("rules: [{host: a}]", "{alb.ingress.kubernetes.io/scheme: internal}").internal
    assert ingress("rules: [{host: a}]", "{kubernetes.io/ingress.class: gce-internal}").internal
    assert not ingress("rules: [{host: a}]", "{alb.ingress.kubernetes.io/scheme: internet-facing}").internal


def test_a_gateway_and_a_route_are_exposures() -> None:
    """Listeners of the Gateway API; a Route of OpenShift."""
    found = model(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec:\n  listeners:\n"
        "    - {port: 80, protocol: HTTP, hostname: a}\n    - {port: 443, protocol: HTTPS, hostname: b}\n"
        "    - {port: 53, protocol: UDP}\n"
    )
    assert (found.hosts, found.tls_hosts) == (("a", "b"), ("b",))
    route = "apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: r}\nspec: {host: a%s}\n"
    assert model(route % "").tls_hosts == ()
    assert model(route % ", tls: {termination: edge}").tls_hosts == ("*",)


# ---- policies, rights, data --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "selects_all", "all_in", "all_out"),
    [
        ("podSelector: {}", True, False, False),
        ("podSelector: {matchLabels: {}}", True, False, False),
        ("podSelector: {matchLabels: {app: a}}", False, False, False),
        ("podSelector: {matchExpressions: [{key: a, operator: Exists}]}", False, False, False),
        ("podSelector: {}, policyTypes: [Egress]", True, False, False),
        ("podSelector: {}, egress: [{}]", True, False, True),
        ("podSelector: {}, ingress: [{from: [{podSelector: {}}]}, {}]", True, True, False),
        ("podSelector: {}, ingress: [{from: []}]", True, True, False),
        ("podSelector: {}, ingress: [{ports: [{port: 80}]}]", True, False, False),
        ("podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]", True, True, False),
        (
            "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]",
            True,
            False,
            False,
        ),
        ("podSelector: {}, policyTypes: [Ingress], egress: [{}]", True, False, False),
    ],
)
def test_a_network_policy(spec: str, selects_all: bool, all_in: bool, all_out: bool) -> None:
    """Whom it holds for, and whether a rule opens it again."""
    found = model(f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p}}\nspec: {{{spec}}}\n")
    assert isinstance(found, cluster.TrafficPolicy)
    assert (found.selects_all, found.allows_all_ingress, found.allows_all_egress) == (selects_all, all_in, all_out)


def test_roles_and_bindings() -> None:
    """Lower case, lists in their order; which role is given to whom."""
    found = model(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n"
        "rules:\n"
        "  - {apiGroups: [''], resources: [Pods, pods/exec], resourceNames: [a], verbs: [GET]}\n"
        "  - {nonResourceURLs: ['*'], verbs: ['*']}\n"
    )
    assert found == cluster.Role(
        name="r",
        rules=(
            cluster.Rule(groups=("",), resources=("pods", "pods/exec"), names=("a",), urls=(), verbs=("get",)),
            cluster.Rule(groups=(), resources=(), names=(), urls=("*",), verbs=("*",)),
        ),
    )
    bound = model(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: shop}\n"
        "roleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: w, namespace: x}]\n"
    )
    assert (bound.role_kind, bound.role, bound.cluster_wide) == ("ClusterRole", "view", False)
    assert bound.subjects == (cluster.Subject(kind="ServiceAccount", name="w"),)


def test_data_is_decoded() -> None:
    """A Secret's base64, what is none, what is no text, plain strings; a ConfigMap as it stands."""
    text = (
        "apiVersion: v1\nkind: %s\nmetadata: {name: d}\n"
        "data: {a: aHVudGVyMg==, b: 'no base64', c: /w==}\nstringData: {e: plain}\n"
    )
    assert model(text % "Secret").values == (("a", "hunter2"), ("b", "no base64"), ("c", "/w=="), ("e", "plain"))
    assert model(text % "ConfigMap").values[0] == ("a", "aHVudGVyMg==")
    assert (model(text % "Secret").secret, model(text % "ConfigMap").secret) == (True, False)


def test_sealed_data_is_known_as_such() -> None:
    """SOPS keeps a block of its own; a SealedSecret is another kind."""
    sops = "apiVersion: v1\nkind: Secret\nmetadata: {name: d}\nstringData: {a: 'ENC[x]'}\nsops: {version: 3.9.0}\n"
    assert model(sops).sealed
    assert model("apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: d}\nspec: {}\n").sealed


def test_namespaces_and_accounts() -> None:
    """The Pod Security label that counts, and not those that only warn; a token."""
    prefix = "pod-security.kubernetes.io"
    labels = f"{{{prefix}/enforce: baseline, {prefix}/warn: restricted}}"
    text = f"apiVersion: v1\nkind: Namespace\nmetadata: {{name: n, labels: {labels}}}\n"
    assert model(text) == cluster.Tenancy(name="n", enforce="baseline")
    account = model("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n")
    assert account == cluster.Account(name="a", token=True)


# ---- which files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "head", "claimed"),
    [
        ("a.yaml", "apiVersion: v1\nkind: Pod\n", True),
        ("a.yml", "# x\r\nkind: Pod\r\napiVersion: v1\r\n", True),
        ("a.json", '{"kind":"Pod","apiVersion":"v1"}', True),
        ("a.yaml", "- {apiVersion: v1, kind: Pod}\n", True),
        ("a.yaml", "services: {web: {image: x}}\n", False),
        ("a.yaml", "apiVersion: v2\nname: chart\n", False),
        ("a.yaml", "myapiVersion: v1\nmykind: x\n", False),
        ("a.md", "apiVersion: v1\nkind: Pod\n", False),
        ("kustomization.yaml", "", True),
        ("kustomization.yml", "", True),
        ("Kustomization", "", True),
        ("Chart.yaml", "", True),
    ],
)
def test_which_files_are_kubernetes(name: str, head: str, claimed: bool) -> None:
    """By name, or as YAML or JSON by content."""
    assert kubernetes.claims(name, head) is claimed


def test_an_object_without_a_name_has_one_for_print() -> None:
    """generateName, or nothing at all."""
    spec = "spec: {containers: [{image: x}]}\n"
    document = load(
        f"apiVersion: v1\nkind: Pod\n{spec}---\napiVersion: v1\nkind: Pod\nmetadata: {{generateName: a-}}\n{spec}"
    )
    assert [one.name for one in document.subjects] == [
        "Pod (no name), container (no name)",
        "Pod a-, container (no name)",
    ]
    assert named(document, "Pod a-, container (no name)")
