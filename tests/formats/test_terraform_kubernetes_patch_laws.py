"""Law 2 for Kubernetes in Terraform: what a patch writes is read back as what was wanted, in blocks and in objects."""

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.kubernetes_kit import texts
from formats.terraform_kubernetes_kit import lined, objects, typed, whole
from formats.test_kubernetes_patch_laws import CHANGES
from ringfence.formats import terraform
from ringfence.formats.document import Document, applied
from ringfence.formats.kubernetes.align import changes
from ringfence.models.service import Service

law = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
FORMS = st.sampled_from([typed, whole, lined])
#: Why something may be left.
REASONS = re.compile(
    r"the provider has no field for it|a dynamic block makes it|no container mounts it|the pod says it for all"
    r"|the request would be above|Kubernetes takes it from no container|where the program's data should stand"
)


def load(text: str) -> Document:
    return terraform.load(text, "main.tf", lambda path: None)


@law
@given(
    text=texts(), form=st.sampled_from([typed, whole, lined]), newline=st.sampled_from(["\n", "\r\n"]), data=st.data()
)
def test_what_is_written_is_read_back(text: str, form: Any, newline: str, data: st.DataObject) -> None:
    """Any few changes of a container, in either form; what is left has its reason, the rest is as wanted."""
    hcl = form(objects(text)) or whole(objects(text))
    document = load(hcl.replace("\n", newline))
    assert document.unread == ()
    workloads = [one for one in document.subjects if isinstance(one.model, Service)]
    subject = data.draw(st.sampled_from(workloads), label="subject")
    names = data.draw(st.lists(st.sampled_from(sorted(CHANGES)), unique=True, min_size=1, max_size=6), label="changes")
    wanted: Any = subject.model
    for name in names:
        wanted = CHANGES[name](wanted)
    patch = document.patch(subject, wanted)
    new = applied(document.text, patch.edits)
    assert all(REASONS.match(why) for _, why in patch.left), (patch.left, new)
    again = load(new)
    assert again.unread == (), new
    read = next(one.model for one in again.subjects if one.name == subject.name)
    wrong = [one for one in changes(read, wanted) if one[0] not in dict(patch.left)]
    assert wrong == [], new
    assert new.count("\n") == new.count("\r\n") or newline == "\n"
