"""Terraform in an audit: which of several instances is meant, what a type makes of a value, and override files."""

import time

import pytest

from audit.audit_desk import Folder
from ringfence.formats.terraform import module

BLOCKED = ["--only", "public-access-blocked"]
OPEN = ["--only", "no-public-databases"]

BLOCK = """\
resource "aws_s3_bucket_public_access_block" "it" {
  EACH
  bucket                  = BUCKET
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
"""
MODULE = """\
variable "name" {
  type = string
}

resource "aws_s3_bucket" "b" {
  bucket = "example-${var.name}"
}

output "name" {
  value = aws_s3_bucket.b.bucket
}

output "id" {
  value = aws_s3_bucket.b.id
}
"""


def subjects(folder: Folder, *words: str) -> list[str]:
    return [one["subject"] for one in folder.report("--fail-on", "never", *words)["findings"]]


def blocks(bucket: str, each: str = "") -> str:
    return BLOCK.replace("EACH", each).replace("BUCKET", bucket)


@pytest.mark.parametrize(
    ("bucket", "each", "bare"),
    [
        ('aws_s3_bucket.b["b"].id', "", ['aws_s3_bucket.b["a"]']),
        ('aws_s3_bucket.b["b"].bucket', "", ['aws_s3_bucket.b["a"]']),
        ('try(aws_s3_bucket.b["none"].id, aws_s3_bucket.b["a"].id)', "", ['aws_s3_bucket.b["b"]']),
        ("aws_s3_bucket.b[each.key].id", 'for_each = toset(["a"])', ['aws_s3_bucket.b["b"]']),
        ("each.value.id", "for_each = aws_s3_bucket.b", []),
        ("each.value.arn", 'for_each = { for k, v in aws_s3_bucket.b : k => v if k == "a" }', ['aws_s3_bucket.b["b"]']),
        ("each.value", "for_each = { for k, v in aws_s3_bucket.b : upper(k) => v.id }", []),
        ("values(aws_s3_bucket.b)[0].id", "", ['aws_s3_bucket.b["b"]']),
        ("aws_s3_bucket.b[var.unset].id", "", []),
        ("each.value.id", "for_each = var.unset", []),
    ],
)  # fmt: skip
def test_a_key_says_which_instance_is_meant(folder: Folder, bucket: str, each: str, bare: list[str]) -> None:
    """What names one instance is about that one alone; what nobody can tell may be about all."""
    made = 'resource "aws_s3_bucket" "b" {\n  for_each = { a = "one", b = "two" }\n  bucket   = each.value\n}\n\n'
    folder.write("main.tf", 'variable "unset" {}\n\n' + made + blocks(bucket, each))
    assert subjects(folder, *BLOCKED) == bare


@pytest.mark.parametrize(
    ("bucket", "each", "bare"),
    [
        ("aws_s3_bucket.b[1].id", "", ["aws_s3_bucket.b[0]"]),
        ("aws_s3_bucket.b[count.index].id", "count = 2", []),
        ("aws_s3_bucket.b[count.index].id", "count = length(aws_s3_bucket.b)", []),
        ("aws_s3_bucket.b[*].id", "", []),
        ("one(aws_s3_bucket.none[*].id) == null ? aws_s3_bucket.b[0].id : 1", "", ["aws_s3_bucket.b[1]"]),
    ],
)
def test_a_number_says_which_instance_is_meant(folder: Folder, bucket: str, each: str, bare: list[str]) -> None:
    """The same for instances that are counted; those of a count of nought are none."""
    made = 'resource "aws_s3_bucket" "b" {\n  count  = 2\n  bucket = "example-${count.index}"\n}\n\n'
    made += 'resource "aws_s3_bucket" "none" {\n  count = 0\n}\n\n'
    folder.write("main.tf", made + blocks(bucket, each))
    assert subjects(folder, *BLOCKED) == bare


