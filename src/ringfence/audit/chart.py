"""Helm charts, rendered by `helm` where it is installed: the one program that the auditor starts.

It gets the chart's own values, no cluster, no network of ours, an environment of its own, and a bounded time.
"""

import os
import shutil
import subprocess
import tempfile

from ringfence.audit.source import MAX_BYTES, Unreadable
from ringfence.formats.document import Document
from ringfence.formats.kubernetes.helm import CHART, load_rendered, render_plan

SECONDS = 60


def is_chart(file: str) -> bool:
    """Whether a file is a chart's, and there is a `helm` to render it."""
    return os.path.basename(file) == CHART and shutil.which("helm") is not None


def rendered(root: str, file: str) -> Document:
    """The chart that a file belongs to, as `helm template` prints it. Raises Unreadable where helm fails."""
    folder = os.path.dirname(file) or "."
    with tempfile.TemporaryDirectory(prefix="ringfence-helm-") as home:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": home, "KUBECONFIG": os.devnull}
        try:
            done = subprocess.run(
                render_plan(os.path.join(root, folder)),
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unreadable(f"helm could not render the chart: {error}") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it says nothing"]
        raise Unreadable(f"helm could not render the chart: {said[-1][:300]}")
    if len(done.stdout) > MAX_BYTES:
        raise Unreadable(f"the rendered chart is larger than {MAX_BYTES // 1024**2} MiB")
    return load_rendered(done.stdout.decode("utf-8", "replace"), folder)
