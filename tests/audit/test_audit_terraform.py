"""Terraform in an audit: modules with their callers, values, links, fixes, plans, hostile files."""

import json
import re
import shutil
import subprocess

import pytest

from audit.audit_desk import Folder

OPEN = """\
resource "aws_security_group_rule" "in" {
  type              = "ingress"
  description       = "from everywhere"
  security_group_id = "sg-1"
  protocol          = "tcp"
  from_port         = var.port
  to_port           = var.port
  cidr_blocks       = var.ranges
}
"""
ADMIN = ["--only", "no-public-admin-ports"]


def variables(**defaults: str) -> str:
    return "".join(
        f'variable "{name}" {{\n' + (f"  default = {value}\n" if value else "") + "}\n"
        for name, value in defaults.items()
    )


def test_defaults_tfvars_and_what_nobody_says(folder: Folder) -> None:
    """A default counts, terraform.tfvars counts before it, and a variable without a value is never a finding."""
    folder.write("main.tf", OPEN)
    folder.write("variables.tf", variables(port="22", ranges='["0.0.0.0/0"]'))
    assert folder.found(*ADMIN) == [("no-public-admin-ports", "main.tf", 8)]
    folder.write("terraform.tfvars", 'ranges = ["10.0.0.0/8"]\n')
    assert folder.found(*ADMIN) == []
    folder.write("x.auto.tfvars", 'ranges = ["10.0.0.0/8", "::/0"]\n')
    assert folder.found(*ADMIN) == [("no-public-admin-ports", "main.tf", 8)]
    (folder.path / "x.auto.tfvars").unlink()
    (folder.path / "terraform.tfvars").unlink()
    folder.write("variables.tf", variables(port="22", ranges=""))
    assert folder.found(*ADMIN) == []


OPTIONAL = """\
variable "kept" {
  type = map(object({
    uniform = optional(bool, false)
    rules   = optional(list(object({ blocked = optional(string, "inherited") })), [{}])
    other   = optional(string)
  }))
  default = DEFAULT
}

resource "google_storage_bucket" "it" {
  for_each                    = var.kept
  uniform_bucket_level_access = each.value.uniform
  public_access_prevention    = each.value.rules[0].blocked
}
"""


@pytest.mark.parametrize(
    ("default", "found"),
    [
        ("{ a = {} }", ["public-access-blocked", "uniform-bucket-access"]),
        ("{ a = { uniform = null } }", ["public-access-blocked", "uniform-bucket-access"]),
        ("{ a = { uniform = true } }", ["public-access-blocked"]),
        ('{ a = { uniform = true, rules = [{ blocked = "enforced" }] } }', []),
        ("{}", []),
    ],
)
def test_what_an_object_leaves_out_is_what_its_type_says(folder: Folder, default: str, found: list[str]) -> None:
    """Attributes that are optional have the default of their type, however deep; the same where a call passes them."""
    controls = ["--only", "uniform-bucket-access", "--only", "public-access-blocked"]
    folder.write("main.tf", OPTIONAL.replace("DEFAULT", default))
    assert sorted(one for one, *_ in folder.found(*controls)) == found
    folder.write(
        "main.tf", OPTIONAL.replace("DEFAULT", '{ b = { uniform = true, rules = [{ blocked = "enforced" }] } }')
    )
    folder.write("caller/main.tf", f'module "a" {{\n  source = "../"\n  kept   = {default}\n}}\n')
    assert sorted(one for one, *_ in folder.found(*controls)) == found


def test_the_type_of_a_variable_is_read_in_json_too(folder: Folder) -> None:
    """There it is a text."""
    said = {"type": "map(object({ uniform = optional(bool, false) }))", "default": {"a": {}}}
    bucket = {"for_each": "${var.kept}", "uniform_bucket_level_access": "${each.value.uniform}"}
    whole = {"variable": {"kept": said}, "resource": {"google_storage_bucket": {"it": bucket}}}
    folder.write("main.tf.json", json.dumps(whole))
    assert [one for one, *_ in folder.found("--only", "uniform-bucket-access")] == ["uniform-bucket-access"]
    folder.write("main.tf.json", json.dumps(whole).replace("false)", "true)"))
    assert folder.found("--only", "uniform-bucket-access") == []


