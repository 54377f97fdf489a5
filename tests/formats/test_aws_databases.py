"""Databases, caches, search domains and warehouses of AWS: what a silent file means, and what says otherwise."""

from formats.aws_kit import check


def test_an_instance_of_rds_is_judged_by_what_it_says_and_by_aws_defaults() -> None:
    """Silent: not encrypted, no backups. The mark is at the attribute, or at the first line for what is missing."""
    check(
        "encrypted-databases no-public-databases database-backups kept-database-backups deletion-protected-databases"
        " final-database-snapshots database-upgrades multi-zone-databases database-logs",
        """
# below: encrypted-databases, database-backups, deletion-protected-databases, multi-zone-databases
# below: database-logs
resource "aws_db_instance" "silent" {
  engine = "mysql"
}

resource "aws_db_instance" "bad" { # database-logs
  engine                     = "mysql"
  storage_encrypted          = false # encrypted-databases
  publicly_accessible        = "true" # no-public-databases
  backup_retention_period    = 0 # database-backups
  deletion_protection        = false # deletion-protected-databases
  skip_final_snapshot        = true # final-database-snapshots
  auto_minor_version_upgrade = false # database-upgrades
  multi_az                   = false # multi-zone-databases
}

resource "aws_db_instance" "short" {
  storage_encrypted               = true
  backup_retention_period         = 3 # kept-database-backups
  deletion_protection             = true
  multi_az                        = true
  enabled_cloudwatch_logs_exports = ["audit"]
}

resource "aws_db_instance" "good" {
  storage_encrypted               = "true"
  publicly_accessible             = false
  backup_retention_period         = 7
  deletion_protection             = true
  multi_az                        = true
  enabled_cloudwatch_logs_exports = ["audit"]
}
""",
    )


def test_a_replica_and_a_restored_database_take_their_encryption_from_elsewhere() -> None:
    """Nobody can say from the file whether they are encrypted; a replica needs no backups of its own."""
    check(
        "encrypted-databases database-backups multi-zone-databases final-database-snapshots",
        """
resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.main.identifier
  skip_final_snapshot = true
}

resource "aws_db_instance" "restored" { # database-backups, multi-zone-databases
  snapshot_identifier = "before-migration"
}

resource "aws_db_instance" "restored_plain" { # database-backups, multi-zone-databases
  snapshot_identifier = "before-migration"
  storage_encrypted   = false # encrypted-databases
}

resource "aws_rds_global_cluster" "from" {
  source_db_cluster_identifier = aws_rds_cluster.main.arn
}

resource "aws_rds_global_cluster" "alone" { # encrypted-databases
  engine = "aurora-postgresql"
}
""",
    )


def test_values_that_nobody_can_know_are_no_findings() -> None:
    """Variables without a default, what another resource gives, and instances that are not made."""
    check(
        "encrypted-databases no-public-databases customer-key-databases database-backups",
        """
variable "encrypted" {}
variable "public" {}
variable "days" { type = number }
variable "key" { default = null }

resource "aws_db_instance" "unknown" {
  storage_encrypted       = var.encrypted
  publicly_accessible     = var.public
  backup_retention_period = var.days
  kms_key_id              = data.aws_kms_key.main.arn
}

resource "aws_db_instance" "none" {
  count = 0
}

resource "aws_db_instance" "null" {
  storage_encrypted       = true
  backup_retention_period = 7
  kms_key_id              = var.key # customer-key-databases
}
""",
    )


def test_variables_with_defaults_and_locals_are_followed() -> None:
    """What a default or a local says is what holds."""
    check(
        "encrypted-databases database-backups",
        """
variable "encrypted" { default = false }
locals { days = 0 }

resource "aws_db_instance" "main" {
  storage_encrypted       = var.encrypted # encrypted-databases
  backup_retention_period = local.days # database-backups
}
""",
    )


