"""A variant as a build context for an engine: a Dockerfile of two stages, and the files that it copies.

The first stage gathers packages into a root of its own and takes out what an image does not need; the second begins
with nothing and takes that root. All files beside packages are composed by the code that composes our own images. What
is one distribution's alone is its base image and its `stage/gather-…`.
"""

import json
import re
from importlib import resources
from pathlib import Path

from ringfence.errors import ImageRefused
from ringfence.images import build, harden, supervise
from ringfence.images.debian import LEFT_OUT
from ringfence.images.description import Variant
from ringfence.images.tree import Tree

RELEASES = {"alpine": "3.22", "debian": "12"}
_BASES = {"alpine": "alpine:{0}", "debian": "debian:{0}-slim"}
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,400}")
_STAGE = ("strip", "finish", "depends.awk")


def write(variant: Variant, folder: Path, distribution: str, base: str = "", source: Path | None = None) -> list[str]:
    """Write the build context; the names of its files. `source` is the variant's folder. Raises ImageRefused."""
    if base and not _REFERENCE.fullmatch(base):
        raise ImageRefused(f"{base!r} is no name of an image", hint="NAME:TAG, or best NAME@sha256:…")
    tree = Tree()
    if variant.supervised:
        tree.file("usr/bin/busybox", b"", 0o755)
        supervise.add(tree, variant)
        tree.remove(f"{supervise.HOME}/bin/busybox")
    build.shell(tree, variant)
    build.overlay(tree, variant)
    try:
        written = tree.write(folder / "files")
        (folder / "stage").mkdir(parents=True, exist_ok=True)
        stage = _stage(tree, variant, distribution)
        for name, text in stage.items():
            (folder / "stage" / name).write_text(text)
        (folder / "Dockerfile").write_text(dockerfile(variant, distribution, base, source))
        (folder / ".dockerignore").write_text("*\n!files\n!stage\n")
    except OSError as error:
        raise ImageRefused(f"the build context cannot be written into {folder}: {error.strerror}") from error
    return ["Dockerfile", ".dockerignore", *(f"stage/{name}" for name in stage), *written]


def _stage(tree: Tree, variant: Variant, distribution: str) -> dict[str, str]:
    """The scripts of the first stage, and the lists that they read."""
    home = resources.files("ringfence.images") / "stage"
    scripts = {name: (home / name).read_text() for name in _STAGE}
    entries = tree.items()
    lists = {
        "left-out": LEFT_OUT,
        "removed": harden.NOT_SHIPPED,
        "programs": harden.unwanted_programs(variant),
        "folders": [path for path, entry in entries if entry.is_folder],
        "links": [f"{path} {entry.target}" for path, entry in entries if entry.target is not None],
    }
    texts = {name: "".join(f"{line}\n" for line in sorted(lines)) for name, lines in lists.items()}
    return {"gather": (home / f"gather-{distribution}").read_text(), **scripts, **texts}


def base_image(distribution: str) -> str:
    """What the first stage begins with, where nothing else is named."""
    return _BASES[distribution].format(RELEASES[distribution])


def dockerfile(variant: Variant, distribution: str, base: str = "", source: Path | None = None) -> str:
    """The recipe. A base is by tag unless one is named with its digest."""
    packages = " ".join(sorted(variant.packages[distribution]))
    base = base or base_image(distribution)
    annotations = build.labels(variant, (distribution, RELEASES[distribution]), source, build.source_date())
    named, _, digest = base.partition("@")
    annotations |= {f"{build.LABELS}base.name": named} | ({f"{build.LABELS}base.digest": digest} if digest else {})
    config = build.configuration(variant, annotations, build.source_date())["config"]
    lines = [
        "# Written by `ringfence image build`; change the variant's folder, not this.",
        f"FROM {base} AS packages",
        "COPY stage/ /stage/",
        f"RUN sh /stage/gather /image {packages} \\",
        " && sh /stage/strip /image",
        "COPY files/ /image/",
        "RUN sh /stage/finish /image",
        "",
        "FROM scratch",
        "LABEL " + " \\\n ".join(f"{name}={_quoted(value)}" for name, value in sorted(annotations.items())),
        "COPY --from=packages /image/ /",
    ]
    if variant.user == 0:
        lines.append(f'# ringfence: allow non-root-user reason="needs {", ".join(variant.capabilities)}, and no more"')
    lines += [f"USER {config['User']}", *(f"EXPOSE {port}" for port in variant.ports)]
    lines.append("ENV " + " ".join(config["Env"]))
    check, entry = json.dumps(config["Healthcheck"]["Test"][1:]), json.dumps(config["Entrypoint"])
    lines.append(f"HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD {check}")
    lines.append(f"ENTRYPOINT {entry}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A word of a Dockerfile that stays as it is: nothing in it ends it, or names a variable."""
    for sign in ("\\", '"', "$"):
        text = text.replace(sign, f"\\{sign}")
    return f'"{text}"'
