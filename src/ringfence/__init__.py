"""Ringfence runs plugins you did not write: granted, validated, sandboxed and journalled.

The public Python API is `ringfence.Gate`; it is loaded on first use, so that importing
the package (and `ringfence --help`) stays as cheap as the interpreter's own start.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost
    from ringfence.gate import Gate as Gate

__version__ = "0.2.0"
__all__ = ["Gate", "__version__"]


def __getattr__(name: str) -> object:
    """Load `Gate` when it is first asked for (PEP 562)."""
    if name == "Gate":
        from ringfence.gate import Gate

        return Gate
    raise AttributeError(f"module 'ringfence' has no attribute {name!r}")
