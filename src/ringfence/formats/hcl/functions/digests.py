"""Functions that digest a text."""

import hashlib
import uuid
from base64 import b64encode
from collections.abc import Callable

from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.values import EvaluationError, Value


def _hex(name: str) -> Callable[[str], Value]:
    return lambda text: hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()


def _base64(name: str) -> Callable[[str], Value]:
    return lambda text: b64encode(hashlib.new(name, text.encode(), usedforsecurity=False).digest()).decode()


_SPACES = {"dns": uuid.NAMESPACE_DNS, "url": uuid.NAMESPACE_URL, "oid": uuid.NAMESPACE_OID, "x500": uuid.NAMESPACE_X500}


def _uuid(space: str, name: str) -> Value:
    try:
        return str(uuid.uuid5(_SPACES[space] if space in _SPACES else uuid.UUID(space), name))
    except ValueError:
        raise EvaluationError(f"{space[:40]!r} is no namespace") from None


TABLE = {
    "base64sha256": Function(body=_base64("sha256"), takes="s"),
    "base64sha512": Function(body=_base64("sha512"), takes="s"),
    "md5": Function(body=_hex("md5"), takes="s"),
    "sha1": Function(body=_hex("sha1"), takes="s"),
    "sha256": Function(body=_hex("sha256"), takes="s"),
    "sha512": Function(body=_hex("sha512"), takes="s"),
    "uuidv5": Function(body=_uuid, takes="ss"),
}