BUCKETS = 'resource "google_storage_bucket" "it" {\n  for_each                    = EACH\n  uniform_bucket_level_access = USED\n}\n'


@pytest.mark.parametrize(
    ("each", "used", "found"),
    [
        ("var.names", "false", 1),
        ("toset(local.all)", "false", 1),
        ("{ for one in var.names : one => one }", "false", 1),
        ("var.names", "each.value.uniform", 0),
        ("{}", "false", 0),
        ("toset(local.none)", "false", 0),
    ],
)
def test_what_is_made_for_each_of_an_empty_default_is_judged_once(
    folder: Folder, each: str, used: str, found: int
) -> None:
    """Who uses a module says what is wanted; an empty list that is written out, given, or passed by a call is none."""
    control = ["--only", "uniform-bucket-access"]
    folder.write("main.tf", BUCKETS.replace("EACH", each).replace("USED", used))
    folder.write("variables.tf", variables(names="[]") + "locals {\n  all  = var.names\n  none = []\n}\n")
    assert len(folder.found(*control)) == found
    folder.write("terraform.tfvars", "names = []\n")
    assert folder.found(*control) == []
    (folder.path / "terraform.tfvars").unlink()
    folder.write("caller/main.tf", 'module "a" {\n  source = "../"\n}\n')
    assert folder.found(*control) == []


@pytest.mark.parametrize("unsaid", ["protocol", "from_port", "to_port"])
def test_what_a_finding_rests_on_has_to_be_known(folder: Folder, unsaid: str) -> None:
    """Which port is open decides whether it is one of administration: half a range, or no protocol, does not say it."""
    known = OPEN.replace("var.port", "22").replace("var.ranges", '["0.0.0.0/0"]')
    folder.write("main.tf", known)
    assert folder.found(*ADMIN) == [("no-public-admin-ports", "main.tf", 8)]
    folder.write("main.tf", re.sub(rf"({unsaid} *=) .*", r"\1 var.unsaid", known) + variables(unsaid=""))
    assert folder.found(*ADMIN) == []


def test_a_called_module_is_judged_with_what_its_callers_give(folder: Folder) -> None:
    """Each caller's values count, once a place; alone it is judged only where nobody calls it."""
    folder.write("modules/rule/main.tf", OPEN + variables(port="22", ranges='["0.0.0.0/0"]'))
    folder.write("main.tf", 'module "a" {\n  source = "./modules/rule"\n  ranges = ["10.0.0.0/8"]\n}\n')
    assert folder.found(*ADMIN) == []
    folder.write("more.tf", 'module "b" {\n  source = "./modules/rule"\n  ranges = concat(["::/0"], [])\n}\n')
    [found] = folder.report(*ADMIN)["findings"]
    assert (found["place"]["file"], found["subject"]) == ("modules/rule/main.tf", "module.b.aws_security_group_rule.in")
    for name in ("main.tf", "more.tf"):
        (folder.path / name).unlink()
    assert folder.found(*ADMIN) == [("no-public-admin-ports", "modules/rule/main.tf", 8)]


def test_values_through_two_modules_and_back(folder: Folder) -> None:
    """An output of one module is the input of another; resources are linked through both."""
    folder.write("bucket/main.tf", 'resource "aws_s3_bucket" "b" {}\noutput "id" {\n  value = aws_s3_bucket.b.id\n}\n')
    folder.write(
        "block/main.tf",
        """\
variable "bucket" {}
resource "aws_s3_bucket_public_access_block" "x" {
  bucket                  = var.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
""",
    )
    folder.write("main.tf", 'module "b" {\n  source = "./bucket"\n}\n')
    only = ["--only", "public-access-blocked"]
    assert folder.found(*only) == [("public-access-blocked", "bucket/main.tf", 1)]
    folder.write("block.tf", 'module "x" {\n  source = "./block"\n  bucket = module.b.id\n}\n')
    assert folder.found(*only) == []


