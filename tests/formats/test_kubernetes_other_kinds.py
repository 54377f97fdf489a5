"""Pods in kinds that are not Kubernetes' own: judged at the lines where they stand, and only where they are pods."""

import dataclasses
from typing import Any

import pytest
import yaml

from formats.kubernetes_kit import load, named
from ringfence.formats.document import applied

BAD = "{name: app, image: 'example/app:1.4', securityContext: {privileged: true}}"


def privileged(text: str) -> list[tuple[str, bool, int]]:
    """(name, privileged, the line that says so) of every container."""
    document = load(text)
    assert document.unread == ()
    found = [one for one in document.subjects if hasattr(one.model, "privileged")]
    return [(one.name, one.model.privileged, document.place(one, "privileged").line) for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("api", "kind", "lines"),
    [
        ("argoproj.io/v1alpha1", "Rollout", "  template:\n    spec:\n      containers:\n        - "),
        ("serving.knative.dev/v1", "Service", "  template:\n    spec:\n      containers:\n        - "),
        ("serving.knative.dev/v1", "Configuration", "  template:\n    spec:\n      containers:\n        - "),
        ("apps.openshift.io/v1", "DeploymentConfig", "  template:\n    spec:\n      containers:\n        - "),
        ("kubeflow.org/v1", "Notebook", "  template:\n    spec:\n      containers:\n        - "),
        ("batch.volcano.sh/v1alpha1", "Job", "  template:\n    spec:\n      containers:\n        - "),
        ("example.com/v1", "Thing", "  parts:\n    - pods:\n        spec:\n          containers:\n            - "),
        ("ray.io/v1", "RayCluster", "  groups:\n    - template:\n        spec:\n          containers:\n            - "),
    ],
)
def test_a_pod_template_is_judged_wherever_it_stands(api: str, kind: str, lines: str) -> None:
    """In any custom resource, below mappings and lists."""
    text = f"apiVersion: {api}\nkind: {kind}\nmetadata: {{name: x}}\nspec:\n{lines}{BAD}\n"
    line = text.count("\n")
    assert privileged(text) == [(f"{kind} x, container app", True, line)]


@pytest.mark.parametrize(
    "spec",
    [
        "  template: {spec: {replicas: 1}}\n",
        "  containers: [{name: a, image: b}]\n",
        "  template: {containers: [{name: a, image: b}]}\n",
        "  template: {spec: {containers: [web, db]}}\n",
        "  template: {spec: {containers: {name: a}}}\n",
    ],
)
def test_what_is_no_pod_template_is_not_guessed_at(spec: str) -> None:
    """A list of names, a list without a pod around it: other things are called containers too."""
    assert privileged(f"apiVersion: example.com/v1\nkind: Thing\nmetadata: {{name: x}}\nspec:\n{spec}") == []


ARGO = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: build}
spec:
  entrypoint: all
  securityContext: {runAsNonRoot: true, runAsUser: 1000}
  serviceAccountName: builder
  volumes:
    - {name: host, hostPath: {path: /srv}}
  templates:
    - name: all
      steps: [[{name: one, template: one}]]
    - name: one
      container:
        image: "{{inputs.parameters.image}}"
        command: [sh, -c]
        securityContext: {privileged: true}
        volumeMounts: [{name: host, mountPath: /srv}]
      sidecars:
        - {name: db, image: postgres:16}
    - name: two
      securityContext: {runAsUser: 0}
      automountServiceAccountToken: false
      script:
        image: example/tool:1
        source: |
          curl https://example.com/install.sh | sh
    - name: three
      containerSet:
        containers:
          - {name: a, image: example/a:1}
"""


def test_templates_of_an_argo_workflow() -> None:
    """Each with what the workflow says for all; a template's own word wins."""
    document = load(ARGO)
    assert document.unread == ()
    some = {one.name.partition(", ")[2]: one for one in document.subjects}
    assert sorted(some) == ["container (no name)", "container a", "container db", "pod"]
    first, second = (one for one in document.subjects if one.name.endswith("(no name)"))
    one: Any = first.model
    assert (one.privileged, one.user, one.service_account, one.token) == (True, 1000, "builder", True)
    assert [mount.source for mount in one.mounts] == ["/srv"]
    assert "image" in first.unknown
    assert "health" in first.unknown
    two: Any = second.model
    assert (two.user, two.token, two.image.tag) == (0, False, "1")
    assert two.command[-1].startswith("curl ")


