"""Data job machines have no public addresses.

Everybody attacks a machine with a public address, and it can send what it reads anywhere.

Bad, terraform:

    resource "google_dataflow_job" "a" {
      name              = "a"
      template_gcs_path = "gs://shop/templates/copy"
      temp_gcs_location = "gs://shop/tmp"
    }

Good, terraform:

    resource "google_dataflow_job" "a" {
      name              = "a"
      template_gcs_path = "gs://shop/templates/copy"
      temp_gcs_location = "gs://shop/tmp"
      ip_configuration  = "WORKER_IP_PRIVATE"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.analytics import DataJob


def faults(model: DataJob) -> Iterator[Fault]:
    """Data job machines have no public addresses."""
    if model.private is False:
        yield Fault(path="private", found="its machines have public addresses", want=_QUESTION)


_QUESTION = Decision("in which network can it run without public addresses?")


CONTROL = Control(
    id="private-data-jobs",
    title="Data job machines have no public addresses",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("private",),
    references=(
        terraform("google/r/dataflow_job"),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DataJob",),
    standards=frozenset({Standard.DEFAULT}),
)
