"""Every kind of every provider but AWS with nothing known of it: nothing is found by guess, and nothing breaks.

The attributes that a kind asks for are learnt from what it asks of an empty resource.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from formats.cloud_kit import judges
from ringfence.controls import CATALOGUE
from ringfence.formats import terraform
from ringfence.formats.document import is_guess
from ringfence.formats.terraform.alibaba import KINDS as ALIBABA
from ringfence.formats.terraform.azure import KINDS as AZURE
from ringfence.formats.terraform.digitalocean import KINDS as DIGITALOCEAN
from ringfence.formats.terraform.github import KINDS as GITHUB
from ringfence.formats.terraform.google import KINDS as GOOGLE
from ringfence.formats.terraform.openstack import KINDS as OPENSTACK
from ringfence.formats.terraform.view import View

Tree = dict[str, Any]
#: Google Cloud gives roles on a hundred kinds of resources by the same few functions: one kind of each will do.
ROLES = {reader: kind for kind, reader in GOOGLE.items() if "_iam_" in kind}
KINDS = {*ALIBABA, *AZURE, *DIGITALOCEAN, *GITHUB, *GOOGLE, *OPENSTACK} - {one for one in GOOGLE if "_iam_" in one}
each = pytest.mark.parametrize("kind", sorted({*KINDS, *ROLES.values()}))

#: What is found because the resource is there, or because no other of the module says otherwise: that is known.
BY_OTHERS = {one for one in CATALOGUE if one.startswith("alarmed-")} | {
    "approved-provider-access",
    "audited-mysql-servers",
    "customer-key-databases",
    "logged-blob-requests",
    "logged-table-requests",
    "locked-resources",
    "cluster-audit-logs",
    "customer-key-services",
    "database-audit-logs",
    "directory-database-admins",
    "every-database-alert",
    "filtered-subnets",
    "no-service-account-keys",
    "planned-backups",
    "private-endpoints",
    "scanned-databases",
    "service-logs",
    "throttled-logins",
    "watched-databases",
    "watched-services",
    "whole-audit-logs",
}


#: The same, for one kind: of older machines the block of Windows is there, and silent about both.
OF_WINDOWS = {"machine-agents", "updated-machines"}
OF_ONE = {
    "alicloud_vpc": {"flow-logs"},
    "azurerm_application_gateway": {"load-balancer-logs"},
    "azurerm_virtual_machine": OF_WINDOWS,
    "azurerm_virtual_machine_scale_set": OF_WINDOWS,
}


def declared(kind: str, body: str) -> str:
    data, name = kind.startswith("data."), kind.removeprefix("data.")
    return f'{"data" if data else "resource"} "{name}" "it" {{\n{body}}}\n'


def asked(kind: str, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """What a kind asks for: blocks hold trees, attributes None."""
    tree: Tree = {}
    find, blocks = View.find, View.blocks

    def below(view: View, path: str) -> None:
        outer = list[str]()
        while view.parent is not None:
            outer.insert(0, view.kind)
            view = view.parent
        place = tree
        *between, last = [*outer, *path.split(".")]
        for one in between:
            place = place.setdefault(one, None) or place.__setitem__(one, {}) or place[one]
        place.setdefault(last, None)

    def finding(self: View, path: str) -> Any:
        below(self, path)
        return find(self, path)

    def blocking(self: View, path: str) -> Any:
        below(self, path)
        return blocks(self, path)

    with monkeypatch.context() as patched:
        patched.setattr(View, "find", finding)
        patched.setattr(View, "blocks", blocking)
        terraform.load(declared(kind, ""), "main.tf", lambda path: None)
    return tree


def written(tree: Tree, value: str) -> str:
    """HCL in which each of these attributes has a value."""
    return "".join(
        f"{name} {{\n{written(inner, value)}}}\n" if inner else f"{name} = {value}\n" for name, inner in tree.items()
    )


def found(text: str) -> Iterator[tuple[str, str]]:
    document = terraform.load(text, "main.tf", lambda path: None)
    for subject in document.subjects:
        for control in judges(subject.model):
            for fault in control.faults(subject.model):
                if not is_guess(fault, subject.unknown):
                    yield control.id, fault.path


@each
def test_what_nobody_knows_is_no_finding(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every attribute comes from a variable without a value."""
    tree = asked(kind, monkeypatch)
    assert {id for id, _ in found(declared(kind, written(tree, "var.unknown")))} <= BY_OTHERS | OF_ONE.get(kind, set())


@each
@pytest.mark.parametrize(
    "value", ["null", '""', "7", "-1", "true", "[]", "{}", "[[{}]]", '"${var.a}b"', '"x*x" ', "[null]"]
)
def test_odd_values_break_nothing(kind: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value of another type is read as something, and said once."""
    tree = asked(kind, monkeypatch)
    document = terraform.load(declared(kind, written(tree, value)), "main.tf", lambda path: None)
    assert document.unread == ()
    assert all(isinstance(path, str) for _, path in found(declared(kind, written(tree, value))))
