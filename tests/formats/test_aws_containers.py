"""Clusters, registries, tasks, functions and builds of AWS."""

from formats.aws_kit import check


def test_clusters() -> None:
    """Silent: public for everybody, secrets and logs not kept safe."""
    check(
        "private-cluster-endpoint bounded-cluster-endpoint encrypted-cluster-secrets cluster-logs"
        " supported-cluster-version no-open-node-ssh",
        """
# below: private-cluster-endpoint, bounded-cluster-endpoint, encrypted-cluster-secrets, cluster-logs
resource "aws_eks_cluster" "silent" {
  name = "main"
}

resource "aws_eks_cluster" "private" {
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  version                   = "1.29" # supported-cluster-version
  vpc_config {
    endpoint_public_access = false
    public_access_cidrs    = ["0.0.0.0/0"]
  }
  encryption_config {
    resources = ["secrets"]
  }
}

resource "aws_eks_cluster" "bounded" { # encrypted-cluster-secrets
  enabled_cluster_log_types = ["audit"] # cluster-logs
  version                   = "1.35"
  vpc_config {
    endpoint_public_access = true # private-cluster-endpoint
    public_access_cidrs    = ["198.51.100.0/24"]
  }
}

resource "aws_eks_node_group" "open" {
  remote_access { # no-open-node-ssh
    ec2_ssh_key = "ops"
  }
}

resource "aws_eks_node_group" "bounded" {
  remote_access {
    ec2_ssh_key               = "ops"
    source_security_group_ids = [aws_security_group.ops.id]
  }
}

resource "aws_eks_node_group" "closed" {
}
""",
    )


def test_registries() -> None:
    """A rule for the whole registry scans each repository too."""
    repository = 'resource "aws_ecr_repository" "a" { # MARKS\n  name = "a"\n}\n'
    controls = "scanned-images immutable-tags customer-key-registries"
    check(controls, repository.replace("MARKS", "scanned-images, immutable-tags, customer-key-registries"))
    scanning = """
resource "aws_ecr_registry_scanning_configuration" "all" {
  scan_type = "ENHANCED"
  rule {
    scan_frequency = "CONTINUOUS_SCAN"
  }
}
"""
    check(controls, repository.replace("MARKS", "immutable-tags, customer-key-registries") + scanning)
    check(
        controls,
        """
resource "aws_ecr_repository" "good" {
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "arn:aws:kms:eu-west-1:111122223333:key/images"
  }
}
""",
    )


def test_containers_of_tasks_in_json_and_in_jsonencode() -> None:
    """Marks stand at the value inside of jsonencode."""
    check(
        "no-privileged-tasks read-only-tasks non-root-tasks no-secrets-in-tasks task-logs no-host-network-tasks"
        " no-host-namespace-tasks encrypted-task-volumes",
        """
variable "password" {}

resource "aws_ecs_task_definition" "encoded" {
  network_mode = "host" # no-host-network-tasks
  pid_mode     = "host" # no-host-namespace-tasks
  ipc_mode     = "task"
  container_definitions = jsonencode([
    {
      name                   = "good"
      image                  = "example/shop:1.4"
      readonlyRootFilesystem = true
      user                   = "1000:1000"
      logConfiguration       = { logDriver = "awslogs" }
      environment            = [{ name = "DB_PASSWORD", value = var.password }]
    },
    { # task-logs, non-root-tasks
      name                   = "bad"
      image                  = "example/shop:1.4"
      privileged             = true # no-privileged-tasks
      readonlyRootFilesystem = false # read-only-tasks
      environment = [
        { name = "STAGE", value = "prod" },
        { name = "DB_PASSWORD", value = "vT9-kQz7.mB2x" }, # no-secrets-in-tasks
      ]
    },
  ])
  volume { # encrypted-task-volumes
    name = "plain"
    efs_volume_configuration {
      file_system_id = "fs-1"
    }
  }
  volume {
    name = "local"
  }
}

resource "aws_ecs_task_definition" "unknown" {
  container_definitions = file("elsewhere.json")
}
""",
    )
    check(
        "no-privileged-tasks",
        """
resource "aws_ecs_task_definition" "text" {
  container_definitions = "[{\\"Name\\": \\"a\\", \\"Privileged\\": true}]" # no-privileged-tasks
}

resource "aws_batch_job_definition" "job" {
  container_properties = jsonencode({
    image      = "example/job:1"
    privileged = true # no-privileged-tasks
  })
}
""",
    )


def test_services_and_clusters_of_tasks() -> None:
    """Public addresses, platform versions, insights, shells."""
    check(
        "no-public-tasks latest-task-platform container-insights logged-container-shells encrypted-container-shells",
        """
resource "aws_ecs_service" "good" {
  platform_version = "LATEST"
}

resource "aws_ecs_service" "bad" {
  platform_version = "1.3.0" # latest-task-platform
  network_configuration {
    assign_public_ip = true # no-public-tasks
  }
}

resource "aws_ecs_cluster" "silent" { # container-insights
  name = "main"
}

resource "aws_ecs_cluster" "good" {
  setting {
    name  = "containerInsights"
    value = "enhanced"
  }
  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.main.arn
      logging    = "OVERRIDE"
      log_configuration {
        cloud_watch_log_group_name     = "shells"
        cloud_watch_encryption_enabled = true
      }
    }
  }
}

resource "aws_ecs_cluster" "bad" {
  setting {
    name  = "containerInsights"
    value = "disabled" # container-insights
  }
  configuration {
    execute_command_configuration {
      logging = "NONE" # logged-container-shells
    }
  }
}
""",
    )


