"""Every kind of AWS over attributes of every shape: nothing raises, and what cannot be known is never a finding."""

import ast
import inspect
import re
from functools import cache
from importlib import import_module

import pytest

from formats.aws_kit import found
from ringfence.controls import CATALOGUE
from ringfence.controls.control import Scope
from ringfence.formats.terraform import aws, core

PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
CONTROLS = [id for id, scopes in CATALOGUE.items() if Scope.TERRAFORM in scopes]

#: What is said by the resource being there at all, or by another that is not there.
BEING_THERE = {
    "api-execution-logs",
    "bounded-registry-retention",
    "no-cloud-users",
    "no-user-policies",
    "no-classic-access",
    "described-database-access",
    "filtered-apis",
    "metered-apis",
    "mfa-for-groups",
    "network-firewall-logs",
    "peopled-groups",
    "planned-backups",
    "protected-branches",
    "replaced-without-gap",
    "web-firewall-logs",
}

MODULES = (
    "analytics apis balancers certificates containers databases delivery functions guards identity keeping messaging"
    " platform sessions stores"
).split()
KINDS = {
    kind: where for kind, where in {**aws.KINDS, **core.KINDS}.items() if where.partition(":")[0] in ["", *MODULES]
}
#: Whose attributes have the names of another kind's blocks, or names that are put together.
OTHERS = {
    "aws_dynamodb_table_replica",
    "aws_emr_security_configuration",
    "aws_glue_security_configuration",
    "aws_mwaa_environment",
}


def paths(kind: str) -> list[str]:
    """What may be attributes' paths among the texts of a kind's module."""
    return paths_in(KINDS[kind].partition(":")[0])


@cache
def paths_in(module: str) -> list[str]:
    package = "ringfence.formats.terraform" + (f".aws.{module}" if module else ".core")
    sources = [package, "ringfence.formats.terraform.aws.databases"] if module == "stores" else [package]
    nodes = [node for one in sources for node in ast.walk(ast.parse(inspect.getsource(import_module(one))))]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return sorted(text for text in texts if PATH.fullmatch(text))


def body(some: list[str], value: str) -> str:
    """Those attributes, all with one value, in blocks where their paths say so."""
    nested, plain = dict[str, list[str]](), list[str]()
    for path in some:
        head, _, rest = path.partition(".")
        if rest:
            nested.setdefault(head, []).append(rest)
        else:
            plain.append(head)
    lines = [f"{name} = {value}" for name in plain if name not in nested and name not in ("count", "for_each")]
    lines += [f"{name} {{\n{body(inner, value)}\n}}" for name, inner in nested.items()]
    return "\n".join(lines)


def block(kind: str, inside: str) -> str:
    if kind == "terraform":
        return f"terraform {{\n{inside}\n}}\n"
    if kind in core.KINDS and not kind.startswith("data."):
        return f'{kind} "it" {{\n{inside}\n}}\n'
    word, name = ("data", kind.removeprefix("data.")) if kind.startswith("data.") else ("resource", kind)
    return f'{word} "{name}" "it" {{\n{inside}\n}}\n'


@pytest.mark.parametrize("kind", sorted(set(KINDS) - OTHERS))
def test_what_is_not_known_is_no_finding(kind: str) -> None:
    """Every attribute comes from a variable without a default."""
    text = 'variable "x" {}\n' + block(kind, body(paths(kind), "var.x"))
    seen = {control for _, control in found(text, CONTROLS)}
    assert seen <= BEING_THERE, seen


@pytest.mark.parametrize(
    "value", ["null", "true", "-1", '"*"', "[]", '["*", null, 1]', "{}", '{ a = "*" }', '"${var.x}-a"']
)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_shape_of_a_value_raises(kind: str, value: str) -> None:
    """What stands where something else is expected is taken as it is, or as not there."""
    some = paths(kind)
    found(block(kind, body(some, value)), CONTROLS, whole=False)
    found(block(kind, "\n".join(f"{path.partition('.')[0]} {{}}" for path in some)), CONTROLS, whole=False)
