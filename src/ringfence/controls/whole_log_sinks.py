"""A sink exports every log entry.

Logs are kept for a month, or for a year and a day. An entry that no sink exports is gone when somebody looks for it.

Bad, terraform:

    resource "google_logging_project_sink" "errors" {
      name        = "errors"
      destination = "storage.googleapis.com/shop-logs"
      filter      = "severity >= ERROR"
    }

Good, terraform:

    resource "google_logging_project_sink" "errors" {
      name        = "errors"
      destination = "storage.googleapis.com/shop-logs"
      filter      = "severity >= ERROR"
    }

    resource "google_logging_project_sink" "all" {
      name        = "all"
      destination = "storage.googleapis.com/shop-archive"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.watching import LogExport


def faults(model: LogExport) -> Iterator[Fault]:
    """A sink exports every log entry."""
    if not model.whole:
        yield Fault(path="whole", found="every sink filters entries", want=_QUESTION)


_QUESTION = Decision("where should all entries go? add a sink without a filter")


CONTROL = Control(
    id="whole-log-sinks",
    title="A sink exports every log entry",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("whole",),
    references=(
        cis_gcp("2.2"),
        terraform("google/r/logging_project_sink"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("LogExport",),
    standards=frozenset({Standard.CIS_GCP}),
)
