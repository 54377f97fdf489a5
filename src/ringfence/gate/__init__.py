"""The gate: grants, profiles, and the way of one call.

`Gate` is the public Python API. It loads on first use, so that `ringfence.gate.state` and its
other small modules stay cheap to import.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ringfence.gate.gate import Gate as Gate

__all__ = ["Gate"]


def __getattr__(name: str) -> Any:
    """Load `Gate` when it is first asked for (PEP 562)."""
    if name == "Gate":
        from ringfence.gate.gate import Gate

        return Gate
    raise AttributeError(f"module 'ringfence.gate' has no attribute {name!r}")