@pytest.mark.parametrize(
    ("count", "first"),
    [('"2"', ["[0]"]), ('"1"', [""]), ('"0"', []), ("2", ["[0]"]), ('"-1"', [""]), ("var.unset", [""])],
)
def test_a_count_may_be_a_text(folder: Folder, count: str, first: list[str]) -> None:
    """Digits are a number; what is none may be any, and one instance stands for all."""
    folder.write("main.tf", f'variable "unset" {{}}\n\nresource "aws_s3_bucket" "b" {{\n  count = {count}\n}}\n')
    assert subjects(folder, *BLOCKED) == [f"aws_s3_bucket.b{key}" for key in first]


@pytest.mark.parametrize(
    ("bucket", "each", "bare"),
    [
        ('module.b["b"].name', "", ['module.b["a"].aws_s3_bucket.b']),
        ('module.b["b"].id', "", ['module.b["a"].aws_s3_bucket.b']),
        ("each.value.id", "for_each = module.b", []),
        ("each.value", "for_each = { for k, v in module.b : k => v.name }", []),
        ("values(module.b)[1].id", "", ['module.b["a"].aws_s3_bucket.b']),
        ("module.b[var.unset].id", "", []),
    ],
)
def test_a_key_says_which_module_is_meant(folder: Folder, bucket: str, each: str, bare: list[str]) -> None:
    """What a module gives back is that of the instance that is asked."""
    call = 'module "b" {\n  source   = "./m"\n  for_each = toset(["a", "b"])\n  name     = each.key\n}\n\n'
    folder.write("main.tf", 'variable "unset" {}\n\n' + call + blocks(bucket, each))
    folder.write("m/main.tf", MODULE)
    assert subjects(folder, *BLOCKED) == bare


def test_a_document_is_that_of_its_key(folder: Folder) -> None:
    """A policy that takes one of several documents is judged by that one."""
    folder.write(
        "main.tf",
        """\
data "aws_iam_policy_document" "d" {
  for_each = { wide = "*", narrow = "s3:GetObject" }
  statement {
    actions   = [each.value]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.d["KEY"].json
}
""".replace("KEY", "narrow"),
    )
    only = ["--only", "no-full-access-policies"]
    assert subjects(folder, *only) == ['data.aws_iam_policy_document.d["wide"]']


TYPED = """\
variable "it" {
  type = TYPE
}

resource "aws_db_instance" "d" {
  publicly_accessible = SAID
}
"""


@pytest.mark.parametrize(
    ("kind", "given", "said", "found"),
    [
        ("bool", '"true"', "var.it == true", True),
        ("bool", '"false"', "var.it == true", False),
        ("number", '"22"', "var.it == 22", True),
        ("string", "22", 'var.it == "22"', True),
        ('"string"', "22", 'var.it == "22"', True),
        ("set(string)", '["a", "a"]', "length(var.it) == 1", True),
        ("list(string)", '["a", "a"]', "length(var.it) == 1", False),
        ("list(number)", '["1"]', "var.it[0] == 1", True),
        ("list(any)", '["1", 1]', 'var.it[1] == "1"', True),
        ("map(any)", '{ a = true, b = "x" }', 'var.it.a == "true"', True),
        ("map(bool)", '{ a = "true" }', "var.it.a == true", True),
        ("object({ a = bool })", '{ a = "true", b = "x" }', "var.it.a == true", True),
        ("object({ a = bool })", "{ a = true, b = true }", 'lookup(var.it, "b", false)', False),
        ("object({ a = optional(number) })", '{ a = "1" }', "var.it.a == 1", True),
        ('object({ a = optional(bool, "true") })', "{}", "var.it.a == true", True),
        ("tuple([string, bool])", '["x", "true"]', "var.it[1] == true", True),
        ("tuple([bool])", '["true", "x"]', 'var.it[0] == "true"', True),
        ("tuple(bool)", '["true"]', 'var.it[0] == "true"', True),
        ("any", '"true"', "var.it == true", False),
        ("bool", '"neither"', "var.it == true", False),
        ("list(bool)", "null", "var.it == null", True),
    ],
)
def test_a_value_is_of_the_type_of_its_variable(folder: Folder, kind: str, given: str, said: str, found: bool) -> None:
    """What is given is turned into the type that is asked for, as Terraform does; files of values are no different."""
    folder.write("main.tf", f'module "m" {{\n  source = "./m"\n  it     = {given}\n}}\n')
    folder.write("m/main.tf", TYPED.replace("TYPE", kind).replace("SAID", said))
    assert bool(subjects(folder, *OPEN)) is found
    (folder.path / "main.tf").unlink()
    folder.write("m/terraform.tfvars", f"it = {given}\n")
    assert bool(subjects(folder, *OPEN)) is found