def test_what_is_said_in_another_module_counts(folder: Folder) -> None:
    """A private interface whose stage, and a table whose scaling, stand in modules of their own."""
    asked = ["--only", "filtered-apis", "--only", "scaled-tables", "--profile", "all"]
    folder.write(
        "things/main.tf",
        """\
resource "aws_api_gateway_rest_api" "a" {
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}
resource "aws_dynamodb_table" "t" {
  name = "orders"
}
output "api" {
  value = aws_api_gateway_rest_api.a.id
}
output "table" {
  value = aws_dynamodb_table.t.name
}
""",
    )
    folder.write(
        "around/main.tf",
        """\
variable "api" {}
variable "table" {}
resource "aws_api_gateway_stage" "s" {
  rest_api_id = var.api
}
resource "aws_appautoscaling_target" "r" {
  resource_id = "table/${var.table}"
}
resource "aws_appautoscaling_policy" "r" {
  resource_id = aws_appautoscaling_target.r.resource_id
}
""",
    )
    folder.write("main.tf", 'module "things" {\n  source = "./things"\n}\n')
    assert folder.found(*asked) == [("scaled-tables", "things/main.tf", 6)]
    folder.write(
        "more.tf",
        'module "around" {\n  source = "./around"\n  api    = module.things.api\n  table  = module.things.table\n}\n',
    )
    assert folder.found(*asked) == []


def test_names_in_a_called_module_are_its_own(folder: Folder) -> None:
    """A parameter that is no secret, and a group that nothing uses, are known as such in a module too."""
    asked = ["--only", "no-secrets-in-requests", "--only", "attached-firewalls", "--profile", "all"]
    folder.write("main.tf", 'module "m" {\n  source = "./m"\n  kind   = "String"\n}\n')
    folder.write(
        "m/main.tf",
        """\
variable "kind" {}
resource "aws_ssm_parameter" "p" {
  type = var.kind
}
data "http" "h" {
  url = "http://example.com?x=${aws_ssm_parameter.p.value}"
}
resource "aws_security_group" "used" {}
resource "aws_security_group" "left" {}
output "used" {
  value = aws_security_group.used.id
}
""",
    )
    assert folder.found(*asked) == [("attached-firewalls", "m/main.tf", 9)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("count = 0\n  ports = [22]\n", []),
        ("count = 2\n  ports = [22]\n", [1]),
        ("for_each = { ssh = 22, web = 443 }\n  ports = [each.value]\n", [1]),
        ("for_each = toset([])\n  ports = [22]\n", []),
        ("for_each = var.unknown\n  ports = [22]\n", [1]),
        ("for_each = var.unknown\n  ports = [each.value]\n", []),
    ],
)
def test_count_and_for_each(folder: Folder, text: str, lines: list[int]) -> None:
    """None for 0, one finding a place however many instances there are, nothing where the value is not known."""
    first, ports = text.split("\n  ports = ")
    folder.write(
        "main.tf",
        f'resource "aws_security_group" "a" {{\n  {first}\n  description = "x"\n  dynamic "ingress" {{\n'
        f'    for_each = {ports.strip()}\n    content {{\n      description = "x"\n      from_port = ingress.value\n'
        '      to_port = ingress.value\n      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n}\n',
    )
    assert len(folder.found(*ADMIN)) == len(lines)


def test_policies_in_all_their_forms(folder: Folder) -> None:
    """jsonencode, a heredoc with references, plain JSON, a data source, through a local."""
    forms = {
        "encoded": 'jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })',
        "heredoc": '<<EOF\n{"Statement": [{"Effect": "Allow", "Action": ["*"], "Resource": ["*", "${aws_s3_bucket.b.arn}"]}]}\nEOF',
        "plain": json.dumps(json.dumps({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})),
        "data": "data.aws_iam_policy_document.d.json",
        "through": "local.policy",
    }
    text = "".join(f'resource "aws_iam_policy" "{name}" {{\n  policy = {said}\n}}\n' for name, said in forms.items())
    text += (
        'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["*"]\n    resources = ["*"]\n  }\n}\n'
    )
    text += "locals {\n  policy = data.aws_iam_policy_document.d.json\n}\n"
    folder.write("main.tf", text)
    found = folder.report("--only", "no-full-access-policies")["findings"]
    # A document that stands apart is judged where it stands, and not again where it is used.
    assert {one["subject"] for one in found} == {
        "aws_iam_policy.encoded",
        "aws_iam_policy.heredoc",
        "aws_iam_policy.plain",
        "data.aws_iam_policy_document.d",
    }


