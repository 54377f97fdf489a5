"""Kustomize folders: what comes out is judged, and stands in the file that says it."""

from pathlib import Path
from typing import Any

import pytest

from formats.kubernetes_kit import load, named
from ringfence.audit.source import Tree
from ringfence.formats import kubernetes
from ringfence.formats.document import Document
from ringfence.formats.kubernetes.transforms import matches

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    spec:
      serviceAccountName: worker
      containers:
        - name: app
          image: example/web:1.0
          env:
            - {name: A, value: a}
            - {name: B, value: b}
          ports: [{containerPort: 80}]
        - name: side
          image: other
      volumes:
        - {name: v, emptyDir: {}}
"""
ACCOUNT = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: worker}\nautomountServiceAccountToken: false\n"
PATCH = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: %s}}\n"
BASE = {
    "base/kustomization.yaml": "resources: [deployment.yaml, account.yaml]\n",
    "base/deployment.yaml": DEPLOYMENT,
    "base/account.yaml": ACCOUNT,
}


def build(kustomization: str, **files: str) -> Document:
    """An overlay on the base; file names have `_` for `.` and stand in the overlay's folder."""
    mine = {f"over/{name.replace('_', '.')}": text for name, text in files.items()}
    return load(kustomization, "over/kustomization.yaml", {**BASE, **mine})


def app(document: Document, name: str = "Deployment web, container app") -> Any:
    return named(document, name).model


def where(document: Document, path: str, name: str = "Deployment web, container app") -> tuple[str, int]:
    place = document.place(named(document, name), path)
    return place.file, place.line


def test_a_folder_is_judged_with_its_bases() -> None:
    """Files and folders below it; what a base says stands in the base; its parts are named."""
    document = build("resources:\n  - ../base\n")
    assert document.unread == ()
    assert [one.name for one in document.subjects] == [
        "Deployment web, container app",
        "Deployment web, container side",
        "ServiceAccount worker",
    ]
    assert app(document).token is False
    assert where(document, "image") == ("base/deployment.yaml", 11)
    assert where(document, "privileged") == ("base/deployment.yaml", 10)
    assert document.parts == ("base/account.yaml", "base/deployment.yaml", "base/kustomization.yaml")  # type: ignore[attr-defined]


def test_a_strategic_merge_patch_from_a_file() -> None:
    """Lists of a pod are merged by their keys; a null takes away; the value stands in the patch."""
    spec = (
        "{serviceAccountName: ~, containers: [{name: app, env: [{name: B, value: c}, {name: C, value: d}],"
        " securityContext: {privileged: true}, ports: [{containerPort: 80, hostPort: 80}]},"
        " {name: new, image: n}], volumes: [{name: v, emptyDir: ~, hostPath: {path: /etc}}]}"
    )
    document = build("resources: [../base]\npatches:\n  - path: p.yaml\n", p_yaml=PATCH % spec)
    assert document.unread == ()
    model = app(document)
    assert model.environment.variables == (("A", "a"), ("B", "c"), ("C", "d"))
    assert [one.published for one in model.ports] == ["80"]
    assert (model.privileged, model.service_account) == (True, "default")
    assert [one.source for one in model.mounts] == ["/etc"]
    assert where(document, "privileged") == ("over/p.yaml", 4)
    assert where(document, "image") == ("base/deployment.yaml", 11)
    assert app(document, "Deployment web, container new").image.name == "n"


def test_directives_of_a_patch() -> None:
    """$patch: delete and replace, for an item, a mapping and an object."""
    spec = "{containers: [{name: side, $patch: delete}, {name: app, env: [{$patch: replace}, {name: Z, value: z}]}]}"
    document = build("resources: [../base]\npatchesStrategicMerge: [p.yaml]\n", p_yaml=PATCH % spec)
    assert [one.name for one in document.subjects][:1] == ["Deployment web, container app"]
    assert len(document.subjects) == 2
    assert app(document).environment.variables == (("Z", "z"),)
    gone = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n$patch: delete\n"
    document = build("resources: [../base]\npatches: [{path: p.yaml}]\n", p_yaml=gone)
    assert [one.name for one in document.subjects] == ["ServiceAccount worker"]


