"""What controls of the cloud share: patterns of actions, conditions that bound, ranges of addresses, TLS versions."""

import pytest

from ringfence.controls.cloud.actions import changes_rights, is_boundable, is_writing
from ringfence.controls.cloud.escalation import escalation, starting
from ringfence.controls.cloud.ranges import is_everybody
from ringfence.controls.cloud.statements import (
    anybody,
    covers,
    denies_others,
    is_all_of,
    is_bounded,
    is_everything,
    is_service,
)
from ringfence.controls.cloud.tls import is_old_tls, taken
from ringfence.dataclasses import replace
from ringfence.models.cloud.policy import Statement

PLAIN = Statement(
    effect="Allow",
    actions=("s3:GetObject",),
    not_actions=(),
    resources=("*",),
    not_resources=(),
    principals=(("AWS", "*"),),
    not_principals=(),
    conditions=(),
)


@pytest.mark.parametrize(
    ("pattern", "action", "holds"),
    [
        ("s3:GetObject", "s3:getobject", True),
        ("s3:Get*", "s3:GetObject", True),
        ("s3:*Object", "s3:GetObject", True),
        ("s3:*Object", "s3:GetObjectAcl", False),
        ("s3:Get?bject", "s3:GetObject", True),
        ("*", "iam:PassRole", True),
        ("iam:*Role*", "iam:PassRole", True),
        ("iam:Pass", "iam:PassRole", False),
        ("", "iam:PassRole", False),
        ("iam:PassRole**", "iam:PassRole", True),
        ("*a*a*a*a*a*a*a*b", "a" * 200, False),
    ],
)
def test_wildcards_of_actions(pattern: str, action: str, holds: bool) -> None:
    """`*` is any run of characters, `?` is one; case does not matter."""
    assert covers(pattern, action) is holds


@pytest.mark.parametrize(
    ("resource", "everything"),
    [
        ("*", True),
        ("arn:aws:s3:::*", True),
        ("arn:aws:s3:::b/*", False),
        ("arn:aws:logs:*:123456789012:*", True),
        ("arn:aws:logs:eu-west-1:123456789012:*", False),
        ("arn:aws:iam::123456789012:role/*", False),
        ("${}", False),
        ("", False),
    ],
)
def test_resources_that_are_everything(resource: str, everything: bool) -> None:
    """All there is, or all of a service."""
    assert is_everything(resource) is everything


@pytest.mark.parametrize(
    ("resource", "action", "everything"),
    [
        ("*", "s3:GetObject", True),
        ("arn:aws:s3:::*", "S3:GetObject", True),
        ("arn:aws:s3:::*", "logs:PutLogEvents", False),
        ("arn:aws:s3:::*", "*", True),
        ("arn:aws:*:*:*:*", "logs:PutLogEvents", True),
        ("arn:aws:s3:::*/*", "s3:Get*", True),
        ("arn:aws:s3:::*/*", "s3:ListBucket", False),
        ("arn:aws:s3:::b/*", "s3:GetObject", False),
        ("arn:aws:lambda:*:*:function:*", "lambda:InvokeFunction", True),
        ("arn:aws:lambda:*:123456789012:function:*:*", "lambda:InvokeFunction", True),
        ("arn:aws:lambda:*:*:function:orders*", "lambda:InvokeFunction", False),
        ("arn:aws:lambda:eu-west-1:*:function:*", "lambda:InvokeFunction", False),
        ("arn:aws:dynamodb:*:*:table/*", "dynamodb:PutItem", True),
        ("arn:aws:dynamodb:*:*:table/orders", "dynamodb:PutItem", False),
        ("arn:aws:iam::${}:role/*", "iam:PassRole", True),
        ("arn:aws:iam::${}:role/app/*", "iam:PassRole", False),
        ("arn:aws:iam::*:role/*", "iam:PutUserPolicy", False),
        ("arn:aws:iam::*:role/*", "iam:Put*", True),
        ("arn:aws:iam::*:user/*", "iam:PutUserPolicy", True),
        ("arn:aws:iam::123456789012:user/*", "iam:CreateAccessKey", True),
        ("arn:aws:iam::*:user/*", "iam:AddUserToGroup", False),
        ("arn:aws:iam::*:group/*", "iam:AddUserToGroup", True),
        ("arn:aws:iam::*:policy/*", "iam:CreatePolicyVersion", True),
        ("arn:aws:iam::*:user/*", "iam:UpdateAssumeRolePolicy", False),
        ("arn:aws:iam::*:user/team-*", "iam:PutUserPolicy", False),
        ("arn:aws:kms:*:*:key/*", "s3:GetObject", False),
        ("arn:aws:rds:*:*:cluster:*", "rds:Add*", True),
        ("arn:aws:rds:*:*:cluster:shop-*", "rds:Add*", False),
        ("arn:aws:rds:eu-west-1:*:cluster:*", "rds:Add*", False),
        ("arn:aws:kinesis:*:123456789012:stream/*", "kinesis:PutRecord", True),
        ("arn:aws:logs:*:*:log-group:*:*", "logs:PutLogEvents", True),
        ("arn:aws:logs:*:*:log-group:/aws/lambda/*", "logs:PutLogEvents", False),
        ("arn:aws:kms:*:*:key/*", "kms:Decrypt", True),
    ],
)
def test_resources_that_are_all_of_an_action(resource: str, action: str, everything: bool) -> None:
    """All of another service is nothing to it."""
    assert is_all_of(resource, action) is everything


