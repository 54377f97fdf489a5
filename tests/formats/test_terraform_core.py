"""Terraform's own blocks: backends, required providers, modules, providers, variables."""

from typing import Any

import pytest

from formats.aws_kit import check
from ringfence.formats import hcl, terraform
from ringfence.formats.terraform import view

BACKENDS = "encrypted-state tls-state locked-state no-secrets-in-backends"


def test_backends() -> None:
    """What a backend does not say may be given to `init`; one without its place gets everything there."""
    check(BACKENDS, 'terraform {\n  backend "s3" {}\n}\n')
    check(BACKENDS, 'terraform {\n  backend "local" {\n    path = "x.tfstate"\n  }\n}\n')
    check(BACKENDS, 'terraform {\n  cloud {\n    organization = "example"\n  }\n}\n')
    check(BACKENDS, 'terraform {\n  backend "gcs" {\n    bucket = "state"\n  }\n}\n')
    check(
        BACKENDS,
        """
terraform { # encrypted-state, locked-state
  backend "s3" {
    bucket     = "state"
    access_key = "AKIA2E0A8F3B4C5D6E7F" # no-secrets-in-backends
  }
}
""",
    )
    check(
        BACKENDS,
        """
terraform {
  backend "s3" {
    bucket         = "state"
    encrypt        = true
    dynamodb_table = "locks"
  }
}
""",
    )
    check(
        BACKENDS,
        """
terraform {
  backend "http" {
    address                = "http://state.example.com" # tls-state
    skip_cert_verification = true # tls-state
    username               = "ci"
  }
}
""",
    )


def test_required_providers() -> None:
    """A provider that is given by the caller, or is built in, needs no version."""
    check(
        "provider-versions",
        """
terraform {
  required_providers {
    aws     = "~> 6.0"
    builtin = { source = "terraform.io/builtin/terraform" }
    google  = { source = "hashicorp/google", version = "7.1.0" }
    passed  = { source = "hashicorp/aws", configuration_aliases = [aws.other] }
    random  = { source = "hashicorp/random" } # provider-versions
  }
}
""",
    )


@pytest.mark.parametrize(
    ("source", "version", "controls"),
    [
        ("./network", "", ""),
        ("../network", "", ""),
        ("terraform-aws-modules/vpc/aws", "", "pinned-modules"),
        ("terraform-aws-modules/vpc/aws", "5.8.1", ""),
        ("terraform-aws-modules/vpc/aws", "~> 5.8", ""),
        ("terraform-aws-modules/vpc/aws", ">= 5.0", "pinned-modules"),
        ("terraform-aws-modules/vpc/aws", ">= 5.0, < 6.0", ""),
        ("registry.example.com/team/vpc/aws", "", "pinned-modules"),
        ("github.com/example/network", "", "pinned-modules, modules-by-commit"),
        ("git@github.com:example/network.git", "", "pinned-modules, modules-by-commit"),
        ("git::https://git.example.com/network.git?ref=main", "", "pinned-modules, modules-by-commit"),
        ("git::https://git.example.com/network.git?ref=v1.2.0", "", "modules-by-commit"),
        ("git::https://git.example.com/network.git//sub?depth=1&ref=5f1d7a84c2b3e6d9f0a1b2c3d4e5f60718293a4b", "", ""),
        (
            "git::http://git.example.com/network.git?ref=5f1d7a84c2b3e6d9f0a1b2c3d4e5f60718293a4b",
            "",
            "tls-modules",
        ),
        ("git::ssh://git@git.example.com/network.git?ref=5f1d7a84c2b3e6d9f0a1b2c3d4e5f60718293a4b", "", ""),
        ("https://example.com/network.zip", "", ""),
        ("http://example.com/network.zip", "", "tls-modules"),
        ("s3::https://s3-eu-west-1.amazonaws.com/modules/network.zip", "", ""),
    ],
)
def test_sources_of_modules(source: str, version: str, controls: str) -> None:
    """Where the code comes from, and whether it can change without being seen."""
    there = set(filter(None, controls.split(", ")))
    line = ", ".join(sorted(there)) if not version else ""
    at_version = ", ".join(sorted(there)) if version else ""
    registry = source.startswith(("terraform-aws-modules/", "registry."))
    text = f'module "a" {{{" # " + line if registry and line else ""}\n'
    text += f'  source = "{source}"{" # " + line if not registry and line else ""}\n'
    if version:
        text += f'  version = "{version}"{" # " + at_version if at_version else ""}\n'
    check("pinned-modules modules-by-commit tls-modules", text + "}\n")


