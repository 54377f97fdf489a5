"""Start-up scripts of machines are readable.

Nobody who reviews a base64 script reads it. Terraform encodes by itself where that is needed: with user_data, or with
base64encode over a file.

Bad, terraform:

    resource "aws_instance" "shop" {
      ami              = "ami-0123456789abcdef0"
      instance_type    = "t3.micro"
      user_data_base64 = "IyEvYmluL3NoCnN5c3RlbWN0bCBzdGFydCBzaG9wCg=="
    }

Good, terraform:

    resource "aws_instance" "shop" {
      ami           = "ami-0123456789abcdef0"
      instance_type = "t3.micro"
      user_data     = <<-START
        #!/bin/sh
        systemctl start shop
      START
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """No script may stand encoded in the file."""
    for index, (name, text) in enumerate(model.user_data):
        if name == "encoded" and text.startswith("#!"):
            yield Fault(path=f"user_data[{index}]", found="the script is encoded as base64", want=_QUESTION)


_QUESTION = Decision("write the script in plain text in user_data")


CONTROL = Control(
    id="readable-start-scripts",
    title="Start-up scripts of machines are readable",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("user_data",),
    references=(
        aws("AWSEC2/latest/UserGuide/user-data"),
        terraform("aws/r/instance"),
        cwe(506),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT}),
)
