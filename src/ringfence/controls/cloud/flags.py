"""Parameters of database servers that are on or off, for the controls that ask for one of them."""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import OFF
from ringfence.controls.control import Decision, Fault
from ringfence.models.cloud.database import ServerSettings
from ringfence.models.cloud.flags import DatabaseFlags


def switched_off(model: ServerSettings, key: str, question: Decision, *, missing: str = "postgres") -> Iterator[Fault]:
    """Where a parameter is off; and where it is missing among all of a server whose engine has it off then."""
    said = False
    for index, one in enumerate(model.settings):
        if one.key == key:
            said = True
            if one.value in OFF:
                want = "1" if one.value == "0" else "on"
                yield Fault(path=f"settings[{index}].value", found=f"{key} is {one.value}", want=want)
    if not said and isinstance(model, DatabaseFlags) and model.engine == missing and model.complete:
        yield Fault(path="settings", found=f"{key} is not set", want=question)
