"""Database servers refuse connections without TLS.

Most database servers offer TLS but also accept clients without it. Only the parameter that requires it
(`rds.force_ssl`, `require_secure_transport`, `require_ssl`, `tls`) guarantees that no password travels in plain text.

Bad, terraform:

    resource "aws_redshift_parameter_group" "main" {
      name   = "reports"
      family = "redshift-1.0"
      parameter {
        name  = "require_ssl"
        value = "false"
      }
    }

Good, terraform:

    resource "aws_redshift_parameter_group" "main" {
      name   = "reports"
      family = "redshift-1.0"
      parameter {
        name  = "require_ssl"
        value = "true"
      }
    }

Bad, terraform:

    resource "aws_docdb_cluster_parameter_group" "main" {
      name   = "orders"
      family = "docdb5.0"
      parameter {
        name  = "audit_logs"
        value = "enabled"
      }
      parameter {
        name  = "tls"
        value = "disabled"
      }
    }

Good, terraform:

    resource "aws_docdb_cluster_parameter_group" "main" {
      name   = "orders"
      family = "docdb5.0"
      parameter {
        name  = "audit_logs"
        value = "enabled"
      }
      parameter {
        name  = "tls"
        value = "enabled"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import OFF
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """A parameter that asks for TLS must not be off; where all are listed and the default is off, it must be on."""
    seen = False
    for index, setting in enumerate(model.settings):
        if setting.key in _ASKING:
            seen = True
            if setting.value in OFF:
                path = f"settings[{index}].value"
                yield Fault(path=path, found=f"{setting.key} is {setting.value}", want=_on(setting.key))
        elif setting.key in _VERSIONS and any(one in _OLD for one in setting.value.replace(" ", "").split(",")):
            path = f"settings[{index}].value"
            yield Fault(path=path, found=f"{setting.key} takes {setting.value}", want=_VERSIONS[setting.key])
        elif setting.key == _PROTOCOLS:
            seen = True
            if setting.value != "ssl":
                path = f"settings[{index}].value"
                yield Fault(path=path, found=f"{setting.key} is {setting.value}", want="SSL")
    wanted = _MISSING.get(model.engine)
    if wanted and model.complete and not seen:
        yield Fault(
            path="settings",
            found=f"{wanted} is not set",
            want=Decision(f"do all clients support {wanted}? then use it"),
        )


def _on(key: str) -> str:
    return {"require_ssl": "true", "tls": "enabled", "require_secure_transport": "on"}.get(key, "1")


_ASKING = frozenset({"rds.force_ssl", "require_ssl", "require_secure_transport", "tls"})
#: Parameters that name versions of TLS, and what is written there.
_VERSIONS = {"tls_version": "TLSv1.2", "ssl_min_protocol_version": "TLSv1.2"}
_OLD = frozenset({"tlsv1", "tlsv1.0", "tlsv1.1"})
#: Which protocols a server of Db2 speaks.
_PROTOCOLS = "db2comm"
#: Engines that take plain connections where nothing is set.
_MISSING = {
    "plain-db2": "db2comm",
    "plain-mysql": "require_secure_transport",
    "plain-postgres": "rds.force_ssl",
    "plain-sqlserver": "rds.force_ssl",
    "redshift": "require_ssl",
}


CONTROL = Control(
    id="tls-server-settings",
    title="Database servers refuse connections without TLS",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        aws("AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL"),
        aws_hub("Redshift.2"),
        terraform("aws/r/redshift_parameter_group"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT}),
)
