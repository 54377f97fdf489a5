"""VEX: what a known vulnerability of a dependency means for a plugin, as CycloneDX 1.6 (ECMA-424) beside its bill.

Most vulnerabilities of a dependency cannot be reached through the plugin that has it. Who has looked says so here, with
a reason; who has not says `in_triage`. "Not affected" without a justification is refused.
"""

import json
import uuid
from collections.abc import Sequence
from urllib.parse import quote

from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError

STATES = ("exploitable", "in_triage", "not_affected", "resolved", "false_positive")
JUSTIFICATIONS = (
    "code_not_present",
    "code_not_reachable",
    "requires_configuration",
    "requires_dependency",
    "requires_environment",
    "protected_by_compiler",
    "protected_at_runtime",
    "protected_at_perimeter",
    "protected_by_mitigating_control",
)
_NAMESPACE = uuid.UUID("0c7f7d36-0b3d-5c8e-8d6b-51a9a5c6a0b4")


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What a vulnerability means for a version of a plugin. `state` is one of STATES; `justification` of
    JUSTIFICATIONS, or "" where the state is not `not_affected`."""

    plugin: str
    version: str
    vulnerability: str
    state: str
    justification: str
    detail: str
    time: str


def document(statements: Sequence[Statement]) -> bytes:
    """The statements, the same bytes for the same ones. Raises UsageError."""
    for one in statements:
        _refuse(one)
    ordered = sorted(statements, key=lambda one: (one.plugin, one.version, one.vulnerability))
    components = {(one.plugin, one.version): _purl(one) for one in ordered}
    vulnerabilities = [
        {
            "id": one.vulnerability,
            "affects": [{"ref": _purl(one)}],
            "analysis": {
                "state": one.state,
                **({"justification": one.justification} if one.justification else {}),
                **({"detail": one.detail} if one.detail else {}),
                "lastUpdated": one.time,
            },
        }
        for one in ordered
    ]
    text = json.dumps(vulnerabilities, sort_keys=True)
    value = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, text)}",
        "version": 1,
        "components": [
            {"type": "application", "bom-ref": purl, "name": name, "version": version, "purl": purl}
            for (name, version), purl in components.items()
        ],
        "vulnerabilities": vulnerabilities,
    }
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _purl(one: Statement) -> str:
    return f"pkg:generic/{quote(one.plugin)}@{quote(one.version, safe='.-_~')}"


def _refuse(one: Statement) -> None:
    if one.state not in STATES:
        raise UsageError(f"{one.state!r} is no state of a VEX statement", hint=f"choose from: {', '.join(STATES)}")
    if one.justification and one.justification not in JUSTIFICATIONS:
        hint = f"choose from: {', '.join(JUSTIFICATIONS)}"
        raise UsageError(f"{one.justification!r} is no justification of a VEX statement", hint=hint)
    if one.state == "not_affected" and not (one.justification and one.detail.strip()):
        raise UsageError(
            f"{one.plugin} is said not to be affected by {one.vulnerability}, and not why",
            hint="--justification and --detail",
        )
    if one.state != "not_affected" and one.justification:
        raise UsageError("only what is not affected has a justification")
