"""Database servers keep an audit log.

A server writes its audit log only if a parameter says so, even if the cluster is configured to export that log.

Bad, terraform:

    resource "aws_docdb_cluster_parameter_group" "main" {
      name   = "orders"
      family = "docdb5.0"
      parameter {
        name  = "tls"
        value = "enabled"
      }
      parameter {
        name  = "audit_logs"
        value = "disabled"
      }
    }

Good, terraform:

    resource "aws_docdb_cluster_parameter_group" "main" {
      name   = "orders"
      family = "docdb5.0"
      parameter {
        name  = "tls"
        value = "enabled"
      }
      parameter {
        name  = "audit_logs"
        value = "enabled"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import OFF
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """A parameter of the audit log must not be off; where all are listed and the default is off, it must be on."""
    seen = False
    for index, setting in enumerate(model.settings):
        if setting.key in _ASKING:
            seen = True
            if setting.value in OFF:
                path, want = f"settings[{index}].value", _ASKING[setting.key]
                yield Fault(path=path, found=f"{setting.key} is {setting.value}", want=want)
    wanted = _MISSING.get(model.engine)
    if wanted and model.complete and not seen:
        yield Fault(path="settings", found=f"{wanted} is not set", want=Decision(f"set {wanted} to on"))


#: The parameter, and what turns it on.
_ASKING = {
    "audit_logs": "enabled",
    "neptune_enable_audit_log": "1",
    "enable_user_activity_logging": "true",
    "server_audit_logging": "1",
}
_MISSING = {"docdb": "audit_logs", "neptune": "neptune_enable_audit_log", "redshift": "enable_user_activity_logging"}


CONTROL = Control(
    id="audit-server-settings",
    title="Database servers keep an audit log",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        aws("documentdb/latest/developerguide/event-auditing"),
        aws("redshift/latest/mgmt/db-auditing"),
        terraform("aws/r/docdb_cluster_parameter_group"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT}),
)
