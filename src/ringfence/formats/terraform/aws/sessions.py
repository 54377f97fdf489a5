"""Documents of AWS Systems Manager: what they say of sessions, and who may use them."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.documents import document
from ringfence.formats.terraform.aws.following import said
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.policy import SessionSettings, SharedDocument


def script(r: Reader) -> Iterator[SessionSettings | SharedDocument]:
    """A document: the settings of sessions, or anything else that can be run."""
    written = said(r, "document_format").upper()
    if said(r, "document_type") == "Session" and written in ("", "JSON", "YAML"):
        yield _settings(r, yaml=written == "YAML")
    ids = r.value("shared", "permissions.account_ids")
    texts = ids.split(",") if isinstance(ids, str) else ids if isinstance(ids, list) else []
    shared = tuple(one.strip().lower() for one in texts if isinstance(one, str))
    yield SharedDocument(name=r.address, shared=shared)


def _settings(r: Reader, *, yaml: bool) -> SessionSettings:
    whole = document(r, "whole", "content", yaml=yaml)
    if "whole" in r.record.unknown:
        for field in ("encrypted", "logged", "logs_encrypted"):
            r.unknown(field)
    inputs = whole.get("inputs")
    places = [(inputs.get("s3BucketName"), "s3"), (inputs.get("cloudWatchLogGroupName"), "cloudWatch")]
    used = [name for node, name in places if node.text("logged") or isinstance(node.value, Unknown)]
    kept = [inputs.get(f"{name}EncryptionEnabled").flag("logs_encrypted", default=False) for name in used]
    encrypted = bool(inputs.get("kmsKeyId").text("encrypted"))
    r.record.unknown.discard("logged")
    return SessionSettings(
        name=r.address, encrypted=encrypted, logged=bool(used), logs_encrypted=all(kept) if used else None
    )
