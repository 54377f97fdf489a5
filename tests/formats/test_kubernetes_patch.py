"""Patches, exactly: which lines change and how, and what is left with which reason."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.kubernetes_kit import POD, again, load, named, only, patched
from ringfence.formats.kubernetes.align import aligned
from ringfence.model import Namespace, Seccomp
from ringfence.models.cluster import Exposure, ExposureKind, Role, Rule
from ringfence.models.service import Confinement, Image, Service, Volume, VolumeKind

replace = dataclasses.replace


def after(text: str, change: Callable[[Any], Any], name: str = "") -> str:
    """The text after a change of the only (or a named) subject; nothing may be left, and it is read back."""
    document = load(text)
    subject = named(document, name) if name else document.subjects[0]
    wanted = change(subject.model)
    new, left = patched(document, subject, wanted)
    assert left == ()
    assert again(new, subject) == wanted
    return new


def reasons(text: str, change: Callable[[Any], Any]) -> dict[str, str]:
    """What is left of a change."""
    document = load(text)
    subject = document.subjects[0]
    return dict(document.patch(subject, change(subject.model)).left)


def hardened(model: Service) -> Service:
    return replace(
        model,
        user=65532,
        no_new_privileges=True,
        dropped=frozenset({"ALL"}),
        seccomp=Seccomp.RUNTIME_DEFAULT,
        read_only_root=True,
        token=False,
        limits=replace(model.limits, memory_bytes=2**28, cpu_millis=1500),
    )


def test_a_silent_container_gets_a_security_context() -> None:
    """Made where there is none; limits too; the pod says no to the token. Comments stay where they are."""
    text = POD.replace("    - name: app\n", "    # the shop\n    - name: app  # its name\n") + "# end\n"
    assert after(text, hardened) == (
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n"
        "    # the shop\n    - name: app  # its name\n      image: example/web:1.4\n"
        "      securityContext:\n        runAsUser: 65532\n        allowPrivilegeEscalation: false\n"
        "        seccompProfile:\n          type: RuntimeDefault\n        readOnlyRootFilesystem: true\n"
        "        capabilities:\n          drop:\n            - ALL\n"
        "      resources:\n        limits:\n          memory: 256Mi\n          cpu: 1500m\n"
        "  automountServiceAccountToken: false\n# end\n"
    )


def test_flow_style_stays_flow_style() -> None:
    """In JSON and in braces."""
    text = '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "x"}]}}\n'
    new = after(text, lambda model: replace(model, read_only_root=True, token=False))
    assert new.count("\n") == 1
    assert new.startswith('{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "x", ')


def test_what_the_pod_says_for_all_is_overridden_in_the_container() -> None:
    """Its neighbour keeps what the pod says."""
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n"
        "  securityContext: {runAsUser: 0, seccompProfile: {type: Unconfined}}\n"
        "  containers:\n    - name: a\n      image: x\n    - name: b\n      image: x\n"
    )
    new = after(text, lambda one: replace(one, user=7, seccomp=Seccomp.RUNTIME_DEFAULT), "Pod web, container a")
    assert new == text.replace(
        "    - name: b",
        "      securityContext:\n        runAsUser: 7\n        seccompProfile:\n          type: RuntimeDefault\n"
        "    - name: b",
    )


def test_what_only_a_pod_can_say_is_taken_from_the_pod() -> None:
    """Host namespaces, sysctls, SELinux options of the pod."""
    lines = (
        "  hostNetwork: true  # why\n  hostPID: true\n  securityContext:\n"
        "    # tuned\n    sysctls:\n      - {name: kernel.msgmax, value: '1'}\n      - {name: a.b, value: '2'}\n"
        "    seLinuxOptions: {type: spc_t}\n"
    )
    text = POD.replace("spec:\n", f"spec:\n{lines}")
    new = after(
        text,
        lambda model: replace(
            model,
            host_namespaces=frozenset({Namespace.PID}),
            sysctls=model.sysctls[1:],
            selinux=replace(model.selinux, type=""),
        ),
    )
    assert new == POD.replace(
        "spec:\n",
        "spec:\n  hostPID: true\n  securityContext:\n    # tuned\n    sysctls:\n      - {name: a.b, value: '2'}\n",
    )


def test_capabilities_lose_only_what_is_not_wanted() -> None:
    """An item of the list, its comment with it; the whole list where nothing is left."""
    text = POD + (
        "      securityContext:\n        capabilities:\n          add:\n            - CAP_SYS_ADMIN # all\n"
        "            - CHOWN\n          drop: [KILL]\n"
    )
    new = after(text, lambda model: replace(model, capabilities=frozenset({"CHOWN"})))
    assert new == text.replace("            - CAP_SYS_ADMIN # all\n", "")
    new = after(text, lambda model: replace(model, capabilities=frozenset(), dropped=frozenset({"ALL"})))
    assert new == POD + "      securityContext:\n        capabilities:\n          drop: [ALL]\n"


def test_ports_of_the_node_are_given_back() -> None:
    """The container's port stays."""
    text = POD + "      ports:\n        - containerPort: 80\n          hostPort: 80\n          hostIP: 0.0.0.0\n"
    assert after(text, lambda model: replace(model, ports=())) == POD + "      ports:\n        - containerPort: 80\n"


