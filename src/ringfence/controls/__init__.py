"""The catalogue: one visible tuple of controls, and the hardening that follows from it."""
