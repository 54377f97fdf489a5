"""What is kept up at AWS: releases, guards, rules for changes, what is replaced and who can repair it."""

import pytest

from formats.aws_kit import check, found


def test_releases_with_known_holes() -> None:
    """Releases before the repair, of either engine; not those whose last number is not said."""
    check(
        "patched-databases supported-brokers",
        """
resource "aws_db_instance" "old" {
  engine         = "postgres"
  engine_version = "13.2" # patched-databases
}

resource "aws_db_instance" "repaired" {
  engine         = "postgres"
  engine_version = "9.6.22"
}

resource "aws_db_instance" "some" {
  engine         = "postgres"
  engine_version = "9.6"
}

resource "aws_rds_cluster" "old" {
  engine         = "aurora-postgresql"
  engine_version = "11.8" # patched-databases
}

resource "aws_rds_cluster" "repaired" {
  engine         = "aurora-postgresql"
  engine_version = "11.9"
}

resource "aws_db_instance" "other" {
  engine         = "mysql"
  engine_version = "11.1"
}

resource "aws_mq_broker" "old" {
  engine_type    = "RabbitMQ"
  engine_version = "3.8.6" # supported-brokers
}

resource "aws_mq_configuration" "old" {
  engine_type    = "ActiveMQ"
  engine_version = "5.15.0" # supported-brokers
}

resource "aws_mq_broker" "new" {
  engine_type    = "ActiveMQ"
  engine_version = "5.18"
}

variable "engine" {}

resource "aws_mq_broker" "unknown" {
  engine_type    = var.engine
  engine_version = "3.8.6"
}
""",
    )


def test_guards_and_rules() -> None:
    """Guardrails, security groups of a domain, countries, approvals, traffic between containers."""
    check(
        "guarded-agents named-database-firewalls geo-restricted-distributions protected-branches two-approvals"
        " tls-data-jobs sealed-parameters encrypted-parameters",
        """
resource "aws_bedrockagent_agent" "free" { # guarded-agents
}

resource "aws_opensearch_domain" "default" { # named-database-firewalls
  vpc_options {
    subnet_ids = ["subnet-1"]
  }
}

resource "aws_opensearch_domain" "outside" {
}

resource "aws_cloudfront_distribution" "world" {
  restrictions {
    geo_restriction {
      restriction_type = "none" # geo-restricted-distributions
    }
  }
}

resource "aws_cloudfront_distribution" "silent" {
}

resource "aws_codecommit_repository" "alone" { # protected-branches
  repository_name = "alone"
}

resource "aws_codecommit_repository" "shop" {
  repository_name = "shop"
}

resource "aws_codecommit_approval_rule_template" "one" {
  # below: two-approvals
  content = jsonencode({
    Version    = "2018-11-08"
    Statements = [{ Type = "Approvers", NumberOfApprovalsNeeded = 1 }]
  })
}

resource "aws_codecommit_approval_rule_template" "two" {
  content = "{\\"Statements\\": [{\\"NumberOfApprovalsNeeded\\": 2}]}"
}

resource "aws_codecommit_approval_rule_template_association" "shop" {
  approval_rule_template_name = "two"
  repository_name             = "shop"
}

resource "aws_sagemaker_data_quality_job_definition" "plain" { # tls-data-jobs
}

resource "aws_ssm_parameter" "greeting" {
  name  = "/shop/greeting"
  type  = "String" # sealed-parameters
  value = "welcome"
}

resource "aws_ssm_parameter" "password" {
  name  = "/shop/password"
  type  = "String" # encrypted-parameters
  value = "welcome"
}

resource "aws_ssm_parameter" "image" {
  name      = "/shop/image"
  type      = "String"
  data_type = "aws:ec2:image"
  value     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_ssm_parameter" "said" {
  name           = "/shop/colour"
  type           = "String"
  insecure_value = "green"
}
""",
    )


def test_what_is_replaced_and_who_repairs_it() -> None:
    """Lifecycles, and denials that hold for their author too."""
    check(
        "replaced-without-gap repairable-bucket-policies",
        """
resource "aws_acm_certificate" "silent" { # replaced-without-gap
}

resource "aws_api_gateway_deployment" "first" {
  lifecycle {
    create_before_destroy = false # replaced-without-gap
  }
}

resource "aws_api_gateway_rest_api" "after" {
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_s3_bucket_policy" "shut" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "s3:GetObject" },
      # below: repairable-bucket-policies
      { Effect = "Deny", Principal = { AWS = ["*"] }, Action = ["s3:GetObject", "s3:Put*"] }
    ]
  })
}

resource "aws_s3_bucket_policy" "plain" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
""",
    )


