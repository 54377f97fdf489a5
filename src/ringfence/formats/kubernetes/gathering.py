"""What only a whole tree shows: namespaces in which something runs and no NetworkPolicy holds for every pod."""

from collections.abc import Iterable, Iterator

from ringfence.controls.control import Scope
from ringfence.formats.document import Document, Place, Subject
from ringfence.models.cluster import TrafficPolicy
from ringfence.models.service import Service


def gather(documents: Iterable[Document]) -> Iterator[tuple[Subject, Place]]:
    """For each such namespace the policy that is missing: a `TrafficPolicy` without a name, which limits nothing.

    It stands where the first workload of the namespace stands. Workloads that name no namespace are one group, as
    are policies that name none. Documents of other formats are passed over.
    """
    first = dict[str, tuple[Document, Subject]]()
    covered = set[str]()
    for document in documents:
        for subject in document.subjects:
            model = subject.model
            if subject.scope is not Scope.KUBERNETES:
                continue
            if isinstance(model, TrafficPolicy) and model.selects_all:
                covered.add(model.namespace)
            elif isinstance(model, Service):
                first.setdefault(model.namespace, (document, subject))
    for namespace, (document, subject) in first.items():
        if namespace not in covered:
            yield _missing(namespace), document.place(subject, "namespace")


def _missing(namespace: str) -> Subject:
    model = TrafficPolicy(
        name="",
        namespace=namespace,
        selects_all=False,
        ingress=False,
        egress=False,
        allows_all_ingress=False,
        allows_all_egress=False,
    )
    title = f"Namespace {namespace}" if namespace else "the namespace that these are applied to"
    return Subject(scope=Scope.KUBERNETES, name=title, model=model, unknown=frozenset())