MAIN = """\
resource "aws_security_group" "g" {
  description = "d"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_db_instance" "d" {
  publicly_accessible = false # as it was
}
"""


def test_override_files(folder: Folder) -> None:
    """An override file replaces attributes, and all blocks of a type, dynamic ones too. Findings point to it, or to
    the block that it overrides; fixes leave both alone."""
    folder.write("main.tf", MAIN)
    rule = 'from_port = 22\n    to_port = 22\n    protocol = "tcp"\n    cidr_blocks = ["RANGE"]\n'
    whole = 'resource "aws_security_group" "g" {\n  ingress {\n    ' + rule + "  }\n}\n"
    only = [*OPEN, "--only", "no-public-admin-ports"]
    assert folder.found(*only) == [("no-public-admin-ports", "main.tf", 8)]
    folder.write("override.tf", whole.replace("RANGE", "10.0.0.0/8"))
    assert folder.found(*only) == []
    each = 'dynamic "ingress" {\n    for_each = [1]\n    content {\n    '
    folder.write("override.tf", whole.replace("ingress {\n    ", each).replace("RANGE", "10.0.0.0/8") + "}\n")
    assert folder.found(*only) == []
    folder.write("override.tf", whole.replace("RANGE", "::/0"))
    opened = folder.write("x_override.tf", 'resource "aws_db_instance" "d" {\n  publicly_accessible = true\n}\n')
    assert sorted(folder.found(*only)) == [
        ("no-public-admin-ports", "override.tf", 6),
        ("no-public-databases", "main.tf", 12),
    ]
    before = opened.read_text()
    folder.audit("--fix", "--unsafe-fixes", *OPEN)
    assert (folder.path / "main.tf").read_text() == MAIN
    assert opened.read_text() == before
    assert "not fixed: x_override.tf says it" in folder.err


def test_items_of_a_list_are_numbered_and_those_of_a_set_are_their_own_keys(folder: Folder) -> None:
    """In a dynamic block the key of a list's item is its number."""
    folder.write(
        "main.tf",
        """\
resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = PORTS
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ingress.key == KEY ? ["0.0.0.0/0"] : ["10.0.0.0/8"]
    }
  }
}
""",
    )
    text = (folder.path / "main.tf").read_text()
    for ports, key, found in (
        ('["22", "443"]', "0", True),
        ('["22", "443"]', '"22"', False),
        ('toset(["22", "443"])', '"22"', True),
        ('{ ssh = "22" }', '"ssh"', True),
    ):
        folder.write("main.tf", text.replace("PORTS", ports).replace("KEY", key))
        assert bool(folder.found("--only", "no-public-admin-ports")) is found


def test_paths_are_seen_from_the_root(folder: Folder) -> None:
    """A path may be passed on: it leads to the same file in each module."""
    wide = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
    folder.write("live/policies/wide.json", wide)
    folder.write("modules/m/own.json", wide)
    folder.write(
        "live/main.tf", 'module "m" {\n  source = "../modules/m"\n  file   = "${path.module}/policies/wide.json"\n}\n'
    )
    body = 'resource "aws_iam_policy" "p" {\n  policy = file(PATH)\n}\n\nvariable "file" {}\n'
    for path, found in (
        ("var.file", True),
        ('"${path.root}/policies/wide.json"', True),
        ('"${path.cwd}/policies/wide.json"', True),
        ('"${path.module}/own.json"', True),
        ('"own.json"', True),
        ('"${path.module}/policies/wide.json"', False),
    ):
        folder.write("modules/m/main.tf", body.replace("PATH", path))
        assert bool(folder.found("--only", "no-full-access-policies")) is found, path