def test_aurora_clusters_and_their_instances() -> None:
    """A cluster keeps one day where nothing is said. Version 1 of serverless is always encrypted."""
    check(
        "encrypted-databases kept-database-backups database-backups identity-database-login backtracked-databases"
        " database-audit-logs no-public-databases database-insights customer-key-insights database-monitoring",
        """
# below: encrypted-databases, kept-database-backups, database-backups, identity-database-login, backtracked-databases
# below: database-audit-logs
resource "aws_rds_cluster" "silent" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster" "postgres" {
  engine                              = "aurora-postgresql"
  storage_encrypted                   = true
  backup_retention_period             = 14
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster" "serverless" {
  engine                          = "aurora-mysql"
  engine_mode                     = "serverless"
  backup_retention_period         = 14
  enabled_cloudwatch_logs_exports = ["error", "audit"]
}

resource "aws_rds_cluster_instance" "bad" { # database-insights, database-monitoring
  publicly_accessible = true # no-public-databases
}

resource "aws_rds_cluster_instance" "keyless" { # customer-key-insights
  performance_insights_enabled = true
  monitoring_interval          = 30
}

resource "aws_rds_cluster_instance" "good" {
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.main.arn
  monitoring_interval             = 30
}
""",
    )


def test_only_engines_that_know_iam_are_asked_for_it() -> None:
    """Oracle, SQL Server and Db2 have no logins by IAM."""
    check(
        "identity-database-login",
        """
resource "aws_db_instance" "oracle" {
  engine = "oracle-ee"
}

resource "aws_db_instance" "sqlserver" {
  engine = "sqlserver-ex"
}

resource "aws_db_instance" "mariadb" { # identity-database-login
  engine = "mariadb"
}
""",
    )


def test_document_and_graph_databases() -> None:
    """DocumentDB and Neptune name their logs and keys differently."""
    check(
        "encrypted-databases customer-key-databases database-logs database-audit-logs kept-database-backups",
        """
# below: encrypted-databases, customer-key-databases, database-logs, database-audit-logs
# below: kept-database-backups
resource "aws_docdb_cluster" "silent" {
}

resource "aws_docdb_cluster" "profiled" {
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.main.arn
  backup_retention_period         = 8
  enabled_cloudwatch_logs_exports = ["profiler"] # database-audit-logs
}

# below: encrypted-databases, customer-key-databases, database-logs, database-audit-logs
# below: kept-database-backups
resource "aws_neptune_cluster" "silent" {
}

resource "aws_neptune_cluster" "good" {
  storage_encrypted              = true
  kms_key_arn                    = aws_kms_key.main.arn
  backup_retention_period        = 8
  enable_cloudwatch_logs_exports = ["audit"]
}
""",
    )


def test_parameter_groups() -> None:
    """What a group does not list has the engine's default, which newer families have made safe."""
    check(
        "tls-server-settings audit-server-settings logged-queries",
        """
resource "aws_redshift_parameter_group" "silent" { # tls-server-settings, audit-server-settings
  family = "redshift-1.0"
}

resource "aws_redshift_parameter_group" "good" {
  family = "redshift-1.0"
  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
  parameter {
    name  = "require_ssl"
    value = true
  }
}

resource "aws_docdb_cluster_parameter_group" "tls_is_on_by_default" { # audit-server-settings
  family = "docdb5.0"
}

resource "aws_docdb_cluster_parameter_group" "off" {
  family = "docdb5.0"
  parameter {
    name  = "audit_logs"
    value = "enabled"
  }
  parameter {
    name  = "tls"
    value = "disabled" # tls-server-settings
  }
}

resource "aws_db_parameter_group" "silent" { # logged-queries
  family = "postgres16"
}

resource "aws_db_parameter_group" "mysql" { # tls-server-settings
  family = "mysql8.0"
}

resource "aws_db_parameter_group" "off" {
  family = "postgres16"
  parameter {
    name  = "log_statement"
    value = "all"
  }
  parameter {
    name  = "rds.force_ssl"
    value = "0" # tls-server-settings
  }
}

resource "aws_db_parameter_group" "unknown" {
  family = "postgres16"
  dynamic "parameter" {
    for_each = var.parameters
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}
""",
    )


def test_tables() -> None:
    """DynamoDB is always encrypted; a key of one's own needs the block to be on."""
    check(
        "customer-key-databases point-in-time-recovery deletion-protected-databases encrypted-databases",
        """
resource "aws_dynamodb_table" "silent" { # customer-key-databases, point-in-time-recovery, deletion-protected-databases
  name = "orders"
}

resource "aws_dynamodb_table" "half" { # customer-key-databases
  deletion_protection_enabled = true
  server_side_encryption {
    enabled = true
  }
  point_in_time_recovery {
    enabled = false # point-in-time-recovery
  }
}

resource "aws_dynamodb_table" "good" {
  deletion_protection_enabled = true
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.main.arn
  }
  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_keyspaces_table" "silent" { # customer-key-databases, point-in-time-recovery
  table_name = "orders"
}
""",
    )


