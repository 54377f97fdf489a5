"""Listeners accept no weak ciphers.

Somebody who records traffic can decrypt RC4, single and triple DES, and export ciphers; anonymous ciphers let anybody
impersonate the server.

Bad, terraform:

    resource "aws_load_balancer_policy" "shop" {
      load_balancer_name = aws_elb.shop.name
      policy_name        = "shop"
      policy_type_name   = "SSLNegotiationPolicyType"

      policy_attribute {
        name  = "DES-CBC3-SHA"
        value = "true"
      }
    }

Good, terraform:

    resource "aws_load_balancer_policy" "shop" {
      load_balancer_name = aws_elb.shop.name
      policy_name        = "shop"
      policy_type_name   = "SSLNegotiationPolicyType"

      policy_attribute {
        name  = "DES-CBC3-SHA"
        value = "false"
      }

      policy_attribute {
        name  = "ECDHE-RSA-AES128-GCM-SHA256"
        value = "true"
      }
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.edge import ListenerCiphers

_WEAK = re.compile(
    r"(?:^|[-_])(?:RC[24]|ARCFOUR|DES|3DES|EXP[A-Z0-9]*|NULL|ADH|AECDH|anon|MD5|KRB5|IDEA|SEED|DSS)(?:[-_]|$)",
    re.IGNORECASE,
)


def faults(model: ListenerCiphers) -> Iterator[Fault]:
    """No weak cipher may be allowed."""
    for index, one in enumerate(model.ciphers):
        if one.taken and _WEAK.search(one.name):
            yield Fault(path=f"ciphers[{index}].taken", found=f"{one.name} is weak", want=False)


CONTROL = Control(
    id="strong-listener-ciphers",
    title="Listeners accept no weak ciphers",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("ciphers",),
    references=(
        aws("elasticloadbalancing/latest/classic/elb-ssl-security-policy"),
        cwe(327),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ListenerCiphers",),
    standards=frozenset({Standard.DEFAULT}),
)