def test_an_image_is_pinned_in_its_place() -> None:
    """Quotes stay; nothing else changes."""
    text = POD.replace("example/web:1.4", '"example/web"  # which?')
    image = Image(name="example/web", tag="1.5", digest="sha256:" + "1" * 64, built_here=False)
    new = after(text, lambda model: replace(model, image=image))
    assert new == text.replace('"example/web"', f'"example/web:1.5@sha256:{"1" * 64}"')


def test_apparmor_is_changed_where_it_was_said() -> None:
    """The older annotation, or the field."""
    text = POD.replace(
        "name: web\n",
        "name: web\n  annotations:\n    container.apparmor.security.beta.kubernetes.io/app: unconfined\n",
        1,
    )
    new = after(text, lambda model: replace(model, apparmor=Confinement.PLATFORM_DEFAULT))
    assert new == text.replace("unconfined", "runtime/default")
    field = POD + "      securityContext: {appArmorProfile: {type: Unconfined}}\n"
    new = after(field, lambda model: replace(model, apparmor=Confinement.PLATFORM_DEFAULT))
    assert new == field.replace("Unconfined", "RuntimeDefault")


def test_temporary_space_is_added_to_the_pod_and_the_container() -> None:
    """An emptyDir for what must be written when the root is read-only."""
    tmp = Volume(name="", kind=VolumeKind.TMPFS, type="tmpfs", target="/tmp", writable=True)
    assert after(POD, lambda model: replace(model, volumes=(tmp,))) == POD + (
        "      volumeMounts:\n        - name: tmp\n          mountPath: /tmp\n"
        "  volumes:\n    - name: tmp\n      emptyDir:\n        medium: Memory\n        sizeLimit: 64Mi\n"
    )


def test_a_shared_security_context_is_not_changed_for_others() -> None:
    """An alias is written out where one container differs."""
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: a\n      image: x\n"
        "      securityContext: &safe\n        runAsUser: 1\n"
        "    - name: b\n      image: x\n      securityContext: *safe\n"
    )
    new = after(text, lambda model: replace(model, user=2), "Pod web, container b")
    assert new == text.replace(" *safe", "\n        runAsUser: 2")


def test_what_is_merged_in_is_overridden() -> None:
    """A key of the container's own beside the merge; the rest of what was merged is kept."""
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nx-c: &c\n  image: x\n"
        "  securityContext: {privileged: true, runAsUser: 5}\n"
        "spec:\n  containers:\n    - name: a\n      <<: *c\n"
    )
    new = after(text, lambda model: replace(model, privileged=False))
    assert new.startswith(text)
    assert named(load(new), "Pod web, container a").model.user == 5  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lines", "change", "path", "why"),
    [
        (
            "securityContext: {privileged: true}",
            lambda model: replace(model, no_new_privileges=True),
            "no_new_privileges",
            "Kubernetes takes it from no container that is privileged or has SYS_ADMIN",
        ),
        (
            "securityContext: {privileged: '${X}'}",
            lambda model: replace(model, privileged=True),
            "privileged",
            "what stands there is not known",
        ),
        (
            "resources: {requests: {memory: 1Gi}}",
            lambda model: replace(model, limits=replace(model.limits, memory_bytes=2**20)),
            "limits.memory_bytes",
            "the request would be above the limit",
        ),
        (
            "",
            lambda model: replace(model, limits=replace(model.limits, processes=5)),
            "limits.processes",
            "no field of a pod says it, or what it should say is a decision",
        ),
        (
            "",
            lambda model: replace(model, seccomp=Seccomp.CUSTOM),
            "seccomp",
            "which profile is a decision",
        ),
        (
            "volumeMounts: [{name: v, mountPath: /v}]",
            lambda model: replace(model, volumes=()),
            "volumes",
            "where the program's data should stand instead is a decision",
        ),
    ],
)
def test_what_cannot_be_written_is_left_with_its_reason(
    lines: str, change: Callable[[Any], Any], path: str, why: str
) -> None:
    """And the other fields are written all the same."""
    text = POD + (f"      {lines}\n" if lines else "")
    assert reasons(text, change) == {path: why}
    document, subject = only(text)
    new, left = patched(document, subject, replace(change(subject.model), proc_masked=False))
    assert (dict(left), new != text) == ({path: why}, True)
    assert "procMount: Unmasked" in new


