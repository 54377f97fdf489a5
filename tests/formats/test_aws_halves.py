"""What is there and says nothing, or takes back what it says: blocks without a target, rules without their point."""

from formats.aws_kit import check


def test_blocks_without_a_target() -> None:
    """Logs that go nowhere, dead letters without a queue, stores without a key."""
    check(
        "api-access-logs api-logs encrypted-query-results distribution-logs web-firewall-logs dead-letters"
        " customer-key-builds share-points-as-one-user encrypted-cluster-secrets encrypted-container-shells",
        """
resource "aws_apigatewayv2_stage" "nowhere" {
  access_log_settings {
    destination_arn = "" # api-access-logs
  }
}

resource "aws_appsync_graphql_api" "nobody" {
  log_config {
    cloudwatch_logs_role_arn = null # api-logs
    field_log_level          = "ALL"
  }
}

resource "aws_athena_database" "somehow" {
  encryption_configuration {
    encryption_option = null # encrypted-query-results
  }
}

resource "aws_cloudfront_distribution" "nowhere" {
  logging_config {
    bucket = "" # distribution-logs
  }
}

resource "aws_waf_web_acl" "nowhere" {
  logging_configuration {
    log_destination = "" # web-firewall-logs
  }
}

resource "aws_lambda_function" "nowhere" {
  dead_letter_config {
    target_arn = null # dead-letters
  }
}

resource "aws_codepipeline" "any" {
  artifact_store {
    encryption_key {
      id = "" # customer-key-builds
    }
  }
}

resource "aws_efs_access_point" "anybody" {
  posix_user {
    gid = null # share-points-as-one-user
  }
}

resource "aws_eks_cluster" "nothing" {
  encryption_config {
    resources = [] # encrypted-cluster-secrets
  }
}

resource "aws_ecs_cluster" "plain" {
  configuration {
    execute_command_configuration { # encrypted-container-shells
      kms_key_id = aws_kms_key.main.arn
      logging    = "OVERRIDE"
    }
  }
}

variable "target" {}

resource "aws_lambda_function" "unknown" {
  dead_letter_config {
    target_arn = var.target
  }
}
""",
    )


def test_what_is_taken_back() -> None:
    """A ready set of rules without its best known one; a header for a day; everybody who knows a word."""
    check(
        "known-bad-inputs-stopped strict-transport no-open-trust customer-key-secrets encrypted-api-caches tls-targets"
        " watched-app-platforms",
        """
resource "aws_wafv2_web_acl" "holes" { # known-bad-inputs-stopped
  rule {
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name = "AWSManagedRulesKnownBadInputsRuleSet"
        rule_action_override {
          name = "Log4JRCE"
          action_to_use {
            count {}
          }
        }
      }
    }
  }
}

resource "aws_wafv2_web_acl" "whole" {
  rule {
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name = "AWSManagedRulesKnownBadInputsRuleSet"
        excluded_rule {
          name = "Host_localhost_HEADER"
        }
      }
    }
  }
}

resource "aws_cloudfront_response_headers_policy" "day" {
  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 86400 # strict-transport
      include_subdomains         = true
      preload                    = true
      override                   = false # strict-transport
    }
  }
}

resource "aws_iam_role" "word" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" } # no-open-trust
      Condition = { StringEquals = { "sts:ExternalId" = "swordfish" } }
    }]
  })
}

resource "aws_iam_role" "organization" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" }
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-abcdefghij" } }
    }]
  })
}

resource "aws_secretsmanager_secret" "provider" {
  kms_key_id = "alias/aws/secretsmanager" # customer-key-secrets
}

resource "aws_secretsmanager_secret" "own" {
  kms_key_id = "alias/orders"
}

resource "aws_api_gateway_method_settings" "no_cache" {
  settings {
    cache_data_encrypted = false
  }
}

resource "aws_elb" "half" {
  listener {
    lb_protocol       = "https"
    instance_protocol = "http" # tls-targets
  }
  listener {
    lb_protocol       = "ssl"
    instance_protocol = "ssl"
  }
}

resource "aws_elastic_beanstalk_environment" "streams" {
  setting {
    namespace = "aws:elasticbeanstalk:healthreporting:system"
    name      = "HealthStreamingEnabled"
    value     = true
  }
}
""",
    )


def test_servers_that_are_told_nothing() -> None:
    """No group of parameters, or one that leaves the engine's plain ways open."""
    check(
        "logged-queries tls-server-settings",
        """
resource "aws_db_instance" "silent" { # logged-queries
  engine = "postgres"
}

resource "aws_db_instance" "copy" {
  engine              = "postgres"
  replicate_source_db = aws_db_instance.silent.identifier
}

resource "aws_rds_cluster" "silent" { # logged-queries
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "told" {
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = "orders"
}

resource "aws_rds_cluster" "other" {
  engine = "aurora-mysql"
}

resource "aws_db_parameter_group" "windows" { # tls-server-settings
  family = "sqlserver-ee-15.0"
}

resource "aws_db_parameter_group" "two" {
  family = "db2-se-11.5"
  parameter {
    name  = "db2comm"
    value = "TCPIP" # tls-server-settings
  }
}

resource "aws_db_parameter_group" "sealed" {
  family = "db2-se-11.5"
  parameter {
    name  = "db2comm"
    value = "SSL"
  }
}
""",
    )
