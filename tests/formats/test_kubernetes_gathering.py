"""What only the whole tree shows."""

from formats.kubernetes_kit import load
from ringfence.formats.kubernetes.gathering import gather
from ringfence.models.cluster import TrafficPolicy


def pod(namespace: str) -> str:
    metadata = f"{{name: p, namespace: {namespace}}}" if namespace else "{name: p}"
    return f"apiVersion: v1\nkind: Pod\nmetadata: {metadata}\nspec:\n  containers:\n    - {{name: a, image: x}}\n"


def policy(namespace: str, selector: str = "") -> str:
    metadata = f"{{name: d, namespace: {namespace}}}" if namespace else "{name: d}"
    spec = f"{{podSelector: {{{selector}}}}}"
    return f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {metadata}\nspec: {spec}\n"


def test_a_namespace_without_a_policy_for_all_is_told() -> None:
    """Good, then bad: covered in another file, covered only for some pods, not covered at all."""
    files = [
        ("a.yaml", pod("one") + "---\n" + pod("two")),
        ("b.yaml", policy("one") + "---\n" + policy("two", "matchLabels: {a: b}")),
        ("c.yaml", pod("three") + "---\n" + pod("three")),
    ]
    found = list(gather(load(text, file) for file, text in files))
    assert [(subject.name, place.file, place.line) for subject, place in found] == [
        ("Namespace two", "a.yaml", 10),
        ("Namespace three", "c.yaml", 3),
    ]
    model = found[0][0].model
    assert isinstance(model, TrafficPolicy)
    assert (model.name, model.namespace, model.selects_all) == ("", "two", False)


def test_objects_that_name_no_namespace_are_one_group() -> None:
    """Whoever applies them chooses one for all."""
    assert [subject.name for subject, _ in gather([load(pod(""))])] == ["the namespace that these are applied to"]
    assert list(gather([load(pod("")), load(policy(""))])) == []
