"""What only a whole tree shows: namespaces in which something runs and no NetworkPolicy holds for every pod."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ringfence.controls.control import Scope
from ringfence.formats.document import Document, Place, Subject
from ringfence.models.cluster import TrafficPolicy
from ringfence.models.service import Service


def gather(documents: Iterable[Document]) -> Iterator[tuple[Subject, Place]]:
    """For each such namespace the policy that is missing: a `TrafficPolicy` without a name, which limits nothing.

    It stands where the first workload of the namespace stands. Workloads that name no namespace are one group, as
    are policies that name none. Documents of other formats are passed over.
    """
    return uncovered(summary(document) for document in documents)


class Summary(NamedTuple):
    """What one document says: namespaces in which something runs, with its place, and those that are covered."""

    used: tuple[tuple[str, Place], ...]
    covered: frozenset[str]


def summary(document: Document) -> Summary:
    """What a document contributes to the whole."""
    used = dict[str, Place]()
    covered = set[str]()
    for subject in document.subjects:
        model = subject.model
        if isinstance(model, TrafficPolicy) and model.selects_all:
            covered.add(model.namespace)
        elif (
            isinstance(model, Service)
            and subject.scope is Scope.KUBERNETES
            and "namespace" not in subject.unknown
            and model.namespace not in used
        ):
            used[model.namespace] = document.place(subject, "namespace")
    return Summary(tuple(used.items()), frozenset(covered))


def uncovered(summaries: "Iterable[Summary]") -> Iterator[tuple[Subject, Place]]:
    """The same for documents that were read elsewhere."""
    first = dict[str, Place]()
    covered = set[str]()
    for some in summaries:
        covered |= some.covered
        for namespace, place in some.used:
            first.setdefault(namespace, place)
    for namespace, place in first.items():
        if namespace not in covered:
            yield _missing(namespace), place


def _missing(namespace: str) -> Subject:
    """The policy that a namespace has not."""
    model = TrafficPolicy(
        name="",
        namespace=namespace,
        selects_all=False,
        allows_all_ingress=False,
        allows_all_egress=False,
    )
    title = f"Namespace {namespace}" if namespace else "the namespace that these are applied to"
    return Subject(scope=Scope.KUBERNETES, name=title, model=model, unknown=frozenset())