def test_caches() -> None:
    """Only groups of Redis are encrypted and ask for passwords; memcached keeps no backups."""
    check(
        "encrypted-databases tls-databases authenticated-caches database-backups networked-databases",
        """
# below: encrypted-databases, tls-databases, authenticated-caches, database-backups
resource "aws_elasticache_replication_group" "silent" {
  replication_group_id = "sessions"
}

resource "aws_elasticache_replication_group" "good" {
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  auth_token                 = random_password.cache.result
  snapshot_retention_limit   = 5
}

resource "aws_elasticache_replication_group" "valkey" {
  engine                     = "valkey"
  transit_encryption_enabled = true
  user_group_ids             = [aws_elasticache_user_group.app.id]
  snapshot_retention_limit   = 5
}

resource "aws_elasticache_replication_group" "secondary" { # authenticated-caches
  global_replication_group_id = aws_elasticache_global_replication_group.main.id
  snapshot_retention_limit    = 5
}

resource "aws_elasticache_cluster" "redis" { # database-backups, networked-databases
  engine = "redis"
}

resource "aws_elasticache_cluster" "memcached" {
  engine            = "memcached"
  subnet_group_name = aws_elasticache_subnet_group.main.name
}

resource "aws_elasticache_cluster" "member" {
  replication_group_id = aws_elasticache_replication_group.good.id
}

resource "aws_memorydb_cluster" "silent" { # database-backups
  acl_name = "app"
}

resource "aws_memorydb_cluster" "bad" {
  acl_name                 = "open-access" # authenticated-caches
  tls_enabled              = false # tls-databases
  snapshot_retention_limit = 3
}

resource "aws_dax_cluster" "silent" { # encrypted-databases, tls-databases
  cluster_name = "hot"
}

resource "aws_dax_cluster" "good" {
  cluster_endpoint_encryption_type = "TLS"
  server_side_encryption {
    enabled = true
  }
}
""",
    )


def test_search_domains() -> None:
    """HTTPS is enforced where its block is there and does not say otherwise; old TLS is the default."""
    check(
        "encrypted-databases encrypted-database-nodes tls-databases current-database-tls database-logs"
        " database-audit-logs networked-databases fine-grained-search-access no-open-resource-policies",
        """
# below: encrypted-databases, tls-databases, current-database-tls, database-logs
# below: database-audit-logs, networked-databases, fine-grained-search-access
resource "aws_elasticsearch_domain" "silent" {
  domain_name = "logs"
}

resource "aws_opensearch_domain" "good" {
  vpc_options {
    subnet_ids = [aws_subnet.a.id]
  }
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
  advanced_security_options {
    enabled = true
  }
  log_publishing_options {
    log_type = "AUDIT_LOGS"
  }
  access_policies = jsonencode({
    Statement = [{ Effect = "Allow", Action = "es:ESHttpGet", Principal = "*", Resource = "*" }]
  })
}

resource "aws_opensearch_domain" "bad" { # database-audit-logs, networked-databases
  encrypt_at_rest {
    enabled = false # encrypted-databases
  }
  node_to_node_encryption {
    enabled = false # encrypted-database-nodes
  }
  domain_endpoint_options {
    enforce_https       = false # tls-databases
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07" # current-database-tls
  }
  advanced_security_options {
    enabled = false # fine-grained-search-access
  }
  log_publishing_options { # database-logs
    enabled  = false
    log_type = "AUDIT_LOGS"
  }
  access_policies = jsonencode({
    # below: no-open-resource-policies
    Statement = [{ Effect = "Allow", Action = "es:ESHttpGet", Principal = "*", Resource = "*" }]
  })
}
""".replace(
            '"aws_opensearch_domain" "bad" { # networked',
            '"aws_opensearch_domain" "bad" { # database-audit-logs, networked',
        ),
    )


