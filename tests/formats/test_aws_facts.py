"""What AWS makes of a setting, where a reader of the file alone would say otherwise."""

from formats.aws_kit import check


def test_insights_where_the_machine_is_large_enough() -> None:
    """MySQL and MariaDB keep none on the smallest machines, Aurora MySQL none on most that burst."""
    check(
        "database-insights",
        """
resource "aws_db_instance" "too_small" {
  engine         = "mysql"
  instance_class = "db.t3.micro"
}

resource "aws_db_instance" "small_but_postgres" { # database-insights
  engine         = "postgres"
  instance_class = "db.t3.micro"
}

resource "aws_db_instance" "large_enough" { # database-insights
  engine         = "mariadb"
  instance_class = "db.t3.medium"
}

variable "size" {}

resource "aws_db_instance" "unknown_size" {
  engine         = "mysql"
  instance_class = var.size
}

resource "aws_rds_cluster_instance" "bursting" {
  engine         = "aurora-mysql"
  instance_class = "db.t3.medium"
}

resource "aws_rds_cluster_instance" "newer" { # database-insights
  engine         = "aurora-mysql"
  instance_class = "db.t4g.medium"
}
""",
    )


def test_a_build_that_makes_nothing_needs_no_key() -> None:
    """Unless it keeps a cache, or names the provider's key itself."""
    check(
        "customer-key-builds",
        """
resource "aws_codebuild_project" "tests" {
  artifacts {
    type = "NO_ARTIFACTS"
  }
}

resource "aws_codebuild_project" "caching" { # customer-key-builds
  artifacts {
    type = "NO_ARTIFACTS"
  }
  cache {
    type     = "S3"
    location = "cache"
  }
}

resource "aws_codebuild_project" "providers_key" {
  encryption_key = "alias/aws/s3" # customer-key-builds
  artifacts {
    type = "NO_ARTIFACTS"
  }
}

variable "kind" {}

resource "aws_codebuild_project" "unknown" {
  artifacts {
    type = var.kind
  }
}
""",
    )


def test_keys() -> None:
    """A key that is off; one that is named, where the provider's is asked for."""
    check(
        "usable-keys customer-key-services",
        """
variable "on" {}

resource "aws_kms_key" "off" {
  is_enabled = false # usable-keys
}

resource "aws_kms_key" "silent" {
}

resource "aws_kms_key" "unknown" {
  is_enabled = var.on
}

resource "aws_codegurureviewer_repository_association" "providers" {
  kms_key_details {
    encryption_option = "AWS_OWNED_CMK"
    kms_key_id        = aws_kms_key.silent.arn # customer-key-services
  }
}

resource "aws_codegurureviewer_repository_association" "own" {
  kms_key_details {
    encryption_option = "CUSTOMER_MANAGED_CMK"
    kms_key_id        = aws_kms_key.silent.arn
  }
}
""",
    )


def test_conditions_with_several_values() -> None:
    """An operator for any of several values bounds as the plain one does. A user's name bounds nobody: it is one in
    every account."""
    check(
        "no-open-resource-policies",
        """
locals {
  organizations = [data.aws_organizations_organization.main.id]
}

resource "aws_ecr_repository_policy" "of_organizations" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "ecr:BatchGetImage"
      Condition = { "ForAnyValue:StringEquals" = { "aws:PrincipalOrgID" = local.organizations } }
    }]
  })
}

resource "aws_ecr_repository_policy" "of_a_name" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # no-open-resource-policies
      Action    = "ecr:BatchGetImage"
      Condition = { StringEquals = { "aws:username" = "builder" } }
    }]
  })
}
""",
    )


def test_public_lists_that_are_ignored() -> None:
    """A bucket, or an account, that ignores public lists is not made public by one."""
    check(
        "no-public-buckets",
        """
resource "aws_s3_bucket" "kept_in" {
  acl = "public-read"
}

resource "aws_s3_bucket_public_access_block" "kept_in" {
  bucket             = aws_s3_bucket.kept_in.id
  ignore_public_acls = true
}

resource "aws_s3_bucket" "open" {
}

resource "aws_s3_bucket_acl" "open" {
  bucket = aws_s3_bucket.open.id
  acl    = "public-read" # no-public-buckets
}

resource "aws_s3_bucket_public_access_block" "open" {
  bucket            = aws_s3_bucket.open.id
  block_public_acls = true
}

resource "aws_s3_bucket_acl" "of_another_configuration" {
  bucket = data.aws_s3_bucket.other.id
  acl    = "public-read-write"
}

resource "aws_s3_bucket_public_access_block" "of_another_configuration" {
  bucket             = data.aws_s3_bucket.other.id
  ignore_public_acls = true
}

resource "aws_s3_bucket_acl" "by_name" {
  bucket = "reports"
  acl    = "public-read" # no-public-buckets
}
""",
    )
    check(
        "no-public-buckets",
        """
variable "bucket" {}
variable "name" {}

resource "aws_s3_bucket_acl" "unknown" {
  bucket = var.bucket
  acl    = "public-read"
}

resource "aws_s3_bucket_public_access_block" "unknown" {
  bucket             = var.name
  ignore_public_acls = true
}
""",
    )
    check(
        "no-public-buckets",
        """
resource "aws_s3_account_public_access_block" "all" {
  ignore_public_acls = true
}

resource "aws_s3_bucket" "kept_in" {
  acl = "public-read"
}
""",
    )


