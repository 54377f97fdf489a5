"""Helm charts, rendered by `helm` where it is installed: the one program that the auditor starts.

It gets the chart's own values, no cluster, no network of ours, an environment of its own, bounded time and memory, and
no chart with a link that leads out of the audited tree: helm would follow it.
"""

import os
import resource
import shutil
import subprocess
import tempfile

from ringfence.audit.source import MAX_BYTES, Unreadable
from ringfence.formats.document import Document
from ringfence.formats.kubernetes.helm import CHART, load_rendered, render_plan

SECONDS = 60
#: A template of a few lines can ask for any amount.
MEMORY = 2 * 1024**3
_MOST_ENTRIES = 50_000


def is_chart(file: str) -> bool:
    """Whether a file is a chart's, and there is a `helm` to render it."""
    return os.path.basename(file) == CHART and shutil.which("helm") is not None


def rendered(root: str, file: str) -> Document:
    """The chart that a file belongs to, as `helm template` prints it. Raises Unreadable where helm fails."""
    folder = os.path.dirname(file) or "."
    top = os.path.realpath(root)
    if led := _led_out(os.path.join(top, folder), top):
        raise Unreadable(f"the chart is not given to helm: {os.path.relpath(led, top)} leads out of what is audited")
    with tempfile.TemporaryDirectory(prefix="ringfence-helm-") as home:
        said, printed, errors = _run(render_plan(os.path.join(root, folder)), home)
    if said != 0:
        lines = errors.decode("utf-8", "replace").strip().splitlines() or ["it says nothing"]
        raise Unreadable(f"helm could not render the chart: {lines[-1][:300]}")
    if len(printed) > MAX_BYTES:
        raise Unreadable(f"the rendered chart is larger than {MAX_BYTES // 1024**2} MiB")
    return load_rendered(printed.decode("utf-8", "replace"), folder)


def _run(command: list[str], home: str) -> tuple[int, bytes, bytes]:
    """Exit code, output and errors of a program, none of them without bounds. Raises Unreadable."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": home, "KUBECONFIG": os.devnull}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        except OSError as error:
            raise Unreadable(f"helm could not render the chart: {error}") from None
        resource.prlimit(process.pid, resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (MAX_BYTES + 1, MAX_BYTES + 1))
        try:
            ended = process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(f"helm could not render the chart: {error}") from None
        finally:
            process.kill()
            process.wait()
        out.seek(0)
        err.seek(0)
        if ended and os.fstat(out.fileno()).st_size > MAX_BYTES:
            raise Unreadable(f"the rendered chart is larger than {MAX_BYTES // 1024**2} MiB")
        return ended, out.read(MAX_BYTES + 1), err.read(MAX_BYTES)


def _led_out(folder: str, top: str) -> str | None:
    """A link below a folder that leads out of the top, as does any where there are too many entries; None without."""
    todo, seen, left = [os.path.realpath(folder)], set[str](), _MOST_ENTRIES
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        try:
            entries = list(os.scandir(here))
        except OSError:
            continue  # helm fails there, too
        left -= len(entries)
        if left < 0:
            return here
        for entry in entries:
            full = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
            if not f"{full}/".startswith(f"{top.rstrip('/')}/"):
                return entry.path
            if os.path.isdir(full):
                todo.append(full)
    return None