FIXED = """\
# The bucket.
resource "aws_s3_bucket" "b" { # kept
  bucket = "x"
}

resource "aws_db_instance" "d" {
  engine              = "postgres"
  publicly_accessible = true # why?
}

resource "aws_instance" "i" {
  ami = "ami-1"
}
"""


def test_fixing_writes_what_terraform_fmt_would(folder: Folder) -> None:
    """Values in place, attributes in line, blocks and resources added; comments stay; a second fix changes nothing."""
    file = folder.write("main.tf", FIXED)
    ids = "versioned-buckets,public-access-blocked,no-public-databases,encrypted-databases,metadata-tokens"
    folder.audit("--fix", "--unsafe-fixes", "--only", ids)
    text = file.read_text()
    assert folder.code == 0
    assert "# The bucket.\n" in text
    assert '"b" { # kept\n' in text
    assert "  publicly_accessible = false # why?\n" in text
    assert "  storage_encrypted" in text
    assert '  metadata_options {\n    http_tokens = "required"\n  }\n' in text
    assert 'resource "aws_s3_bucket_versioning" "b" {\n  bucket = aws_s3_bucket.b.id\n' in text
    assert folder.found("--only", ids) == []
    folder.audit("--fix", "--unsafe-fixes", "--only", ids)
    assert file.read_text() == text
    terraform = shutil.which("terraform")
    if terraform is not None:  # Terraform itself is not to be had everywhere; what it says is the same there
        done = subprocess.run(
            [terraform, "fmt", "-check", "-diff", "main.tf"], cwd=folder.path, capture_output=True, text=True
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stdout


MANY = """\
resource "azurerm_storage_account" "a" {
  https_traffic_only_enabled = false
  min_tls_version            = "TLS1_0"
}

resource "google_kms_crypto_key" "k" {
  name = "k"
}

resource "google_kms_crypto_key" "slow" {
  rotation_period = "15552000s"
}

resource "azurerm_linux_web_app" "w" {
  https_only = false
}

resource "google_container_cluster" "c" {
  enable_legacy_abac = true
}
"""


def test_what_is_judged_as_several_things_is_fixed_as_each(folder: Folder) -> None:
    """An account is a bucket and more; a key that is changed has a period once that is said."""
    file = folder.write("main.tf", MANY)
    ids = "tls-only-buckets,current-storage-tls,rotated-keys,quarterly-keys,tls-web-apps,no-legacy-cluster-login"
    assert len(folder.found("--only", ids)) == 6
    folder.audit("--fix", "--unsafe-fixes", "--only", ids)
    assert (folder.code, folder.found("--only", ids)) == (0, [])
    text = file.read_text()
    assert 'min_tls_version            = "TLS1_2"' in text
    assert text.count('rotation_period = "7776000s"') == 2
    folder.audit("--fix", "--unsafe-fixes", "--only", ids)
    assert file.read_text() == text


def test_line_ends_stay(folder: Folder) -> None:
    """CRLF in what is there and in what is added."""
    file = folder.write("main.tf", FIXED.replace("\n", "\r\n"))
    folder.audit("--fix", "--unsafe-fixes", "--only", "metadata-tokens,versioned-buckets")
    said = file.read_bytes()
    assert said.count(b"\n") == said.count(b"\r\n") > FIXED.count("\n")


def test_what_comes_from_elsewhere_is_not_written(folder: Folder) -> None:
    """A value of a variable is left, and said."""
    text = 'variable "public" {\n  default = true\n}\nresource "aws_db_instance" "d" {\n  publicly_accessible = var.public\n}\n'
    file = folder.write("main.tf", text)
    folder.audit("--fix", "--unsafe-fixes", "--only", "no-public-databases")
    assert file.read_text() == text
    assert "var.public" in folder.err


def test_waivers_in_comments_of_its_own(folder: Folder) -> None:
    """`#`, `//` and `/* */`, on the line and above it."""
    said = 'ringfence: allow no-default-network reason="a test account"'
    folder.write(
        "main.tf",
        f'resource "aws_default_vpc" "a" {{ # {said}\n}}\n// {said}\nresource "aws_default_vpc" "b" {{\n}}\n'
        f'/* {said} */\nresource "aws_default_vpc" "c" {{\n}}\nresource "aws_default_vpc" "d" {{\n}}\n',
    )
    assert folder.found("--only", "no-default-network") == [("no-default-network", "main.tf", 9)]


def test_json_syntax(folder: Folder) -> None:
    """`.tf.json` is the same, with places in the JSON; it is not patched."""
    folder.write(
        "main.tf.json",
        json.dumps(
            {
                "variable": {"on": {"default": True}},
                "resource": {"aws_db_instance": {"d": {"publicly_accessible": "${var.on}"}}},
            },
            indent=1,
        ),
    )
    [found] = folder.found("--only", "no-public-databases")
    assert found[:2] == ("no-public-databases", "main.tf.json")
    assert '"publicly_accessible"' in (folder.path / "main.tf.json").read_text().splitlines()[found[2] - 1]


def test_a_plan(folder: Folder) -> None:
    """`terraform show -json`: planned values count, what is known after apply is unknown, links are followed."""
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {
            "root_module": {
                "resources": [
                    {
                        "address": "aws_db_instance.d",
                        "mode": "managed",
                        "type": "aws_db_instance",
                        "name": "d",
                        "values": {"publicly_accessible": True, "storage_encrypted": None},
                    }
                ],
                "child_modules": [
                    {
                        "address": "module.m",
                        "resources": [
                            {
                                "address": "module.m.aws_default_vpc.v",
                                "mode": "managed",
                                "type": "aws_default_vpc",
                                "name": "v",
                                "values": {},
                            }
                        ],
                    }
                ],
            }
        },
        "resource_changes": [
            {"address": "aws_db_instance.d", "change": {"after_unknown": {"storage_encrypted": True}}},
        ],
    }
    folder.write("plan.json", json.dumps(plan, indent=1))
    found = folder.report("--only", "no-public-databases,encrypted-databases,no-default-network")["findings"]
    assert {(one["control"], one["subject"]) for one in found} == {
        ("no-public-databases", "aws_db_instance.d"),
        ("no-default-network", "module.m.aws_default_vpc.v"),
    }


