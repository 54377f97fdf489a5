"""Keys are rotated automatically.

The longer a key is used, the more depends on it. The provider rotates it every year and keeps the old versions for
what they encrypted: nothing else has to change.

Bad, terraform:

    resource "aws_kms_key" "data" {
      description = "Data"
    }

Good, terraform:

    resource "aws_kms_key" "data" {
      description = "Data"
      enable_key_rotation = true
    }

Good, terraform:

    resource "aws_kms_key" "data" {
      description = "Data"
      key_usage = "SIGN_VERIFY"
      customer_master_key_spec = "RSA_4096"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cis_azure, cis_gcp, cwe
from ringfence.models.cloud.keys import Key


def faults(model: Key) -> Iterator[Fault]:
    """A key that can be rotated is."""
    if model.enabled and model.rotates is False:
        yield Fault(path="rotates", found="it is never rotated", want=True, rests_on=("enabled",))
    elif model.rotates and model.rotation_days > _LONGEST:
        yield Fault(path="rotation_days", found=f"it is rotated only every {model.rotation_days} days", want=_LONGEST)


_LONGEST = 365


CONTROL = Control(
    id="rotated-keys",
    title="Keys are rotated automatically",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "rotates",
        "rotation_days",
    ),
    references=(
        cis_azure("8.8"),
        cis_aws("3.6"),
        aws_hub("KMS.4"),
        cis_gcp("1.10"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Key",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS, Standard.CIS_GCP, Standard.CIS_AZURE}),
)
