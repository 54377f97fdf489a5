"""A new variant's folder: small, whole, and of the same form as those that are shipped."""

from pathlib import Path

from ringfence.errors import ImageRefused
from ringfence.images.description import FILE

_DESCRIPTION = """\
name = "{name}"
description = "what it does, in a few words"
from = "base"
# ports = [8080]

[packages]
debian = []
alpine = []

# services/{name} is its program. The main service's end is the container's, with its exit code.
[services.{name}]
main = true
restarts = 3
# check = "wget -q -O /dev/null http://127.0.0.1:8080/"   # until this holds it is not ready, and not healthy
"""
_PROGRAM = """\
#!/usr/lib/ringfence/bin/sh
# A line may begin with its level: debug, info, notice, warn, error or fatal.
echo "info {name} is up"
while :; do sleep 3600; done
"""


def create(name: str, home: Path) -> list[Path]:
    """Write the folder; its files. Raises ImageRefused where there is one already."""
    folder = home / name
    if folder.exists():
        raise ImageRefused(f"{folder} is there already")
    files = {folder / FILE: _DESCRIPTION, folder / "services" / name: _PROGRAM}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(name=name))
        (folder / "services" / name).chmod(0o755)
    except OSError as error:
        raise ImageRefused(f"{error.filename} cannot be written: {error.strerror}") from error
    return list(files)
