"""Helm charts: passed over with a word where there is no helm, judged where there is one.

No real helm can be had where these tests run; a script stands in for it and prints what helm would.
"""

import sys
from pathlib import Path

import pytest

from audit.audit_desk import Folder

TEMPLATE = """\
apiVersion: v1
kind: Pod
metadata: {name: {{ .Release.Name }}}
spec:
  hostPID: true
  containers: [{name: a, image: "b:{{ .Values.tag }}"}]
"""
HELM = """\
#!/bin/sh
case "$*" in "template --include-crds --skip-tests release "*/chart) ;; *) echo "unknown: $*" >&2; exit 1 ;; esac
[ -z "$SECRET" ] || { echo "the environment leaks" >&2; exit 1; }
cat <<END
---
# Source: web/templates/pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: release}
spec:
  hostPID: true
  containers: [{name: a, image: "b:1"}]
END
"""


@pytest.fixture
def chart(folder: Folder) -> Folder:
    folder.write("chart/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
    folder.write("chart/templates/pod.yaml", TEMPLATE)
    return folder


def install(folder: Folder, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    helm = folder.write("bin/helm", script)
    helm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{helm.parent}:/usr/bin:/bin")


def test_without_helm_a_chart_is_passed_over_with_a_word(chart: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its templates are neither judged nor broken YAML, and the report says so once for the chart."""
    monkeypatch.setenv("PATH", str(chart.path / "nothing"))
    report = chart.report()
    assert report["findings"] == []
    assert report["unread"] == []
    assert [one["path"] for one in report["skipped"]] == ["chart"]
    assert "helm template" in report["skipped"][0]["why"]


def test_with_helm_a_chart_is_judged_as_it_is_rendered(chart: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings stand at the template; our environment does not reach helm."""
    install(chart, monkeypatch, HELM)
    monkeypatch.setenv("SECRET", "x")
    report = chart.report("--only", "no-host-namespaces")
    assert [(one["subject"], one["place"]["file"]) for one in report["findings"]] == [
        ("Pod release, container a", "chart/templates/pod.yaml")
    ]
    assert (report["skipped"], report["unread"]) == ([], [])


@pytest.mark.parametrize("script", ["#!/bin/sh\necho 'no such value' >&2\nexit 1\n", "#!/bin/sh\nexec sleep 100\n"])
def test_a_chart_that_helm_cannot_render_is_unread(chart: Folder, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """What helm says, or that it took too long, is said at the chart."""
    from ringfence.audit import chart as charts

    monkeypatch.setattr(charts, "SECONDS", 1)
    install(chart, monkeypatch, script)
    unread = chart.report()["unread"]
    assert [Path(one["place"]["file"]).name for one in unread] == ["Chart.yaml"]
    assert "helm could not render the chart" in unread[0]["message"]
    assert chart.code == 30


@pytest.mark.parametrize("kind", ["file", "folder", "behind another link"])
def test_a_chart_that_leads_elsewhere_is_not_given_to_helm(
    chart: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, kind: str
) -> None:
    """helm follows links, and a template can print what they lead to; within the tree they may lead anywhere."""
    install(chart, monkeypatch, HELM)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "key").write_text("a key\n")
    chart.write("common/a/x.yaml", "a: 1\n")
    (chart.path / "chart" / "charts").symlink_to("../common")
    (chart.path / "common" / "loop").symlink_to(".")
    assert chart.report("chart/../chart", "common")["unread"] == []
    place = chart.path / ("common/a/b" if kind == "behind another link" else "chart/files")
    place.symlink_to(elsewhere / "key" if kind == "file" else elsewhere)
    [unread] = chart.report()["unread"]
    assert "leads out of what is audited" in unread["message"]
    assert chart.code == 30


def test_a_chart_without_end_is_ended(chart: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what helm prints nor what it keeps grows without bounds."""
    install(chart, monkeypatch, "#!/bin/sh\nexec cat /dev/zero\n")
    assert ["larger than 8 MiB" in one["message"] for one in chart.report()["unread"]] == [True]
    monkeypatch.setattr("ringfence.audit.chart.MEMORY", 64 << 20)
    large = f'#!/bin/sh\nsleep 0.1\n"{sys.executable}" -c "bytearray(256 << 20)" || exit 1\n'
    install(chart, monkeypatch, large + HELM)
    assert ["could not render" in one["message"] for one in chart.report()["unread"]] == [True]
