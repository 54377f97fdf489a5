"""Mail is sent over TLS only.

If TLS is only attempted, somebody between two mail servers can strip it and read along.

Bad, terraform:

    resource "aws_ses_configuration_set" "shop" {
      name = "shop"
    }

Good, terraform:

    resource "aws_ses_configuration_set" "shop" {
      name = "shop"
      delivery_options {
        tls_policy = "Require"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.messaging import MailSetting


def faults(model: MailSetting) -> Iterator[Fault]:
    """TLS must be required."""
    if model.tls_required is False:
        yield Fault(path="tls_required", found="mail is sent without TLS if the receiver offers none", want=True)


CONTROL = Control(
    id="tls-mail",
    title="Mail is sent over TLS only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tls_required",),
    references=(
        aws("ses/latest/dg/security-protocols"),
        terraform("aws/r/ses_configuration_set"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("MailSetting",),
    standards=frozenset({Standard.DEFAULT}),
)