BY_DEFAULT = {
    "aws_ebs_encryption_by_default": ("enabled = true", "encrypted-volumes"),
    "aws_ec2_instance_metadata_defaults": ('http_tokens = "required"', "metadata-tokens"),
    "aws_s3_account_public_access_block": (
        "\n".join(f"{one} = true" for one in BLOCK.split() if "_public" in one and one.islower()),
        "public-access-blocked",
    ),
    "aws_ecr_registry_scanning_configuration": (
        'scan_type = "BASIC"\nrule {\nscan_frequency = "SCAN_ON_PUSH"\n}',
        "scanned-images",
    ),
}
JUDGED = """\
resource "aws_ebs_volume" "it" {
  availability_zone = "eu-west-1a"
}

resource "aws_instance" "it" {
  ami = "ami-1"
}

resource "aws_s3_bucket" "it" {
  bucket = "example"
}

resource "aws_ecr_repository" "it" {
  name = "example"
}
"""


@pytest.mark.parametrize("kind", BY_DEFAULT)
def test_what_holds_for_an_account_holds_in_all_modules(folder: Folder, kind: str) -> None:
    """A setting of the account counts wherever in the configuration it stands; one that is not known is no finding."""
    said, control = BY_DEFAULT[kind]
    folder.write("m/main.tf", JUDGED)
    folder.write("main.tf", 'module "m" {\n  source = "./m"\n}\n')
    assert len(subjects(folder, "--only", control)) == 1
    setting = f'resource "{kind}" "it" {{\n{said}\n}}\n'
    folder.write("account/main.tf", setting)
    folder.write("main.tf", 'module "m" {\n  source = "./m"\n}\n\nmodule "account" {\n  source = "./account"\n}\n')
    assert subjects(folder, "--only", control) == []
    folder.write("main.tf", 'module "m" {\n  source = "./m"\n}\n\n' + setting)
    assert subjects(folder, "--only", control) == []


def test_a_setting_through_another_provider_is_of_another_account(folder: Folder) -> None:
    """A provider with an alias leads to another account or region: what is set there is not set here."""
    setting = 'resource "aws_ebs_encryption_by_default" "it" {\n  PROVIDER\n}\n\n'
    disk = 'resource "aws_ebs_volume" "it" {\n  PROVIDER\n  availability_zone = "eu-west-1a"\n}\n'
    for there, here, found in (
        ("", "", False),
        ("aws.us", "", True),
        ("aws.us", "aws.us", False),
        ("", "aws.us", True),
    ):
        both = [
            text.replace("PROVIDER", f"provider = {said}" if said else "")
            for text, said in ((setting, there), (disk, here))
        ]
        folder.write("main.tf", "".join(both))
        assert bool(folder.found("--only", "encrypted-volumes")) is found


def test_tokens_that_nobody_knows_of(folder: Folder) -> None:
    """A machine that says itself that no token is needed does; one that says nothing may need one."""
    defaults = (
        'variable "unset" {}\n\nresource "aws_ec2_instance_metadata_defaults" "it" {\n  http_tokens = SAID\n}\n\n'
    )
    machine = 'resource "aws_instance" "it" {\n  ami = "ami-1"\nOWN}\n'
    own = '  metadata_options {\n    http_tokens = "optional"\n  }\n'
    for said, mine, found in (
        ("var.unset", "", False), ("var.unset", own, True), ('"required"', own, True), ('"optional"', "", True),
        ('"required"', "", False),
    ):  # fmt: skip
        folder.write("main.tf", defaults.replace("SAID", said) + machine.replace("OWN", mine))
        assert bool(folder.found("--only", "metadata-tokens")) is found


