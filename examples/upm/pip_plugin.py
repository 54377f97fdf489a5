"""A plugin of the older form: no manifest, positional arguments."""


class PipPlugin:
    """Says what it would do."""

    def install(self, *packages, upgrade=False):
        """The command that would install the packages."""
        print("planning", len(packages), "packages")
        return {"would_run": ["pip", "install", *(["--upgrade"] if upgrade else []), *packages]}

    def list(self):
        """Nothing is installed here."""
        return []

    def remove_everything(self):
        """Not in allowed_methods, so it does not exist for a caller."""
        return "gone"
