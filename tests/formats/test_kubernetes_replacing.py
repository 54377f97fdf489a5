"""Kustomize folders: replacements, vars, and patches that are chosen by labels."""

import pytest

from formats.kubernetes_kit import load, named
from formats.test_kubernetes_kustomize import BASE, PATCH, app, build, where
from ringfence.formats.kubernetes.jsonpatch import CannotPatch
from ringfence.formats.kubernetes.replacing import steps
from ringfence.formats.kubernetes.selectors import selects

SETTINGS = (
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n"
    "data:\n  image: reg.example/app:9\n  socket: /var/run/docker.sock\n  where: host.example:8080\n"
)
REPLACEMENT = """\
resources: [../base, settings.yaml]
replacements:
  - source: {kind: ConfigMap, name: settings, fieldPath: data.%s%s}
    targets:
      - select: {kind: Deployment}
        fieldPaths: [%s]
%s"""


def replaced(key: str, path: str, source: str = "", target: str = "") -> object:
    text = REPLACEMENT % (key, source, path, target)
    return build(text, settings_yaml=SETTINGS)


def test_a_replacement_is_judged_and_stands_where_the_value_does() -> None:
    """The image comes from a ConfigMap, and its line is there."""
    document = replaced("image", "'spec.template.spec.containers.[name=app].image'")
    assert document.unread == ()  # type: ignore[attr-defined]
    assert app(document).image.name == "reg.example/app"  # type: ignore[arg-type]
    assert where(document, "image") == ("over/settings.yaml", 5)  # type: ignore[arg-type]
    assert app(document, "Deployment web, container side").image.name == "other"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("'spec.template.spec.containers.0.image'", ("reg.example/app", "other")),
        ("'spec.template.spec.containers.*.image'", ("reg.example/app", "reg.example/app")),
        ("'spec.template.spec.containers.[name=side].image'", ("example/web", "reg.example/app")),
    ],
)
def test_a_list_is_walked_by_number_star_or_field(path: str, names: tuple[str, str]) -> None:
    """As Kustomize's paths say it."""
    document = replaced("image", path)
    found = [app(document, f"Deployment web, container {one}").image.name for one in ("app", "side")]  # type: ignore[arg-type]
    assert tuple(found) == names


def test_a_part_of_a_value_is_replaced() -> None:
    """By a delimiter and a number, in the source and in the target; what is missing is made where it may be."""
    options = "        options: {delimiter: ':', index: 1}\n"
    source = ", options: {delimiter: ':', index: 1}"
    document = replaced("where", "'spec.template.spec.containers.[name=app].image'", source, options)
    assert (app(document).image.name, app(document).image.tag) == ("example/web", "8080")  # type: ignore[arg-type]
    document = replaced("image", "spec.template.spec.hostname", "", "        options: {create: true}\n")
    assert document.unread == ()  # type: ignore[attr-defined]


def test_a_replacement_that_adds_what_is_unsafe_is_found() -> None:
    """The path of a mount is the engine's socket, which only the ConfigMap says."""
    text = REPLACEMENT % (
        "socket",
        "",
        "spec.template.spec.volumes.0.hostPath.path",
        "        options: {create: true}\n",
    )
    spec = "{volumes: [{name: v, emptyDir: ~, hostPath: {path: /srv}}]}"
    document = build(text + "patches: [{path: p.yaml}]\n", settings_yaml=SETTINGS, p_yaml=PATCH % spec)
    assert [one.source for one in app(document).mounts] == ["/var/run/docker.sock"]
    assert where(document, "mounts[0].source") == ("over/settings.yaml", 6)


def test_replacements_stand_in_a_file_too() -> None:
    """A list of them, or one; some targets are rejected."""
    entry = "source: {kind: ConfigMap, name: settings, fieldPath: data.image}\ntargets:\n"
    entry += "  - select: {kind: Deployment|StatefulSet}\n    reject: [{name: %s}]\n"
    entry += "    fieldPaths: ['spec.template.spec.containers.0.image']\n"
    kustomization = "resources: [../base, settings.yaml]\nreplacements: [{path: r.yaml}]\n"
    for name, image in (("web", "example/web"), ("other", "reg.example/app")):
        document = build(kustomization, settings_yaml=SETTINGS, r_yaml=entry % name)
        assert app(document).image.name == image


