"""EMR, Glue, Athena, SageMaker, MWAA and WorkSpaces of AWS."""

from formats.aws_kit import check


def test_clusters_and_their_configurations() -> None:
    """A configuration is a document; where it does not say that something is encrypted, it is not."""
    check(
        "secured-data-clusters private-data-clusters data-cluster-logs authenticated-data-clusters encrypted-data-jobs"
        " encrypted-local-disks encrypted-system-disks tls-data-jobs",
        """
resource "aws_emr_cluster" "silent" { # secured-data-clusters, data-cluster-logs, authenticated-data-clusters
}

# below: encrypted-data-jobs, tls-data-jobs, encrypted-local-disks, encrypted-system-disks
resource "aws_emr_security_configuration" "empty" {
  configuration = "{}"
}

resource "aws_emr_security_configuration" "no_disks" { # encrypted-local-disks, encrypted-system-disks
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption     = true
      EnableAtRestEncryption        = true
      AtRestEncryptionConfiguration = { S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" } }
    }
  })
}

resource "aws_emr_security_configuration" "unknown" {
  configuration = var.configuration
}

resource "aws_glue_security_configuration" "some" {
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "DISABLED" # encrypted-data-jobs
    }
    s3_encryption {
      s3_encryption_mode = "SSE-S3"
    }
  }
}

resource "aws_mwaa_environment" "bad" { # data-cluster-logs
  webserver_access_mode = "PUBLIC_ONLY" # private-data-clusters
}

resource "aws_mwaa_environment" "good" {
  logging_configuration {
    scheduler_logs {
      enabled = true
    }
    webserver_logs {
      enabled = true
    }
    worker_logs {
      enabled = true
    }
  }
}
""",
    )


def test_queries_catalogues_and_jobs() -> None:
    """Results of queries, what a catalogue knows, jobs without a configuration."""
    check(
        "encrypted-query-results enforced-query-settings query-metrics encrypted-catalogs secured-data-jobs",
        """
resource "aws_athena_workgroup" "silent" { # encrypted-query-results
}

resource "aws_athena_workgroup" "good" {
  configuration {
    enforce_workgroup_configuration = true
    result_configuration {
      encryption_configuration {
        encryption_option = "SSE_KMS"
      }
    }
  }
}

resource "aws_athena_database" "silent" { # encrypted-query-results
}

resource "aws_glue_data_catalog_encryption_settings" "half" { # encrypted-catalogs
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = true
    }
  }
}

resource "aws_glue_crawler" "silent" { # secured-data-jobs
}

resource "aws_glue_job" "good" {
  security_configuration = aws_glue_security_configuration.main.name
}
""",
    )


def test_notebooks_models_and_desktops() -> None:
    """A notebook has the internet and root where nothing is said."""
    check(
        "customer-key-notebooks no-direct-notebook-internet no-notebook-root networked-notebooks"
        " current-notebook-metadata customer-key-models isolated-models encrypted-desktops",
        """
# below: customer-key-notebooks, no-direct-notebook-internet, no-notebook-root, networked-notebooks
# below: current-notebook-metadata
resource "aws_sagemaker_notebook_instance" "silent" {
}

resource "aws_sagemaker_notebook_instance" "good" {
  kms_key_id             = aws_kms_key.main.arn
  direct_internet_access = "Disabled"
  root_access            = "Disabled"
  subnet_id              = aws_subnet.a.id
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}

resource "aws_sagemaker_endpoint_configuration" "silent" { # customer-key-models
}

resource "aws_sagemaker_model" "silent" { # isolated-models
}

resource "aws_comprehend_entity_recognizer" "half" {
  model_kms_key_id = aws_kms_key.main.arn # customer-key-models
}

resource "aws_workspaces_workspace" "half" { # encrypted-desktops
  root_volume_encryption_enabled = true
}
""",
    )


def test_results_with_a_key_of_ours() -> None:
    """Of results that are encrypted it is asked whose key that is; one that the provider keeps has its own place."""
    check(
        "customer-key-query-results",
        """
resource "aws_athena_workgroup" "open" {
}

resource "aws_athena_workgroup" "by_the_bucket" { # customer-key-query-results
  configuration {
    result_configuration {
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}

resource "aws_athena_workgroup" "providers" {
  configuration {
    result_configuration {
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = "alias/aws/s3" # customer-key-query-results
      }
    }
  }
}

resource "aws_athena_workgroup" "somehow" {
  configuration {
    result_configuration {
      encryption_configuration {
        encryption_option = var.option
        kms_key_arn       = var.key
      }
    }
  }
}

resource "aws_athena_workgroup" "good" {
  configuration {
    result_configuration {
      encryption_configuration {
        encryption_option = "CSE_KMS"
        kms_key_arn       = aws_kms_key.main.arn
      }
    }
  }
}

resource "aws_athena_workgroup" "kept" { # customer-key-query-results
  configuration {
    managed_query_results_configuration {
      enabled = true
    }
  }
}

resource "aws_athena_workgroup" "kept_well" {
  configuration {
    managed_query_results_configuration {
      enabled = true
      encryption_configuration {
        kms_key = aws_kms_key.main.arn
      }
    }
  }
}

resource "aws_athena_database" "by_the_bucket" { # customer-key-query-results
  encryption_configuration {
    encryption_option = "SSE_S3"
  }
}

resource "aws_athena_database" "good" {
  encryption_configuration {
    encryption_option = "SSE_KMS"
    kms_key           = aws_kms_key.main.arn
  }
}
""",
    )
