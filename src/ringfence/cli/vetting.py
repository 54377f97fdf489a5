"""How an index has its submissions vetted: by `vet.toml` in the index's folder if it is there."""

from collections.abc import Callable, Mapping
from pathlib import Path


def vet_for_index(folder: Path) -> Callable[[Path, Path | None], tuple[str, Mapping[str, object]]]:
    """Vets an unpacked plugin against the last reviewed one: (verdict, report)."""
    from ringfence.gate.state import state_dir
    from ringfence.vetting.policy import NAME, Policy, load
    from ringfence.vetting.vet import vet

    policy = load(folder / NAME) if (folder / NAME).is_file() else Policy()

    def vetted(plugin: Path, reviewed: Path | None) -> tuple[str, Mapping[str, object]]:
        state = state_dir()
        report = vet(plugin, policy=policy, reviewed=reviewed, data=state / "advisories", cache=state / "vetting")
        return report.verdict.value, report.as_dict()

    return vetted