def test_functions() -> None:
    """What a function says and what stands beside it."""
    check(
        "function-tracing functions-in-networks bounded-functions dead-letters signed-functions"
        " customer-key-function-variables no-secrets-in-functions supported-runtimes",
        """
# below: function-tracing, functions-in-networks, bounded-functions, dead-letters, signed-functions
resource "aws_lambda_function" "silent" {
  function_name = "silent"
  runtime       = "python3.13"
}

# below: functions-in-networks, dead-letters, signed-functions, customer-key-function-variables
resource "aws_lambda_function" "bad" {
  runtime                        = "python3.6" # supported-runtimes
  reserved_concurrent_executions = -1 # bounded-functions
  tracing_config {
    mode = "PassThrough" # function-tracing
  }
  environment {
    variables = {
      STAGE      = "prod"
      API_TOKEN  = "ghp_16C7e42F292c6912E7710c838347Ae178B4a" # no-secrets-in-functions
      DB_SECRET  = aws_secretsmanager_secret.db.arn
    }
  }
}

resource "aws_lambda_function" "good" {
  function_name                  = "good"
  package_type                   = "Image"
  kms_key_arn                    = aws_kms_key.main.arn
  reserved_concurrent_executions = 0
  tracing_config {
    mode = "Active"
  }
  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = []
  }
  environment {
    variables = { STAGE = "prod" }
  }
}

resource "aws_lambda_function_event_invoke_config" "good" {
  function_name = aws_lambda_function.good.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead.arn
    }
  }
}
""",
    )


def test_who_may_call_functions() -> None:
    """A service acts for all of its customers unless its source is named."""
    check(
        "no-public-functions bounded-function-permissions authenticated-function-urls bounded-function-origins"
        " no-wildcard-function-permissions",
        """
resource "aws_lambda_permission" "all" {
  action    = "lambda:*" # no-wildcard-function-permissions
  principal = "123456789012"
}

resource "aws_lambda_function_url" "pages" {
  authorization_type = "AWS_IAM"
  cors {
    allow_origins = ["https://a.example.com", "*"] # bounded-function-origins
  }
}

resource "aws_lambda_permission" "everybody" {
  principal = "*" # no-public-functions
}

resource "aws_lambda_permission" "organization" {
  principal        = "*"
  principal_org_id = "o-a1b2c3d4e5"
}

resource "aws_lambda_permission" "service" { # bounded-function-permissions
  principal = "sns.amazonaws.com"
}

resource "aws_lambda_permission" "topic" {
  principal  = "sns.amazonaws.com"
  source_arn = aws_sns_topic.orders.arn
}

resource "aws_lambda_permission" "account" {
  principal = "arn:aws:iam::123456789012:root"
}

variable "source" {}

resource "aws_lambda_permission" "unknown" {
  principal  = "s3.amazonaws.com"
  source_arn = var.source
}

resource "aws_lambda_function_url" "open" {
  authorization_type = "NONE" # authenticated-function-urls
}

resource "aws_lambda_function_url" "closed" {
  authorization_type = "AWS_IAM"
}
""",
    )


def test_builds() -> None:
    """Artifacts are encrypted and logs kept unless that is turned off."""
    check(
        "encrypted-builds customer-key-builds no-privileged-builds no-secrets-in-builds build-logs encrypted-build-logs"
        " tls-build-sources no-public-builds",
        """
resource "aws_codebuild_project" "silent" { # customer-key-builds
  name = "shop"
}

resource "aws_codebuild_project" "bad" {
  encryption_key     = aws_kms_key.main.arn
  project_visibility = "PUBLIC_READ" # no-public-builds
  artifacts {
    type                = "S3"
    encryption_disabled = true # encrypted-builds
  }
  environment {
    privileged_mode = true # no-privileged-builds
    environment_variable {
      name  = "STORED_PASSWORD"
      value = "/shop/password"
      type  = "PARAMETER_STORE"
    }
    environment_variable {
      name  = "DB_PASSWORD"
      value = "vT9-kQz7.mB2x" # no-secrets-in-builds
    }
  }
  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
    s3_logs {
      status              = "ENABLED"
      encryption_disabled = true # encrypted-build-logs
    }
  }
  source {
    type         = "GITHUB_ENTERPRISE"
    insecure_ssl = true # tls-build-sources
  }
}

resource "aws_codebuild_project" "nothing_made" {
  encryption_key = aws_kms_key.main.arn
  artifacts {
    type                = "NO_ARTIFACTS"
    encryption_disabled = true
  }
  logs_config {
    cloudwatch_logs {
      status = "DISABLED" # build-logs
    }
  }
}
""",
    )


def test_the_role_of_a_task() -> None:
    """The same role twice is found, by name or by reference; what one cannot compare is not."""
    check(
        "separate-task-roles",
        """
variable "role" {}

resource "aws_ecs_task_definition" "same" {
  execution_role_arn    = aws_iam_role.shop.arn
  task_role_arn         = aws_iam_role.shop.arn # separate-task-roles
  container_definitions = "[]"
}

resource "aws_ecs_task_definition" "other" {
  execution_role_arn    = aws_iam_role.start.arn
  task_role_arn         = aws_iam_role.shop.arn
  container_definitions = "[]"
}

resource "aws_ecs_task_definition" "unknown" {
  execution_role_arn    = var.role
  task_role_arn         = var.role
  container_definitions = "[]"
}

resource "aws_ecs_task_definition" "none" {
  execution_role_arn    = aws_iam_role.start.arn
  container_definitions = "[]"
}
""",
    )