def test_groups_without_members() -> None:
    """Members come from either side; what nobody can say is no finding."""
    check(
        "peopled-groups",
        """
resource "aws_iam_group" "empty" { # peopled-groups
  name = "empty"
}

resource "aws_iam_group_membership" "empty" {
  name  = "empty"
  group = aws_iam_group.empty.name
  users = [] # peopled-groups
}

resource "aws_iam_group" "listed" {
  name = "listed"
}

resource "aws_iam_group_membership" "listed" {
  name  = "listed"
  group = aws_iam_group.listed.name
  users = ["anna"]
}

resource "aws_iam_group" "joined" {
  name = "joined"
}

resource "aws_iam_user_group_membership" "anna" {
  user   = "anna"
  groups = ["joined"]
}

variable "users" {}

resource "aws_iam_group" "unknown" {
  name = "unknown"
}

resource "aws_iam_group_membership" "unknown" {
  name  = "unknown"
  group = aws_iam_group.unknown.name
  users = var.users
}
""",
    )
    check(
        "peopled-groups",
        """
variable "groups" {}

resource "aws_iam_group" "perhaps" {
  name = "perhaps"
}

resource "aws_iam_user_group_membership" "anna" {
  user   = "anna"
  groups = var.groups
}
""",
    )


def test_private_backends() -> None:
    """Only what is called through a link into a network is told by a block whether to use TLS, and only by HTTP."""
    check(
        "tls-api-integrations",
        """
resource "aws_apigatewayv2_api" "http" {
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_api" "socket" {
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_integration" "plain" { # tls-api-integrations
  api_id          = aws_apigatewayv2_api.http.id
  connection_type = "VPC_LINK"
}

resource "aws_apigatewayv2_integration" "encrypted" {
  api_id          = aws_apigatewayv2_api.http.id
  connection_type = "VPC_LINK"
  tls_config {
    server_name_to_verify = "orders.example.com"
  }
}

resource "aws_apigatewayv2_integration" "public" {
  api_id = aws_apigatewayv2_api.http.id
}

resource "aws_apigatewayv2_integration" "of_a_socket" {
  api_id          = aws_apigatewayv2_api.socket.id
  connection_type = "VPC_LINK"
}

variable "api" {}

resource "aws_apigatewayv2_integration" "unknown" {
  api_id          = var.api
  connection_type = "VPC_LINK"
}
""",
    )


def test_how_data_is_copied_and_kept() -> None:
    """Redis and Kafka have settings of their own for TLS; contacts are kept in buckets or in streams of video."""
    check(
        "tls-databases customer-key-data-jobs",
        """
resource "aws_dms_endpoint" "cache" {
  engine_name = "redis"
  kms_key_arn = aws_kms_key.main.arn
  redis_settings {
    auth_type = "none"
  }
}

resource "aws_dms_endpoint" "plain_cache" {
  engine_name = "redis"
  kms_key_arn = aws_kms_key.main.arn
  redis_settings {
    ssl_security_protocol = "plaintext" # tls-databases
  }
}

resource "aws_dms_endpoint" "plain_queue" {
  engine_name = "kafka"
  kms_key_arn = aws_kms_key.main.arn
  kafka_settings {
    security_protocol = "plaintext" # tls-databases
  }
}

resource "aws_connect_instance_storage_config" "own_key" {
  storage_config {
    storage_type = "S3"
    s3_config {
      encryption_config {
        encryption_type = "KMS"
        key_id          = aws_kms_key.main.arn
      }
    }
  }
}

resource "aws_connect_instance_storage_config" "no_key" { # customer-key-data-jobs
  storage_config {
    storage_type = "S3"
    s3_config {
      bucket_name = "calls"
    }
  }
}

resource "aws_connect_instance_storage_config" "stream" {
  storage_config {
    storage_type = "KINESIS_STREAM"
    kinesis_stream_config {
      stream_arn = aws_kinesis_stream.calls.arn
    }
  }
}
""",
    )


def test_logs_that_are_delivered() -> None:
    """A source of logs says what could be delivered: only a delivery does."""
    check(
        "distribution-logs",
        """
resource "aws_cloudfront_distribution" "logged" {
}

resource "aws_cloudwatch_log_delivery_source" "logged" {
  name         = "logged"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.logged.arn
}

resource "aws_cloudwatch_log_delivery" "logged" {
  delivery_source_name = aws_cloudwatch_log_delivery_source.logged.name
}

resource "aws_cloudfront_distribution" "undelivered" { # distribution-logs
}

resource "aws_cloudwatch_log_delivery_source" "undelivered" {
  name         = "undelivered"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.undelivered.arn
}
""",
    )


def test_whoever_is_federated_takes_a_role() -> None:
    """A document that names an issuer of identities is a role's trust, whatever it says they may do."""
    check(
        "bounded-federated-trust no-open-resource-policies",
        """
data "aws_iam_policy_document" "any_job" {
  statement {
    principals { # bounded-federated-trust
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    }
  }
}

data "aws_iam_policy_document" "of_one_owner" {
  statement {
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:example/shop:*"]
    }
  }
}
""",
    )


def test_access_lists_of_no_subnet() -> None:
    """Subnets stand in it, or an association names it; its own rules do not count."""
    check(
        "attached-access-lists",
        """
resource "aws_network_acl" "alone" { # attached-access-lists
  vpc_id = aws_vpc.main.id
}

resource "aws_network_acl_rule" "alone" {
  network_acl_id = aws_network_acl.alone.id
}

resource "aws_network_acl" "listing" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = aws_subnet.all[*].id
}

resource "aws_network_acl" "associated" {
  vpc_id = aws_vpc.main.id
}

resource "aws_network_acl_association" "associated" {
  network_acl_id = aws_network_acl.associated.id
  subnet_id      = aws_subnet.main.id
}

variable "subnets" {}

resource "aws_network_acl" "unknown" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = var.subnets
}

resource "aws_default_network_acl" "main" {
  default_network_acl_id = aws_vpc.main.default_network_acl_id
}
""",
    )