# ---- objects -----------------------------------------------------------------------------------------------------


def test_a_service_is_taken_from_the_world() -> None:
    """Its type, its node ports, and what the API server takes only from a load balancer."""
    text = (
        "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  type: LoadBalancer # open\n"
        "  externalTrafficPolicy: Local\n  ports:\n"
        "    - {port: 80, nodePort: 30080}\n    - port: 81\n      nodePort: 30081\n"
    )
    assert after(text, lambda model: replace(model, kind=ExposureKind.CLUSTER)) == (
        "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  type: ClusterIP # open\n"
        "  ports:\n    - {port: 80}\n    - port: 81\n"
    )


def test_addresses_and_annotations_are_removed() -> None:
    """One of two, and the last one with its key."""
    text = (
        "apiVersion: v1\nkind: Service\nmetadata: {name: s, annotations: {a: b, c: d}}\n"
        "spec:\n  externalIPs: [1.1.1.1, 2.2.2.2]\n"
    )

    def change(model: Exposure) -> Exposure:
        return replace(model, external_ips=model.external_ips[1:], annotations=model.annotations[:1])

    new = after(text, change)
    assert new == text.replace(", c: d", "").replace("1.1.1.1, ", "")


def test_a_role_loses_words_and_rules() -> None:
    """A verb, and a whole rule behind it."""
    text = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules:\n"
        "  - apiGroups: ['']\n    resources: [pods]\n    verbs:\n      - get\n      - escalate\n"
        "  # all\n  - apiGroups: ['*']\n    resources: ['*']\n    verbs: ['*']\n"
    )

    def change(model: Role) -> Role:
        return replace(model, rules=(replace(model.rules[0], verbs=("get",)),))

    new = after(text, change)
    assert new == text.partition("      - escalate")[0] + "  # all\n"
    more = Rule(groups=("",), resources=("pods",), names=(), urls=(), verbs=("get", "list", "watch"))
    assert reasons(text, lambda model: replace(model, rules=(more,))) == {
        "rules": "which rights are needed is a decision"
    }


def test_subjects_labels_and_tokens() -> None:
    """One small edit each."""
    binding = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\n"
        "roleRef: {kind: Role, name: r}\nsubjects:\n- {kind: User, name: a}\n- {kind: Group, name: 'system:masters'}\n"
    )
    new = after(binding, lambda model: replace(model, subjects=model.subjects[:1]))
    assert new == binding.rpartition("- {kind: Group")[0]
    space = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\n"
    assert after(space, lambda model: replace(model, enforce="baseline")) == (
        space + "  labels:\n    pod-security.kubernetes.io/enforce: baseline\n"
    )
    account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n"
    assert (
        after(account, lambda model: replace(model, token=False)) == account + "automountServiceAccountToken: false\n"
    )


def test_what_an_object_should_say_is_often_a_decision() -> None:
    """A certificate, a value, a role."""
    ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {rules: [{host: a}]}\n"
    why = "what should stand there is a decision"
    assert reasons(ingress, lambda model: replace(model, tls_hosts=("a",))) == {"tls_hosts": why}
    secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n"
    assert reasons(secret, lambda model: replace(model, values=())) == {"values": why}


@settings(deadline=None, max_examples=200)
@given(old=st.lists(st.integers(0, 3), max_size=6).map(tuple), data=st.data())
def test_what_was_removed_from_a_list_is_found(old: tuple[int, ...], data: st.DataObject) -> None:
    """For anything that is taken out or added behind, the alignment leads back to what is there now."""
    keep = data.draw(st.lists(st.booleans(), min_size=len(old), max_size=len(old)))
    added = data.draw(st.lists(st.integers(4, 5), max_size=2).map(tuple))
    new = tuple(one for one, kept in zip(old, keep, strict=True) if kept) + added
    found, behind = aligned(old, new, lambda one, other: False)
    assert tuple(one for one in found if one is not None) + behind == new
    assert all(one is None or one == before for one, before in zip(found, old, strict=True))
