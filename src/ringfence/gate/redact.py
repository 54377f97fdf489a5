"""Takes secrets out of everything that leaves a call: result, output, errors, the journal.

A value is found as it is and in the forms in which programs commonly print it: JSON-escaped,
percent-encoded, base64 (at each of the three alignments), hexadecimal. A plugin that means to
hide a secret in another form can; what it can reach with it is bounded by its grant.
"""

import json
import re
from collections.abc import Collection, Mapping


class Redactor:
    """Replaces the given secrets by `[secret:NAME]` wherever they stand."""

    def __init__(self, secrets: Mapping[str, bytes]) -> None:
        self._names: dict[str, str] = {}
        for name, value in secrets.items():
            for form in _forms(value):
                self._names[form] = name
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def text(self, value: str, *, cut: bool = False) -> str:
        """The text without the secrets; where it was `cut` off, without the beginning of one at its end."""
        if self._pattern is None:
            return value
        value, begun = without_cut(value, self._names) if cut else (value, "")
        redacted = self._pattern.sub(lambda m: f"[secret:{self._names[m.group()]}]", value)
        return redacted + (f"[secret:{self._names[begun]}]" if begun else "")

    def value(self, value: object) -> object:
        """The JSON value without the secrets, in keys too."""
        if self._pattern is None:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {self.text(key): self.value(item) for key, item in value.items()}
        return value


def _forms(value: bytes) -> set[str]:
    import base64
    from urllib.parse import quote, quote_plus

    text = value.decode("utf-8", "replace")
    forms = {text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], repr(text)[1:-1]}
    forms |= {quote(value, safe=""), quote(value), quote_plus(value), value.hex(), value.hex().upper()}
    for shift in range(3):
        # What any base64 of a text that contains the value must contain, wherever it begins.
        encoded = base64.b64encode(b"\0" * shift + value).decode()
        inner = encoded[(shift * 8 + 5) // 6 : (shift + len(value)) * 8 // 6]
        forms |= {inner, inner.replace("+", "-").replace("/", "_")}
    return {form for form in forms if len(form) >= 6}


def without_cut(text: str, forms: Collection[str]) -> tuple[str, str]:
    """A text that was cut off, without the beginning of a form that is left at its end; and that form, or ""."""
    whole = text.rstrip("\ufffd")  # half a character
    for form in forms:
        for size in range(min(len(form) - 1, len(whole)), 0, -1):
            if whole.endswith(form[:size]):
                return whole[:-size], form
    return text, ""
