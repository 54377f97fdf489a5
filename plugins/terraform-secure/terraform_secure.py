"""TerraformSecure: a Terraform file in, findings and the hardened text out. Reads no file, connects to nothing."""

from ringfence.audit import textual
from ringfence.controls.control import Scope

VERSION = "1.0.0"


class TerraformSecure:
    """Runs Ringfence's own auditor, in a cell like any other plugin."""

    version = VERSION

    def check(self, text):
        """What is unsafe, on which line and why."""
        return textual.check(Scope.TERRAFORM, text)

    def harden(self, text, unsafe=False, assume=None):
        """The text put right, the difference, and what is left for a person to decide."""
        return textual.harden(Scope.TERRAFORM, text, unsafe=unsafe, assume=assume or {})