def test_warehouses() -> None:
    """From version 6 the provider is safe where nothing is said; older files are not."""
    silent = """
resource "aws_redshift_cluster" "main" { # MARKS
  cluster_identifier = "reports"
  node_type          = "ra3.large"
}
"""
    controls = "encrypted-databases no-public-databases database-logs networked-databases"
    check(controls, silent.replace("MARKS", controls.replace(" ", ", ")))
    new = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 6.4" }\n  }\n}\n'
    check(controls, new + silent.replace("MARKS", "database-logs, networked-databases"))
    check(
        controls,
        """
resource "aws_redshift_cluster" "main" {
  cluster_identifier        = "reports"
  cluster_subnet_group_name = aws_redshift_subnet_group.main.name
  encrypted                 = true
  publicly_accessible       = false
}

resource "aws_redshift_logging" "main" {
  cluster_identifier = aws_redshift_cluster.main.cluster_identifier
}
""",
    )


def test_copies_and_their_readers() -> None:
    """A snapshot is as encrypted as its database; one that is shared with "all" means everybody's."""
    check(
        "encrypted-database-snapshots no-public-database-snapshots",
        """
resource "aws_db_instance" "plain" {}

resource "aws_db_instance" "encrypted" {
  storage_encrypted = true
}

resource "aws_db_snapshot" "plain" { # encrypted-database-snapshots
  db_instance_identifier = aws_db_instance.plain.identifier
}

resource "aws_db_snapshot" "encrypted" {
  db_instance_identifier = aws_db_instance.encrypted.identifier
  shared_accounts        = ["123456789012"]
}

resource "aws_db_snapshot" "elsewhere" {
  db_instance_identifier = "another"
  shared_accounts        = ["all"] # no-public-database-snapshots
}
""",
    )


def test_public_subnets_are_found_over_groups_routes_and_gateways() -> None:
    """Only a route to an internet gateway makes a subnet public, not one to a NAT gateway."""
    check(
        "private-database-subnets",
        """
resource "aws_db_instance" "open" { # private-database-subnets
  db_subnet_group_name = aws_db_subnet_group.open.name
}

resource "aws_db_instance" "closed" {
  db_subnet_group_name = aws_db_subnet_group.closed.name
}

resource "aws_db_subnet_group" "open" {
  subnet_ids = [aws_subnet.closed.id, aws_subnet.open.id]
}

resource "aws_db_subnet_group" "closed" {
  subnet_ids = [aws_subnet.closed.id]
}

resource "aws_subnet" "open" {}
resource "aws_subnet" "closed" {}

resource "aws_route_table_association" "open" {
  subnet_id      = aws_subnet.open.id
  route_table_id = aws_route_table.open.id
}

resource "aws_route_table_association" "closed" {
  subnet_id      = aws_subnet.closed.id
  route_table_id = aws_route_table.closed.id
}

resource "aws_route_table" "open" {}

resource "aws_route" "open" {
  route_table_id         = aws_route_table.open.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}

resource "aws_route_table" "closed" {
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}

resource "aws_internet_gateway" "main" {}
""",
    )


def test_slow_queries_may_be_logged() -> None:
    """What is asked for by one control is no fault of another."""
    check(
        "no-logged-questions logged-queries",
        """
resource "aws_rds_cluster_parameter_group" "slow" {
  name   = "slow"
  family = "aurora-postgresql16"
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }
}
""",
    )


def test_releases_of_redis_are_supported_for_as_long_as_the_provider_says() -> None:
    """Not its makers' dates; memcached and Valkey have releases of their own, and an engine may be one of them."""
    check(
        "supported-databases",
        """
resource "aws_elasticache_replication_group" "third" {
  engine_version = "3.2.10" # supported-databases
}

resource "aws_elasticache_cluster" "second" {
  engine         = "redis"
  engine_version = "2.8.24" # supported-databases
}

resource "aws_elasticache_replication_group" "seventh" {
  engine_version = "7.1"
}

resource "aws_elasticache_replication_group" "asked" {
  engine_version = var.release
}

resource "aws_elasticache_replication_group" "silent" {
  engine = "redis"
}

resource "aws_elasticache_cluster" "other" {
  engine         = "memcached"
  engine_version = "2.8.24"
}

resource "aws_elasticache_cluster" "either" {
  engine         = var.engine
  engine_version = "2.8.24"
}
""",
    )
