"""Kinds that make pods from other shapes than a pod template: Argo's workflows and Tekton's tasks.

Only by API group and kind. What such a kind says of its pod is put together as a pod says it; the containers, and
what a patch writes to, are the file's own nodes. Custom resources that hold a pod template need no word here.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ringfence.formats.kubernetes.held import Object
from ringfence.formats.kubernetes.nodes import Nodes, Pairs, items, value
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence

#: What the run of a task decides where the task is silent.
_OF_THE_RUN = frozenset({"user", "group", "non_root_required", "seccomp", "token", "service_account"})
#: What a task's stepTemplate says for all of its steps.
_OF_ALL_STEPS = frozenset({"no_new_privileges", "capabilities", "dropped", "read_only_root", "privileged"})
#: A step says these in `computeResources`, and a run may.
_RESOURCES = frozenset(
    "limits.memory_bytes limits.cpu_millis limits.scratch_bytes requests.memory_bytes requests.cpu_millis".split()
)
#: What an Argo workflow says for all of its templates, and a template for itself.
_INHERITED = ("securityContext", "serviceAccountName", "automountServiceAccountToken", "hostNetwork")


class PodLike(NamedTuple):
    """One pod: what holds it in the file, what it says as a pod would, and which model paths are unknown where it is
    silent."""

    holder: Mapping
    pairs: Pairs
    silent: frozenset[str]


def pods_of(of: Object) -> Iterator[PodLike] | None:
    """The pods of an object of such a kind; None for any other object."""
    spec = of.nodes.below(of.pairs, "spec")
    if of.group == "argoproj.io" and of.kind in {"Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate"}:
        return _argo(of.nodes, spec)
    if of.group == "argoproj.io" and of.kind == "CronWorkflow":
        return _argo(of.nodes, of.nodes.below(spec, "workflowSpec"))
    if of.group == "tekton.dev" and of.kind in {"Task", "ClusterTask"}:
        return _tekton(of.nodes, of.pairs.get("spec", (None, None))[1], {})
    if of.group == "tekton.dev" and of.kind == "TaskRun":
        return _tekton(of.nodes, value(spec, "taskSpec"), of.nodes.below(spec, "podTemplate"))
    if of.group == "tekton.dev" and of.kind in {"Pipeline", "PipelineRun"}:
        return _pipeline(of.nodes, of.nodes.below(spec, "pipelineSpec") if of.kind == "PipelineRun" else spec)
    return None


def _argo(nodes: Nodes, spec: Pairs) -> Iterator[PodLike]:
    for template in items(spec, "templates"):
        said = nodes.pairs(template)
        main: list[Node] = [one for key in ("container", "script") if isinstance(one := value(said, key), Mapping)]
        main += _mappings(items(nodes.below(said, "containerSet"), "containers"))
        if not main or not isinstance(template, Mapping):
            continue  # steps or a graph, which run other templates
        pairs = {key: holder[key] for holder in (spec, said) for key in _INHERITED if key in holder}
        pairs |= _listed("volumes", [*items(spec, "volumes"), *items(said, "volumes")])
        pairs |= _listed("initContainers", _mappings(items(said, "initContainers")))
        pairs |= _listed("containers", [*main, *_mappings(items(said, "sidecars"))])
        yield PodLike(template, pairs, frozenset())


def _pipeline(nodes: Nodes, spec: Pairs) -> Iterator[PodLike]:
    for key in ("tasks", "finally"):
        for task in items(spec, key):
            yield from _tekton(nodes, value(nodes.pairs(task), "taskSpec"), {})


def _tekton(nodes: Nodes, spec: Node | None, pod: Pairs) -> Iterator[PodLike]:
    """A task; `pod` is what its run says for the pod."""
    if not isinstance(spec, Mapping):
        return
    said = nodes.pairs(spec)
    steps = _mappings([*items(said, "steps"), *items(said, "sidecars")])
    if not steps:
        return
    pairs = {key: pod[key] for key in _INHERITED if key in pod}
    pairs |= _listed("volumes", [*items(pod, "volumes"), *items(said, "volumes")])
    pairs |= _listed("containers", [*steps])
    silent = _RESOURCES if pod else _RESOURCES | _OF_THE_RUN
    yield PodLike(spec, pairs, silent | _OF_ALL_STEPS | _OF_THE_RUN if "stepTemplate" in said else silent)


def _mappings(nodes: list[Node]) -> list[Node]:
    return [one for one in nodes if isinstance(one, Mapping)]


def _listed(key: str, found: list[Node]) -> Pairs:
    """A list of nodes that stand elsewhere, under a key of a pod."""
    if not found:
        return {}
    first = found[0]
    made = Sequence(False, "", "", first.start, first.line, first.column)
    made.items, made.end = found, found[-1].end
    return {key: (Scalar(key, "", "", "", first.start, first.start, first.line, first.column), made)}