@pytest.mark.parametrize(
    ("key", "path", "why"),
    [
        ("none", "metadata.name", "the source has no value at data.none"),
        ("image", "spec.none.x", "nothing stands at none"),
        ("image", "'spec.template.spec.containers.9.image'", "nothing stands at 9"),
        ("image", "'kind.x'", "nothing stands around x"),
        ("image", "'a..b'", "the path 'a..b' is not understood"),
    ],
)
def test_a_replacement_that_cannot_be_made_is_told(key: str, path: str, why: str) -> None:
    """With its place; the rest is judged."""
    document = replaced(key, path)
    assert [(one.place.line, one.message) for one in document.unread] == [  # type: ignore[attr-defined]
        (3, f"this replacement was not applied: {why}")
    ]
    assert len(document.subjects) == 4  # type: ignore[attr-defined]


def test_vars_are_filled_in() -> None:
    """`$(NAME)` in a command, and in a variable's value."""
    text = "resources: [../base, settings.yaml]\npatches: [{path: p.yaml}]\nvars:\n"
    text += "  - {name: WHERE, objref: {apiVersion: v1, kind: ConfigMap, name: settings}, "
    text += "fieldref: {fieldpath: data.where}}\n"
    text += "  - {name: ME, objref: {kind: Deployment, name: web}}\n"
    spec = "{containers: [{name: app, args: ['--to=$(WHERE)', '--as=$(ME)', '$(NOBODY)']}]}"
    document = build(text, settings_yaml=SETTINGS, p_yaml=PATCH % spec)
    assert document.unread == ()
    assert app(document).command == ("--to=host.example:8080", "--as=web", "$(NOBODY)")


def test_a_patch_is_chosen_by_labels() -> None:
    """Of two Deployments only the one that bears them."""
    text = "resources: [../base]\ncommonLabels: {tier: db}\npatches:\n"
    text += "  - target: {kind: Deployment, labelSelector: '%s'}\n"
    text += "    patch: '[{op: add, path: /spec/template/spec/hostPID, value: true}]'\n"
    files = {**BASE, "base/kustomization.yaml": BASE["base/kustomization.yaml"] + "commonLabels: {app: web}\n"}
    for selector, is_patched in (
        ("app=web", True),
        ("app==web,tier", False),
        ("app in (a, web)", True),
        ("!app", False),
    ):
        document = load(text % selector, "over/kustomization.yaml", files)
        assert document.unread == ()
        model = named(document, "Deployment web, container app").model
        assert (model.host_namespaces == {"pid"}) is is_patched, selector  # type: ignore[attr-defined]
    document = load(text % "a b c", "over/kustomization.yaml", files)
    assert [one.message for one in document.unread] == ["what this patch is for is not understood"]


def test_a_merge_patch_for_a_selector_deletes_what_it_means() -> None:
    """By annotations as well."""
    files = {**BASE, "base/kustomization.yaml": BASE["base/kustomization.yaml"] + "commonAnnotations: {old: 'yes'}\n"}
    text = "resources: [../base]\npatches:\n  - target: {kind: Deployment, annotationSelector: old=yes}\n"
    text += "    patch: '{$patch: delete}'\n"
    document = load(text, "over/kustomization.yaml", files)
    assert [one.name for one in document.subjects] == ["ServiceAccount worker"]


@pytest.mark.parametrize(
    ("selector", "wanted"),
    [
        ("", True),
        ("a=1", True),
        ("a == 1", True),
        ("a!=1", False),
        ("c!=1", True),
        ("a", True),
        ("c", False),
        ("!c", True),
        ("a in (1,2),b notin (1)", True),
        ("a in (2)", False),
        ("c notin (1)", True),
        ("a=1,b=3", False),
        ("a b", None),
        ("a=" + "1" * 5000, None),
    ],
)
def test_selectors(selector: str, wanted: bool | None) -> None:
    """Each way to say it."""
    document = load("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: '1', b: '2'}\n")
    pairs = document.reader.held[0].of.nodes.below(document.reader.held[0].of.pairs, "data")  # type: ignore[attr-defined]
    assert selects(selector, pairs) is wanted


def test_paths_have_steps() -> None:
    """Dots in brackets and behind a backslash part nothing."""
    assert steps(r"metadata.annotations.a\.b/c") == ["metadata", "annotations", "a.b/c"]
    assert steps("spec.containers.[name=a.b].image") == ["spec", "containers", "[name=a.b]", "image"]
    for path in ("", "a..b", ".a", "a." * 200 + "b"):
        with pytest.raises(CannotPatch, match="is not understood"):
            steps(path)
