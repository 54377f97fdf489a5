"""s6 as the first process: the shared scripts, and one folder a service as s6-supervise wants it."""

from importlib import resources

from ringfence.images.description import Service, Variant
from ringfence.images.tree import Tree

HOME = "usr/lib/ringfence"
ENTRY = f"/{HOME}/init"
HEALTH = f"/{HOME}/health"
#: What the shared scripts call; nothing of it is in the search path of a service.
APPLETS = "awk cat chown cp date env id ls mkdir mv nc printf rm sed sh sleep stat test touch true wget".split()
_SCRIPTS = ("init", "start", "finish", "log", "health")
_STOP_MILLIS = 5000
_FINISH_MILLIS = 60_000


def add(tree: Tree, variant: Variant) -> None:
    """Put the supervision of a variant into its tree."""
    tree.rename("usr/bin/busybox", f"{HOME}/bin/busybox")
    for applet in APPLETS:
        tree.link(f"{HOME}/bin/{applet}", "busybox")
    for name in _SCRIPTS:
        tree.file(f"{HOME}/{name}", script(name), 0o755)
    tree.file(f"{HOME}/services/.s6-svscan/finish", script("end"), 0o755)
    tree.file(f"{HOME}/services/.s6-svscan/SIGTERM", script("stop"), 0o755)
    for name in ("SIGINT", "SIGQUIT", "SIGHUP"):
        tree.file(f"{HOME}/services/.s6-svscan/{name}", script("stop"), 0o755)
    tree.file(f"{HOME}/init.order", "".join(f"{name}\n" for name, _ in variant.init))
    tree.file(f"{HOME}/services.order", "".join(f"{service.name}\n" for service in variant.services))
    for name, program in variant.init:
        tree.file(f"{HOME}/init.d/{name}", program, 0o755)
    for service in variant.services:
        _service(tree, service)
    if variant.check:
        tree.file(f"{HOME}/check", f"#!/{HOME}/bin/sh\nexec {variant.check}\n", 0o755)


def _service(tree: Tree, service: Service) -> None:
    folder = f"{HOME}/services/{service.name}"
    shell = f"#!/{HOME}/bin/sh\n"
    tree.file(f"{HOME}/run.d/{service.name}", service.program, 0o755)
    tree.file(f"{folder}/run", f"{shell}exec 2>&1\nexec /{HOME}/start {service.name}\n", 0o755)
    tree.file(f"{folder}/finish", f'{shell}exec /{HOME}/finish {service.name} "$1" "$2"\n', 0o755)
    tree.file(f"{folder}/timeout-kill", f"{_STOP_MILLIS}\n")
    tree.file(f"{folder}/timeout-finish", f"{_FINISH_MILLIS}\n")
    tree.file(f"{folder}/data/main", "1\n" if service.main else "0\n")
    tree.file(f"{folder}/data/restarts", f"{-1 if service.restarts is None else service.restarts}\n")
    tree.file(f"{folder}/data/after", "".join(f"{name}\n" for name in service.after))
    if service.check:
        tree.file(f"{folder}/notification-fd", "3\n")
        tree.file(f"{folder}/data/check", f"{shell}exec {service.check}\n", 0o755)
    tree.file(f"{folder}/log/run", f"{shell}exec /{HOME}/log {service.name}\n", 0o755)


def script(name: str) -> bytes:
    """One of the shared scripts."""
    return (resources.files("ringfence.images") / "shared" / name).read_bytes()