def test_a_plan_s_texts_and_what_is_known_later_within_a_value(folder: Folder) -> None:
    """Tabs, and characters that JSON writes as two; a key within a block is unknown, and not missing."""
    rule = {"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}]}
    unknown = {"rule": [{"apply_server_side_encryption_by_default": [{"kms_master_key_id": True}]}]}
    table = {"attribute": [{"name": "\U0001f600"}], "server_side_encryption": [{"enabled": True}]}
    made = [
        {"address": "aws_s3_bucket_server_side_encryption_configuration.e", "values": {"rule": [rule]}},
        {"address": "aws_dynamodb_table.t", "values": table},
        {"address": "aws_dynamodb_table.u", "values": table},
    ]
    for one in made:
        one |= dict(zip(("type", "name"), str(one["address"]).split("."), strict=True))
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": made}},
        "resource_changes": [
            {"address": made[0]["address"], "change": {"after_unknown": unknown}},
            {
                "address": "aws_dynamodb_table.t",
                "change": {"after_unknown": {"server_side_encryption": [{"kms_key_arn": True}]}},
            },
        ],
    }
    folder.write("plan.json", json.dumps(plan, indent="\t"))
    report = folder.report("--only", "customer-key-databases,customer-key-buckets")
    assert [one["subject"] for one in report["findings"]] == ["aws_dynamodb_table.u"]
    assert report["unread"] == []


