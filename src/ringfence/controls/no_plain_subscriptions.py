"""Topics deliver over encrypted connections only.

A subscription with protocol `http` sends every message in plain text, as well as the confirmation that activates it.

Bad, terraform:

    resource "aws_sns_topic_subscription" "shop" {
      topic_arn = aws_sns_topic.alerts.arn
      protocol  = "http"
      endpoint  = "http://shop.example.com/alerts"
    }

Good, terraform:

    resource "aws_sns_topic_subscription" "shop" {
      topic_arn = aws_sns_topic.alerts.arn
      protocol  = "https"
      endpoint  = "https://shop.example.com/alerts"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.messaging import Subscription


def faults(model: Subscription) -> Iterator[Fault]:
    """What is sent must go over TLS."""
    if model.plain:
        yield Fault(path="plain", found="it sends over HTTP without TLS", want=_QUESTION)


_QUESTION = Decision("at which HTTPS address does the receiver listen?")


CONTROL = Control(
    id="no-plain-subscriptions",
    title="Topics deliver over encrypted connections only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("plain",),
    references=(
        terraform("aws/r/sns_topic_subscription"),
        aws("sns/latest/dg/sns-security-best-practices"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Subscription",),
    standards=frozenset({Standard.DEFAULT}),
)