@pytest.mark.parametrize(
    ("kind", "before"),
    [("WorkflowTemplate", ""), ("ClusterWorkflowTemplate", ""), ("CronWorkflow", "  schedule: '* * * * *'\n")],
)
def test_other_kinds_of_argo(kind: str, before: str) -> None:
    """The templates stand at the same place, but for those of a CronWorkflow."""
    body = f"templates:\n      - name: t\n        container: {BAD}\n"
    inner = f"  workflowSpec:\n    {body}" if before else f"  {body}"
    text = f"apiVersion: argoproj.io/v1alpha1\nkind: {kind}\nmetadata: {{name: x}}\nspec:\n{before}{inner}"
    assert privileged(text) == [(f"{kind} x, container app", True, text.count("\n"))]


TASK = """\
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}]
  steps:
    - name: one
      image: $(params.image)
      script: |
        curl https://example.com/install.sh | sh
      securityContext:
        privileged: true
    - name: two
      image: example/tool:1
      securityContext: {runAsUser: 0}
  sidecars:
    - {name: db, image: postgres:16}
  volumes:
    - {name: socket, hostPath: {path: /var/run/docker.sock}}
"""


def test_steps_of_a_tekton_task() -> None:
    """Each is a container; what the run decides is unknown where the step is silent."""
    document = load(TASK)
    assert document.unread == ()
    assert [one.name for one in document.subjects] == [
        "Task build, container one",
        "Task build, container two",
        "Task build, container db",
    ]
    one, two = (named(document, f"Task build, container {name}") for name in ("one", "two"))
    model: Any = one.model
    assert (model.privileged, document.place(one, "privileged").line) == (True, 12)
    assert {"image", "user", "token", "seccomp", "limits.memory_bytes"} <= one.unknown
    assert model.command == ("curl https://example.com/install.sh | sh\n",)
    assert [mount.source for mount in model.mounts] == ["/var/run/docker.sock"]
    assert (two.model.user, "user" in two.unknown) == (0, False)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("ClusterTask", ()),
        ("TaskRun", ("taskSpec",)),
        ("Pipeline", ("tasks", 0, "taskSpec")),
        ("Pipeline", ("finally", 0, "taskSpec")),
        ("PipelineRun", ("pipelineSpec", "tasks", 0, "taskSpec")),
    ],
)
def test_tasks_within_other_kinds(kind: str, path: tuple[str | int, ...]) -> None:
    """Of a run, and of a pipeline."""
    spec: Any = {"steps": [yaml.safe_load(BAD)]}
    for step in reversed(path):
        spec = [spec] if step == 0 else {step: spec}
    text = yaml.safe_dump({"apiVersion": "tekton.dev/v1", "kind": kind, "metadata": {"name": "x"}, "spec": spec})
    assert [one[:2] for one in privileged(text)] == [(f"{kind} x, container app", True)]


def test_a_run_says_how_its_pod_is() -> None:
    """Then it is known."""
    text = (
        "apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: x}\nspec:\n"
        "  podTemplate: {securityContext: {runAsNonRoot: true}, automountServiceAccountToken: false}\n"
        f"  taskSpec: {{steps: [{BAD}]}}\n"
    )
    (subject,) = load(text).subjects
    assert (subject.model.token, subject.model.non_root_required) == (False, True)  # type: ignore[attr-defined]
    assert "token" not in subject.unknown


def test_a_step_template_speaks_for_silent_steps() -> None:
    """What it says is not joined, so nothing is claimed of what a step leaves out."""
    text = TASK.replace(
        "  steps:\n", "  stepTemplate: {securityContext: {allowPrivilegeEscalation: false}}\n  steps:\n"
    )
    document = load(text)
    two = named(document, "Task build, container two")
    assert {"no_new_privileges", "dropped"} <= two.unknown
    assert "privileged" not in named(document, "Task build, container one").unknown


@pytest.mark.parametrize(
    ("text", "name"), [(ARGO, "Workflow build, container db"), (TASK, "Task build, container two")]
)
def test_a_patch_writes_where_the_container_stands(text: str, name: str) -> None:
    """Into the file's own nodes, with volumes where the kind has them."""
    from ringfence.controls.hardening import put_right
    from ringfence.controls.read_only_root import faults

    document = load(text)
    subject = named(document, name)
    wanted = put_right(subject.model, list(faults(subject.model)))  # type: ignore[type-var,arg-type]
    patch = document.patch(subject, dataclasses.replace(wanted, privileged=True))  # type: ignore[type-var]
    assert patch.left == ()
    after = load(applied(text, patch.edits))
    assert after.unread == ()
    new: Any = named(after, name).model
    assert (new.read_only_root, new.privileged) == (True, True)
    assert "/tmp" in [one.target for one in new.volumes]