HOSTILE = {
    "a broken block": 'resource "aws_default_vpc" "a" {\n  x = [1,\n}\nresource "aws_default_vpc" "b" {\n}\n',
    "never closed": 'resource "aws_default_vpc" "a" {\n  x = {\n',
    "nested": "x = " + "[" * 100_000 + "\n",
    "one line": 'x = "' + "a" * 3_000_000 + '"\n',
    "a bomb of strings": 'locals {\n  a = "' + "${local.a}" * 1000 + '"\n}\noutput "a" {\n  value = local.a\n}\n',
    "doubling": "locals {\n  a0 = [1, 2]\n"
    + "".join(f"  a{n} = concat(local.a{n - 1}, local.a{n - 1})\n" for n in range(1, 60))
    + '}\nresource "aws_default_vpc" "a" {\n  count = length(local.a59)\n}\n',
    "a regex bomb": 'locals {\n  a = regex("(a+)+$", "'
    + "a" * 5000
    + '!")\n}\nresource "aws_default_vpc" "a" {\n  x = local.a\n}\n',
    "many": 'resource "aws_default_vpc" "a" {\n  count = 1e9\n}\n',
    "circles": 'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_default_vpc" "a" {\n  count = local.a\n}\n',
    "not text": b"resource \xff\xfe\n",
    "NUL": b'resource "a" "b" {\n  x = "\0"\n}\n',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_report(folder: Folder, name: str) -> None:
    """In bounded time, with what could be read judged and the rest said; never a defect."""
    said = HOSTILE[name]
    folder.write("main.tf", said)
    report = folder.report()
    assert not any("defect" in one["message"] for one in report["unread"])
    assert folder.code in (0, 1, 30)
    if name in ("a broken block", "never closed", "nested", "not text", "NUL"):
        assert folder.code == 30
    if name == "a broken block":
        assert "aws_default_vpc.b" in {one["subject"] for one in report["findings"]}


def test_modules_that_call_each_other_end(folder: Folder) -> None:
    """In a circle, and 2^n times: said at the call, and bounded."""
    folder.write("a/main.tf", 'module "b" {\n  source = "../b"\n}\n')
    folder.write("b/main.tf", 'module "a" {\n  source = "../a"\n}\nresource "aws_default_vpc" "v" {\n}\n')
    report = folder.report()
    assert any("calls itself" in one["message"] for one in report["unread"])
    for n in range(30):
        calls = "".join(f'module "{k}" {{\n  source = "../m{n + 1}"\n  x = "${{var.x}}{k}"\n}}\n' for k in ("l", "r"))
        folder.write(f"bomb/m{n}/main.tf", variables(x='"x"') + calls)
    folder.write("bomb/m30/main.tf", variables(x='"x"') + 'resource "aws_default_vpc" "v" {\n}\n')
    report = folder.report("bomb")
    assert any("not followed" in one["message"] for one in report["unread"])
    assert folder.code == 30


def test_a_module_outside_of_the_tree_is_not_read(folder: Folder) -> None:
    """A source that leads out, or through a link, is unknown."""
    outside = folder.path.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "main.tf").write_text('resource "aws_default_vpc" "v" {\n}\n')
    (folder.path / "in").mkdir()
    (folder.path / "in" / "link").symlink_to(outside)
    folder.write("in/main.tf", 'module "a" {\n  source = "../../outside"\n}\nmodule "b" {\n  source = "./link"\n}\n')
    assert folder.found("--only", "no-default-network") == []


POD_IN_SHOP = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers: [{name: web, image: "example/web:1"}]
"""
POLICY_FOR_SHOP = """\
resource "kubernetes_network_policy" "all" {
  metadata {
    name      = "all"
    namespace = "shop"
  }
  spec {
    pod_selector {}
    policy_types = ["Ingress", "Egress"]
  }
}
resource "kubernetes_pod" "other" {
  metadata {
    namespace = "office"
  }
  spec {
    container {
      name = "other"
    }
  }
}
"""


def test_a_policy_in_terraform_holds_for_manifests(folder: Folder) -> None:
    """A namespace whose policy Terraform makes has one. What else its modules make is not known, so none is missed."""
    folder.write("pod.yaml", POD_IN_SHOP)
    assert folder.found("--only", "network-policy-present") == [("network-policy-present", "pod.yaml", 3)]
    folder.write("main.tf", POLICY_FOR_SHOP)
    assert folder.found("--only", "network-policy-present") == []
