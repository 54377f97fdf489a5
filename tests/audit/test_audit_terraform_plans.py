"""Plans of Terraform in an audit: which instance is meant where only the configuration says it, through modules too."""

import json
from typing import Any

import pytest

from audit.audit_desk import Folder

BLOCK = dict.fromkeys(
    ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"), True
)
UNKNOWN = {"id": True, "bucket": True}


def resource(name: str, index: str | int | None = None, module: str = "", **values: Any) -> dict[str, Any]:
    """A planned bucket, or the block of one."""
    kind = "aws_s3_bucket" if name == "b" else "aws_s3_bucket_public_access_block"
    key = "" if index is None else f"[{json.dumps(index)}]"
    address = f"{module}.{kind}.{name}{key}".removeprefix(".")
    made = {"address": address, "mode": "managed", "type": kind, "name": name, "values": values or BLOCK}
    return made if index is None else made | {"index": index}


def says(name: str, *references: str, each: str = "") -> dict[str, Any]:
    """What the configuration says of the bucket of a block."""
    kind = "aws_s3_bucket_public_access_block"
    made: dict[str, Any] = {"address": f"{kind}.{name}", "expressions": {"bucket": {"references": list(references)}}}
    return made | {"for_each_expression": {"references": [each]}} if each else made


def plan(root: list[dict[str, Any]], config: dict[str, Any], **below: list[dict[str, Any]]) -> str:
    """A plan; `below` are the resources of modules, by the key of the call."""
    modules = [{"address": f'module.m["{key}"]', "resources": some} for key, some in below.items()]
    everything = [*root, *(one for some in below.values() for one in some)]
    changes = [
        {"address": one["address"], "change": {"after_unknown": UNKNOWN if one["name"] != "b" else {"id": True}}}
        for one in everything
    ]
    return json.dumps(
        {
            "format_version": "1.2",
            "terraform_version": "1.11.4",
            "planned_values": {"root_module": {"resources": root, "child_modules": modules}},
            "resource_changes": changes,
            "configuration": {"root_module": config},
        }
    )


def bare(folder: Folder, text: str) -> list[str]:
    folder.write("plan.json", text)
    findings = folder.report("--only", "public-access-blocked")["findings"]
    return [one["subject"] for one in findings]


TWO = [resource("b", "a", bucket="one"), resource("b", "0", bucket="two")]


@pytest.mark.parametrize(
    ("blocks", "said", "left"),
    [
        ([resource("p")], says("p", 'aws_s3_bucket.b["0"].id', 'aws_s3_bucket.b["0"]'), ['aws_s3_bucket.b["a"]']),
        ([resource("p")], says("p", "aws_s3_bucket.b[0].id"), []),
        ([resource("p", "a")], says("p", "aws_s3_bucket.b", "each.key"), []),
        ([resource("p", "a"), resource("p", "0")], says("p", "each.value.id", each="aws_s3_bucket.b"), []),
        ([resource("p", "a")], says("p", "each.value.id", each="local.some"), []),
        ([resource("p")], says("p", "local.bucket"), []),
        ([resource("p")], says("p", "aws_s3_bucket.other.id"), ['aws_s3_bucket.b["a"]']),
        ([], {}, ['aws_s3_bucket.b["a"]']),
    ],
)
def test_which_instance_a_plan_means(
    folder: Folder, blocks: list[dict[str, Any]], said: dict[str, Any], left: list[str]
) -> None:
    """A reference with a key means that instance; what comes from each is what that runs over."""
    found = bare(folder, plan([*TWO, *blocks], {"resources": [said]}))
    assert found[: len(left)] == left
    assert bool(found) is bool(left)


def test_buckets_that_a_plan_passes_to_modules_and_takes_from_them(folder: Folder) -> None:
    """What a call passes, and what a module gives back, is followed in the configuration."""
    inner = {"resources": [says("p", "var.bucket")]}
    call = {"expressions": {"bucket": {"references": ['aws_s3_bucket.b["0"].id']}}, "module": inner}
    module = resource("p", module='module.m["x"]')
    assert bare(folder, plan(TWO, {"module_calls": {"m": call}}, x=[module])) == ['aws_s3_bucket.b["a"]']
    gives = {"outputs": {"bucket": {"expression": {"references": ["aws_s3_bucket.b.id", "aws_s3_bucket.b"]}}}}
    config = {
        "resources": [says("p", 'module.m["y"].bucket', 'module.m["y"]')],
        "module_calls": {"m": {"module": gives}},
    }
    below = {key: [resource("b", module=f'module.m["{key}"]', bucket=key)] for key in ("x", "y")}
    assert bare(folder, plan([resource("p")], config, **below)) == ['module.m["x"].aws_s3_bucket.b']
    config["module_calls"] = {"m": {"module": {}}}
    assert bare(folder, plan([resource("p")], config, **below)) == []  # any bucket of the module may be meant


def test_no_resource_is_written_into_json(folder: Folder) -> None:
    """What takes another resource beside it is left where the file is no HCL, and not counted among what is fixed."""
    folder.write("plan.json", plan([resource("b", bucket="one")], {"resources": []}))
    folder.write("main.tf.json", '{"resource": {"aws_s3_bucket": {"b": {"bucket": "one"}}}}')
    findings = folder.report("--only", "versioned-buckets")["findings"]
    assert [one["place"]["file"] for one in findings] == ["main.tf.json", "plan.json"]
    assert [one["fix"]["edits"] for one in findings] == [[], []]
    assert {one["why"] for said in findings for one in said["fix"]["left"]} == {
        "it takes a resource of its own: add one where this one stands"
    }