def test_a_patch_that_stands_in_the_kustomization() -> None:
    """Its values stand at their own lines there, columns too."""
    document = build(
        "resources: [../base]\npatches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n"
        "      metadata: {name: web}\n      spec:\n        template:\n          spec:\n            hostNetwork: true\n"
    )
    place = document.place(named(document, "Deployment web, container side"), "host_namespaces[network]")
    assert (place.file, place.line, place.column, place.end_column) == ("over/kustomization.yaml", 10, 13, 30)


def test_json_patches() -> None:
    """add, replace, remove, copy; from a file and in place; at a list's end; pointers with ~1."""
    operations = (
        '[{"op": "add", "path": "/spec/template/spec/hostPID", "value": true},\n'
        ' {"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "i:2"},\n'
        ' {"op": "remove", "path": "/spec/template/spec/serviceAccountName"},\n'
        ' {"op": "add", "path": "/spec/template/spec/containers/0/env/-", "value": {"name": "Z", "value": "z"}},\n'
        ' {"op": "add", "path": "/spec/template/metadata", "value": {"labels": {}}},\n'
        ' {"op": "add", "path": "/spec/template/metadata/labels/a~1b", "value": "c"},\n'
        ' {"op": "copy", "from": "/spec/template/spec/containers/0/image",\n'
        '  "path": "/spec/template/spec/containers/1/image"}]'
    )
    document = build(
        "resources: [../base]\npatchesJson6902:\n"
        "  - target: {version: v1, kind: Deployment, name: web}\n    path: p.json\n",
        p_json=operations,
    )
    assert document.unread == ()
    model = app(document)
    assert (model.host_namespaces, model.service_account) == ({"pid"}, "default")
    assert model.image.tag == "2"
    assert app(document, "Deployment web, container side").image.tag == "2"
    assert model.environment.variables[-1] == ("Z", "z")
    assert model.labels == (("a/b", "c"),)
    assert where(document, "host_namespaces[pid]") == ("over/p.json", 1)
    assert where(document, "image") == ("over/p.json", 2)


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        ("{op: remove, path: /spec/none}", "nothing stands at none"),
        ("{op: replace, path: /spec/template/spec/containers/7, value: 1}", "the list has no item 7"),
        ("{op: add, path: /spec/none/x, value: 1}", "nothing stands at none"),
        ("{op: add, path: /kind/x, value: 1}", "nothing stands around x"),
        ("{op: grow, path: /spec}", "the operation grow at /spec is not understood"),
        ("{op: add}", "the operation add at (no path) is not understood"),
        ("{op: copy, from: /spec/none, path: /x}", "nothing stands at /spec/none"),
    ],
)
def test_a_patch_that_cannot_be_applied_is_told(operation: str, why: str) -> None:
    """With its place; the object is judged without it."""
    document = build(
        f"resources: [../base]\npatches:\n  - target: {{kind: Deployment}}\n    patch: |\n      - {operation}\n"
    )
    assert [(one.place.line, one.message) for one in document.unread] == [
        (3, f"the patch of Deployment web was not applied: {why}")
    ]
    assert len(document.subjects) == 3


def test_the_target_of_a_patch() -> None:
    """By kind, group, version, name or namespace, with patterns; one that finds nothing is told."""
    text = (
        "resources: [../base]\npatches:\n  - target: {%s}\n"
        "    patch: '[{op: add, path: /metadata/namespace, value: x}]'\n"
    )
    for target, found in (
        ("kind: Deployment, group: apps, version: v1, name: w.*", "Deployment x/web, container app"),
        ("kind: ServiceAccount|Pod", "ServiceAccount x/worker"),
        ("name: worker", "ServiceAccount x/worker"),
    ):
        names = [one.name for one in build(text % target).subjects]
        assert (found in names, len(names)) == (True, 3)
    merge = "resources: [../base]\npatches:\n  - target: {kind: Pod}\n    patch: '{spec: {hostPID: true}}'\n"
    assert [one.message for one in build(merge).unread] == ["the patch finds no object"]


def test_patterns_are_matched_whole() -> None:
    """Text with `.*`, alternatives, anchors."""
    assert matches("web", "web")
    assert matches("^we.*|x$", "web")
    assert matches("a.*b.*c", "a-b-b-c")
    assert not matches("web", "webs")
    assert not matches("a.*a", "a")
    assert not matches("a.*b.*c", "a-c-b")


