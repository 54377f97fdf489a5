"""Terraform: configuration files, read as modules, with their callers and the modules that they call.

`load` gives one subject or more for each resource that stands in the file and that some kind reads. What a provider
does where a file is
silent stands in the provider's own package.
"""

from posixpath import dirname

from ringfence.controls.control import Scope
from ringfence.formats.document import Document, Read

SCOPE = Scope.TERRAFORM

_ENDS = (".tf", ".tf.json", ".tofu", ".tofu.json", ".tfvars", ".tfvars.json")


def claims(name: str, head: str) -> bool:
    """Whether a file is Terraform's: by its name, or a plan in JSON by what it begins with."""
    from ringfence.formats.terraform.plan import is_plan

    return name.endswith(_ENDS) or (name.endswith(".json") and is_plan(head))


def load(text: str, file: str, read: Read) -> Document:
    """Read a file; `file` is its path below the root of the audit. Never raises for what it holds."""
    if file.endswith(".json") and not file.endswith(_ENDS):
        from ringfence.formats.terraform.plan import load as load_plan

        return load_plan(text, file)
    from ringfence.formats.terraform.file import Context

    folder = dirname(file) or "."
    held = getattr(read, "held", None)
    if held is None:
        return Context(read, {file: text}).document(text, file, folder)
    context = held.get("terraform")
    if context is None:
        context = held["terraform"] = Context(read, {})
    if context.sources.text(file) != text:
        return Context(read, {file: text}).document(text, file, folder)
    document: Document = context.document(text, file, folder)
    return document
