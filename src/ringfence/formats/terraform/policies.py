"""IAM policy documents in all their forms: JSON texts, jsonencode, heredocs with references, data sources.

An unknown piece of a text is "${}". A part that cannot be read as a statement makes the field unknown.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.hcl.encodings import decoded, from_json
from ringfence.formats.hcl.syntax import Expression
from ringfence.formats.hcl.values import EvaluationError, TooMuchError
from ringfence.formats.terraform.policyplaces import places
from ringfence.models.cloud.policy import Statement

if TYPE_CHECKING:
    from ringfence.formats.terraform.module import Module
    from ringfence.formats.terraform.reader import Reader
    from ringfence.formats.terraform.view import View

_DOCUMENT = "data.aws_iam_policy_document."
#: What includes the statements of other documents.
BASES = ("source_policy_documents", "override_policy_documents", "source_json", "override_json")
MAX_STATEMENTS = 500


def statements(reader: "Reader", field: str, value: Value, expression: Expression | None) -> tuple[Statement, ...]:
    """The statements of a policy attribute's value."""
    if isinstance(value, Unknown):
        documents = _documents(value)
        if value.decoded is None and value.pieces is None and documents:
            return tuple(s for one in documents[:20] for s in _of_data(reader, field, one, 0))
        parsed = decoded(value)
        if isinstance(parsed, Unknown) and value.pieces is not None:
            pieces = tuple(_SURPLUS.sub(r"\1", one) if isinstance(one, str) else one for one in value.pieces)
            parsed = decoded(Unknown(references=value.references, pieces=pieces))
    else:
        try:
            parsed = from_json(value) if isinstance(value, str) else value
        except (EvaluationError, TooMuchError):
            parsed = _mended(value)
    if isinstance(parsed, Unknown):
        reader.unknown(field)
        return ()
    listed = parsed.get("Statement") if isinstance(parsed, dict) else None
    some = listed if isinstance(listed, list) else [listed] if listed is not None else []
    found = list[Statement]()
    for one in some[:MAX_STATEMENTS]:
        if isinstance(one, dict):
            found.append(_statement(one))
        elif isinstance(one, Unknown):
            reader.unknown(field)
    source = reader.instance.resource.block.source
    for path, start, end in places(source.text, expression, tuple(found)):
        reader.stands(field + path, start, end)
    return tuple(found)


#: A comma behind the last item of a list: no JSON, but what is meant is plain.
_SURPLUS = re.compile(r",(\s*[\]}])")


def _mended(value: Value) -> Value:
    try:
        return from_json(_SURPLUS.sub(r"\1", value)) if isinstance(value, str) else Unknown()
    except (EvaluationError, TooMuchError):
        return Unknown()


def _statement(said: dict[str, Value]) -> Statement:
    return Statement(
        effect=_text(said.get("Effect")) or "Allow",
        actions=_texts(said.get("Action")),
        not_actions=_texts(said.get("NotAction")),
        resources=_texts(said.get("Resource")),
        not_resources=_texts(said.get("NotResource")),
        principals=_principals(said.get("Principal")),
        not_principals=_principals(said.get("NotPrincipal")),
        conditions=_conditions(said.get("Condition")),
    )


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Unknown):
        return "".join(p if isinstance(p, str) else "${}" for p in value.pieces) if value.pieces else "${}"
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _texts(value: Value) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(_text(one) for one in (value if isinstance(value, list) else [value]))


def _principals(value: Value) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if isinstance(value, dict):
        return tuple((kind, one) for kind, some in value.items() for one in _texts(some))
    return tuple(("*" if one == "*" else "", one) for one in _texts(value))


def _conditions(value: Value) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    if isinstance(value, Unknown):
        return (("${}", "${}", ("${}",)),)
    if not isinstance(value, dict):
        return ()
    found = list[tuple[str, str, tuple[str, ...]]]()
    for operator, tests in value.items():
        for key, some in tests.items() if isinstance(tests, dict) else [("${}", tests)]:
            found.append((operator, key, _texts(some)))
    return tuple(found)


def _of_data(reader: "Reader", field: str, address: str, depth: int) -> list[Statement]:
    """The statements of an `aws_iam_policy_document`, with those of the documents that it includes."""
    view = _document(reader.instance.resource.module, address)
    if view is None:
        reader.unknown(field)
        return []
    found = from_document(view)
    for attribute in BASES if depth < 5 else ():
        value = view.find(attribute).value
        for part in value if isinstance(value, list) else [value]:
            if part is not None:
                found += _included(reader, field, part, depth)
    if not view.blocks("statement")[1]:
        reader.unknown(field)
    return found


def _document(module: "Module", address: str) -> "View | None":
    """The document of this address, in the module or in any other of its configuration."""
    from ringfence.formats.terraform.view import View

    root = module
    while root.parent is not None:
        root = root.parent
    for one in [module, *root.everything()]:
        for resource in one.resources.get("data.aws_iam_policy_document", ()):
            if address == resource.address and resource.instances:
                return View.of(resource.instances[0])
            if address.startswith(f"{resource.address}["):
                some = [instance for instance in resource.instances if instance.address == address or not instance.key]
                return View.of(some[0]) if some else None
    return None


def _documents(value: Unknown) -> list[str]:
    """The addresses of the documents that a value comes from; where it says which instance, of that one."""
    some = sorted(one for one in value.references if _DOCUMENT in one)
    return [one for one in some if one.endswith("]") or not any(other.startswith(f"{one}[") for other in some)]


def _included(reader: "Reader", field: str, part: Value, depth: int) -> list[Statement]:
    if isinstance(part, Unknown):
        documents = _documents(part)
        if documents:
            return [s for one in documents[:20] for s in _of_data(reader, field, one, depth + 1)]
    return list(statements(reader, field, part, None))


def from_document(view: "View") -> list[Statement]:
    """The `statement` blocks of a policy document's data source."""
    found = list[Statement]()
    for one in view.blocks("statement")[0][:MAX_STATEMENTS]:
        effect = _text(one.find("effect").value) or "Allow"
        found.append(
            Statement(
                effect=effect,
                actions=_texts(one.find("actions").value),
                not_actions=_texts(one.find("not_actions").value),
                resources=_texts(one.find("resources").value),
                not_resources=_texts(one.find("not_resources").value),
                principals=_blocks(one, "principals"),
                not_principals=_blocks(one, "not_principals"),
                conditions=tuple(conditions(one)),
            )
        )
    return found


def conditions(view: "View") -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The `condition` blocks of a statement of a data source; "${}" for what is not known of them."""
    some, known = view.blocks("condition")
    for one in some:
        yield _text(one.find("test").value), _text(one.find("variable").value), _texts(one.find("values").value)
    if not known:
        yield "${}", "${}", ("${}",)


def _blocks(view: "View", kind: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_text(one.find("type").value), value)
        for one in view.blocks(kind)[0]
        for value in _texts(one.find("identifiers").value)
    )
