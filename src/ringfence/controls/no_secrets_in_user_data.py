"""Start-up scripts of machines contain no secrets.

User data can be read by anybody who may describe the machine, and by every program on it through the metadata
service. It is also in the state file and in the repository's history.

Bad, terraform:

    resource "aws_instance" "web" {
      ami           = data.aws_ami.debian.id
      instance_type = "t3.small"

      user_data = <<-EOT
        #!/bin/bash
        export DB_PASSWORD=vT9kQz7mB2xW4pLs
        /opt/app/start
      EOT
    }

Good, terraform:

    resource "aws_instance" "web" {
      ami           = data.aws_ami.debian.id
      instance_type = "t3.small"

      user_data = <<-EOT
        #!/bin/bash
        export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString --output text)
        /opt/app/start
      EOT
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.compute import Machine
from ringfence.secrets import named, secret_in


def faults(model: Machine) -> Iterator[Fault]:
    """No text that runs at the start holds a secret."""
    for index, (_, text) in enumerate(model.user_data):
        kind = _secret(text)
        if kind is not None:
            yield Fault(path=f"user_data[{index}]", found=f"its start-up script contains {kind}", want=_QUESTION)


def _secret(text: str) -> str | None:
    for line in text.splitlines()[:_LINES]:
        if "-----BEGIN " in line and " PRIVATE KEY" in line:
            return "a private key"
        for name, value in named(line.replace('"', "").replace("'", "").split()[:_WORDS]):
            kind = secret_in(name, value) if len(value) >= _SHORTEST else None
            if kind is not None:
                return kind
    return None


_LINES, _WORDS = 2000, 200
#: Shorter ones are words that stand for a secret.
_SHORTEST = 6
_QUESTION = Decision("rotate it, and let the machine fetch it from a secret store")


CONTROL = Control(
    id="no-secrets-in-user-data",
    title="Start-up scripts of machines contain no secrets",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("user_data",),
    references=(
        cwe(312),
        aws("AWSEC2/latest/UserGuide/user-data"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT}),
)
