"""SecretsValidator: a text in, the secrets that stand in it out, each by its kind and place, never by its value."""

from ringfence.secrets.scan import scan

VERSION = "1.0.0"


class SecretsValidator:
    """Runs Ringfence's own search for secrets, in a cell like any other plugin."""

    version = VERSION

    def check(self, text, name=""):
        """Where secrets stand, and of which kind they are; `name` is the file's."""
        return {"secrets": [self._shown(text, one) for one in scan(text, name)]}

    def mask(self, text, name=""):
        """The text with every secret's characters replaced."""
        found = scan(text, name)
        for one in reversed(found):
            text = text[: one.start] + "*" * (one.end - one.start) + text[one.end :]
        return {"text": text, "masked": len(found)}

    def _shown(self, text, one):
        line = text.count("\n", 0, one.start) + 1
        column = one.start - text.rfind("\n", 0, one.start)
        return {"kind": one.kind, "line": line, "column": column, "length": one.end - one.start}