def test_files_of_a_folder(folder: Folder) -> None:
    """What stands in files that a pattern names is read; patterns over folders below are not followed."""
    wide = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
    folder.write("policies/wide.json", wide)
    folder.write("policies/narrow.json", wide.replace('"*"', '"s3:GetObject"', 1))
    folder.write("policies/other.txt", wide)
    text = """\
resource "aws_iam_policy" "p" {
  for_each = fileset(FOLDER, PATTERN)
  policy   = file("${path.module}/policies/${basename(each.value)}")
}
"""
    for at, pattern, found in (
        ('"${path.module}/policies"', '"*.json"', ['aws_iam_policy.p["wide.json"]']),
        ("path.module", '"policies/w*.js?n"', ['aws_iam_policy.p["policies/wide.json"]']),
        ("path.module", '"policies/n*.json"', []),
        ("path.module", '"**/*.json"', []),
        ("path.module", '"{policies}/*.json"', []),
        ('"none"', '"*.json"', []),
    ):
        folder.write("main.tf", text.replace("FOLDER", at).replace("PATTERN", pattern))
        assert subjects(folder, "--only", "no-full-access-policies") == found


def test_a_module_that_is_called_no_times(folder: Folder) -> None:
    """What a module gives back that is not called is not there: what else was tried counts."""
    folder.write("m/main.tf", MODULE)
    for count, said, found in (
        ("count = 0", 'try(module.b[0].name, "none") == "none"', True),
        ("count = 0", "length(module.b) == 0", True),
        ("for_each = {}", "length(module.b) == 1", False),
        ("count = 1", 'try(module.b[0].name, "none") == "none"', False),
        ("count = var.unset", 'try(module.b[0].name, "none") == "none"', False),
    ):
        folder.write(
            "main.tf",
            f'variable "unset" {{}}\n\nmodule "b" {{\n  source = "./m"\n  {count}\n  name = "x"\n}}\n\n'
            f'resource "aws_db_instance" "d" {{\n  publicly_accessible = {said}\n}}\n',
        )
        assert bool(subjects(folder, *OPEN)) is found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("= false # a\nname              = 12345 # b", "= true  # a\nname              = 12345 # b"),
        ("= false # a\n  encrypted       = 1 # b", "= true # a\n  encrypted       = 1 # b"),
        ("= false # a\n\n# b", "= true # a\n\n# b"),
        ("= false\nname              = 12345 # b", "= true\nname              = 12345 # b"),
        ("= false // a\nname              = 12345 // b", "= true  // a\nname              = 12345 // b"),
        ("= false /* a */", "= true /* a */"),
    ],
)
def test_remarks_stay_in_line(folder: Folder, before: str, after: str) -> None:
    """A value that is written anew leaves the remark behind it where it is, if those around stand there too."""
    text = 'resource "aws_db_instance" "d" {\n# z\nstorage_encrypted IT\n}\n'
    file = folder.write("main.tf", text.replace("IT", before))
    folder.audit("--fix", "--unsafe-fixes", "--only", "encrypted-databases")
    assert file.read_text() == text.replace("IT", after)


def test_what_modules_give_back_is_worked_out_once(folder: Folder) -> None:
    """However often all instances of a module are asked for all that they give back."""
    outputs = "\n".join(
        f'output "o{one}" {{\n  value = "${{var.name}}-${{join(",", [for x in range(100) : x])}}"\n}}'
        for one in range(50)
    )
    folder.write("m/main.tf", f'variable "name" {{}}\n\n{outputs}\n')
    each = 'toset([for x in range(10) : "k${x}"])'
    call = f'module "m" {{\n  source   = "./m"\n  for_each = {each}\n  name     = each.key\n}}\n'
    asking = (
        f'resource "aws_ebs_volume" "v{one}" {{\n  encrypted = length(values(module.m)[*].o1) == 10\n}}\n'
        for one in range(200)
    )
    folder.write("main.tf", call + "".join(asking))
    began = time.process_time()
    assert folder.found("--only", "encrypted-volumes") == []
    assert time.process_time() - began < 15


