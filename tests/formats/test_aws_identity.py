"""Who may do what in AWS: policies in all their forms, roles, users, groups, keys, passwords."""

import pytest

from formats.aws_kit import check, found

ALL = (
    "no-full-access-policies no-service-wildcards bounded-policy-resources no-privilege-escalation no-inverted-policies"
)

FORMS = {
    "jsonencode": """
resource "aws_iam_policy" "main" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["*"], Resource = ["*"] }]
  })
}
""",
    "one statement": """
resource "aws_iam_role_policy" "main" {
  policy = jsonencode({ Statement = { Effect = "Allow", Action = "*", Resource = "*" } })
}
""",
    "heredoc": """
resource "aws_iam_group_policy" "main" {
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "${aws_s3_bucket.b.arn}/*"},
        {"Effect": "Allow", "Action": "*", "Resource": "*"}
      ]
    }
  EOF
}
""",
    "text": """
resource "aws_iam_user_policy" "main" {
  policy = "{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"*\\",\\"Resource\\":\\"*\\"}]}"
}
""",
    "local": """
locals {
  document = { Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] }
}
resource "aws_iam_policy" "main" {
  policy = jsonencode(local.document)
}
""",
    "document": """
data "aws_iam_policy_document" "main" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}
resource "aws_iam_policy" "main" {
  policy = data.aws_iam_policy_document.main.json
}
""",
    "inline": """
resource "aws_iam_role" "main" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
  inline_policy {
    name   = "main"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
  }
}
""",
    "each": """
locals {
  services = ["*"]
}
data "aws_iam_policy_document" "main" {
  dynamic "statement" {
    for_each = local.services
    content {
      actions   = [statement.value]
      resources = ["*"]
    }
  }
}
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_policy_that_allows_everything_is_found_once_in_every_form(form: str) -> None:
    """Once: where it stands, and not again where it is used."""
    assert len(found(FORMS[form], ["no-full-access-policies"])) == 1


def test_what_is_denied_or_not_known_is_no_finding() -> None:
    """A policy that denies, actions that a variable gives, a policy that cannot be read."""
    check(
        ALL,
        """
variable "actions" { type = list(string) }

resource "aws_iam_policy" "deny" {
  policy = jsonencode({ Statement = [{ Effect = "Deny", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy" "unknown" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }] })
}

resource "aws_iam_policy" "elsewhere" {
  policy = var.policy
}

data "aws_iam_policy_document" "unknown" {
  statement {
    actions   = var.actions
    resources = ["*"]
  }
}
""",
    )


def test_wildcards() -> None:
    """Of a service, of resources; what cannot be bounded to a resource is not asked to be."""
    check(
        ALL,
        """
data "aws_iam_policy_document" "main" {
  statement {
    actions   = ["sqs:SendMessage", "s3:*"] # no-service-wildcards
    resources = [aws_s3_bucket.b.arn]
  }
  statement {
    actions   = ["*"] # no-service-wildcards
    resources = [aws_s3_bucket.b.arn]
  }
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::b", "*"] # bounded-policy-resources
  }
  statement {
    actions   = ["ec2:DescribeInstances", "ecr:GetAuthorizationToken", "cloudwatch:PutMetricData"]
    resources = ["*"]
  }
  statement {
    actions   = ["s3:PutObject"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/team"
      values   = ["shop"]
    }
  }
  statement {
    not_actions = ["iam:*"] # no-inverted-policies
    resources   = ["arn:aws:s3:::b"]
  }
}
""",
    )


def test_everything_is_each_of_its_parts() -> None:
    """Every action on everything is also every way to rights, credentials and data: each control says so."""
    check(
        "no-full-access-policies bounded-policy-resources no-privilege-escalation no-credential-exposure"
        " no-data-exfiltration no-permissions-management bounded-write-access",
        """
data "aws_iam_policy_document" "all" {
  statement {
    # below: no-full-access-policies, no-privilege-escalation, no-credential-exposure
    # below: no-data-exfiltration, no-permissions-management, bounded-write-access
    actions   = ["*"]
    resources = ["*"] # bounded-policy-resources
  }
}
""",
    )


def test_a_policy_from_an_older_template() -> None:
    """What template_file makes of a text and its variables; one that nobody knows makes nothing known."""
    check(
        "bounded-write-access no-service-wildcards",
        """
data "template_file" "policy" {
  template = "{\\"Statement\\": [{\\"Action\\": \\"sqs:*\\", \\"Resource\\": \\"$${queue}\\"}]}"
  vars = {
    queue = "*"
  }
}

resource "aws_iam_policy" "all" {
  policy = data.template_file.policy.rendered # bounded-write-access, no-service-wildcards
}

variable "queue" {}

data "template_file" "unknown" {
  template = "{\\"Statement\\": [{\\"Action\\": \\"sqs:*\\", \\"Resource\\": \\"$${queue}\\"}]}"
  vars = {
    queue = var.queue
  }
}

resource "aws_iam_policy" "some" {
  policy = data.template_file.unknown.rendered # no-service-wildcards
}

data "template_file" "broken" {
  template = "$${other}"
}

resource "aws_iam_policy" "broken" {
  policy = data.template_file.broken.rendered
}
""",
    )


def test_a_statement_is_told_once_a_control() -> None:
    """Of many actions of one statement the first is named; another statement is another finding."""
    check(
        "no-permissions-management no-credential-exposure no-data-exfiltration",
        """
data "aws_iam_policy_document" "many" {
  statement {
    actions = [
      "s3:GetObject",       # no-data-exfiltration
      "ssm:GetParameter",
      "s3:PutBucketPolicy", # no-permissions-management
      "s3:PutObjectAcl",
      "sts:AssumeRole",     # no-credential-exposure
      "ec2:GetPasswordData",
    ]
    resources = ["*"]
  }
  statement {
    actions   = ["sqs:AddPermission"] # no-permissions-management
    resources = ["*"]
  }
}
""",
    )


def test_which_actions_know_a_resource() -> None:
    """What the service can bound is asked to be; labels and rights are not what is meant by changes."""
    check(
        "bounded-policy-resources bounded-write-access",
        """
data "aws_iam_policy_document" "unbound" {
  statement {
    actions   = ["ec2:Describe*", "cloudwatch:PutMetricData", "s3:ListAllMyBuckets", "xray:PutTraceSegments"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "listing" {
  statement {
    actions   = ["s3:List*"]
    resources = ["*"] # bounded-policy-resources
  }
}

data "aws_iam_policy_document" "labels" {
  statement {
    actions   = ["ec2:CreateTags", "s3:PutBucketPolicy"]
    resources = ["*"] # bounded-policy-resources
  }
}

data "aws_iam_policy_document" "interfaces" {
  statement {
    actions   = ["ec2:CreateNetworkInterface"] # bounded-write-access
    resources = ["*"] # bounded-policy-resources
  }
}
""",
    )


def test_actions_that_give_more_than_they_say() -> None:
    """Ways to more rights, credentials and data, where nothing bounds them."""
    check(
        "no-privilege-escalation no-credential-exposure no-data-exfiltration no-permissions-management"
        " bounded-write-access",
        """
data "aws_iam_policy_document" "rights" {
  statement {
    actions   = ["iam:CreatePolicyVersion"] # no-privilege-escalation, no-permissions-management
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "pass" {
  statement {
    actions   = ["iam:PassRole"] # no-privilege-escalation, no-permissions-management
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "pass_to_one" {
  statement {
    actions   = ["iam:PassRole"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "session" {
  statement {
    actions   = ["sts:AssumeRole"] # no-credential-exposure, bounded-write-access
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "pull" {
  statement {
    actions   = ["ecr:GetAuthorizationToken", "sts:GetCallerIdentity"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:Get*"] # no-data-exfiltration
    resources = ["arn:aws:s3:::*"]
  }
}

data "aws_iam_policy_document" "bounded" {
  statement {
    actions   = ["s3:GetObject", "iam:PassRole", "sts:AssumeRole", "s3:PutBucketPolicy"]
    resources = ["arn:aws:s3:::b", aws_iam_role.r.arn]
  }
}
""",
    )


def test_who_may_take_a_role() -> None:
    """Everybody, a whole account, jobs of any repository."""
    check(
        "no-open-trust no-account-trust bounded-federated-trust",
        """
resource "aws_iam_role" "service" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "open" {
  assume_role_policy = jsonencode({
    # below: no-open-trust
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = ["111122223333:role/a", "*"] } }]
  })
}

resource "aws_iam_role" "organization" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" }
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}

resource "aws_iam_role" "second_factor" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" } # no-open-trust
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}

resource "aws_iam_role" "account" {
  assume_role_policy = jsonencode({
    # below: no-account-trust
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "123456789012" } }]
  })
}

resource "aws_iam_role" "external" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Condition = { StringEquals = { "sts:ExternalId" = "shop-7" } }
    }]
  })
}

data "aws_iam_policy_document" "any_repository" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals { # bounded-federated-trust
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:*"]
    }
  }
}

data "aws_iam_policy_document" "one_owner" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:example/*"]
    }
  }
}

data "aws_iam_policy_document" "own_cluster" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.cluster.arn]
    }
  }
}
""",
    )


def test_documents_as_data_are_what_their_principals_make_them() -> None:
    """A key's policy may allow everything to its account; a queue's may not; a limit gives nothing."""
    check(
        "no-wildcard-resource-actions no-open-resource-policies no-full-access-policies no-account-trust",
        """
data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
}

data "aws_iam_policy_document" "queue" {
  statement {
    actions   = ["sqs:*"] # no-wildcard-resource-actions
    resources = ["*"]
    principals { # no-open-resource-policies
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "limit" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_organizations_policy" "limit" {
  content = data.aws_iam_policy_document.limit.json
}

resource "aws_iam_policy" "boundary" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_role" "bounded" {
  permissions_boundary = aws_iam_policy.boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}
""",
    )


def test_ready_policies_and_whom_they_are_given_to() -> None:
    """The provider's policies for administrators, by every way of attaching; rights of single users."""
    check(
        "no-admin-attachments no-user-policies",
        """
resource "aws_iam_role_policy_attachment" "admin" {
  role       = "ci"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # no-admin-attachments
}

resource "aws_iam_group_policy_attachment" "iam" {
  group      = "ops"
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/IAMFullAccess" # no-admin-attachments
}

resource "aws_iam_role_policy_attachment" "by_data" {
  role       = "ci"
  policy_arn = data.aws_iam_policy.admin.arn
}

data "aws_iam_policy" "admin" {
  name = "AdministratorAccess" # no-admin-attachments
}

resource "aws_iam_user_policy_attachment" "ann" {
  user       = aws_iam_user.ann.name # no-user-policies
  policy_arn = aws_iam_policy.own.arn
}

resource "aws_iam_policy_attachment" "some" {
  name       = "some"
  users      = ["ann"] # no-user-policies
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role" "managed" {
  assume_role_policy  = data.aws_iam_policy_document.trust.json
  # below: no-admin-attachments
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_iam_user_policy" "own" { # no-user-policies
  user   = "ann"
  policy = data.aws_iam_policy_document.own.json
}
""",
    )


def test_people() -> None:
    """A second factor may be asked for by a policy of the user, of a group, or by one that is attached."""
    check(
        "mfa-for-users mfa-for-groups no-root-keys",
        """
resource "aws_iam_user" "no_console" {
  name = "mail"
}

resource "aws_iam_user" "ann" { # mfa-for-users
  name = "ann"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user" "eve" {
  name = "eve"
}

resource "aws_iam_user_login_profile" "all" {
  for_each = { ann = aws_iam_user.ann.name, bob = "bob", eve = "eve" }
  user     = each.value
}

resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = [aws_iam_group.people.name]
}

resource "aws_iam_user_policy_attachment" "eve" {
  user       = "eve"
  policy_arn = var.policy
}

resource "aws_iam_group" "people" {
  name = "people"
}

resource "aws_iam_group_policy_attachment" "people" {
  group      = aws_iam_group.people.name
  policy_arn = aws_iam_policy.mfa.arn
}

resource "aws_iam_policy" "mfa" {
  policy = data.aws_iam_policy_document.mfa.json
}

data "aws_iam_policy_document" "mfa" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:*"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_group" "others" { # mfa-for-groups
  name = "others"
}

resource "aws_iam_access_key" "root" {
  user = "root" # no-root-keys
}

resource "aws_iam_access_key" "mail" {
  user = aws_iam_user.no_console.name
}
""",
    )


def test_passwords() -> None:
    """Each item by itself; what is not said is not asked for."""
    items = (
        "password-length password-reuse password-age password-lowercase password-uppercase password-numbers"
        " password-symbols"
    )
    check(items, f'resource "aws_iam_account_password_policy" "silent" {{ # {items.replace(" ", ", ")}\n}}\n')
    check(
        items,
        """
resource "aws_iam_account_password_policy" "main" {
  minimum_password_length      = 13 # password-length
  password_reuse_prevention    = 23 # password-reuse
  max_password_age             = 91 # password-age
  require_lowercase_characters = false # password-lowercase
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
}

resource "aws_iam_account_password_policy" "good" {
  minimum_password_length      = 14
  password_reuse_prevention    = 24
  max_password_age             = 90
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
}
""",
    )


def test_documents_of_systems_manager() -> None:
    """The settings of sessions are a document in JSON; what is shared with all means everybody's."""
    check(
        "encrypted-sessions logged-sessions no-public-documents",
        """
resource "aws_ssm_document" "sessions" { # encrypted-sessions, logged-sessions
  document_type = "Session"
  content       = "{}"
}

resource "aws_ssm_document" "good" {
  document_type = "Session"
  content = jsonencode({
    inputs = {
      kmsKeyId                    = aws_kms_key.main.arn
      cloudWatchLogGroupName      = aws_cloudwatch_log_group.sessions.name
      cloudWatchEncryptionEnabled = true
    }
  })
}

resource "aws_ssm_document" "unknown" {
  document_type = "Session"
  content       = var.content
}

resource "aws_ssm_document" "shared" {
  document_type = "Command"
  content       = "{}"
  permissions = { # no-public-documents
    type        = "Share"
    account_ids = "All"
  }
}
""",
    )


def test_places_inside_of_policies() -> None:
    """A fault stands at its own action, resource or principal, in whatever form the policy is written."""
    text = """
resource "aws_iam_policy" "heredoc" {
  policy = <<-EOF
    {
      "Statement": [
        {
          "Resource": "arn:aws:s3:::b",
          "Action": [
            "s3:GetObject",
            "s3:*"
          ],
          "Effect": "Allow"
        },
        {
          "Effect": "Allow",
          "Action": "sqs:*",
          "Resource": "arn:aws:sqs:::q"
        }
      ]
    }
  EOF
}

resource "aws_iam_policy" "encoded" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = "arn:aws:s3:::b"
      },
      {
        Effect = "Allow"
        Action = [
          "sns:Publish",
          "sns:*",
        ]
        Resource = "arn:aws:sns:::t"
      },
    ]
  })
}
"""
    assert found(text, ["no-service-wildcards"]) == {(line, "no-service-wildcards") for line in (10, 16, 36)}
