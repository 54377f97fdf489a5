"""A decision is asked in the words of the file: with the attribute that answers it, or as the resource's kind asks."""

import pytest

from audit.audit_desk import Folder
from formats.cloud_kit import resource


@pytest.mark.parametrize(
    ("control", "text", "question"),
    [
        # The attribute of the resource, of a nested block that is there, and of one that is not.
        ("customer-key-volumes", resource("aws_ebs_volume", "size=8;encrypted=true"), "encrypt it? (kms_key_id)"),
        (
            "customer-key-registries",
            resource("aws_ecr_repository", 'name="a";encryption_configuration{encryption_type="AES256"}'),
            "use? (encryption_configuration.kms_key)",
        ),
        (
            "customer-key-registries",
            resource("aws_ecr_repository", 'name="a"'),
            "use? (encryption_configuration.kms_key)",
        ),
        # Of an element of a list, the list.
        (
            "bounded-origins",
            resource("aws_s3_bucket_cors_configuration", 'cors_rule{allowed_origins=["https://a.example","*"]}'),
            "call it? (allowed_origins)",
        ),
        # What the kind itself asks, and what says the attribute already.
        ("flow-logs", resource("aws_vpc", 'cidr_block="10.0.0.0/16"'), "go? add an aws_flow_log for this network"),
        ("owned-images", resource("data.aws_ami", 'filter{name="name";values=["a*"]}'), "use? name them in owners"),
    ],
)
def test_a_question_names_what_answers_it(folder: Folder, control: str, text: str, question: str) -> None:
    """As the JSON report gives it."""
    folder.write("main.tf", text)
    found = folder.report("--profile", "all", "--only", control)["findings"]
    assert found
    assert all(one["fix"]["left"][0]["why"].endswith(question) for one in found), [one["fix"] for one in found]
