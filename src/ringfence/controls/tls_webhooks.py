"""Webhooks verify the receiver's certificate.

Unless the certificate is verified, anybody on the way can read the message, and try to guess the signing secret at
leisure.

Bad, terraform:

    resource "github_repository_webhook" "build" {
      repository = "shop"
      events     = ["push"]

      configuration {
        url          = "https://build.example.com/"
        content_type = "json"
        insecure_ssl = true
      }
    }

Good, terraform:

    resource "github_repository_webhook" "build" {
      repository = "shop"
      events     = ["push"]

      configuration {
        url          = "https://build.example.com/"
        content_type = "json"
        insecure_ssl = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, github
from ringfence.models.cloud.code import Webhook


def faults(model: Webhook) -> Iterator[Fault]:
    """It goes by HTTPS, and the certificate is looked at."""
    if not model.verified:
        yield Fault(path="verified", found="the certificate is not verified", want=True)
    if model.plain:
        yield Fault(path="plain", found="it can be read on the way", want=_QUESTION)


_QUESTION = Decision("does it support HTTPS? then use that address")


CONTROL = Control(
    id="tls-webhooks",
    title="Webhooks verify the receiver's certificate",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "verified",
        "plain",
    ),
    references=(
        github("repository_webhook"),
        cwe(295),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Webhook",),
    standards=frozenset({Standard.DEFAULT}),
)