def test_everything_of_a_service() -> None:
    """`s3:*`, and not `s3:Get*` or `*`."""
    assert [is_service(one) for one in ("s3:*", "s3:Get*", "*", "${}:*")] == [True, False, False, False]


@pytest.mark.parametrize(
    ("operator", "key", "values", "bounded"),
    [
        ("StringEquals", "aws:PrincipalOrgID", ("o-1",), True),
        ("ArnLike", "aws:SourceArn", ("arn:aws:s3:::b",), True),
        ("IpAddress", "aws:SourceIp", ("198.51.100.0/24",), True),
        ("IpAddress", "aws:SourceIp", ("0.0.0.0/0",), False),
        ("StringLike", "aws:SourceArn", ("*",), False),
        ("StringNotEquals", "aws:PrincipalOrgID", ("o-1",), False),
        ("Bool", "aws:SecureTransport", ("true",), False),
        ("StringEqualsIfExists", "AWS:sourceaccount", ("123456789012",), True),
        ("StringEquals", "aws:SourceVpce", ("${}",), True),
    ],
)
def test_conditions_that_bound_everybody(operator: str, key: str, values: tuple[str, ...], bounded: bool) -> None:
    """They say who or where from, with values that leave something out."""
    assert is_bounded(replace(PLAIN, conditions=((operator, key, values),))) is bounded


def test_everybody() -> None:
    """`*` alone or as an account; not a service or an identity."""
    good = ("AWS", "arn:aws:iam::123456789012:role/a")
    assert anybody(PLAIN) == 0
    assert anybody(replace(PLAIN, principals=(good, ("*", "*"), good))) == 1
    assert anybody(replace(PLAIN, principals=(good, ("Service", "s3.amazonaws.com"), ("Federated", "*")))) is None


def test_a_denial_of_all_others_bounds_too() -> None:
    """The usual form for private networks; a denial of plain HTTP bounds nobody."""
    deny = replace(PLAIN, effect="Deny")
    others = replace(deny, conditions=(("StringNotEquals", "aws:SourceVpce", ("vpce-1",)),))
    plain = replace(deny, conditions=(("Bool", "aws:SecureTransport", ("false",)),))
    assert denies_others((PLAIN, others))
    assert denies_others((replace(deny, principals=(), not_principals=(("AWS", "a"),)),))
    assert not denies_others((PLAIN, plain))
    assert not denies_others((replace(others, effect="Allow"),))


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("0.0.0.0/0", True),
        ("::/0", True),
        ("0.0.0.0/1", True),
        ("*", True),
        ("0.0.0.0 - 255.255.255.255", True),
        ("10.0.0.0/8", False),
        ("0.0.0.0-0.0.0.0", False),
        ("198.51.100.7", False),
        ("", False),
        ("${}/0", False),
        ("2001:db8::/32", False),
        ("1.1.1.1-::", False),
    ],
)
def test_ranges_that_are_everybody(text: str, wide: bool) -> None:
    """The whole internet in any spelling, or half of it."""
    assert is_everybody(text) is wide


def test_old_versions_of_tls() -> None:
    """Below 1.2; what is not known is not old."""
    assert [is_old_tls(one) for one in ("ssl", "1.0", "1.1", "1.2", "1.3", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert taken("ssl") == "versions older than TLS 1.0 are taken"
    assert taken("1.1") == "TLS 1.1 is taken"


@pytest.mark.parametrize(
    ("action", "boundable", "writing", "rights"),
    [
        ("s3:GetObject", True, False, False),
        ("s3:ListBucket", True, False, False),
        ("s3:ListAllMyBuckets", False, False, False),
        ("s3:PutBucketPolicy", True, False, True),
        ("ec2:DescribeInstances", False, False, False),
        ("ec2:TerminateInstances", True, True, False),
        ("dynamodb:DescribeTable", True, False, False),
        ("ecr:GetAuthorizationToken", False, False, False),
        ("cloudwatch:PutMetricData", False, False, False),
        ("xray:PutTraceSegments", False, False, False),
        ("iam:CreateRole", True, False, True),
        ("iam:*", True, False, True),
        ("kms:PutKeyPolicy", True, False, True),
        ("ec2:CreateTags", True, False, False),
        ("ec2:Describe*", False, False, False),
        ("states:Describe*", True, False, False),
        ("states:List*", False, False, False),
        ("nobody-knows:Describe*", False, False, False),
        ("s3:List*", True, False, False),
        ("s3:GetBucketPolicy", True, False, False),
        ("xray:Put*", False, False, False),
        ("dynamodb:*", True, True, True),
        ("logs:*", True, True, False),
        ("*", True, True, True),
        ("${}", False, False, False),
    ],
)
def test_what_actions_do(action: str, boundable: bool, writing: bool, rights: bool) -> None:
    """By their names: can they be bounded to a resource, do they change something, do they change who has rights?"""
    assert (is_boundable(action), is_writing(action), changes_rights(action)) == (boundable, writing, rights)


def test_ways_to_more_rights() -> None:
    """With wildcards too."""
    assert escalation("iam:CreatePolicyVersion") == "a new version of a policy can allow everything"
    assert escalation("iam:Attach*") is not None
    assert escalation("iam:GetRole") is None
    assert starting(["s3:GetObject", "ec2:Run*"]) == "ec2:Run*"
    assert starting(["s3:GetObject"]) is None
