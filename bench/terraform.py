"""The auditor on Terraform: 500 files of mixed size, and a repository of modules that call modules; Checkov beside it.

Checkov is measured where $RINGFENCE_BENCH_CHECKOV names its executable (from PyPI, in an environment of its own).
"""

import os
import shutil
import tempfile
from pathlib import Path

from bench.audit import OWN, rated, timed

_RESOURCES = """
resource "aws_security_group" "web_{n}" {{
  name        = "web-${{var.name}}-{n}"
  description = "Web servers of ${{local.stage}}"
  vpc_id      = var.vpc_id

  dynamic "ingress" {{
    for_each = var.ports
    content {{
      description = "port ${{ingress.value}}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]
    }}
  }}

  egress {{
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }}

  tags = merge(local.tags, {{ Name = "web-{n}" }})
}}

resource "aws_s3_bucket" "logs_{n}" {{
  bucket = "${{var.name}}-logs-{n}"
  tags   = local.tags
}}

resource "aws_s3_bucket_versioning" "logs_{n}" {{
  bucket = aws_s3_bucket.logs_{n}.id
  versioning_configuration {{
    status = "Enabled"
  }}
}}

resource "aws_iam_policy" "read_{n}" {{
  name = "read-{n}"
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket"]
      Resource = [aws_s3_bucket.logs_{n}.arn, "${{aws_s3_bucket.logs_{n}.arn}}/*"]
    }}]
  }})
}}

resource "aws_db_instance" "main_{n}" {{
  identifier          = "main-{n}"
  engine              = "postgres"
  instance_class      = var.sizes["db"]
  storage_encrypted   = true
  publicly_accessible = false
  skip_final_snapshot = true
}}
"""
_VARIABLES = """
variable "name" {
  type    = string
  default = "shop"
}

variable "vpc_id" {
  type = string
}

variable "ports" {
  type    = list(number)
  default = [80, 443]
}

variable "sizes" {
  type = map(string)
  default = {
    db  = "db.t3.medium"
    web = "t3.small"
  }
}

locals {
  stage = terraform.workspace
  tags = {
    Stage = local.stage
    Name  = var.name
  }
}
"""
_CALL = """
module "{name}" {{
  source   = "{source}"
  for_each = toset(["blue", "green"])
  name     = "${{var.name}}-{name}-${{each.key}}"
  vpc_id   = var.vpc_id
  ports    = [for p in var.ports : p + 1]
}}
"""


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    checkov = os.environ.get("RINGFENCE_BENCH_CHECKOV")
    folder = Path(tempfile.mkdtemp(prefix="ringfence-bench-terraform-"))
    rows = list[tuple[str, ...]]()
    try:
        for name, tree, files in (
            ("mixed .tf files", *_mixed(folder / "mixed", 50 if smoke else 500)),
            (".tf files of nested modules", *_nested(folder / "nested", 2 if smoke else 5)),
        ):
            own = timed([*OWN, str(tree)])
            peer = timed([checkov, "--quiet", "--compact", "-d", str(tree)]) if checkov else None
            if peer is not None:
                rows.append(rated(f"checkov, {files} {name}", files, peer, None))
            rows.append(rated(f"audit {files} {name}", files, own, peer))
        return rows
    finally:
        shutil.rmtree(folder)


def _mixed(folder: Path, size: int) -> tuple[Path, int]:
    """Folders of five files: variables, and one to three times the resources; 500 files have 4,000 and 1.1 MB."""
    for number in range(size):
        place = folder / f"stack-{number // 5}"
        place.mkdir(parents=True, exist_ok=True)
        part = number % 5
        text = _VARIABLES if part == 0 else "".join(_RESOURCES.format(n=f"{part}_{n}") for n in range(1 + number % 3))
        (place / f"part{part}.tf").write_text(text)
    return folder, size


def _nested(folder: Path, width: int) -> tuple[Path, int]:
    """A root that calls `width` modules, each of which calls `width` others, each twice: about 3 files a module."""
    files = 0

    def module(place: Path, calls: list[tuple[str, str]]) -> None:
        nonlocal files
        place.mkdir(parents=True)
        (place / "variables.tf").write_text(_VARIABLES)
        (place / "main.tf").write_text(_RESOURCES.format(n="a"))
        (place / "modules.tf").write_text("".join(_CALL.format(name=name, source=source) for name, source in calls))
        files += 3

    module(folder, [(f"m{n}", f"./modules/m{n}") for n in range(width)])
    for n in range(width):
        calls = [(f"s{m}", f"../s{n}_{m}") for m in range(width - 1)]
        module(folder / "modules" / f"m{n}", [*calls, ("shared", "../shared")])
        for m in range(width - 1):
            module(folder / "modules" / f"s{n}_{m}", [("shared", "../shared")])
    module(folder / "modules" / "shared", [])
    return folder, files