def test_names_namespace_and_images() -> None:
    """Prefix and suffix (also where a pod names its account), namespace, and images with the place of their tag."""
    document = build(
        "resources: [../base]\nnamespace: shop\nnamePrefix: a-\nnameSuffix: -z\nimages:\n  - name: example/web\n"
        "    newName: reg.example/web\n    newTag: '7'\n  - name: other\n    digest: sha256:" + "0" * 64 + "\n"
    )
    assert [one.name for one in document.subjects] == [
        "Deployment shop/a-web-z, container app",
        "Deployment shop/a-web-z, container side",
        "ServiceAccount shop/a-worker-z",
    ]
    name = "Deployment shop/a-web-z, container app"
    model = app(document, name)
    assert (model.image.name, model.image.tag, model.token, model.service_account) == (
        "reg.example/web",
        "7",
        False,
        "a-worker-z",
    )
    assert where(document, "image", name) == ("over/kustomization.yaml", 8)
    assert where(document, "namespace", name) == ("over/kustomization.yaml", 2)
    assert app(document, name.replace("app", "side")).image.digest == "sha256:" + "0" * 64


def test_a_patch_may_use_the_name_that_an_object_had() -> None:
    """A base that renames, and an overlay that patches the old name or the new."""
    middle = {
        "middle/kustomization.yaml": "resources: [../base]\nnamePrefix: a-\n",
    }
    for name in ("web", "a-web"):
        patch = (PATCH % "{hostPID: true}").replace("name: web", f"name: {name}")
        document = load(
            "resources: [../middle]\npatches: [{path: p.yaml}]\n",
            "over/kustomization.yaml",
            {**BASE, **middle, "over/p.yaml": patch},
        )
        assert app(document, "Deployment a-web, container app").host_namespaces == {"pid"}


def test_labels_and_annotations_reach_the_pods() -> None:
    """commonLabels, commonAnnotations, labels with includeTemplates; and not without."""
    document = build(
        "resources: [../base]\ncommonLabels: {a: b}\ncommonAnnotations: {c: d}\n"
        "labels: [{pairs: {e: f}, includeTemplates: true}, {pairs: {g: h}}]\n"
    )
    assert app(document).labels == (("a", "b"), ("e", "f"), ("c", "d"))


def test_generators_make_data() -> None:
    """Literals of secrets and config maps, where they stand."""
    document = build("secretGenerator:\n  - name: s\n    literals:\n      - user=ann\n      - password='x=y'\n")
    model = app(document, "Secret s")
    assert (model.secret, model.values) == (True, (("user", "ann"), ("password", "x=y")))
    assert where(document, "values[1]", "Secret s") == ("over/kustomization.yaml", 5)


def test_a_component_changes_what_was_read_before_it() -> None:
    """Its resources join, its patches hold for all."""
    component = {
        "part/kustomization.yaml": "kind: Component\nresources: [n.yaml]\npatches: [{path: p.yaml}]\n",
        "part/n.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n",
        "part/p.yaml": PATCH % "{hostIPC: true}",
    }
    document = load("resources: [../base]\ncomponents: [../part]\n", "over/kustomization.yaml", {**BASE, **component})
    assert document.unread == ()
    assert app(document).host_namespaces == {"ipc"}
    assert named(document, "Namespace n")


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("https://example.com/a.yaml", "https://example.com/a.yaml is elsewhere, and nothing is fetched"),
        ("github.com/o/r//base?ref=v1", "github.com/o/r//base?ref=v1 is elsewhere, and nothing is fetched"),
        ("missing.yaml", "missing.yaml is not there, or outside of what is audited"),
        ("../../../etc", "../../../etc is not there, or outside of what is audited"),
        (".", ". leads back to itself"),
    ],
)
def test_what_is_not_read_is_told(entry: str, why: str) -> None:
    """With its place; the rest is judged."""
    document = build(f"resources:\n  - ../base\n  - {entry}\n")
    assert [(one.place.file, one.place.line, one.message) for one in document.unread] == [
        ("over/kustomization.yaml", 3, why)
    ]
    assert len(document.subjects) == 3


