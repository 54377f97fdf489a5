"""Terraform's functions, by name. Those that can do something with unknown parts say so; all others are unknown with them.

A function gets its arguments' values. What Terraform refuses is EvaluationError, what grows too large TooMuchError.
"""

from collections.abc import Callable

from ringfence.formats.hcl import addresses, collections, encodings, numbers, texts
from ringfence.formats.hcl.values import (
    EvaluationError,
    TooMuchError,
    Unknown,
    Value,
    Work,
    join_unknown,
    references_in,
)

Function = Callable[..., Value]

#: Functions whose arguments are all known.
KNOWN: dict[str, Function] = {**numbers.KNOWN, **texts.KNOWN, **collections.KNOWN, **encodings.KNOWN, **addresses.KNOWN}
#: Functions that keep what is known of their arguments.
PARTLY: dict[str, Function] = {**collections.PARTLY, **encodings.PARTLY, **texts.PARTLY}
#: What depends on when, where or by whom it is run.
NEVER = frozenset(
    "timestamp plantimestamp uuid uuidv5 bcrypt rsadecrypt filemd5 filesha1 filesha256 filesha512 filebase64sha256"
    " filebase64sha512 fileset abspath pathexpand".split()
)


def call(name: str, arguments: list[Value], work: Work) -> Value:
    """The value of a call. Raises EvaluationError, LookupError, TooMuchError."""
    if name in PARTLY:
        function = PARTLY[name]
    elif name in KNOWN:
        references = references_in(arguments, work)
        if references is not None:
            return Unknown(references=references, why=f"{name}() of something unknown")
        function = KNOWN[name]
    else:
        return join_unknown(arguments, work, f"{name}() cannot be worked out")
    try:
        return function(*arguments)
    except (EvaluationError, TooMuchError, LookupError):
        raise
    except (TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise EvaluationError(f"{name}(): {error}"[:200]) from None
