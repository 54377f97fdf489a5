"""Keywords that JSON Schema 2020-12 does not know: nearly always a slip, and silently without effect.

A schema may hold them (they are annotations), so they are worth a warning and never an error.
"""

from collections.abc import Iterator, Mapping

from ringfence.plugins.references import subschemas
from ringfence.tomltext import Path

#: The vocabularies of https://json-schema.org/draft/2020-12/schema, and the two names of older drafts.
KNOWN = frozenset(
    """
    $anchor $comment $defs $dynamicAnchor $dynamicRef $id $ref $schema $vocabulary additionalProperties allOf anyOf
    const contains contentEncoding contentMediaType contentSchema default definitions dependentRequired
    dependentSchemas deprecated description else enum examples exclusiveMaximum exclusiveMinimum format if items
    maxContains maxItems maxLength maxProperties maximum minContains minItems minLength minProperties minimum
    multipleOf not oneOf pattern patternProperties prefixItems properties propertyNames readOnly required then title
    type unevaluatedItems unevaluatedProperties uniqueItems writeOnly
    """.split()
)


def unknown_keywords(schema: Mapping[str, object]) -> Iterator[tuple[Path, str, str]]:
    """(path, sentence, hint) of each; names that begin with `x-` are meant to be unknown."""
    for path, node in subschemas(schema):
        for keyword in node:
            if keyword not in KNOWN and not keyword.startswith("x-"):
                yield (
                    (*path, keyword),
                    f"JSON Schema has no keyword {keyword[:60]!r}, so it has no effect",
                    _hint(keyword),
                )


def _hint(keyword: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(keyword[:60], sorted(KNOWN), n=1)
    return f"did you mean {close[0]!r}?" if close else "names that begin with 'x-' are yours"