def test_providers() -> None:
    """Credentials that stand in the file; not those of a stand-in that nobody checks, nor variables."""
    check(
        "no-secrets-in-providers verified-providers",
        """
variable "token" { sensitive = true }

provider "aws" {
  access_key = "AKIAIOSFODNN7EXAMPLE" # no-secrets-in-providers
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" # no-secrets-in-providers
}

provider "aws" {
  alias                       = "local"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
}

provider "github" {
  token = var.token
}

provider "kubernetes" {
  host     = "https://cluster.example.com"
  insecure = true # verified-providers
}
""",
    )


def test_defaults_of_variables() -> None:
    """A name alone is no secret, nor is what must be filled in."""
    check(
        "no-secrets-in-variables",
        """
variable "db_password" {
  default = "vT9-kQz7.mB2x" # no-secrets-in-variables
}

variable "api_token" {
  default = ""
}

variable "admin_password" {
  type = string
}

variable "region" {
  default = "eu-west-1"
}

variable "key" {
  default = "ghp_16C7e42F292c6912E7710c838347Ae178B4a" # no-secrets-in-variables
}

variable "password_length" {
  default = 16
}
""",
    )


def test_what_a_call_passes_to_a_well_known_module() -> None:
    """What is passed is judged by the resource that it becomes; what is not passed is the module's default."""
    check(
        "encrypted-databases no-public-databases database-backups encrypted-queues immutable-tags scanned-images"
        " bounded-cluster-endpoint private-cluster-endpoint point-in-time-recovery",
        """
module "silent" { # database-backups
  source = "terraform-aws-modules/rds/aws"
}

module "database" {
  source                  = "terraform-aws-modules/rds/aws"
  version                 = "6.1.0"
  storage_encrypted       = false # encrypted-databases
  publicly_accessible     = true # no-public-databases
  backup_retention_period = 0 # database-backups
}

module "queue" {
  source                  = "registry.terraform.io/terraform-aws-modules/sqs/aws"
  sqs_managed_sse_enabled = false # encrypted-queues
}

module "images" {
  source                          = "terraform-aws-modules/ecr/aws"
  repository_image_tag_mutability = "MUTABLE" # immutable-tags
  repository_image_scan_on_push   = true
}

module "cluster" {
  source                               = "terraform-aws-modules/eks/aws"
  cluster_endpoint_public_access       = true # private-cluster-endpoint
  cluster_endpoint_public_access_cidrs = ["0.0.0.0/0"] # bounded-cluster-endpoint
}

module "table" {
  source                         = "terraform-aws-modules/dynamodb-table/aws"
  point_in_time_recovery_enabled = false # point-in-time-recovery
}

module "unlike" {
  source            = "terraform-aws-modules/unlike/aws"
  storage_encrypted = false
}
""",
    )


def test_what_links_cost_grows_with_the_resources_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many buckets, each with what stands beside it, are worked out with about twice as many evaluations."""

    def evaluations(count: int) -> int:
        seen = list[object]()

        def counting(expression: Any, names: Any) -> Any:
            seen.append(expression)
            return hcl.evaluate(expression, names)

        beside = "aws_s3_bucket_public_access_block", "aws_s3_bucket_versioning"
        text = "".join(
            f'resource "aws_s3_bucket" "b{number}" {{\n  bucket = "b-{number}"\n}}\n'
            + "".join(
                f'resource "{kind}" "b{number}" {{\n  bucket = aws_s3_bucket.b{number}.id\n}}\n' for kind in beside
            )
            for number in range(count)
        )
        monkeypatch.setattr(view, "evaluate", counting)
        document = terraform.load(text, "main.tf", lambda path: None)
        assert len(document.subjects) == 5 * count
        return len(seen)

    assert evaluations(80) < 3 * evaluations(40)
