"""What OSV's JSON schema (ossf/osv-schema, validation/schema.json, 1.7) demands of a record, with its closed lists.

Left out are the lists of registered ecosystems and prefixes: an index's own are registered nowhere.
"""

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
TIME = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$"}
REFERENCES = "ADVISORY ARTICLE DETECTION DISCUSSION REPORT FIX INTRODUCED GIT PACKAGE EVIDENCE WEB".split()
EVENT = ("introduced", "fixed", "last_affected", "limit")


def _scored(kind: str, pattern: str) -> dict:
    return {
        "if": {"properties": {"type": {"const": kind}}},
        "then": {"properties": {"score": {"pattern": pattern}}},
    }


SEVERITY = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"type": {"enum": ["CVSS_V2", "CVSS_V3", "CVSS_V4", "Ubuntu"]}, "score": TEXT},
        "required": ["type", "score"],
        "allOf": [_scored("CVSS_V3", r"^CVSS:3[.][01]/"), _scored("CVSS_V4", r"^CVSS:4[.]0/")],
    },
}
RANGE = {
    "type": "object",
    "properties": {
        "type": {"enum": ["GIT", "SEMVER", "ECOSYSTEM"]},
        "repo": TEXT,
        "events": {
            "type": "array",
            "minItems": 1,
            "contains": {"required": ["introduced"]},
            "items": {
                "type": "object",
                "oneOf": [{"properties": {name: TEXT}, "required": [name]} for name in EVENT],
            },
        },
        "database_specific": {"type": "object"},
    },
    "required": ["type", "events"],
    "allOf": [
        {"if": {"properties": {"type": {"const": "GIT"}}}, "then": {"required": ["repo"]}},
        {
            "if": {"properties": {"events": {"contains": {"required": ["last_affected"]}}}},
            "then": {"not": {"properties": {"events": {"contains": {"required": ["fixed"]}}}}},
        },
    ],
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "modified"],
    "properties": {
        "schema_version": TEXT,
        "id": {"type": "string", "pattern": r"^[A-Za-z0-9]+-[A-Za-z0-9_.:-]+$"},
        "modified": TIME,
        "published": TIME,
        "withdrawn": TIME,
        "aliases": TEXTS,
        "upstream": TEXTS,
        "related": TEXTS,
        "summary": TEXT,
        "details": TEXT,
        "severity": SEVERITY,
        "affected": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "package": {
                        "type": "object",
                        "properties": {"ecosystem": TEXT, "name": TEXT, "purl": TEXT},
                        "required": ["ecosystem", "name"],
                    },
                    "severity": SEVERITY,
                    "ranges": {"type": "array", "items": RANGE},
                    "versions": TEXTS,
                    "ecosystem_specific": {"type": "object"},
                    "database_specific": {"type": "object"},
                },
            },
        },
        "references": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "type": {"enum": REFERENCES},
                    "url": {"type": "string", "format": "uri"},
                },
                "required": ["type", "url"],
            },
        },
        "credits": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": TEXT, "contact": TEXTS, "type": TEXT},
                "required": ["name"],
            },
        },
        "database_specific": {"type": "object"},
    },
}
