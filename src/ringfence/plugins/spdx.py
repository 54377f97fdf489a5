"""Whether a text has the form of an SPDX licence expression (SPDX 2.3, annex D).

Only the form: which identifiers exist is a list that grows, and `ringfence plugin check` asks
`packaging` for it.
"""

import re

_TOKEN = re.compile(r"\(|\)|[^\s()]+")
_IDENTIFIER = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?[A-Za-z0-9][A-Za-z0-9.-]*\+?")
_OPERATORS = frozenset({"AND", "OR", "WITH"})


def is_expression(text: str) -> bool:
    """True for `MIT`, `Apache-2.0 WITH LLVM-exception`, `(MIT OR BSD-3-Clause) AND LicenseRef-x` …"""
    depth = 0
    operand_next = True
    for token in _TOKEN.findall(text):
        if token == "(" and operand_next:  # noqa: S105
            depth += 1
        elif token == ")" and not operand_next and depth:  # noqa: S105
            depth -= 1
        elif token in _OPERATORS and not operand_next:
            operand_next = True
        elif operand_next and token not in _OPERATORS and _IDENTIFIER.fullmatch(token):
            operand_next = False
        else:
            return False
    return depth == 0 and not operand_next
