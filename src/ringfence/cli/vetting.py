"""How an index has its submissions vetted."""

from collections.abc import Callable, Mapping
from pathlib import Path


def vet_for_index(folder: Path) -> "Callable[[Path, Path | None], tuple[str, Mapping[str, object]]] | None":
    """Vets by `vet.toml` in the index's folder, or by the default policy."""
    return None
