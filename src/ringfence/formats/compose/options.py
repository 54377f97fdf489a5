"""`security_opt`: what the engine's own words mean in the model."""

from ringfence.formats.compose.interpolation import OPEN
from ringfence.formats.compose.scalars import Reading
from ringfence.model import Seccomp
from ringfence.models.service import Confinement, SELinux

_KEY = "security_opt"
_SECCOMP = {"unconfined": Seccomp.UNCONFINED, "builtin": Seccomp.RUNTIME_DEFAULT, "": Seccomp.RUNTIME_DEFAULT}
#: What an option decides, by its name.
_PATHS = {
    "no-new-privileges": "no_new_privileges",
    "seccomp": "seccomp",
    "apparmor": "apparmor",
    "systempaths": "proc_masked",
}
_LABELS = ("type", "user", "role")
_ALL = frozenset({*_PATHS.values(), "selinux"})


def security(reading: Reading) -> dict[str, object]:
    """The fields that `security_opt` decides, with their places. The last of several options of a kind counts."""
    pair = reading.pair(_KEY)
    if pair is not None:
        reading.note("no_new_privileges", *pair)
    said = dict[str, str]()
    for word, item in reading.words(pair[1] if pair is not None else None):
        path, value = _option(word.value)
        if OPEN in path:
            reading.unknown |= _ALL
        elif path:
            reading.note_item(path, item, _KEY)
            said[path] = value
            if word.marked:
                reading.unknown.add(path)
    return {
        "no_new_privileges": said.get("no_new_privileges", "false").lower() in {"", "true", "t", "1"},
        "seccomp": _SECCOMP.get(said.get("seccomp", ""), Seccomp.CUSTOM),
        "apparmor": _confinement(said.get("apparmor", "")),
        "selinux": SELinux(
            type=said.get("selinux.type", ""),
            user=said.get("selinux.user", ""),
            role=said.get("selinux.role", ""),
            disabled="selinux.disabled" in said,
        ),
        "proc_masked": said.get("proc_masked") != "unconfined",
    }


def _option(word: str) -> tuple[str, str]:
    """The model path that an option decides ("" for none, marked where that is not known) and its value."""
    # `:` between name and value is the older form; where there is a `=`, that is what counts.
    name, _, value = word.partition("=" if "=" in word else ":")
    if OPEN in name:
        return name, ""
    if word == "disable" or (name == "label" and value == "disable"):
        return "selinux.disabled", ""
    if name == "label":
        kind, _, what = value.partition(":")
        return (f"selinux.{kind}", what) if kind in _LABELS else ("", "")
    return _PATHS.get(name, ""), value


def _confinement(profile: str) -> Confinement:
    if not profile:
        return Confinement.PLATFORM_DEFAULT
    return Confinement.UNCONFINED if profile == "unconfined" else Confinement.PROFILE
