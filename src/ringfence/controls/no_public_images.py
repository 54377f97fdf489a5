"""Images and snapshots are shared with named accounts only.

Every customer of the cloud can copy a public image or snapshot, with everything that was ever written to its disk.

Bad, terraform:

    resource "aws_ami_launch_permission" "all" {
      image_id = aws_ami.app.id
      group    = "all"
    }

Good, terraform:

    resource "aws_ami_launch_permission" "partner" {
      image_id   = aws_ami.app.id
      account_id = "123456789012"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.storage import Share


def faults(model: Share) -> Iterator[Fault]:
    """Nothing is given to everybody."""
    if model.public:
        yield Fault(path="public", found="anybody may use it", want=_QUESTION)


_QUESTION = Decision("which accounts need access?")


CONTROL = Control(
    id="no-public-images",
    title="Images and snapshots are shared with named accounts only",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        aws_hub("EC2.1"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Share",),
    standards=frozenset({Standard.DEFAULT}),
)
