"""The folder of every test of the auditor."""

from audit.audit_desk import folder

__all__ = ["folder"]