GROUP = """
resource "aws_security_group" "web" {
  name = "web"
}
"""


@pytest.mark.parametrize(
    ("rest", "attached"),
    [
        ("", False),
        ('resource "aws_security_group_rule" "r" {\n  security_group_id = aws_security_group.web.id\n}', False),
        ('resource "aws_security_group" "b" {\n  name = aws_security_group.web.name\n}', False),
        ('resource "aws_instance" "i" {\n  vpc_security_group_ids = [aws_security_group.web.id]\n}', True),
        ('resource "aws_instance" "i" {\n  vpc_security_group_ids = aws_security_group.web[*].id\n}', True),
        ('output "group" {\n  value = aws_security_group.web.id\n}', True),
        ("locals {\n  groups = [aws_security_group.web.id]\n}", True),
        ('module "m" {\n  source = "./m"\n  group  = aws_security_group.web.id\n}', True),
        ('resource "aws_instance" "i" {\n  vpc_security_group_ids = var.groups\n}\nvariable "groups" {}', True),
    ],
)
def test_groups_that_nothing_uses(rest: str, attached: bool) -> None:
    """Rules and other groups put nothing behind a group; what is given out, or comes from elsewhere, may."""
    lines = {line for line, control in found(GROUP + rest, ["attached-firewalls"], whole=False)}
    assert (2 not in lines) is attached


def test_a_plan_does_not_say_what_uses_a_group() -> None:
    """A plan leaves out references and lifecycles: nothing is said of them."""
    text = """{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {"root_module": {"resources": [
      {"address": "aws_security_group.web", "mode": "managed", "type": "aws_security_group", "name": "web",
       "values": {"name": "web", "description": "What customers see"}},
      {"address": "aws_acm_certificate.a", "mode": "managed", "type": "aws_acm_certificate", "name": "a",
       "values": {"domain_name": "shop.example.com"}},
      {"address": "google_kms_crypto_key.k", "mode": "managed", "type": "google_kms_crypto_key", "name": "k",
       "values": {"name": "k", "rotation_period": "7776000s"}}]}}}"""
    assert found_in_plan(text) == set()


def found_in_plan(text: str) -> set[tuple[int, str]]:
    from datetime import date

    from ringfence.audit.judge import findings
    from ringfence.audit.select import checked
    from ringfence.audit.settings import Settings
    from ringfence.formats.terraform import plan

    selection = checked("all", ["attached-firewalls", "replaced-without-gap", "kept-keys"], [])
    settings = Settings(selection=selection, today=date(2026, 1, 1), waivers=(), assume={}, exclude=(), previews=False)
    return {(one.place.line, one.control) for one in findings(plan.load(text, "plan.json"), "plan.json", settings)}


def test_keys_and_profiles() -> None:
    """Days before a key is gone; the profiler's log beside the audit's."""
    check(
        "rescued-keys profiled-databases watched-app-platforms",
        """
resource "aws_kms_key" "soon" {
  deletion_window_in_days = 10 # rescued-keys
}

resource "aws_kms_key" "silent" {
}

resource "aws_docdb_cluster" "half" {
  enabled_cloudwatch_logs_exports = ["audit"] # profiled-databases
}

resource "aws_docdb_cluster" "both" {
  enabled_cloudwatch_logs_exports = ["profiler", "audit"]
}

variable "log" {}

resource "aws_docdb_cluster" "unknown" {
  enabled_cloudwatch_logs_exports = ["audit", var.log]
}

resource "aws_elastic_beanstalk_environment" "empty" { # watched-app-platforms
  setting {
    namespace = "aws:elasticbeanstalk:healthreporting:system"
    name      = "SystemType"
    value     = ""
  }
}

resource "aws_elastic_beanstalk_environment" "unknown" {
  setting {
    namespace = "aws:elasticbeanstalk:healthreporting:system"
    name      = "SystemType"
    value     = var.log
  }
}
""",
    )