def test_files_of_opentofu(folder: Folder) -> None:
    """They are read as Terraform's own: also in JSON, and as override files."""
    folder.write("main.tofu", 'resource "aws_db_instance" "d" {\n  publicly_accessible = false\n}\n')
    assert folder.found(*OPEN) == []
    folder.write("x_override.tofu", 'resource "aws_db_instance" "d" {\n  publicly_accessible = true\n}\n')
    assert folder.found(*OPEN) == [("no-public-databases", "main.tofu", 1)]
    (folder.path / "x_override.tofu").unlink()
    folder.write("more.tofu.json", '{"resource": {"aws_db_instance": {"e": {"publicly_accessible": true}}}}')
    assert folder.found(*OPEN) == [("no-public-databases", "more.tofu.json", 1)]


def test_what_a_call_passes_is_looked_at_once(folder: Folder) -> None:
    """A list that holds another twice, and that a third twice, and so on, would be a billion items if written out."""
    lists = "".join(f"  a{one} = [local.a{one - 1}, local.a{one - 1}]\n" for one in range(1, 31))
    calls = "".join(f'module "m{one}" {{\n  source = "./m"\n  it     = local.a30\n}}\n' for one in range(20))
    folder.write("main.tf", f"locals {{\n  a0 = [var.unset]\n{lists}}}\n\n{calls}")
    folder.write("m/main.tf", TYPED.replace("TYPE", "any").replace("SAID", "length(var.it) == 2"))
    began = time.process_time()
    assert subjects(folder, *OPEN) == ["module.m0.aws_db_instance.d"]
    assert time.process_time() - began < 15


@pytest.mark.parametrize("each", ["for_each = { for x in range(200) : tostring(x) => x }", "count = 200"])
def test_every_instance_is_looked_at(folder: Folder, each: str) -> None:
    """One open rule among two hundred is found, and a bucket that stands far behind is known by its key."""
    number = "each.value" if "each" in each else "count.index"
    key = '"150"' if "each" in each else "150"
    made = f'resource "aws_s3_bucket" "b" {{\n  {each}\n  bucket = "example-${{{number}}}"\n}}\n\n'
    folder.write(
        "main.tf",
        f'resource "aws_security_group_rule" "in" {{\n  {each}\n  type        = "ingress"\n  protocol    = "tcp"\n'
        f"  from_port   = 22\n  to_port     = 22\n"
        f'  cidr_blocks = [{number} == 150 ? "0.0.0.0/0" : "10.0.0.0/8"]\n}}\n\n{made}'
        + blocks(f"aws_s3_bucket.b[{key}].id")
        + '\nresource "aws_db_instance" "d" {\n  publicly_accessible = length(aws_s3_bucket.b) == 200\n}\n',
    )
    only = ["--only", "no-public-admin-ports", *OPEN]
    assert subjects(folder, *only) == [f"aws_security_group_rule.in[{key}]", "aws_db_instance.d"]
    first = 'aws_s3_bucket.b["0"]' if "each" in each else "aws_s3_bucket.b[0]"
    assert subjects(folder, *BLOCKED)[0] == first
    folder.write("main.tf", made + blocks(f"aws_s3_bucket.b[{number}].id", each))
    assert subjects(folder, *BLOCKED) == []
    folder.write("main.tf", made + blocks(f"aws_s3_bucket.b[tostring({number})].id", each.replace("200", "1")))
    assert subjects(folder, *BLOCKED)[0] == first.replace("0", "1")


def test_too_many_instances_are_not_looked_at(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few of each are, and nobody takes them for all."""
    monkeypatch.setattr(module, "MAX_INSTANCES", 500)
    many = 'resource "aws_s3_bucket" "b{0}" {{\n  count  = 100000\n  bucket = "b{0}-${{count.index}}"\n}}\n'
    folder.write(
        "main.tf",
        "".join(many.format(one) for one in range(50))
        + 'resource "aws_db_instance" "d" {\n  publicly_accessible = length(aws_s3_bucket.b0) < 100000\n}\n',
    )
    assert subjects(folder, *OPEN) == []
    assert len(subjects(folder, *BLOCKED)) < 50 * 12 + 500
