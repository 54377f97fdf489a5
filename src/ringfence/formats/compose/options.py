"""`security_opt`: what the engine's own words mean in the model."""

from ringfence.formats.compose.interpolation import OPEN
from ringfence.formats.compose.scalars import Reading
from ringfence.model import Seccomp
from ringfence.models.service import Confinement, SELinux


def security(reading: Reading) -> dict[str, object]:
    """The fields that `security_opt` decides, with their places."""
    node = reading.node("security_opt")
    key = reading.fields["security_opt"][0] if node is not None else None
    words = reading.words(node)
    if any(OPEN in said.value for said, _ in words):
        reading.unknown |= {"no_new_privileges", "seccomp", "apparmor", "selinux", "proc_masked"}
    found = _Options()
    if key is not None:
        reading.at["no_new_privileges"] = key
    for said, item in words:
        path = found.take(said.value)
        if path:
            reading.at[path] = item
    return {
        "no_new_privileges": found.no_new_privileges,
        "seccomp": found.seccomp,
        "apparmor": found.apparmor,
        "selinux": SELinux(**found.label, disabled=found.disabled),
        "proc_masked": found.proc_masked,
    }


class _Options:
    def __init__(self) -> None:
        self.no_new_privileges = False
        self.seccomp = Seccomp.RUNTIME_DEFAULT
        self.apparmor = Confinement.PLATFORM_DEFAULT
        self.label = {"type": "", "user": "", "role": ""}
        self.disabled = False
        self.proc_masked = True

    def take(self, word: str) -> str:
        """Note one option; the model path that it decides, "" for none."""
        cut = min((at for at in (word.find("="), word.find(":")) if at >= 0), default=len(word))
        name, value = word[:cut].strip(), word[cut + 1 :].strip()
        if name == "no-new-privileges":
            self.no_new_privileges = value.lower() in {"", "true", "1"}
            return "no_new_privileges"
        if name == "seccomp":
            self.seccomp = _SECCOMP.get(value, Seccomp.CUSTOM)
            return "seccomp"
        if name == "apparmor":
            self.apparmor = Confinement.UNCONFINED if value == "unconfined" else Confinement.PROFILE
            return "apparmor"
        if name == "systempaths" and value == "unconfined":
            self.proc_masked = False
            return "proc_masked"
        return self._label(value) if name == "label" else ""

    def _label(self, value: str) -> str:
        if value == "disable":
            self.disabled = True
            return "selinux.disabled"
        kind, _, what = value.partition(":")
        if kind in self.label:
            self.label[kind] = what
            return f"selinux.{kind}"
        return ""


_SECCOMP = {"unconfined": Seccomp.UNCONFINED, "builtin": Seccomp.RUNTIME_DEFAULT, "": Seccomp.RUNTIME_DEFAULT}