def test_cycles_and_depth_end() -> None:
    """Two folders that name each other; a chain that is too long."""
    cycle = {"a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n"}
    document = load(cycle["a/kustomization.yaml"], "a/kustomization.yaml", cycle)
    assert [(one.place.file, one.message) for one in document.unread] == [
        ("b/kustomization.yaml", "../a leads back to itself")
    ]
    chain = {f"{n}/kustomization.yaml": f"resources: [../{n + 1}]\n" for n in range(20)}
    document = load(chain["0/kustomization.yaml"], "0/kustomization.yaml", chain)
    (unread,) = document.unread
    assert unread.place.file == "10/kustomization.yaml"
    assert unread.message.startswith("../11 is not read: more than 10 folders deep")


def test_copies_within_copies_are_stopped() -> None:
    """A patch that doubles an object with each line, and one that nests it."""
    operations = "".join(f"      - {{op: copy, from: /spec, path: /spec/x{n}}}\n" for n in range(60))
    document = build(f"resources: [../base]\npatches:\n  - target: {{kind: Deployment}}\n    patch: |\n{operations}")
    assert [one.message for one in document.unread] == [
        "the patch of Deployment web was not applied: the object would become too large"
    ]


def test_a_folder_named_many_times_does_not_explode() -> None:
    """Each level names the next one nine times: the number of files read is bounded."""
    files = {f"{n}/kustomization.yaml": "resources: [" + ", ".join([f"../{n + 1}"] * 9) + "]\n" for n in range(9)}
    document = load(files["0/kustomization.yaml"], "0/kustomization.yaml", files)
    assert any("500 files" in one.message for one in document.unread)


def test_what_generators_and_charts_make_is_unread() -> None:
    """It is told that there is more."""
    document = build("resources: [../base]\nhelmCharts: [{name: x}]\ntransformers: [t.yaml]\n")
    assert [one.message for one in document.unread] == [
        "what transformers make of the objects is not known",
        "what helmCharts make of the objects is not known",
    ]


def test_a_broken_part_is_told_in_its_own_file() -> None:
    """A syntax error, a key that stands twice, a pod of another shape: each with the file it stands in."""
    files = {
        "over/a.yaml": "a: [\n",
        "over/b.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n"
        "  hostPID: true\n  hostPID: false\n  containers: {}\n",
    }
    document = load("resources: [a.yaml, b.yaml]\n", "over/kustomization.yaml", files)
    assert sorted((one.place.file, one.place.line) for one in document.unread) == [
        ("over/a.yaml", 1),
        ("over/b.yaml", 6),
        ("over/b.yaml", 7),
    ]


def test_a_patch_file_alone_is_no_object() -> None:
    """Where a kustomization near it uses it; elsewhere it is judged, because nobody completes it."""
    text = PATCH % "{hostPID: true, containers: [{name: app}]}"
    files = {"over/kustomization.yaml": "patches: [{path: patches/p.yaml}]\n"}
    assert load(text, "over/patches/p.yaml", files).subjects == ()
    assert len(load(text, "over/patches/q.yaml", files).subjects) == 1
    whole = text.replace("spec: {template", "spec: {selector: {}, template").replace("name: app", "name: app, image: x")
    assert len(load(whole, "over/patches/p.yaml", files).subjects) == 1


def test_a_build_is_not_patched() -> None:
    """Its files are, each as itself."""
    import dataclasses

    document = build("resources: [../base]\n")
    subject = named(document, "Deployment web, container app")
    wanted = dataclasses.replace(subject.model, privileged=True)  # type: ignore[type-var]
    patch = document.patch(subject, wanted)
    assert (patch.edits, patch.left) == ((), (("privileged", "it is built from base/deployment.yaml"),))


def test_a_folder_on_the_disk_is_read(tmp_path: Path) -> None:
    """An entry that is a folder is no file, and its kustomization is found."""
    for name, text in BASE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    tree = Tree(str(tmp_path))
    assert tree("base") is None
    document = kubernetes.load("resources: [base]\n", "kustomization.yaml", tree)
    assert (len(document.subjects), document.unread) == (3, ())
