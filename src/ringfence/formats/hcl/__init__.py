"""HCL2, the language of Terraform's files: syntax with exact positions, values, expressions.

`parse` and `parse_json` read a file; what is broken is said, and the rest is there. `evaluate` works out an expression
as far as its text and a scope know it.
"""

from ringfence.formats.hcl.body import Attribute, Block, Body, Broken, HclFile
from ringfence.formats.hcl.evaluate import evaluate
from ringfence.formats.hcl.jsonsyntax import parse_json
from ringfence.formats.hcl.reading import parse
from ringfence.formats.hcl.scope import Scope
from ringfence.formats.hcl.syntax import Expression
from ringfence.formats.hcl.values import Unknown, Value

__all__ = [
    "Attribute", "Block", "Body", "Broken", "Expression", "HclFile", "Scope", "Unknown", "Value", "evaluate", "parse",
    "parse_json",
]  # fmt: skip
