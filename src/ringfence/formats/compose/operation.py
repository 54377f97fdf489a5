"""How a service is kept running: logs, health checks, restarts."""

from ringfence.formats import quantity
from ringfence.formats.compose.facts import DRIVER, UNBOUNDED_DRIVERS
from ringfence.formats.compose.scalars import Reading
from ringfence.formats.yamlread import items
from ringfence.formats.yamltree import Sequence, resolved
from ringfence.models.service import Health, Logging

#: Swarm's words for what `restart` says.
_CONDITIONS = {"none": "no", "any": "always"}


def logging(reading: Reading) -> Logging:
    """The log's driver and the size at which it rotates a file."""
    reading.note_at("logging", "logging")
    driver = reading.said("logging.driver", "logging", "driver") or DRIVER
    if "logging.driver" in reading.unknown:
        reading.unknown.add("logging")
    said = reading.said("logging.max_bytes", "logging", "options", "max-size")
    size = quantity.docker_bytes(said) if said else None
    if said and size is None:
        reading.unknown.add("logging.max_bytes")
    # A size of nothing, or less, means none.
    bounded = driver not in UNBOUNDED_DRIVERS
    return Logging(driver=driver, max_bytes=size if size is not None and size > 0 else None, bounded=bounded)


def health(reading: Reading) -> Health:
    """Compose has one check, which counts as both.

    Without a test of its own the section only tunes the one of the image, which it takes to be there.
    """
    checked = reading.note_at("health", "healthcheck")
    if reading.flag("health", "healthcheck", "disable"):
        checked = False
    test = resolved(reading.node("healthcheck", "test"))
    if isinstance(test, Sequence) and [reading.word(one) for one in items(test)[:1]] == ["NONE"]:
        reading.note_at("health", "healthcheck", "test")
        checked = False
    return Health(live=checked, ready=checked)


def restart(reading: Reading) -> str:
    """The policy; that of a deployment counts where there is one. What a deployment leaves out is `always`."""
    if reading.node("deploy", "restart_policy") is None:
        said = reading.said("restart", "restart")
        return "no" if said.lower() in ("", "false") else said
    reading.note_at("restart", "deploy", "restart_policy")
    said = reading.said("restart", "deploy", "restart_policy", "condition") or "any"
    attempts = reading.said("restart", "deploy", "restart_policy", "max_attempts") if said == "on-failure" else ""
    return f"{said}:{attempts}" if attempts else _CONDITIONS.get(said, said)
