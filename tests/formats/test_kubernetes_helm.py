"""Helm charts: templates are recognised and said to be unread; what helm renders is judged."""

import pytest

from formats.kubernetes_kit import load
from ringfence.formats.document import Place
from ringfence.formats.kubernetes import helm

TEMPLATE = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  {{- if .Values.on }}
  replicas: 1
  {{- end }}
"""
CHART = {"charts/web/Chart.yaml": "apiVersion: v2\nname: web\n"}


@pytest.mark.parametrize("file", ["charts/web/templates/a.yaml", "charts/web/templates/deep/a.yaml"])
def test_a_template_is_said_to_be_unread(file: str) -> None:
    """Once for each file, with the chart's folder, so that it can be said once for each chart."""
    document = load(TEMPLATE, file, CHART)
    assert document.subjects == ()
    (unread,) = document.unread
    assert unread.message == "a Helm template; rendered, and then judged, only where helm is installed"
    assert unread.place == Place(file=file, line=1, column=1, end_line=1, end_column=1)
    assert document.chart == "charts/web"  # type: ignore[attr-defined]


def test_a_manifest_of_a_chart_without_braces_is_read() -> None:
    """So are the files beside the templates."""
    text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n"
    assert len(load(text, "charts/web/templates/n.yaml", CHART).subjects) == 1
    assert load(CHART["charts/web/Chart.yaml"], "charts/web/Chart.yaml", CHART).unread == ()


def test_braces_elsewhere_are_unread_too() -> None:
    """A template of another kind: braces that YAML reads as mappings, and braces that it cannot read."""
    document = load("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: {{ x }}}]}\n")
    (unread,) = document.unread
    assert (unread.place.line, unread.message) == (
        4,
        "a template: what stands in its braces is filled in elsewhere, so it is not known",
    )
    assert "image" in document.subjects[0].unknown
    assert load(TEMPLATE, "charts/web/templates/a.yaml").unread != ()


def test_what_helm_renders_stands_in_its_templates() -> None:
    """Each object at the template that made it, broken ones too; nothing can be written."""
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: %s}\nspec: {containers: [{name: a, image: x}]}\n"
    output = (
        "---\n# Source: web/templates/a.yaml\n"
        + pod % "one"
        + "---\n# Source: web/charts/sub/templates/b.yaml\n"
        + pod % "two"
        + "---\n# Source: web/templates/c.yaml\na: [\n"
    )
    document = helm.load_rendered(output, "charts/web")
    places = [document.place(subject, "image").file for subject in document.subjects]
    assert places == ["charts/web/templates/a.yaml", "charts/web/charts/sub/templates/b.yaml"]
    assert [one.place.file for one in document.unread] == ["charts/web/templates/c.yaml"]
    subject = document.subjects[0]
    patch = document.patch(subject, subject.model)
    assert (patch.edits, patch.left) == ((), ())


def test_the_command_that_renders_runs_nothing_else() -> None:
    """No shell, no cluster, no downloads."""
    assert helm.render_plan("charts/web") == [
        "helm",
        "template",
        "--include-crds",
        "--skip-tests",
        "release",
        "charts/web",
    ]
